"""Reports that can be counted with, whatever they hold: what no reading gives is made a doubt.

A reader gives whole numbers for counts, decimals for amounts, and neither longer than
`form.values.MOST_DIGITS`. Typed reports, other programs' JSON and damaged stores may hold
anything that a Report can; sums, arrays and dates would fail on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import MAXYEAR
from decimal import Decimal
from typing import Final

from form.editions import all_columns
from form.model import Column
from form.report import Cell, Report, Value
from form.values import EXACT_DIGITS, LARGEST, MOST_DIGITS

_LAST_YEAR: Final = MAXYEAR - 1
"""A report on it appears in the last year that a date can have."""


def countable(report: Report) -> Report:
    """Return the report with every number such as a reading can hold; itself where that is so.

    A number that is none (NaN), too large, or a fraction where a count is due becomes a text: it
    counts as nothing and leaves its sums open. Candidates of the kind leave an unknown cell quite
    open. Cells at no address of the form are left out, and so is a year that no date can have.
    """
    columns = all_columns()
    odd = {
        place: cell
        for place, cell in report.cells.items()
        if place not in columns or not _is_sound(cell, columns[place])
    }
    year = report.year
    if year is not None and not 1 <= year <= _LAST_YEAR:
        year = None
    if not odd and year == report.year:
        return report
    return replace(
        report, year=year, cells=_mended(report.cells, odd, columns) if odd else report.cells
    )


def _mended(
    cells: Mapping[str, Cell], odd: Mapping[str, Cell], columns: Mapping[str, Column]
) -> dict[str, Cell]:
    return {
        place: _sound(cell, columns[place]) if place in odd else cell
        for place, cell in cells.items()
        if place in columns
    }


def _is_sound(cell: Cell, column: Column) -> bool:
    return _fits(cell.value, column) and all(_fits(value, column) for value in cell.candidates)


def _fits(value: Value, column: Column) -> bool:
    if value is None:
        return True
    if column.kind == "amount":
        return isinstance(value, Decimal) and _is_short(value)
    return not isinstance(value, Decimal) and -LARGEST <= value <= LARGEST


def _is_short(value: Decimal) -> bool:
    """Say whether a decimal is a number that can be reckoned with exactly; never expands it."""
    _sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not -EXACT_DIGITS <= exponent <= MOST_DIGITS:
        return False
    return len(digits) <= EXACT_DIGITS and len(digits) + exponent <= MOST_DIGITS


def _sound(cell: Cell, column: Column) -> Cell:
    if not _fits(cell.value, column):
        made = _converted(cell.value, column)
        if made is None:
            return replace(cell, value=None, mark="text", candidates=(), raw=cell.raw or "…")
        cell = replace(cell, value=made)
    if all(_fits(value, column) for value in cell.candidates):
        return cell
    values = [value if value is None else _converted(value, column) for value in cell.candidates]
    lost = any(
        new is None and old is not None for old, new in zip(cell.candidates, values, strict=True)
    )
    return replace(cell, candidates=() if lost else tuple(values))


def _converted(value: Value, column: Column) -> Value:
    """Return the same number in the column's kind, None where there is none."""
    if _fits(value, column):
        return value
    if column.kind == "amount":
        is_whole = isinstance(value, int) and -LARGEST <= value <= LARGEST
        return Decimal(value) if value is not None and is_whole else None
    if isinstance(value, Decimal) and _is_short(value) and value == value.to_integral_value():
        return int(value)
    return None
