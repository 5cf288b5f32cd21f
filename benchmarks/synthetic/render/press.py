"""PDF files drawn by hand, line by line: what office programs, browsers and printers leave in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, groupby
from typing import Final

from reportlab.lib.colors import Color
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.synthetic.draft import Draft, Sheet
from form.model import TableKey
from sample_reports.samples import GridCell, Line, PrintedTable, grid_rows, torn

_FONT: Final = "STSong-Light"
_WIDTH: Final = 595.0
_HEIGHT: Final = 842.0
_MARGIN: Final = 45.0
_ROOM: Final = _WIDTH - 2 * _MARGIN
_CELL_SIZE: Final = 8.0
_PADDING: Final = 3.0
_LEADING: Final = 1.4
_THIN: Final = 0.75
_SHARES: Final[dict[TableKey, tuple[float, ...]]] = {
    "disclosure": (0.34, 0.22, 0.22, 0.22),
    "applications": (0.07, 0.1, 0.33, *[0.5 / 7] * 7),
    "disputes": (1 / 15,) * 15,
}
_SIZES: Final = {"title": 17.0, "heading": 13.0, "text": 11.0, "closing": 11.0}
_GREY: Final = Color(0.75, 0.75, 0.75)

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom; y runs down the page."""


def reportlab_pdf(draft: Draft) -> bytes:
    """Return the draft as a PDF in the style of its sheet."""
    registerFont(UnicodeCIDFont(_FONT))
    press = _Press(draft.style.sheet)
    for block in draft.blocks:
        if isinstance(block, PrintedTable):
            press.table(block)
        else:
            press.line(block)
    return press.done()


