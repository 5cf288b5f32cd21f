"""Small changes of drafts that quirks are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from benchmarks.synthetic.draft import Block, Draft, Style, Truth
from benchmarks.synthetic.tables import Printed
from form.layout import LayoutCell, LayoutRow
from form.model import TableKey, split_address
from sample_reports.samples import Line, PrintedTable

CellChange = Callable[[LayoutCell], LayoutCell]


def with_tables(draft: Draft, change: Callable[[PrintedTable], PrintedTable]) -> Draft:
    """Return the draft with every table changed."""
    blocks = (change(b) if isinstance(b, PrintedTable) else b for b in draft.blocks)
    return replace(draft, blocks=tuple(blocks))


def with_rows(
    draft: Draft, key: TableKey, change: Callable[[list[LayoutRow]], list[LayoutRow]]
) -> Draft:
    """Return the draft with the rows of one table changed."""

    def changed(table: PrintedTable) -> PrintedTable:
        return replace(table, rows=tuple(change(list(table.rows)))) if table.key == key else table

    return with_tables(draft, changed)


def with_cells(draft: Draft, change: CellChange) -> Draft:
    """Return the draft with every printed cell of its tables changed."""

    def changed(table: PrintedTable) -> PrintedTable:
        return replace(table, rows=tuple(tuple(map(change, row)) for row in table.rows))

    return with_tables(draft, changed)


def with_labels(draft: Draft, change: Callable[[str], str]) -> Draft:
    """Return the draft with the text of every cell but the values changed."""

    def changed(cell: LayoutCell) -> LayoutCell:
        return cell if cell.address else replace(cell, text=change(cell.text))

    return with_cells(draft, changed)


def with_values(draft: Draft, printed: Mapping[str, Printed]) -> Draft:
    """Return the draft with other printed cells at some addresses, and their truth."""

    def changed(cell: LayoutCell) -> LayoutCell:
        new = printed.get(cell.address or "")
        return replace(cell, text=new.text) if new else cell

    said = {address: new.said for address, new in printed.items()}
    truth = replace(draft.truth, cells={**draft.truth.cells, **said})
    return replace(with_cells(draft, changed), truths=(truth,))


def with_lines(draft: Draft, change: Callable[[Line], Line]) -> Draft:
    """Return the draft with every line outside its tables changed."""
    return replace(
        draft, blocks=tuple(change(b) if isinstance(b, Line) else b for b in draft.blocks)
    )


def with_words(draft: Draft, change: Callable[[str], str]) -> Draft:
    """Return the draft with the text of its lines and labels changed, its values left alone."""
    lines = with_lines(draft, lambda line: replace(line, text=change(line.text)))
    return with_labels(lines, change)


def with_blocks(draft: Draft, change: Callable[[Block], tuple[Block, ...]]) -> Draft:
    """Return the draft with every block changed into any number of blocks."""
    return replace(draft, blocks=tuple(new for block in draft.blocks for new in change(block)))


def with_title(draft: Draft, *lines: Line) -> Draft:
    """Return the draft with other lines in the place of its title."""
    return with_blocks(
        draft,
        lambda block: lines if isinstance(block, Line) and block.role == "title" else (block,),
    )


def with_truth(draft: Draft, change: Callable[[Truth], Truth]) -> Draft:
    """Return the draft with the truth of each of its reports changed."""
    return replace(draft, truths=tuple(map(change, draft.truths)))


def may_be_unknown(draft: Draft, *addresses: str) -> Draft:
    """Return the draft with addresses that nobody could read for certain."""
    return with_truth(
        draft,
        lambda truth: replace(truth, may_be_unknown=truth.may_be_unknown | set(addresses)),
    )


def row_addresses(draft: Draft, key: TableKey, row: str) -> tuple[str, ...]:
    """Return the addresses of one row that are printed."""
    return tuple(name for name in draft.truth.cells if split_address(name)[:2] == (key, row))


def styled(draft: Draft, **changes: object) -> Draft:
    """Return the draft with parts of its style replaced."""
    return replace(draft, style=_styled(draft.style, changes))


def _styled(style: Style, changes: Mapping[str, object]) -> Style:
    return replace(style, **changes)  # type: ignore[arg-type] # names and types are Style's own


def address_row(row: LayoutRow) -> str | None:
    """Return the row key of a printed row of values, None for headers."""
    return next((split_address(cell.address)[1] for cell in row if cell.address), None)
