"""The one printer of PDF files that samples, benchmarks and tests use: drawn by hand, line by line.

Lengths are points, y runs down the page. Office programs stroke the sides of cells, browsers fill
a thin rectangle a side; a turned page is drawn turned back, so that it shows upright.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, Final, NamedTuple

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT: Final = "STSong-Light"
"""The reader's own, so that files stay small."""
_LINE: Final = 0.5
_THIN: Final = 0.75

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


class Sides(NamedTuple):
    """The sides of a box, each a line: a box without width or without height."""

    top: Box
    bottom: Box
    left: Box
    right: Box


def sides(box: Box) -> Sides:
    """Return the sides of a box."""
    x0, top, x1, bottom = box
    return Sides(
        (x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)
    )


class Press:
    """One PDF under way; `y` is the next free place on the page.

    `turned`: by how many degrees a reader is told to turn each page; `filled`: lines are thin
    rectangles; `options` go to reportlab's Canvas.
    """

    def __init__(
        self,
        width: float,
        height: float,
        margin: float,
        *,
        turned: int = 0,
        filled: bool = False,
        **options: Any,
    ) -> None:
        registerFont(UnicodeCIDFont(FONT))
        self.width, self.height, self.margin = width, height, margin
        self.turned = turned
        self.filled = filled
        self.stream = BytesIO()
        # The size as it shows: reportlab swaps the sides of a turned page itself.
        self.canvas = Canvas(self.stream, pagesize=(width, height), **options)
        self.pages = 0
        self.y = 0.0
        self._begin_page()

    def _begin_page(self) -> None:
        self.pages += 1
        self.y = self.margin
        self.canvas.setPageRotation(self.turned)
        self.canvas.rotate(self.turned)
        x, y = {
            0: (0.0, 0.0),
            90: (0.0, -self.height),
            180: (-self.width, -self.height),
            270: (-self.width, 0.0),
        }[self.turned]
        self.canvas.translate(x, y)

    def finish_page(self) -> None:
        """Do what is done last on every page: nothing here."""

    def new_page(self) -> None:
        """End the page and begin the next one."""
        self.finish_page()
        self.canvas.showPage()
        self._begin_page()

    def done(self) -> bytes:
        """End the file and return it."""
        self.finish_page()
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()

    def write(self, text: str, x: float, baseline: float, size: float) -> None:
        """Print a text from x on."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - baseline, text)

    def rule(self, side: Box) -> None:
        """Draw one line across or down."""
        x0, top, x1, bottom = side
        if self.filled:
            self.canvas.rect(
                x0,
                self.height - bottom - _THIN,
                max(x1 - x0, _THIN),
                bottom - top + _THIN,
                0,
                1,
            )
        else:
            self.canvas.setLineWidth(_LINE)
            self.canvas.line(x0, self.height - top, x1, self.height - bottom)


def text_width(text: str, size: float) -> float:
    """Return how wide a text is printed."""
    return float(stringWidth(text, FONT, size))


def wrapped(
    text: str, width: float, size: float, indent: float = 0, *, broken: bool = True
) -> list[str]:
    """Return a text's lines in a room of `width` points, the first one indented.

    A number is broken only where it is wider than the room, and not even there unless `broken`.
    """
    return [
        piece
        for number, line in enumerate(text.split("\n"))
        for piece in _wrapped_line(line, width, size, 0 if number else indent, broken=broken)
    ]


def _wrapped_line(
    text: str, width: float, size: float, indent: float, *, broken: bool
) -> Iterator[str]:
    piece, room = "", width - indent
    for word in _words(text):
        fits = text_width(word, size) <= width
        for part in (word,) if fits or not broken else word:
            if piece and text_width(piece + part, size) > room:
                yield piece
                piece, room = "", width
            piece += part
    yield piece


def _words(text: str) -> Iterator[str]:
    """Yield numbers as they are, other characters one by one."""
    for is_number, group in groupby(text, key=lambda sign: sign.isdigit() or sign in ".,"):
        signs = "".join(group)
        yield from (signs,) if is_number else signs
