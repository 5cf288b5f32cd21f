"""PDFs by pdfplumber, in pure Python: the second reader, independent of the first and slow."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from loaders import refusals
from loaders.document import Document
from loaders.pdf.annotated import over_plumbed, strike_outs
from loaders.pdf.blocks import document_of
from loaders.pdf.interpreting import interpret, is_opaque, mode_of, order_of
from loaders.pdf.overlay import drawn_over, unshown
from loaders.pdf.page import MAX_PAGES, NAMELESS, UNNAMED, PrintedPage, turning
from loaders.pdf.painting import FIGURE, SIMPLE, Colour, Ink, Paint, Painting, in_pieces, parted
from loaders.pdf.ruling import Box, is_line, sides
from loaders.pdf.strikes import middle, through
from loaders.pdf.typesetting import Piece, touching

_UNMAPPED: Final = "(cid:"
_READABLE: Final = NAMELESS | {0: UNNAMED, 2: UNNAMED, 0xAD: "-"}

_UNDRAWN: Final = (3, 7)
_FILLED: Final = (0, 4)
"""Ways of drawing text, by their numbers in the standard."""

Upright = Callable[[dict[str, Any]], Box]
"""What is drawn on a page → its box when the text is upright."""

# pdfminer warns of every oddity of a font, hundreds of times a file.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    # pdfminer lets through whatever a page's broken operators raise.
    with refusals.told_as(), _unlocked(), pdfplumber.open(BytesIO(data)) as pdf:
        return document_of(_pages(pdf))


@contextmanager
def _unlocked() -> Iterator[None]:
    try:
        yield
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise refusals.encrypted() from error
        raise


def _pages(pdf: PDF) -> Iterator[PrintedPage]:
    if not pdf.pages:
        raise refusals.damaged()
    if len(pdf.pages) > MAX_PAGES:
        raise refusals.too_large()
    for page in pdf.pages:
        yield _page(page)
        page.close()


def _page(page: Page) -> PrintedPage:
    interpret(page)
    left, top, right, bottom = _seen(page)
    size = right - left, bottom - top
    quarters = _quarters(page.chars)
    turned = turning(*size, quarters)

    def upright(drawn: dict[str, Any]) -> Box:
        x0, y0, x1, y1 = (drawn[side] for side in ("x0", "top", "x1", "bottom"))
        return turned((x0 - left, y0 - top, x1 - left, y1 - top))

    size = size if quarters % 2 == 0 else size[::-1]
    words, letters = _words(page, upright, size)
    struck = [upright(box) for box in map(_drawn_box, strike_outs(page))]
    lines = list(_rules(page, upright))
    crossed, rules = through(words, letters.__getitem__, lines, list(map(middle, struck)))
    pieces, _ = parted(words, crossed)
    overs = [over._replace(box=upright(_drawn_box(over.box))) for over in over_plumbed(page)]
    pieces += unshown(overs, pieces)
    ordered = [(order_of(picture), upright(picture)) for picture in page.images]
    pictures = [box for _, box in ordered]
    return PrintedPage(
        page.page_number,
        size,
        pieces,
        rules,
        pictures,
        sum(UNNAMED in piece.text for piece in pieces),
        letters=lambda index: [pieces[index]],
        shown=turning(*size, -quarters),
        drawn=[
            *drawn_over(ordered, min(map(order_of, page.chars), default=0), size),
            *(over.box for over in overs if over.text is None),
        ],
        figures=[box for curve in page.curves if _is_figure(box := upright(curve), curve)],
    )


def _drawn_box(box: Box) -> dict[str, Any]:
    return dict(zip(("x0", "top", "x1", "bottom"), box, strict=True))


def _seen(page: Page) -> Box:
    """Return the part of a page that a crop leaves, where pdfplumber places the page's objects.

    It turns the objects of a page that is to be turned, but of the crop it only swaps the sides.
    """
    x0, top, x1, bottom = map(float, page.mediabox)
    crop = page.cropbox
    # A crop that reaches beyond its page takes nothing off.
    left, above = max(0.0, crop[0] - x0), max(0.0, crop[1] - top)
    right, below = max(0.0, x1 - crop[2]), max(0.0, bottom - crop[3])
    if page.rotation in (90, 180):
        above, below = below, above
    if page.rotation in (180, 270):
        left, right = right, left
    return x0 + left, top + above, x1 - right, bottom - below


def _quarters(characters: Iterable[dict[str, Any]]) -> int:
    """Return how many quarters clockwise the page is to be turned for its text to be upright."""
    directions = (math.atan2(b, a) for a, b, *_ in (sign["matrix"] for sign in characters))
    counted = Counter(round(direction / (math.pi / 2)) % 4 for direction in directions)
    return counted.most_common(1)[0][0] if counted else 0


def _rules(page: Page, upright: Upright) -> Iterator[Box]:
    """Yield what is drawn as a line: strokes, thin rectangles, the sides of stroked ones."""
    for drawn in (*page.lines, *page.curves, *page.rects):
        box = upright(drawn)
        if is_line(box):
            yield box
        elif drawn["object_type"] == "rect" and drawn["stroke"]:
            yield from sides(box)


def _words(
    page: Page, upright: Upright, size: tuple[float, float]
) -> tuple[list[Piece], list[Sequence[Piece]]]:
    """Return the words of a page, each with its letters; an odd one is in pieces."""
    painting = Painting(size, list(_surfaces(page, upright)))
    characters = [painting.seen(letter, ink) for letter, ink in _characters(page, upright)]
    words: list[Piece] = []
    letters: list[Sequence[Piece]] = []
    for group in touching(characters):
        pieces = in_pieces(group)
        words += pieces
        letters += [group] if len(pieces) == 1 else [[piece] for piece in pieces]
    return words, letters


def _characters(page: Page, upright: Upright) -> Iterator[tuple[Piece, Ink]]:
    for character in page.chars:
        if not _is_slanted(character["matrix"]):
            text = character["text"]
            readable = UNNAMED if text.startswith(_UNMAPPED) else text.translate(_READABLE)
            mode = mode_of(character)
            colour = _colour(character["non_stroking_color"]) if mode in _FILLED else None
            ink = Ink(order_of(character), colour, mode not in _UNDRAWN)
            yield Piece(readable, *upright(character)), ink


def _surfaces(page: Page, upright: Upright) -> Iterator[Paint]:
    """Yield what hides what is under it, in the order of painting."""
    boxes = (curve for curve in page.curves if _is_box(curve))
    drawn = [*page.rects, *page.images, *boxes]
    for surface in sorted(filter(is_opaque, drawn), key=order_of):
        box, is_picture = upright(surface), surface["object_type"] == "image"
        colour = None if is_picture else _colour(surface["non_stroking_color"])
        is_filled = is_picture or (surface["fill"] and colour is not None)
        if is_filled and not is_line(box):
            yield Paint(order_of(surface), box, colour)


def _is_box(curve: dict[str, Any]) -> bool:
    """Say whether a path that is no rectangle by name has only corners of one."""
    xs, ys = ({round(point[axis], 1) for point in curve["pts"]} for axis in (0, 1))
    straight = all(step[0] in ("m", "l", "h") for step in curve["path"])
    return straight and len(xs) == len(ys) == 2


def _is_figure(box: Box, curve: dict[str, Any]) -> bool:
    """Say whether a path may be a drawn letter."""
    x0, top, x1, bottom = box
    smallest, largest = FIGURE
    fits = smallest <= bottom - top <= largest and x1 - x0 <= largest
    steps = [step[0] for step in curve["path"]]
    is_shape = len(steps) > SIMPLE or not set(steps) <= {"m", "l", "h"}
    return bool(fits and curve["fill"] and is_shape and not _is_box(curve))


def _colour(parts: Any) -> Colour | None:
    """Return a colour of one, three or four parts in red, green and blue, None for any other."""
    values = parts if isinstance(parts, tuple | list) else (parts,)
    if not all(isinstance(value, int | float) for value in values):
        return None
    if len(values) == 4:
        black = values[3]
        values = [1 - min(1.0, value + black) for value in values[:3]]
    if len(values) == 1:
        values = [*values] * 3
    if len(values) != 3:
        return None
    red, green, blue = (round(255 * min(max(value, 0.0), 1.0)) for value in values)
    return red, green, blue


def _is_slanted(matrix: tuple[float, ...]) -> bool:
    """Say whether a character is turned by no right angle, as only watermarks are."""
    a, b, *_ = matrix
    return min(abs(a), abs(b)) > 0.05 * max(abs(a), abs(b))
