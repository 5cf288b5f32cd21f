"""From cells with spans to the columns and rows that a person sees.

Editors write more columns than they draw: two edges a hair apart become a column of their own,
and spans reach over columns in which nothing ever begins. What nobody sees is taken out here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from form.report import Place
from loaders.document import Grid, GridCell

SLIVER: Final = 5.0
"""Points: a column narrower than this is two hand-drawn edges that were meant as one."""

Slot = tuple[int, int, int, int]
"""Row, column, row span, column span."""


def tidy_grid(cells: Sequence[GridCell], table: int, widths: Sequence[float] = ()) -> Grid:
    """Return the grid of `cells`, slivers and unseen rows and columns left out.

    `widths` are the columns' widths in points where they are known; `table` is the number that
    the places get, with row and column from 1.
    """
    slots = seen(
        [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells], widths
    )
    moved = [_moved(cell, slot, table) for cell, slot in zip(cells, slots, strict=True)]
    return Grid(tuple(sorted(moved, key=lambda cell: (cell.row, cell.column))))


def seen(slots: Sequence[Slot], widths: Sequence[float] = ()) -> Iterator[Slot]:
    """Yield where each cell stands when slivers and unseen rows and columns are left out."""
    rows = _moves([(row, row + span) for row, _, span, _ in slots])
    columns = _moves([(column, column + span) for _, column, _, span in slots], widths)
    for row, column, row_span, column_span in slots:
        top, left = rows[row], columns[column]
        height, width = rows[row + row_span] - top, columns[column + column_span] - left
        yield top, left, max(1, height), max(1, width)


def _moves(spans: Sequence[tuple[int, int]], widths: Sequence[float] = ()) -> dict[int, int]:
    """Return the new number of each column in which a cell starts or ends; `spans` exclude ends."""
    slivers = _slivers(spans, widths)
    kept = sorted({_first_outside(start, slivers) for start, _ in spans})
    return {column: bisect_left(kept, column) for span in spans for column in span}


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


def _moved(cell: GridCell, slot: Slot, table: int) -> GridCell:
    at, (row, column, _, _) = cell.place, slot
    # Written out: dataclasses.replace takes three times as long, and a report has 500 cells.
    place = Place(at.line, at.page, at.box, at.sheet, at.cell, table, row + 1, column + 1)
    return GridCell(cell.text, *slot, place)


def widths_between(edges: Sequence[float]) -> list[float]:
    """Return the widths of the columns between sorted edges."""
    return [right - left for left, right in pairwise(edges)]
