"""From cells with spans to the columns and rows that a person sees.

Editors write more columns than they draw: two edges a hair apart become a column of their own,
and spans reach over columns in which nothing ever begins. What nobody sees is taken out here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple, Self

from form.report import Place
from loaders.document import Grid, GridCell, Piece, Pieces

SLIVER: Final = 5.0
"""Points: a column narrower than this is two hand-drawn edges that were meant as one."""

Slot = tuple[int, int, int, int]
"""Row, column, row span, column span."""


class Drawn(NamedTuple):
    """A cell at its place among the columns and rows of the file, with the line it stands in."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    line: int | None = None
    pieces: Pieces = ()
    """As in `GridCell`."""

    def hidden_in(self, rows: Collection[int], columns: Collection[int] = ()) -> Self:
        """Return the cell, hidden where all of its rows or columns are among these."""
        own, across = (
            range(start, start + size)
            for start, size in ((self.row, self.row_span), (self.column, self.column_span))
        )
        if not (all(row in rows for row in own) or all(column in columns for column in across)):
            return self
        return self._replace(pieces=(Piece(self.text, "hidden"),))

    def wider(self, columns: int) -> Self:
        """Return the cell with so many columns more."""
        return self._replace(column_span=self.column_span + columns)

    def taller(self) -> Self:
        """Return the cell with one row more."""
        return self._replace(row_span=self.row_span + 1)


def tidy_grid(cells: Sequence[Drawn], table: int, widths: Sequence[float] = ()) -> Grid:
    """Return the grid of `cells`, slivers and unseen rows and columns left out.

    `widths` are the columns' widths in points where they are known; `table` is the number that
    the places get, with row and column from 1.
    """
    slots = seen([cell[1:5] for cell in cells], widths)
    moved = [
        GridCell(
            cell.text,
            *slot,
            Place(cell.line, table=table, row=slot[0] + 1, column=slot[1] + 1),
            (),
            cell.pieces,
        )
        for cell, slot in zip(cells, slots, strict=True)
    ]
    return Grid(tuple(sorted(moved, key=attrgetter("row", "column"))))


def seen(slots: Sequence[Slot], widths: Sequence[float] = ()) -> Iterator[Slot]:
    """Yield where each cell stands when slivers and unseen rows and columns are left out."""
    rows = _moves([(row, row + span) for row, _, span, _ in slots])
    columns = _moves([(column, column + span) for _, column, _, span in slots], widths)
    for row, column, row_span, column_span in slots:
        top, left = rows[row], columns[column]
        height, width = rows[row + row_span] - top, columns[column + column_span] - left
        yield top, left, height or 1, width or 1


def _moves(spans: Sequence[tuple[int, int]], widths: Sequence[float] = ()) -> dict[int, int]:
    """Return the new number of each column in which a cell starts or ends; `spans` exclude ends."""
    slivers = _slivers(spans, widths)
    starts = {start for start, _ in spans}
    kept = sorted({_first_outside(start, slivers) for start in starts})
    edges = starts.union(end for _, end in spans)
    return {column: bisect_left(kept, column) for column in edges}


def _slivers(spans: Sequence[tuple[int, int]], widths: Sequence[float]) -> frozenset[int]:
    """Return the columns that are too narrow to be seen and are no cell's only ones."""
    narrow = {column for column, width in enumerate(widths) if width < SLIVER}
    if not narrow:
        return frozenset()
    alone = {
        column
        for start, end in spans
        if narrow.issuperset(range(start, end))
        for column in range(start, end)
    }
    return frozenset(narrow - alone)


def _first_outside(column: int, slivers: frozenset[int]) -> int:
    while column in slivers:
        column += 1
    return column


def widths_between(edges: Sequence[float]) -> list[float]:
    """Return the widths of the columns between sorted edges."""
    return [right - left for left, right in pairwise(edges)]