class _Press:
    """One PDF under way; `y` is the next free place on the page."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.stream = BytesIO()
        size = (_HEIGHT, _WIDTH) if sheet.turned in (90, 270) else (_WIDTH, _HEIGHT)
        self.canvas = Canvas(self.stream, pagesize=size, pageCompression=0, invariant=1)
        self.pages = 0
        self.y = 0.0
        self._begin_page()

    def _begin_page(self) -> None:
        self.pages += 1
        self.y = _MARGIN
        turned = self.sheet.turned
        # A turned page is drawn turned back, so that it shows upright.
        self.canvas.setPageRotation(turned)
        self.canvas.rotate(turned)
        x, y = {0: (0, 0), 90: (0, -_HEIGHT), 180: (-_WIDTH, -_HEIGHT), 270: (-_WIDTH, 0)}[turned]
        self.canvas.translate(x, y)

    def _end_page(self) -> None:
        if self.sheet.page_numbers:
            self._write(f"— {self.pages} —", _WIDTH / 2 - 15, _HEIGHT - 25, 9)
        if self.sheet.watermark:
            self._watermark(self.sheet.watermark)
        self.canvas.showPage()

    def _new_page(self) -> None:
        self._end_page()
        self._begin_page()

    def _watermark(self, text: str) -> None:
        self.canvas.saveState()
        self.canvas.setFillColor(_GREY)
        self.canvas.setFont(_FONT, 40)
        self.canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        self.canvas.rotate(45)
        for offset in (-260, 0, 260):
            self.canvas.drawCentredString(0, offset, text)
        self.canvas.restoreState()

    def done(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.stream.getvalue()

    def _write(self, text: str, x: float, baseline: float, size: float) -> None:
        self.canvas.setFont(_FONT, size)
        self.canvas.drawString(x, _HEIGHT - baseline, text)

    def line(self, line: Line) -> None:
        """Print a paragraph or a heading, over as many lines as it takes."""
        size = _SIZES[line.role]
        indent = 2 * size if line.role == "text" else 0
        pieces = wrapped(line.text, _ROOM - 2 * _PADDING, size, indent)
        height = len(pieces) * size * _LEADING + size / 2
        if self.y + height > _HEIGHT - 2 * _MARGIN:
            self._new_page()
        top = self.y
        for number, piece in enumerate(pieces):
            shift = indent if number == 0 else 0
            width = stringWidth(piece, _FONT, size)
            x = {"title": (_WIDTH - width) / 2, "closing": _WIDTH - _MARGIN - width}.get(
                line.role, _MARGIN + _PADDING + shift
            )
            self._write(piece, x, self.y + size, size)
            self.y += size * _LEADING
        self.y += size / 2
        if self.sheet.boxed_text and line.role == "text":
            for side in _sides((_MARGIN, top, _WIDTH - _MARGIN, self.y - 2)):
                self._stroke(side)

    def _wrapped(self, text: str, width: float) -> list[str]:
        return wrapped(text, width - 2 * _PADDING, _CELL_SIZE, broken=not self.sheet.overflowing)

    def table(self, table: PrintedTable) -> None:
        """Print a table; it is torn between two rows where the page ends."""
        rest: PrintedTable | None = table
        while rest is not None:
            fitting = self._fitting(rest)
            if fitting == 0:
                self._new_page()
                continue
            whole = fitting == len(rest.rows)
            here, rest = (rest, None) if whole else torn(rest, fitting)
            self._draw(here, closed=whole or self.sheet.closed)
            self.y += 8
            if rest is not None:
                self._new_page()

    def _fitting(self, table: PrintedTable) -> int:
        """Return how many of a table's rows fit on the page; at least one on an empty page."""
        room = _HEIGHT - _MARGIN - 10 - self.y
        for rows in range(len(table.rows), 0, -1):
            # Measured anew: a merged cell that is cut can make its last row higher.
            piece = table if rows == len(table.rows) else torn(table, rows)[0]
            if sum(self._heights(piece)) <= room:
                return rows
        return int(self.y <= _MARGIN)

    def _heights(self, table: PrintedTable) -> list[float]:
        """Return the height of each row; the last row of a merged cell makes room for its text."""
        xs = _edges(table)
        heights = [0.0] * len(table.rows)
        places = [place for row in grid_rows(table) for place in row if not place.continues]
        for place in sorted(places, key=lambda place: place.row + place.cell.row_span):
            needed = self._height(place.text, _width(place, xs))
            last = place.row + place.cell.row_span - 1
            heights[last] = max(heights[last], needed - sum(heights[place.row : last]))
        return heights

    def _height(self, text: str, width: float) -> float:
        return len(self._wrapped(text, width)) * _CELL_SIZE * _LEADING + 2 * _PADDING

    def _draw(self, table: PrintedTable, *, closed: bool) -> None:
        xs = _edges(table)
        ys = [self.y, *(self.y + end for end in accumulate(self._heights(table)))]
        for row in grid_rows(table):
            for place in row:
                if not place.continues:
                    box = _box(place, xs, ys)
                    self._rules(box, last=box[3] == ys[-1] and not closed)
                    self._fill(place.cell.text, box)
        self.y = ys[-1]

    def _rules(self, box: Box, *, last: bool) -> None:
        top, bottom, left, right = _sides(box)
        drawn = {
            "grid": (top, bottom, left, right),
            "rectangles": (top, bottom, left, right),
            "horizontal": (top, bottom),
            "none": (),
        }[self.sheet.rules]
        for side in drawn:
            if not (last and side == bottom):
                self._rule(side)

    @property
    def _rule(self) -> Callable[[Box], None]:
        return self._thin_rectangle if self.sheet.rules == "rectangles" else self._stroke

    def _stroke(self, side: Box) -> None:
        x0, top, x1, bottom = side
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, _HEIGHT - top, x1, _HEIGHT - bottom)

    def _thin_rectangle(self, side: Box) -> None:
        x0, top, x1, bottom = side
        self.canvas.rect(
            x0, _HEIGHT - bottom - _THIN, max(x1 - x0, _THIN), bottom - top + _THIN, 0, 1
        )

    def _fill(self, text: str, box: Box) -> None:
        x0, top, x1, bottom = box
        pieces = self._wrapped(text, x1 - x0)
        y = (top + bottom) / 2 - len(pieces) * _CELL_SIZE * _LEADING / 2
        for piece in pieces:
            width = stringWidth(piece, _FONT, _CELL_SIZE)
            self._write(piece, (x0 + x1 - width) / 2, y + _CELL_SIZE * 1.1, _CELL_SIZE)
            y += _CELL_SIZE * _LEADING


def _sides(box: Box) -> tuple[Box, Box, Box, Box]:
    """Return top, bottom, left and right side."""
    x0, top, x1, bottom = box
    return (
        (x0, top, x1, top),
        (x0, bottom, x1, bottom),
        (x0, top, x0, bottom),
        (x1, top, x1, bottom),
    )


def _edges(table: PrintedTable) -> list[float]:
    return [_MARGIN, *(_MARGIN + _ROOM * end for end in accumulate(_SHARES[table.key]))]


def _box(place: GridCell, xs: Sequence[float], ys: Sequence[float]) -> Box:
    cell = place.cell
    return (
        xs[place.column],
        ys[place.row],
        xs[place.column + cell.column_span],
        ys[place.row + cell.row_span],
    )


def _width(place: GridCell, xs: Sequence[float]) -> float:
    return xs[place.column + place.cell.column_span] - xs[place.column]


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
        fits = stringWidth(word, _FONT, size) <= width
        for part in (word,) if fits or not broken else word:
            if piece and stringWidth(piece + part, _FONT, size) > room:
                yield piece
                piece, room = "", width
            piece += part
    yield piece


def _words(text: str) -> Iterator[str]:
    """Yield numbers as they are, other characters one by one."""
    for is_number, group in groupby(text, key=lambda sign: sign.isdigit() or sign in ".,"):
        signs = "".join(group)
        yield from (signs,) if is_number else signs
