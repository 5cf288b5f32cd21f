"""Which printed field stands under which column header, where a table has kept its geometry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from form.labels import CONTENT_HEADER
from form.model import Column, Row, TableKey
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Field, Line
from loaders.recogniser.padding import Padding, padding_of
from loaders.recogniser.placement import Placement, Slots, slots
from loaders.recogniser.steps import join_values_on_next_line
from loaders.recogniser.tables import PrintedRow, PrintedTables

_MOST_IRREGULAR = 2


def slots_of(
    key: TableKey, row: Row, printed: PrintedRow, rows: Sequence[PrintedRow], tables: PrintedTables
) -> Slots:
    """Return a printed row's fields with every placement that its geometry leaves open."""
    if printed.in_doubt:
        return Slots(printed.values, ())
    is_shorter = _is_shorter(printed) and not _is_full(row, printed)
    if key == "disclosure" and (_headed_otherwise(row, printed) or is_shorter):
        return Slots(printed.values, ())
    headers = tables.headers[key]
    header = _by_header(key, row.columns, printed, headers)
    if header is not None and (
        _is_moved(key, printed, rows, headers) or _leaves_some(printed, header)
    ):
        return slots(printed.values, len(row.columns))
    if header is None and key == "applications" and _is_rectangular(rows, headers):
        is_regular = _shape(printed.line) == _shape(headers[0])
        found = _under(printed, row.columns, key, headers) if is_regular else None
        if found is not None and not _lost_its_end(printed, found):
            return Slots(printed.values, (found,), "header")
    padding = padding_of(key, printed, rows, headers)
    if key == "disclosure" and _is_full(row, printed):
        padding = Padding(0, len(printed.values) - len(row.columns))
    placed = slots(printed.values, len(row.columns), padding, header)
    return replace(placed, lost_blanks=True) if _may_lose_blanks(printed.line) else placed


def _may_lose_blanks(line: Line) -> bool:
    """Say whether a blank cell of a row leaves no trace: as where cells stood on lines of text."""
    if line.aligned:
        return False
    return line.loses_blanks or join_values_on_next_line.__name__ in line.steps


def _is_moved(
    key: TableKey, printed: PrintedRow, rows: Sequence[PrintedRow], headers: Sequence[Line]
) -> bool:
    """Say whether a row reaches out of its headers; each block of section 二 has its own."""
    if key != "disclosure" or printed.header is None:
        return _reaches_out(printed, headers, rows)
    block = [row for row in rows if row.header is printed.header]
    return _reaches_out(printed, [printed.header], block)


def _reaches_out(
    printed: PrintedRow, headers: Sequence[Line], rows: Sequence[PrintedRow] = ()
) -> bool:
    """Say whether a row of a drawn table has a cell right of its headers, be it blank.

    Then a cell too many has moved those behind it, and they stand under the headers beside theirs.
    Not where it is blank in most other rows below these headers: such blanks are the table's.
    """
    here = [header for header in headers if header.grid == printed.line.grid]
    if not printed.line.aligned or not here:
        return False
    edge = max(map(_end, here))
    behind = [item for item in printed.values if item.column >= edge]
    if any(not item.is_blank for item in behind):
        return True
    others = [row for row in rows if row.line.grid == printed.line.grid and row is not printed]
    like = sum(_end(row.line) == _end(printed.line) for row in others)
    return bool(behind) and 2 * like <= len(others)


def _end(line: Line) -> int:
    last = line.fields[-1]
    return last.column + last.column_span


def _leaves_some(printed: PrintedRow, header: Placement) -> bool:
    """Say whether a row prints more numbers than stand under its headers.

    Two of them under one wide header, or, in text, one left of all headers, whose line then has a
    blank too many: a cell too many may have moved the others. (Text repeats what spans columns.)
    """
    left = (index for index in range(len(printed.values)) if index not in header)
    if not printed.line.aligned:
        first = min(index for index in header if index is not None)
        left = (index for index in left if index < first)
    values = (printed.values[index] for index in left)
    return any(item.is_value and not item.is_blank for item in values)


