"""A report's own sheet: its three tables as printed, errors outlined and explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from form.editions import TABLE_KEYS
from form.language import _
from form.model import TableKey
from outputs.official_table import OfficialTable, TableCell
from outputs.workbook.contents import Item
from outputs.workbook.sheet import merge, set_height, set_print, set_widths, width, write
from outputs.workbook.styles import HEADER, LABEL, NOTE, SECTION, TITLE, Style
from outputs.workbook.values import write_printed

# The three tables share one sheet of 15 equal columns, the width of section 四. These are how many
# of them each column of a table's own grid takes.
SPANS: Final[Mapping[TableKey, tuple[int, ...]]] = {
    "disclosure": (4, 4, 4, 3),
    "applications": (1, 2, 5, 1, 1, 1, 1, 1, 1, 1),
    "disputes": (1,) * 15,
}
WIDTH: Final = 15
COLUMN: Final = 6.9
"""Width of a column in characters: 15 of them fill a portrait page."""
LABEL_STYLES: Final[Mapping[str, Style]] = {"title": HEADER, "header": HEADER, "label": LABEL}


def fill_report(sheet: Worksheet, item: Item) -> None:
    """Write the sheet: whose report it is, then sections 二, 三 and 四 below each other."""
    set_widths(sheet, [COLUMN] * WIDTH)
    write(sheet, 1, 1, _title(item), TITLE)
    set_height(sheet, 1, 2)
    source = _source(item)
    write(sheet, 2, 1, source, NOTE)
    set_height(sheet, 2, -(-width(source) // int(WIDTH * COLUMN)))
    merge(sheet, (2, 2), (1, WIDTH), NOTE)
    row = 4
    for key in TABLE_KEYS:
        row = _write_table(sheet, row, item, item.tables[key]) + 1
    set_print(sheet, None, landscape=False)
    sheet.page_setup.fitToHeight = 1


def _title(item: Item) -> str:
    return _("{agency} {year} 年度报告").format(agency=item.header.agency, year=item.header.year)


def _source(item: Item) -> str:
    parts = [
        _("表样：{edition} 年版").format(edition=item.report.edition)
        if item.report.edition
        else _("表样：不详"),
        _("第 {n} 版").format(n=item.header.version) if item.header.version else "",
        _("来源文件：{file}").format(file=item.header.file) if item.header.file else "",
        item.standing.sentence,
        *item.standing.others_of_print,
    ]
    return "　".join(filter(None, parts))


def _write_table(sheet: Worksheet, row: int, item: Item, table: OfficialTable) -> int:
    """Write one table from `row` on; return the row below it."""
    write(sheet, row, 1, table.title, SECTION)
    if not table.found:
        write(sheet, row + 1, 1, _("报告里没有找到这张表。"), NOTE)
        return row + 2
    first = row + 1
    for line in table.rows:
        for cell in line:
            _write_cell(sheet, first, item, table, cell)
        set_height(sheet, first + line[0].row, lines_of(table, line))
    return first + len(table.rows)


def place_of(table: OfficialTable, cell: TableCell) -> tuple[int, int]:
    """Return the first and the last column of the sheet that a cell takes."""
    spans = SPANS[table.key]
    start = 1 + sum(spans[: cell.column])
    return start, start + sum(spans[cell.column : cell.column + cell.column_span]) - 1


def _write_cell(
    sheet: Worksheet, first: int, item: Item, table: OfficialTable, cell: TableCell
) -> None:
    row, (start, end) = first + cell.row, place_of(table, cell)
    last = row + cell.row_span - 1
    if cell.address is None:
        style = label_style(cell)
        write(sheet, row, start, cell.text, style)
    else:
        style = write_printed(sheet, row, start, item, cell.address)
    if (row, start) != (last, end):
        merge(sheet, (row, last), (start, end), style)


def label_style(cell: TableCell) -> Style:
    """Return the look of a cell of the form that holds no value."""
    return HEADER if cell.vertical else LABEL_STYLES[cell.role]


def lines_of(table: OfficialTable, line: tuple[TableCell, ...]) -> int:
    """Return how many lines of text a row needs; what spans several rows has their room."""
    return max(
        (
            -(-width(cell.text) // int((end - start + 1) * COLUMN - 1))
            for cell in line
            if cell.row_span == 1 and cell.role != "value"
            for start, end in [place_of(table, cell)]
        ),
        default=1,
    )
