"""A table of the sum in its official layout, every value a live sum of the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from form.editions import all_columns
from form.figures import AMOUNT
from form.language import _
from form.model import TableKey
from measures.rollup.model import Rollup
from measures.rollup.wording import printed_words, sum_words
from outputs.official_table import OfficialTable, TableCell, official_table
from outputs.rollup.parts_sheet import Parts
from outputs.rollup.report import sum_report
from outputs.workbook.sheet import (
    comment,
    merge,
    set_height,
    set_print,
    set_widths,
    width,
    write,
    write_formula,
)
from outputs.workbook.styles import (
    HEADER,
    LABEL,
    NOTE,
    NUMBER,
    SUSPECT,
    TITLE,
    TOTAL,
    UNKNOWN,
    Style,
)

_WIDTHS: Final[Mapping[TableKey, tuple[float, ...]]] = {
    "disclosure": (34, 20, 20, 20),
    "applications": (7, 9, 44, 10, 10, 10, 11, 11, 10, 10),
    "disputes": (9,) * 15,
}
_LABELS: Final[Mapping[str, Style]] = {"title": HEADER, "header": HEADER, "label": LABEL}
_FIRST: Final = 4


def fill_table(
    sheet: Worksheet, rollup: Rollup, key: TableKey, parts: Parts, note: str
) -> dict[str, str]:
    """Write a table; return where each of its cells stands (address → 'sheet'!C5)."""
    drawn = official_table(sum_report(rollup), key)
    widths = _WIDTHS[key]
    set_widths(sheet, widths)
    write(sheet, 1, 1, drawn.title, TITLE)
    set_height(sheet, 1, 2)
    write(sheet, 2, 1, note, NOTE)
    merge(sheet, (2, 2), (1, len(widths)), NOTE)
    set_height(sheet, 2, -(-width(note) // int(sum(widths))))
    places: dict[str, str] = {}
    for line in drawn.rows:
        for cell in line:
            _write(sheet, rollup, cell, parts)
            if cell.address is not None:
                letter = get_column_letter(cell.column + 1)
                places[cell.address] = f"'{sheet.title}'!${letter}${_FIRST + cell.row}"
        set_height(sheet, _FIRST + line[0].row, _lines(drawn, line))
    if drawn.header_rows:
        sheet.freeze_panes = f"A{_FIRST + drawn.header_rows}"
    set_print(sheet, None, landscape=key == "disputes")
    sheet.page_setup.fitToHeight = 1
    return places


def _write(sheet: Worksheet, rollup: Rollup, cell: TableCell, parts: Parts) -> None:
    row, column = _FIRST + cell.row, cell.column + 1
    style = HEADER if cell.vertical else _LABELS.get(cell.role, LABEL)
    if cell.address is None:
        write(sheet, row, column, cell.text, style)
    else:
        style = _write_sum(sheet, (row, column), rollup, cell.address, parts)
    last, end = row + cell.row_span - 1, column + cell.column_span - 1
    if (row, column) != (last, end):
        merge(sheet, (row, last), (column, end), style)


def _write_sum(
    sheet: Worksheet, place: tuple[int, int], rollup: Rollup, address: str, parts: Parts
) -> Style:
    item = rollup.cells[address]
    differs = address in rollup.differing
    style = SUSPECT if differs else UNKNOWN if item.sum is None else NUMBER
    if style is NUMBER and address.endswith(".total"):
        style = TOTAL
    written = write_formula(sheet, *place, parts.formula(address), style)
    if all_columns()[address].kind == "amount" and item.sum is not None:
        written.number_format = AMOUNT.number_format(item.sum)
    notes = []
    if item.sum is None:
        names = _("、").join(part.agency for part in item.open[:5])
        notes.append(_("{sum}；{names}的数不能确定").format(sum=sum_words(item), names=names))
    if differs:
        notes.append(
            _("印发 {printed}").format(printed=printed_words(rollup.printed_cell(address)))
        )
    comment(written, notes)
    return style


def _lines(table: OfficialTable, line: tuple[TableCell, ...]) -> int:
    widths = _WIDTHS[table.key]
    return max(
        (
            -(
                -width(cell.text)
                // int(sum(widths[cell.column : cell.column + cell.column_span]) - 1)
            )
            for cell in line
            if cell.row_span == 1 and cell.role != "value"
        ),
        default=1,
    )