def _shape(line: Line) -> tuple[int, int]:
    """Return how many fields a line has, and how many columns they cover."""
    return len(line.fields), _end(line)


def _headed_otherwise(row: Row, printed: PrintedRow) -> bool:
    """Say whether the header above a row names columns that the row lacks in this edition."""
    fields = printed.header.fields if printed.header is not None else ()
    headed = {name for item in fields for name in match_column("disclosure", item.text)}
    return bool(headed - {column.key for column in row.columns})


def _is_shorter(printed: PrintedRow) -> bool:
    """Say whether text printed fewer fields in a row than in the header of its block."""
    header, line = printed.header, printed.line
    if header is None or line.aligned or header.grid != line.grid:
        return False
    is_content = any(item.plain == CONTENT_HEADER for item in header.fields)
    return is_content and len(line.fields) < len(header.fields)


def _is_full(row: Row, printed: PrintedRow) -> bool:
    """Say whether a row of section 二 in text prints a number for each column, and nothing behind.

    Blanks that others of its lines end in are none of its cells, however many it has itself. Its
    header names each column once: where words stand twice, so do numbers, and one may be lost.
    """
    header, line = printed.header, printed.line
    if header is None or line.aligned or line.steps or header.grid != line.grid:
        return False
    if sum(not item.is_blank for item in header.fields) != len(row.columns) + 1:
        return False
    filled = [not item.is_blank for item in printed.values]
    width = len(row.columns)
    return all(filled[:width]) and not any(filled[width:]) and len(filled) >= width


def _is_rectangular(rows: Sequence[PrintedRow], headers: Sequence[Line]) -> bool:
    """Say whether text has kept its columns: as many fields in every line, labels left of values.

    Converters that lose cells leave shorter lines, or set labels where values should stand; one
    line or two may have another width (a cell doubled) and are then not read by their place.
    """
    starts = _column_starts("applications", headers)
    widths = {len(line.fields) for line in headers}
    if len(widths) != 1 or not starts:
        return False
    first, width = min(starts.values()), widths.pop()
    regular = [row for row in rows if len(row.line.fields) == width]
    if len(rows) - len(regular) > _MOST_IRREGULAR:
        return False
    return all(width - len(row.values) <= first for row in regular)


def _lost_its_end(printed: PrintedRow, placement: Placement) -> bool:
    """Say whether a row prints numbers but no total: a cell may be lost and the end padded."""
    last = placement[-1]
    ends_blank = last is None or printed.values[last].is_blank
    return ends_blank and any(not item.is_blank for item in printed.values)


def _by_header(
    key: TableKey, columns: Sequence[Column], printed: PrintedRow, headers: Sequence[Line]
) -> Placement | None:
    """Return the placement that the column headers of the same grid give, if they are complete."""
    line = printed.line
    same_grid = [h for h in headers if h.grid == line.grid]
    if key == "disclosure":
        same_grid = [h for h in same_grid if h is printed.header]
        if same_grid and not line.aligned and _shape(same_grid[0]) != _shape(line):
            return None
        named = _under(printed, columns, key, same_grid)
        return named or _below(printed, len(columns), same_grid)
    if not line.aligned:
        return None
    return _under(printed, columns, key, same_grid)


def _below(printed: PrintedRow, width: int, headers: Sequence[Line]) -> Placement | None:
    """Return the fields below a block's headers, left to right, where words of these are lost."""
    fields = headers[0].fields if headers else ()
    at = next((i for i, item in enumerate(fields) if item.plain == CONTENT_HEADER), None)
    heads = [item for item in fields[at + 1 :] if item.plain] if at is not None else []
    found = [_covering(printed.values, head.column) for head in heads]
    indices = {index for index in found if index is not None}
    return tuple(found) if len(indices) == len(found) == width else None


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
    if printed.in_doubt:
        return Slots(printed.values, ())
    headers = tables.headers["disputes"]
    if _reaches_out(printed, headers):
        return slots(printed.values, width)
    header = _dispute_header(printed, headers, width)
    if header is not None and _leaves_some(printed, header):
        header = None
    return slots(printed.values, width, header=header)


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
