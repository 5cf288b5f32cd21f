"""Blank fields of text tables that are no cells: what a label covers, and what fills lines up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from form.editions import EDITIONS
from form.model import TableKey
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Field, Line
from loaders.recogniser.tables import PrintedRow

_LABEL_COLUMNS: Final = 3
"""Section 三 prints its labels three deep; blanks may stand behind one that covers several."""
_COMMON: Final = 4
"""A length of lines is common where at least one line in so many has it."""
MOST_LOST: Final = 2
"""A row that lacks more cells than this says nothing of the others."""


@dataclass(frozen=True, slots=True)
class Padding:
    """How many blank fields at either end of a row's values may be no cells.

    Behind them also as many as the row may have lost: what fills lines up stands there.
    """

    before: int = 0
    behind: int = 0


NO_PADDING: Final = Padding()


def padding_of(
    key: TableKey, printed: PrintedRow, rows: Sequence[PrintedRow], headers: Sequence[Line]
) -> Padding:
    """Return how many blanks of a row may be no cells, judged by the lines around it.

    None where the table has kept its geometry, and where nothing gives a reason to doubt.
    """
    if printed.line.aligned:
        return NO_PADDING
    here = [header for header in headers if header.grid == printed.line.grid]
    padded = _padded_rows(rows)
    behind = max(map(_blanks_behind, padded), default=0)
    if key == "applications":
        behind = max([behind, *map(_behind_last_header, here)])
    if not (padded or behind or _lacks_fields(printed, here)):
        return NO_PADDING
    return Padding(_covered(key, printed), behind + MOST_LOST if behind else 0)


def _covered(key: TableKey, printed: PrintedRow) -> int:
    """Return how many of the fields behind a label may be columns that it covers."""
    label = len(printed.line.fields) - len(printed.values) - 1
    return max(0, _LABEL_COLUMNS - 1 - label) if key == "applications" else 0


def _padded_rows(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Return the rows that show that blanks around numbers are no cells: these alone fill the row.

    A cell that was doubled can make a row look so, and a line longer than the others. So one row
    with too many fields shows nothing, nor do lines whose length is rare, unless their blanks are
    just those that the label covers.
    """
    lengths = Counter(len(row.line.fields) for row in rows)
    longer = [
        row
        for row in rows
        if not (row.line.aligned or row.line.steps)
        and _is_overfull(row)
        and (lengths[len(row.line.fields)] * _COMMON >= len(rows) or _is_behind_label(row))
    ]
    return [row for row in longer if _is_filled_within(row)] if len(longer) > 1 else []


def _is_overfull(row: PrintedRow) -> bool:
    """Say whether a row has more fields than columns, and a number for each of these."""
    narrower = [width for width in _widths(row.key) if width < len(row.values)]
    # Nearly no row has one: its fields need not be counted.
    return bool(narrower) and min(narrower) <= sum(not item.is_blank for item in row.values)


def _is_filled_within(row: PrintedRow) -> bool:
    """Say whether a row's numbers are as many as its columns and stand without a gap."""
    printed = [index for index, item in enumerate(row.values) if not item.is_blank]
    return len(printed) in _widths(row.key) and printed[-1] - printed[0] < len(printed)


def _is_behind_label(row: PrintedRow) -> bool:
    """Say whether as many blanks stand before a row's numbers as the form's label covers."""
    blanks = count_blanks(row.values)
    return blanks > 0 and blanks in _covered_columns(row.key)


@cache
def _covered_columns(row_key: str) -> frozenset[int]:
    """Return how many columns besides its own a label of section 三 covers in either edition."""
    rows = (row for item in EDITIONS for row in item.table("applications").rows)
    return frozenset(_LABEL_COLUMNS - 1 - len(row.groups) for row in rows if row.key == row_key)


@cache
def _widths(row_key: str) -> frozenset[int]:
    """Return how many columns a row has in either edition."""
    rows = (row for item in EDITIONS for table in item.tables for row in table.rows)
    return frozenset(len(row.columns) for row in rows if row.key == row_key)


def _blanks_behind(row: PrintedRow) -> int:
    return count_blanks(reversed(row.values))


def _behind_last_header(header: Line) -> int:
    """Return how many blank fields a header line has behind the header of the last column."""
    last = next((i for i, item in enumerate(header.fields) if _is_total(item)), None)
    if last is None:
        return 0
    behind = header.fields[last + 1 :]
    return len(behind) if count_blanks(behind) == len(behind) else 0


def _is_total(item: Field) -> bool:
    return "total" in match_column("applications", item.text)


def count_blanks(fields: Iterable[Field]) -> int:
    """Return how many blanks stand before the first of these fields that says something."""
    return sum(1 for _ in takewhile(lambda item: item.is_blank, fields))


def _lacks_fields(printed: PrintedRow, headers: Sequence[Line]) -> bool:
    """Say whether text printed fewer fields in a row than in each of the table's header lines.

    Then the blanks behind its label may be columns that the label covers, and a cell be lost.
    """
    count = len(printed.line.fields)
    return bool(headers) and all(count < len(header.fields) for header in headers)
