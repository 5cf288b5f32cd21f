"""What the sheets with one line a report, or a line a row of the form, have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from form.language import _
from outputs.workbook.contents import Item
from outputs.workbook.sheet import (
    merge,
    set_height,
    set_print,
    set_widths,
    width,
    write,
    write_formula,
)
from outputs.workbook.styles import CENTRED, HEADER, LABEL, LINK, NOTE, TITLE, TOTAL

TITLE_ROW: Final = 1
NOTE_ROW: Final = 2
HEADER_ROW: Final = 3
_NOTE_COLUMNS: Final = 12
_PAGE_WIDTH: Final = 230
"""Characters across a landscape page in the smallest print that can be read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what stands over it, and what over that for several columns together."""

    text: str
    group: str = ""
    width: float = 11


def begin(
    sheet: Worksheet, title: str, note: str, headings: Sequence[Heading], *, fixed: int
) -> int:
    """Write title, note and headers; return the row of the first line below.

    Columns of one group stand under one merged header. The first `fixed` columns and all rows
    of the head stay in sight.
    """
    write(sheet, TITLE_ROW, 1, title, TITLE)
    set_height(sheet, TITLE_ROW, 2)
    write(sheet, NOTE_ROW, 1, note, NOTE)
    merge(sheet, (NOTE_ROW, NOTE_ROW), (1, min(len(headings), _NOTE_COLUMNS)), NOTE)
    set_height(sheet, NOTE_ROW, 1)
    grouped = any(heading.group for heading in headings)
    last = HEADER_ROW + grouped
    for number, heading in enumerate(headings, 1):
        write(sheet, HEADER_ROW, number, heading.group or heading.text, HEADER)
        write(sheet, last, number, heading.text, HEADER)
    if grouped:
        _merge_headers(sheet, headings)
    for row in range(HEADER_ROW, last + 1):
        set_height(sheet, row, 2)
    set_height(sheet, last, _lines(headings))
    set_widths(sheet, (heading.width for heading in headings))
    sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{last + 1}"
    across = math.ceil(sum(heading.width for heading in headings) / _PAGE_WIDTH)
    set_print(sheet, (HEADER_ROW, last), landscape=True, pages_across=across)
    return last + 1


def _lines(headings: Sequence[Heading]) -> int:
    return max(-(-width(heading.text) // max(int(heading.width) - 1, 1)) for heading in headings)


def _merge_headers(sheet: Worksheet, headings: Sequence[Heading]) -> None:
    start = 1
    for number, heading in enumerate(headings, 1):
        following = headings[number] if number < len(headings) else None
        if heading.group and following is not None and following.group == heading.group:
            continue
        if not heading.group:
            merge(sheet, (HEADER_ROW, HEADER_ROW + 1), (number, number), HEADER)
        elif number > start:
            merge(sheet, (HEADER_ROW, HEADER_ROW), (start, number), HEADER)
        start = number + 1


def write_whose(sheet: Worksheet, row: int, item: Item, target: str | None = None) -> None:
    """Write agency and year into the first two columns; the name leads to sheet `target`."""
    cell = write(sheet, row, 1, item.header.agency, LINK if target else LABEL)
    if target:
        place = "'{}'!A1".format(target.replace("'", "''"))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    write(sheet, row, 2, item.header.year, CENTRED)


def whose() -> tuple[Heading, Heading]:
    """Return the headings of the columns that `write_whose` fills."""
    return Heading(_("机构"), width=30), Heading(_("年度"), width=7)


def finish(sheet: Worksheet, first: int, last: int, columns: int, summed: Sequence[int]) -> None:
    """Set the filter over the lines `first` to `last` and add up the columns `summed` below.

    The sums are live and follow the filter. Without lines there is nothing to filter or to add.
    """
    if last < first:
        write(sheet, first, 1, _("没有报告"), NOTE)
        return
    sheet.auto_filter.ref = f"A{first - 1}:{get_column_letter(columns)}{last}"
    if not summed:
        return
    for column in range(1, columns + 1):
        write(sheet, last + 1, column, _("合计") if column == 1 else None, TOTAL)
    for column in summed:
        letter = get_column_letter(column)
        write_formula(sheet, last + 1, column, f"SUBTOTAL(9,{letter}{first}:{letter}{last})", TOTAL)
