"""Which printed field stands under which column header, where a table has kept its geometry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from form.editions import EDITIONS
from form.model import Column, Row, TableKey
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Field, Line
from loaders.recogniser.placement import Placement, Slots, slots
from loaders.recogniser.tables import PrintedRow, PrintedTables


def slots_of(
    key: TableKey, row: Row, printed: PrintedRow, rows: Sequence[PrintedRow], tables: PrintedTables
) -> Slots:
    """Return a printed row's fields with every placement that its geometry leaves open."""
    if key == "disclosure" and _headed_otherwise(row, printed):
        return Slots(printed.values, ())
    headers = tables.headers[key]
    header = _by_header(key, row.columns, printed, headers)
    if header is None and key == "applications" and _is_rectangular(rows, headers):
        found = _under(printed, row.columns, key, headers)
        if found is not None and not _lost_its_end(printed, found):
            return Slots(printed.values, (found,), "header")
    padded = _is_padded(key, rows)
    width = len(row.columns)
    return slots(printed.values, width, padded=padded, header=header)


def _headed_otherwise(row: Row, printed: PrintedRow) -> bool:
    """Say whether the header above a row names columns that the row lacks in this edition."""
    fields = printed.header.fields if printed.header is not None else ()
    headed = {name for item in fields for name in match_column("disclosure", item.text)}
    return bool(headed - {column.key for column in row.columns})


def _is_rectangular(rows: Sequence[PrintedRow], headers: Sequence[Line]) -> bool:
    """Say whether text has kept its columns: as many fields in every line, labels left of values.

    Converters that lose a cell leave a shorter line, or set a label where values should stand.
    """
    starts = _column_starts("applications", headers)
    widths = {len(line.fields) for line in (*headers, *(row.line for row in rows))}
    if len(widths) != 1 or not starts:
        return False
    first = min(starts.values())
    return all(len(row.line.fields) - len(row.values) <= first for row in rows)


def _lost_its_end(printed: PrintedRow, placement: Placement) -> bool:
    """Say whether a row prints numbers but no total: a cell may be lost and the end padded."""
    last = placement[-1]
    ends_blank = last is None or printed.values[last].is_blank
    return ends_blank and any(not item.is_blank for item in printed.values)


def _is_padded(key: TableKey, rows: Sequence[PrintedRow]) -> bool:
    """Say whether lines of a table without geometry end or begin in blanks that are no cells.

    One line alone is no evidence: there a cell may have been doubled.
    """
    widths = {row.key: len(row.columns) for item in EDITIONS for row in item.table(key).rows}
    evidence = [
        row
        for row in rows
        if not row.line.aligned
        and len(row.values) > widths[row.key]
        and sum(not item.is_blank for item in row.values) >= widths[row.key]
    ]
    return len(evidence) > 1


def _by_header(
    key: TableKey, columns: Sequence[Column], printed: PrintedRow, headers: Sequence[Line]
) -> Placement | None:
    """Return the placement that the column headers of the same grid give, if they are complete."""
    line = printed.line
    same_grid = [h for h in headers if h.grid == line.grid]
    if key == "disclosure":
        same_grid = [h for h in same_grid if h is printed.header]
        if same_grid and not line.aligned and len(same_grid[0].fields) != len(line.fields):
            return None
    elif not line.aligned:
        return None
    return _under(printed, columns, key, same_grid)


def _column_starts(key: TableKey, headers: Iterable[Line]) -> dict[str, int]:
    starts: dict[str, int] = {}
    for header in headers:
        for item in header.fields:
            for name in match_column(key, item.text):
                starts.setdefault(name, item.column)
    return starts


def _under(
    printed: PrintedRow, columns: Sequence[Column], key: TableKey, headers: Iterable[Line]
) -> Placement | None:
    """Return which fields stand under the columns' headers, None unless each has one of its own."""
    starts = _column_starts(key, headers)
    found = [_covering(printed.values, starts.get(column.key)) for column in columns]
    indices = {index for index in found if index is not None}
    return tuple(found) if len(indices) == len(columns) else None


def _covering(fields: Sequence[Field], column: int | None) -> int | None:
    if column is None:
        return None
    for index, item in enumerate(fields):
        if item.column <= column < item.column + item.column_span:
            return index
    return None


def dispute_slots(printed: PrintedRow, tables: PrintedTables, width: int) -> Slots:
    """Return the line of section 四 with every placement that its geometry leaves open."""
    header = _dispute_header(printed, tables.headers["disputes"], width)
    return slots(printed.values, width, padded=False, header=header)


def _dispute_header(printed: PrintedRow, headers: Sequence[Line], width: int) -> Placement | None:
    if not printed.line.aligned:
        return None
    starts = sorted(
        {
            item.column
            for header in headers
            if header.grid == printed.line.grid
            for item in header.fields
            if match_column("disputes", item.text)
        }
    )
    found = [_covering(printed.values, start) for start in starts]
    indices = {index for index in found if index is not None}
    return tuple(found) if len(starts) == width and len(indices) == width else None
