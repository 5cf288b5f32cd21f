"""From cells with spans to the columns and rows that a person sees.

Editors write more columns than they draw: two edges a hair apart become a column of their own,
and spans reach over columns in which nothing ever begins. What nobody sees is taken out here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from loaders.document import Grid, GridCell

SLIVER: Final = 5.0
"""Points: a column narrower than this is two hand-drawn edges that were meant as one."""


def tidy_grid(cells: Sequence[GridCell], table: int, widths: Sequence[float] = ()) -> Grid:
    """Return the grid of `cells`, slivers and unseen rows and columns left out.

    `widths` are the columns' widths in points where they are known; `table` is the number that
    the places get, with row and column from 1.
    """
    columns = _kept([(cell.column, cell.column + cell.column_span) for cell in cells], widths)
    rows = _kept([(cell.row, cell.row + cell.row_span) for cell in cells])
    moved = [_moved(cell, rows, columns, table) for cell in cells]
    return Grid(tuple(sorted(moved, key=lambda cell: (cell.row, cell.column))))


def _kept(spans: Sequence[tuple[int, int]], widths: Sequence[float] = ()) -> list[int]:
    """Return the columns that stay, of cells that reach from `start` up to `end`."""
    slivers = _slivers(spans, widths)
    starts = {_first_outside(start, slivers) for start, _ in spans}
    return sorted(starts)


def _slivers(spans: Sequence[tuple[int, int]], widths: Sequence[float]) -> frozenset[int]:
    """Return the columns that are too narrow to be seen and are no cell's only ones."""
    narrow = {column for column, width in enumerate(widths) if width < SLIVER}
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


def _moved(cell: GridCell, rows: list[int], columns: list[int], table: int) -> GridCell:
    row, row_end = bisect_left(rows, cell.row), bisect_left(rows, cell.row + cell.row_span)
    column = bisect_left(columns, cell.column)
    column_end = bisect_left(columns, cell.column + cell.column_span)
    return replace(
        cell,
        row=row,
        column=column,
        row_span=max(1, row_end - row),
        column_span=max(1, column_end - column),
        place=replace(cell.place, table=table, row=row + 1, column=column + 1),
    )


def widths_between(edges: Sequence[float]) -> list[float]:
    """Return the widths of the columns between sorted edges."""
    return [right - left for left, right in pairwise(edges)]
