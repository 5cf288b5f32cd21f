"""One cell of a report in the workbook: a real number, a blank, a sign, and what is doubtful."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from form.editions import all_columns
from form.figures import AMOUNT, DASH_SIGN, WAN, digits, quoted, state_words
from form.language import _
from form.report import Value
from form.values import in_wan
from outputs.official_table import TableCell, shown_unit
from outputs.workbook.contents import Item
from outputs.workbook.sheet import comment, write
from outputs.workbook.styles import (
    CORRECTED,
    MONEY,
    NOT_PRINTED,
    NUMBER,
    PENCIL,
    SUSPECT,
    TEXT_VALUE,
    TYPED,
    UNKNOWN,
    ZERO,
    Style,
)

_MOST_DIGITS: Final = 15
"""Spreadsheets keep so many; longer numbers are written as text rather than rounded."""


def write_printed(sheet: Worksheet, row: int, column: int, item: Item, address: str) -> Style:
    """Write a cell as printed: dashes and texts as they are, an amount with its unit.

    Return the style it was given.
    """
    shown = item.cells.get(address)
    if shown is None:
        write(sheet, row, column, None, NOT_PRINTED)
        return NOT_PRINTED
    style = _style(shown, address)
    unit = shown_unit(address, item.report.cells[address]) or ""
    value = shown.text if shown.value is None else _number(shown.value, unit)
    cell = write(sheet, row, column, value, style)
    _set_format(cell, value, shown, unit)
    comment(cell, shown.notes)
    return style


def write_tidy(sheet: Worksheet, row: int, column: int, item: Item, address: str) -> None:
    """Write a cell for adding up: every dash alike, amounts in 万元.

    An amount whose unit is not known is written as text, since no sum may take it.
    """
    shown = item.cells.get(address)
    if shown is None:
        write(sheet, row, column, None, NOT_PRINTED)
        return
    value: Value | str = shown.text
    notes: tuple[str, ...] = ()
    if shown.mark == "dash":
        value = DASH_SIGN
    elif isinstance(shown.value, Decimal):
        unit = item.report.cells[address].unit
        wan = in_wan(shown.value, unit)
        value = _without_unit(shown.value) if wan is None else _number(wan)
        notes = () if unit == WAN else (_("原文：{raw}").format(raw=shown.text),)
        if wan is not None and isinstance(value, str):
            notes = (*notes, _("位数超过表格软件所能容纳，按文字列出，不计入合计"))
    elif shown.value is not None:
        value = _number(shown.value)
    cell = write(sheet, row, column, value, _style(shown, address))
    _set_format(cell, value, shown)
    comment(cell, dict.fromkeys((*shown.notes, *notes)))


def _without_unit(amount: Decimal) -> str:
    return _("{number}（{state}）").format(
        number=quoted(amount), state=state_words()["unit_unknown"]
    )


def _number(value: int | Decimal, unit: str = "") -> int | Decimal | str:
    plain = digits(value)
    exact = len(plain.lstrip("-0.").replace(".", "")) <= _MOST_DIGITS
    return value if exact else quoted(value, unit)


def _set_format(cell: Cell, value: Value | str, shown: TableCell, unit: str = "") -> None:
    """Let an amount be shown whole, with its unit and the sign that somebody corrected it."""
    if isinstance(value, Decimal):
        sign = PENCIL if shown.corrected and not shown.suspect else ""
        cell.number_format = AMOUNT.number_format(value, unit, sign)


def _style(shown: TableCell, address: str) -> Style:
    if shown.suspect:
        return SUSPECT
    if shown.corrected:
        return CORRECTED
    if shown.mark == "unknown":
        return UNKNOWN
    if shown.typed:
        return TYPED
    if shown.mark in ("text", "dash"):
        return TEXT_VALUE
    if all_columns()[address].kind == "amount":
        return MONEY
    return ZERO if shown.zero else NUMBER
