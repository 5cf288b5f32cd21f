"""Quirks of labels and tables that page ends, editors and converters tore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Block, Draft
from benchmarks.synthetic.edits import (
    address_row,
    may_be_unknown,
    row_addresses,
    styled,
    with_blocks,
    with_tables,
)
from benchmarks.synthetic.quirk import GRIDS, PDF, ROW_TEXT, TEXT, Quirk
from form.editions import RESULTS
from form.layout import LayoutCell, LayoutRow
from sample_reports.samples import GridCell, Line, PrintedTable, grid_rows, torn

_LONG: Final = 7
"""A label of this length can be torn so that neither piece is another label."""


def _own_label(row: LayoutRow) -> int:
    """Return the position of the label that names a row of values."""
    return max(i for i, cell in enumerate(row) if cell.role == "label")


def _tearable(table: PrintedTable) -> list[int]:
    return [
        i
        for i, row in enumerate(table.rows)
        if address_row(row) and row[0].role == "label" and len(row[_own_label(row)].text) >= _LONG
    ]


def _split_row(table: PrintedTable, index: int, *, values_above: bool) -> PrintedTable:
    """Return the table with one row printed as two: each with a piece of its label."""
    row = table.rows[index]
    at = _own_label(row)
    cut = len(row[at].text) * 2 // 3
    one, two = row[at].text[:cut], row[at].text[cut:]

    def piece(text: str, *, with_values: bool) -> LayoutRow:
        values = (cell if with_values else replace(cell, text="") for cell in row[at + 1 :])
        return (replace(row[at], text=text), *values)

    taller = tuple(replace(cell, row_span=cell.row_span + 1) for cell in row[:at])
    first = (*taller, *piece(one, with_values=values_above))
    second = piece(two, with_values=not values_above)
    above = tuple(
        tuple(_taller(cell) if number + cell.row_span > index else cell for cell in line)
        for number, line in enumerate(table.rows[:index])
    )
    return replace(table, rows=(*above, first, second, *table.rows[index + 1 :]))


def _taller(cell: LayoutCell) -> LayoutCell:
    return replace(cell, row_span=cell.row_span + 1)


def _torn_rows(*, values_above: bool) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, random: Random) -> Draft:
        at = random.choice(_tearable(draft.table("applications")))

        def split(table: PrintedTable) -> PrintedTable:
            split_here = table.key == "applications"
            return _split_row(table, at, values_above=values_above) if split_here else table

        return with_tables(draft, split)

    return change


def _torn_pages(draft: Draft, random: Random) -> Draft:
    """The page ends within a label: each page has a piece of it, one has the numbers."""
    table = draft.table("applications")
    at = random.choice([row for row in _tearable(table) if 5 < row < len(table.rows) - 3])
    pages = torn(_split_row(table, at, values_above=random.random() < 0.5), at + 1)
    return with_blocks(draft, lambda block: pages if block is table else (block,))


def _torn_columns(draft: Draft, _random: Random) -> Draft:
    """Labels that span columns are printed in two cells beside each other."""

    def halves(cell: LayoutCell) -> tuple[LayoutCell, ...]:
        if cell.role != "label" or cell.column_span < 2:
            return (cell,)
        cut = len(cell.text) // 2
        return (
            replace(cell, text=cell.text[:cut], column_span=1),
            replace(cell, text=cell.text[cut:], column_span=cell.column_span - 1),
        )

    def change(table: PrintedTable) -> PrintedTable:
        rows = (tuple(half for cell in row for half in halves(cell)) for row in table.rows)
        return replace(table, rows=tuple(rows))

    return with_tables(draft, change)


def _two_tables(
    draft: Draft, random: Random, repeated: str | None = None, between: tuple[Block, ...] = ()
) -> Draft:
    """Section 三 torn between two rows; `repeated` is printed again in the cell that goes on."""
    table = draft.table("applications")
    at = random.randint(6, len(table.rows) - 4)
    one, two = torn(table, at)
    if repeated:
        continues = grid_rows(table)[at]
        first = (
            replace(cell, text=repeated) if grid.continues and grid.cell.text == repeated else cell
            for cell, grid in zip(two.rows[0], continues, strict=True)
        )
        two = replace(two, rows=(tuple(first), *two.rows[1:]))
    return with_blocks(draft, lambda block: (one, *between, two) if block is table else (block,))


def _results_again(draft: Draft, random: Random) -> Draft:
    return _two_tables(draft, random, RESULTS)


def _page_number_between(draft: Draft, random: Random) -> Draft:
    return _two_tables(draft, random, None, (Line("— 7 —"),))


def _each_in_two(draft: Draft, random: Random) -> Draft:
    """Every table torn between two of its rows, section 四 below its headers."""

    def change(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, PrintedTable):
            return (block,)
        last = len(block.rows) - 1
        return torn(block, last if block.key == "disputes" else random.randint(4, last))

    return with_blocks(draft, change)


def _groups_torn(draft: Draft, _random: Random) -> Draft:
    """Group labels cut in two beside their rows: （三）不予 above, 公开 below."""

    def change(table: PrintedTable) -> PrintedTable:
        rows = [list(row) for row in table.rows]
        for line in grid_rows(table):
            for place in line:
                if place.cell.vertical and not place.continues and len(place.cell.text) > 4:
                    _cut_group(rows, place)
        return replace(table, rows=tuple(map(tuple, rows)))

    return with_tables(draft, change)


def _cut_group(rows: list[list[LayoutCell]], place: GridCell) -> None:
    """Cut one label; the outermost is left alone, so that the lower piece begins its row."""
    if place.column != 1:
        return
    cell, upper = place.cell, place.cell.row_span // 2
    at = next(i for i, other in enumerate(rows[place.row]) if other is cell)
    rows[place.row][at] = replace(cell, text=cell.text[:-2], row_span=upper)
    lower = replace(cell, text=cell.text[-2:], row_span=cell.row_span - upper)
    rows[place.row + upper].insert(0, lower)


def _label_line(*, before: bool) -> Callable[[Draft, Random], Draft]:
    """Some rows of section 三 have their label on a line of its own, before or behind the numbers."""

    def change(draft: Draft, random: Random) -> Draft:
        keys = random.sample(["new_received", "carried_over", "carried_forward"], 2)
        table = draft.table("applications")
        labels = [row[0].text for row in table.rows if address_row(row) in keys]

        def edit(text: str) -> str:
            return "\n".join(
                _apart(line, before=before) if line.startswith(tuple(labels)) else line
                for line in text.split("\n")
            )

        names = [name for key in keys for name in row_addresses(draft, "applications", key)]
        moved = styled(draft, text=(*draft.style.text, edit))
        return moved if before else may_be_unknown(moved, *names)

    return change


def _apart(line: str, *, before: bool) -> str:
    label, _tab, values = line.partition("\t")
    pieces = (label, f"\t{values}") if before else (f"\t{values}", label)
    return "\n".join(pieces)


QUIRKS: Final = (
    Quirk("labels torn over rows, numbers below", _torn_rows(values_above=False)),
    Quirk("labels torn over rows, numbers above", _torn_rows(values_above=True)),
    Quirk("labels torn over pages", _torn_pages),
    Quirk("labels torn over columns", _torn_columns),
    Quirk("group labels torn", _groups_torn),
    Quirk("办理结果 again on the next page", _results_again),
    Quirk("a page number among the rows", _page_number_between, (*TEXT, *GRIDS)),
    Quirk("each table in two", _each_in_two, (*TEXT, *GRIDS, *PDF)),
    Quirk("labels on the line before", _label_line(before=True), ROW_TEXT),
    Quirk("labels on the line behind", _label_line(before=False), ROW_TEXT),
)
