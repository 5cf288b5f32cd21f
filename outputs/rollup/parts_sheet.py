"""The sheet of parts: a line an organ, a column a cell of the form; everything else adds these up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from form.editions import TABLE_KEYS, all_columns
from form.figures import AMOUNT, DASH_SIGN, UNKNOWN_SIGN, WAN, digits, quoted
from form.language import _
from form.model import split_address
from form.names import column_name, row_name
from measures.rollup.model import Filing, Number, Part, Rollup
from outputs.workbook.lists import Heading, begin
from outputs.workbook.sheet import comment, set_height, width, write
from outputs.workbook.styles import (
    CENTRED,
    CORRECTED,
    LABEL,
    MONEY,
    NOT_PRINTED,
    NUMBER,
    TEXT_VALUE,
    UNKNOWN,
    ZERO,
    Style,
)

_FIXED: Final = 2
MOST_DIGITS: Final = 15
"""Spreadsheets keep so many; longer numbers are written as text, and their sums are open."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of each cell stand: the sheet's name, its first and last line, its columns."""

    sheet: str
    first: int
    last: int
    columns: dict[str, str]

    def formula(self, address: str) -> str:
        """Return what adds a cell's parts up: ? where one of them cannot be told."""
        letter = self.columns[address]
        name = self.sheet.replace("'", "''")
        cells = f"'{name}'!${letter}${self.first}:${letter}${self.last}"
        return f'IF(COUNTIF({cells},"~{UNKNOWN_SIGN}*")>0,"{UNKNOWN_SIGN}",SUM({cells}))'


def fill_parts(sheet: Worksheet, rollup: Rollup, note: str) -> Parts:
    """Write the sheet and return where everything stands."""
    places = list(rollup.cells)
    headings = [
        Heading(_("机构"), width=30),
        Heading(_("版次"), width=7),
        *(_heading(place, rollup) for place in places),
    ]
    first = begin(sheet, _("各机构的数"), note, headings, fixed=_FIXED)
    by_cell = {place: {part.agency: part for part in rollup.cells[place].parts} for place in places}
    for row, filing in enumerate(rollup.filings, first):
        _write_line(
            sheet, row, filing, [(place, by_cell[place].get(filing.agency)) for place in places]
        )
    last = first + len(rollup.filings) - 1
    sheet.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(headings))}{max(last, first)}"
    columns = {place: get_column_letter(number) for number, place in enumerate(places, _FIXED + 1)}
    return Parts(sheet.title, first, max(last, first), columns)


def _heading(place: str, rollup: Rollup) -> Heading:
    name, row, column = split_address(place)
    key = next(item for item in TABLE_KEYS if item == name)
    text = column_name(key, rollup.edition, row, column)
    if all_columns()[place].kind == "amount":
        text = _("{amount}（{unit}）").format(amount=text, unit=WAN)
    return Heading(text, row_name(key, rollup.edition, row), 10)


def _write_line(
    sheet: Worksheet, row: int, filing: Filing, parts: list[tuple[str, Part | None]]
) -> None:
    write(sheet, row, 1, filing.agency, LABEL)
    set_height(sheet, row, -(-width(filing.agency) // 28))
    write(sheet, row, 2, filing.version, CENTRED)
    for column, (place, part) in enumerate(parts, _FIXED + 1):
        if part is None:
            write(sheet, row, column, None, NOT_PRINTED)
            continue
        value, style = _written(part, place)
        cell = write(sheet, row, column, value, style)
        if isinstance(value, Decimal):
            cell.number_format = AMOUNT.number_format(value)
        if part.is_corrected and part.cell is not None and part.cell.printed is not None:
            printed = part.cell.printed
            said = quoted(printed.value, printed.unit) if printed.value is not None else printed.raw
            comment(cell, [_("已更正（原为 {printed}）").format(printed=said or _("空"))])


def _written(part: Part, place: str) -> tuple[Number | str | None, Style]:
    """Return what stands in a line for a part: no sum takes what cannot be told for 0."""
    if part.value is None:
        return _open_text(part), UNKNOWN
    if part.shown is None:
        return (DASH_SIGN, TEXT_VALUE) if part.mark == "dash" else (None, NUMBER)
    value = part.value
    if len(digits(value).lstrip("-0.").replace(".", "")) > MOST_DIGITS:
        return f"{UNKNOWN_SIGN} {quoted(value)}", UNKNOWN
    if part.is_corrected:
        return value, CORRECTED
    if all_columns()[place].kind == "amount":
        return value, MONEY
    return value, NUMBER if value else ZERO


def _open_text(part: Part) -> str:
    """Return the sign of what cannot be told, and what is printed there."""
    if part.cell is None:
        return f"{UNKNOWN_SIGN} {_('缺表')}"
    raw = part.cell.raw.strip()
    return f"{UNKNOWN_SIGN} {raw}" if raw and part.mark != "unknown" else UNKNOWN_SIGN
