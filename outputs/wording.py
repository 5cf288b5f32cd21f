"""Words that several outputs share: the printed name of a cell, its figure, its marks."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Final

from form.editions import RESULTS, TABLE_KEYS, table
from form.language import _
from form.model import EditionKey, TableKey, split_address
from form.report import Cell, Value

UNKNOWN_SIGN: Final = "?"
DASH_SIGN: Final = "—"
# U+FE0E asks for the plain sign instead of a coloured picture.
SUSPECT_SIGN: Final = "⚠\ufe0e"
PLACE_SEPARATOR: Final = " · "


def figure(value: Value) -> str:
    """Return a number's digits without grouping, never in powers of ten; None gives ""."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def spoken(value: Value) -> str:
    """Return a figure as it stands in a sentence: a blank has its word."""
    return _("空") if value is None else figure(value)


def candidates_note(cell: Cell) -> str:
    """Return the sentence that says what an unknown cell may hold."""
    if not cell.candidates:
        return _("读不准：原文无法判断此格填了什么")
    options = _(" 或 ").join(spoken(value) for value in cell.candidates)
    return _("读不准：可能是 {options}").format(options=options)


@cache
def row_name(key: TableKey, edition: EditionKey, row_key: str) -> str:
    """Return a row's printed name with the group it stands in: 三（三）不予公开 · 1.属于国家秘密.

    Raises KeyError where the edition has no such row.
    """
    row = table(key, edition).row(row_key)
    if key == "disclosure":
        return row.label
    parts = [*row.groups, row.label]
    if parts[0] == RESULTS:
        parts = [RESULTS[0] + parts[1], *parts[2:]]
    return PLACE_SEPARATOR.join(parts)


@cache
def column_name(key: TableKey, edition: EditionKey, row_key: str, column_key: str) -> str:
    """Return the printed header over a cell; raises KeyError where there is none."""
    columns = table(key, edition).row(row_key).columns
    return {column.key: column.label for column in columns}[column_key]


def cell_name(address: str, edition: EditionKey) -> str:
    """Return a cell's printed name, its row before its column; raises KeyError where it has none."""
    table_text, row, column = split_address(address)
    key = next(key for key in TABLE_KEYS if key == table_text)
    return PLACE_SEPARATOR.join(
        (row_name(key, edition, row), column_name(key, edition, row, column))
    )
