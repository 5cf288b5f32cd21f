"""The sheets 主动公开, 申请 and 复议诉讼: what the reports' tables say, fit for adding up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from form.editions import EDITION_KEYS, all_columns, table
from form.figures import AMOUNT, WAN, digits
from form.language import _
from form.model import TableKey, address, split_address
from form.names import column_name, row_name
from form.report import layout_edition
from form.values import added
from outputs.workbook.contents import Item
from outputs.workbook.lists import Heading, begin, finish, whose, write_whose
from outputs.workbook.sheet import set_height, width, write
from outputs.workbook.styles import LABEL
from outputs.workbook.values import write_tidy

_FIXED: Final = 2
_NAME_WIDTH: Final = 52
_AMOUNT_MARGIN: Final = 2


def fill_wide(sheet: Worksheet, key: TableKey, items: Sequence[Item], note: str) -> None:
    """Write a table as one line a report, one column an address, with live sums.

    Only addresses that some report has stand there, in printed order, older edition first; a
    cell that a report's form does not have is grey.
    """
    found = {place for item in items for place in item.cells}
    places = [p for p in all_columns() if p in found and split_address(p)[0] == key]
    headings = [*whose(), *(_heading(key, place, items) for place in places)]
    title = table(key, EDITION_KEYS[-1]).title.partition("、")[2]
    first = begin(sheet, title, note, headings, fixed=_FIXED)
    for row, item in enumerate(items, first):
        write_whose(sheet, row, item)
        for column, place in enumerate(places, _FIXED + 1):
            write_tidy(sheet, row, column, item, place)
    summed = range(_FIXED + 1, len(headings) + 1)
    last = first + len(items) - 1
    finish(sheet, first, last, len(headings), summed)
    for column, place in enumerate(places, _FIXED + 1):
        if all_columns()[place].kind == "amount":
            _show_amounts_whole(sheet, column, first, last)


def _show_amounts_whole(sheet: Worksheet, column: int, first: int, last: int) -> None:
    """Make a column of amounts wide enough, and let their sum have as many decimals as they."""
    values = [sheet.cell(row, column).value for row in range(first, last + 1)]
    amounts = [value for value in values if isinstance(value, Decimal)]
    if not amounts:
        return
    finest = min(amounts, key=lambda amount: amount.as_tuple().exponent)
    sheet.cell(last + 1, column).number_format = AMOUNT.number_format(finest)
    room = len(digits(added(amounts))) + _AMOUNT_MARGIN
    letter = get_column_letter(column)
    size = sheet.column_dimensions[letter]
    size.width = max(size.width, room)


def _heading(key: TableKey, place: str, items: Sequence[Item]) -> Heading:
    """Return a cell's name in the wording of the newest form among the reports that have it."""
    edition = max(layout_edition(item.report, key) for item in items if place in item.cells)
    _table, row, column = split_address(place)
    text = column_name(key, edition, row, column)
    if all_columns()[place].kind == "amount":
        text = _("{amount}（{unit}）").format(amount=text, unit=WAN)
    return Heading(text, row_name(key, edition, row), 10)


def fill_applications(sheet: Worksheet, items: Sequence[Item], note: str) -> None:
    """Write section 三 as one line a report and row of the form, one column a kind of applicant.

    Filtered by one row of the form, all agencies stand below each other.
    """
    columns = table("applications", EDITION_KEYS[-1]).rows[0].columns
    headings = [
        *whose(),
        Heading(_("事项"), width=_NAME_WIDTH),
        *(Heading(column.label, width=10) for column in columns),
    ]
    title = table("applications", EDITION_KEYS[-1]).title.partition("、")[2]
    first = row = begin(sheet, title, note, headings, fixed=_FIXED + 1)
    for item in items:
        edition = layout_edition(item.report, "applications")
        if not item.tables["applications"].found:
            continue
        for line in table("applications", edition).rows:
            write_whose(sheet, row, item)
            name = row_name("applications", edition, line.key)
            write(sheet, row, _FIXED + 1, name, LABEL)
            set_height(sheet, row, -(-width(name) // _NAME_WIDTH))
            for number, column in enumerate(columns, _FIXED + 2):
                place = address("applications", line.key, column.key)
                write_tidy(sheet, row, number, item, place)
            row += 1
    finish(sheet, first, row - 1, len(headings), ())
