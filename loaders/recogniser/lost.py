"""Rows of the form that were not found in a table: not printed, printed otherwise, or cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from form.editions import TABLE_KEYS
from form.language import _
from form.model import Row, Table, address
from form.report import Cell, Note
from loaders.recogniser.labels import match_row
from loaders.recogniser.tables import PrintedTables, Unnamed


@dataclass(frozen=True, slots=True)
class LostRows:
    """What is said of a table's rows that were not found.

    All their cells are unknown. `unprinted` are those (`table.row`) that the table does not print.
    """

    cells: Mapping[str, Cell]
    notes: tuple[Note, ...]
    unprinted: tuple[str, ...]


def lost_rows(form: Table, missing: Sequence[Row], tables: PrintedTables) -> LostRows:
    """Return what is said of the rows of a form that were not found among its table's lines.

    One is not printed unless its label is, or a line without a known name stands where it belongs,
    or the file ends before it.
    """
    unnamed = [item for item in tables.unnamed[form.key] if item.values and not _is_known(item)]
    hollow = [row for row in missing if (form.key, row.key) in tables.hollow]
    cut = [row for row in missing if row not in hollow and _is_cut(form, row, tables)]
    lines = {row.key: _lines_for(form, row, tables, unnamed) for row in missing}
    others = [row for row in missing if row not in (*hollow, *cut)]
    return LostRows(
        {
            address(form.key, row.key, column.key): _cell(lines[row.key])
            for row in missing
            for column in row.columns
        },
        (*_quoted(unnamed), *_hollow(hollow), *_cut(form, cut)),
        tuple(f"{form.key}.{row.key}" for row in others if not lines[row.key]),
    )


def _is_known(item: Unnamed) -> bool:
    """Say whether a line does name a row, though not one that can stand there."""
    label = item.label
    return label is not None and any(match_row(key, label.text) for key in TABLE_KEYS[:2])


def _is_cut(form: Table, row: Row, tables: PrintedTables) -> bool:
    """Say whether a file ends within the table, and before this row of it."""
    order = [item.key for item in form.rows]
    printed = [order.index(item.key) for item in tables.rows[form.key] if item.key in order]
    return tables.cut == form.key and order.index(row.key) > max(printed, default=-1)


def _lines_for(
    form: Table, row: Row, tables: PrintedTables, unnamed: Iterable[Unnamed]
) -> list[Unnamed]:
    """Return the lines without a known name that stand between the rows around this one."""
    order = [item.key for item in form.rows]
    at = order.index(row.key)
    printed = [item.key for item in tables.rows[form.key] if item.key in order]
    above = [key for key in printed if order.index(key) < at]
    last = max(above, key=order.index, default=None)
    return [item for item in unnamed if item.after == last]


def _cell(lines: Sequence[Unnamed]) -> Cell:
    """Return an unknown cell without candidates, with what may be its row's print."""
    if not lines:
        return Cell(None, "unknown")
    fields = lines[0].line.fields
    return Cell(None, "unknown", " ".join(item.text for item in fields), fields[0].place)


def _quoted(unnamed: Iterable[Unnamed]) -> Iterator[Note]:
    for item in unnamed:
        label = item.label.text if item.label is not None else ""
        message = _("表中有一行认不出是哪一项：“{label}”，印的是 {printed}；没有计入。")
        yield Note(
            "row_unnamed",
            message.format(
                label=" ".join(label.split()),
                printed=" ".join(field.text.strip() or _("空") for field in item.values),
            ),
        )


def _hollow(rows: Iterable[Row]) -> Iterator[Note]:
    for row in rows:
        yield Note("row_hollow", _("“{row}”一行只有名称，没有格。").format(row=row.label))


def _cut(form: Table, rows: Sequence[Row]) -> Iterator[Note]:
    if rows:
        message = _("文件到“{table}”的中间就结束了，从“{row}”起的 {n} 行没有内容。")
        cells = tuple(
            address(form.key, row.key, column.key) for row in rows for column in row.columns
        )
        said = message.format(table=form.title, row=rows[0].label, n=len(rows))
        yield Note("table_cut", said, cells)
