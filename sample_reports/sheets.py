"""Whole reports as PDF files: what office programs, browsers and printers leave in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from reportlab.lib.colors import Color

from form.layout import LayoutCell
from form.model import TableKey
from sample_reports.press import FONT, Box, Press, sides, text_width, wrapped
from sample_reports.samples import GridCell, Line, PrintedTable, grid_rows, torn

_WIDTH: Final = 595.0
_HEIGHT: Final = 842.0
_MARGIN: Final = 45.0
_ROOM: Final = _WIDTH - 2 * _MARGIN
_CELL_SIZE: Final = 8.0
_PADDING: Final = 3.0
_LEADING: Final = 1.4
_SHARES: Final[dict[TableKey, tuple[float, ...]]] = {
    "disclosure": (0.34, 0.22, 0.22, 0.22),
    "applications": (0.07, 0.1, 0.33, *[0.5 / 7] * 7),
    "disputes": (1 / 15,) * 15,
}
_SIZES: Final = {"title": 17.0, "heading": 13.0, "text": 11.0, "closing": 11.0}
_GREY: Final = Color(0.75, 0.75, 0.75)


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a printed report looks."""

    rules: str = "grid"
    """`grid`, `rectangles` (thin filled ones), `horizontal`, `none`."""
    closed: bool = True
    """False where the last row of a page has no line below it."""
    turned: int = 0
    watermark: str | None = None
    boxed_text: bool = False
    page_numbers: bool = True
    overflowing: bool = False
    """True where a number too wide for its cell runs into its neighbours."""
    otherwise: Callable[[Press, LayoutCell, Box], bool] | None = None
    """Prints a cell in a way of its own and returns True, or returns False."""


def printed(
    blocks: Iterable[Line | PrintedTable], sheet: Sheet, *, title: str = "", author: str = ""
) -> bytes:
    """Return a report as a PDF, the same bytes each time."""
    # Uncompressed, the bytes do not depend on the compressor at hand.
    press = _ReportPress(sheet, pageCompression=0, invariant=1)
    press.canvas.setTitle(title or None)
    press.canvas.setAuthor(author or None)
    for block in blocks:
        if isinstance(block, PrintedTable):
            press.table(block)
        else:
            press.line(block)
    return press.done()


class _ReportPress(Press):
    """Prints the blocks of a report in the style of a sheet."""

    def __init__(self, sheet: Sheet, **options: Any) -> None:
        self.sheet = sheet
        filled = sheet.rules == "rectangles"
        super().__init__(_WIDTH, _HEIGHT, _MARGIN, turned=sheet.turned, filled=filled, **options)

    def finish_page(self) -> None:
        """Print the page's number and the watermark."""
        if self.sheet.page_numbers:
            self.write(f"— {self.pages} —", _WIDTH / 2 - 15, _HEIGHT - 25, 9)
        if self.sheet.watermark:
            self._watermark(self.sheet.watermark)

    def _watermark(self, text: str) -> None:
        self.canvas.saveState()
        self.canvas.setFillColor(_GREY)
        self.canvas.setFont(FONT, 40)
        self.canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        self.canvas.rotate(45)
        for offset in (-260, 0, 260):
            self.canvas.drawCentredString(0, offset, text)
        self.canvas.restoreState()

    def line(self, line: Line) -> None:
        """Print a paragraph or a heading, over as many lines as it takes."""
        size = _SIZES[line.role]
        indent = 2 * size if line.role == "text" else 0
        pieces = wrapped(line.text, _ROOM - 2 * _PADDING, size, indent)
        height = len(pieces) * size * _LEADING + size / 2
        if self.y + height > _HEIGHT - 2 * _MARGIN:
            self.new_page()
        top = self.y
        for number, piece in enumerate(pieces):
            shift = indent if number == 0 else 0
            width = text_width(piece, size)
            x = {"title": (_WIDTH - width) / 2, "closing": _WIDTH - _MARGIN - width}.get(
                line.role, _MARGIN + _PADDING + shift
            )
            self.write(piece, x, self.y + size, size)
            self.y += size * _LEADING
        self.y += size / 2
        if self.sheet.boxed_text and line.role == "text":
            for side in sides((_MARGIN, top, _WIDTH - _MARGIN, self.y - 2)):
                self.rule(side)

    def _wrapped(self, text: str, width: float) -> list[str]:
        return wrapped(text, width - 2 * _PADDING, _CELL_SIZE, broken=not self.sheet.overflowing)

    def table(self, table: PrintedTable) -> None:
        """Print a table; it is torn between two rows where the page ends."""
        rest: PrintedTable | None = table
        while rest is not None:
            fitting = self._fitting(rest)
            if fitting == 0:
                self.new_page()
                continue
            whole = fitting == len(rest.rows)
            here, rest = (rest, None) if whole else torn(rest, fitting)
            self._draw(here, closed=whole or self.sheet.closed)
            self.y += 8
            if rest is not None:
                self.new_page()

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
                    if self.sheet.otherwise is None or not self.sheet.otherwise(
                        self, place.cell, box
                    ):
                        self._fill(place.cell.text, box)
        self.y = ys[-1]

    def _rules(self, box: Box, *, last: bool) -> None:
        all_sides = sides(box)
        drawn = {
            "grid": all_sides,
            "rectangles": all_sides,
            "horizontal": (all_sides.top, all_sides.bottom),
            "none": (),
        }[self.sheet.rules]
        for side in drawn:
            if not (last and side == all_sides.bottom):
                self.rule(side)

    def _fill(self, text: str, box: Box) -> None:
        x0, top, x1, bottom = box
        pieces = self._wrapped(text, x1 - x0)
        y = (top + bottom) / 2 - len(pieces) * _CELL_SIZE * _LEADING / 2
        for piece in pieces:
            width = text_width(piece, _CELL_SIZE)
            self.write(piece, (x0 + x1 - width) / 2, y + _CELL_SIZE * 1.1, _CELL_SIZE)
            y += _CELL_SIZE * _LEADING


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
