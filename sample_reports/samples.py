"""What a maker gets: one sample as headings, paragraphs and tables with their printed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from form.layout import LayoutCell, LayoutRow, grid_width, layout
from form.model import EditionKey, TableKey
from form.report import Cell
from sample_reports.truth import Truth

Role = Literal["title", "heading", "text", "closing"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and what it is."""

    text: str
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One official table as printed: its rows with their texts, and its grid's width."""

    key: TableKey
    rows: tuple[LayoutRow, ...]
    width: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell in its grid, or (`continues`) the part of it that reaches into a later row."""

    cell: LayoutCell
    row: int
    column: int
    continues: bool

    @property
    def text(self) -> str:
        """The text; empty where the cell only continues."""
        return "" if self.continues else self.cell.text


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented report: its file's kind, its blocks in reading order, and its truth."""

    kind: str
    truth: Truth
    blocks: tuple[Line | PrintedTable, ...]

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return f"{self.truth.agency}{self.truth.year}年报"

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(
            block.text for block in self.blocks if isinstance(block, Line) and block.role == "title"
        )


def printed_table(key: TableKey, edition: EditionKey, cells: Mapping[str, Cell]) -> PrintedTable:
    """Return an official table in one edition's layout, filled with what the cells print."""
    rows = tuple(tuple(_filled(cell, cells) for cell in row) for row in layout(key, edition))
    return PrintedTable(key, rows, grid_width(key))


def _filled(cell: LayoutCell, cells: Mapping[str, Cell]) -> LayoutCell:
    return cell if cell.address is None else replace(cell, text=cells[cell.address].raw)


def grid_rows(table: PrintedTable) -> tuple[tuple[GridCell, ...], ...]:
    """Return the table's rows with every covered place named: what Word's own XML needs."""
    open_cells: dict[int, tuple[LayoutCell, int]] = {}
    """Column → the cell above that still reaches down, and its last row."""
    rows = []
    for number, printed in enumerate(table.rows):
        rows.append(tuple(_grid_row(number, iter(printed), open_cells, table.width)))
    return tuple(rows)


def _grid_row(
    number: int,
    printed: Iterator[LayoutCell],
    open_cells: dict[int, tuple[LayoutCell, int]],
    width: int,
) -> Iterator[GridCell]:
    column = 0
    while column < width:
        above, last_row = open_cells.get(column, (None, -1))
        if above is not None and number <= last_row:
            yield GridCell(above, number, column, True)
            column += above.column_span
            continue
        cell = next(printed)
        open_cells[column] = (cell, number + cell.row_span - 1)
        yield GridCell(cell, number, column, False)
        column += cell.column_span


def torn(table: PrintedTable, height: int) -> tuple[PrintedTable, PrintedTable]:
    """Return the table's first `height` rows and the rest.

    A merged cell that reaches over the tear is cut in two; its text stays in the upper part.
    """
    rows = grid_rows(table)
    above = tuple(
        tuple(
            replace(cell.cell, row_span=min(cell.cell.row_span, height - cell.row))
            for cell in row
            if not cell.continues
        )
        for row in rows[:height]
    )
    first = tuple(
        replace(cell.cell, text="", row_span=_rows_below(rows[height:], cell.column))
        if cell.continues
        else cell.cell
        for cell in rows[height]
    )
    return replace(table, rows=above), replace(table, rows=(first, *table.rows[height + 1 :]))


def _rows_below(rows: Sequence[Sequence[GridCell]], column: int) -> int:
    """Return in how many of the rows, from the first on, the cell at this column continues."""
    return sum(
        1
        for _ in takewhile(
            lambda row: any(cell.column == column and cell.continues for cell in row), rows
        )
    )
