"""PDFs by pdfplumber, in pure Python: the second reader, independent of the first and slow."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
from loaders.pdf.blocks import document_of
from loaders.pdf.page import MAX_PAGES, NAMELESS, UNNAMED, PrintedPage, turning
from loaders.ruling import Box, is_line, sides
from loaders.typesetting import Piece, runs

_UNMAPPED: Final = "(cid:"
_READABLE: Final = NAMELESS | {0: UNNAMED, 2: UNNAMED, 0xAD: "-"}

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
    left, top, right, bottom = _seen(page)
    size = right - left, bottom - top
    quarters = _quarters(page.chars)
    turned = turning(*size, quarters)

    def upright(drawn: dict[str, Any]) -> Box:
        x0, y0, x1, y1 = (drawn[side] for side in ("x0", "top", "x1", "bottom"))
        return turned((x0 - left, y0 - top, x1 - left, y1 - top))

    size = size if quarters % 2 == 0 else size[::-1]
    pieces = runs(_characters(page, upright))
    return PrintedPage(
        page.page_number,
        size,
        pieces,
        list(_rules(page, upright)),
        [upright(picture) for picture in page.images],
        sum(UNNAMED in piece.text for piece in pieces),
        letters=lambda index: [pieces[index]],
        shown=turning(*size, -quarters),
    )


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


def _characters(page: Page, upright: Upright) -> Iterator[Piece]:
    for character in page.chars:
        if not _is_slanted(character["matrix"]):
            text = character["text"]
            readable = UNNAMED if text.startswith(_UNMAPPED) else text.translate(_READABLE)
            yield Piece(readable, *upright(character))


def _is_slanted(matrix: tuple[float, ...]) -> bool:
    """Say whether a character is turned by no right angle, as only watermarks are."""
    a, b, *_ = matrix
    return min(abs(a), abs(b)) > 0.05 * max(abs(a), abs(b))
