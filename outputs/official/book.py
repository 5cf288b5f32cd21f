"""The official form as a workbook: one sheet to fill or to hand on, one with the checks, live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from form.editions import all_columns
from form.figures import AMOUNT, UNKNOWN_SIGN, digits, quoted
from form.language import _
from form.model import EditionKey, TableKey
from form.report import Cell, Report
from outputs.official.check_sheet import fill_checks
from outputs.official.checks import checks_of
from outputs.official.contents import Line, blank, blocks
from outputs.official.marking import AMBER, RED, mark
from outputs.official_table import OfficialTable, TableCell, shown_text, shown_unit
from outputs.workbook.official import COLUMN, WIDTH, label_style, lines_of, place_of
from outputs.workbook.package import package
from outputs.workbook.sheet import merge, set_height, set_print, set_widths, width, write
from outputs.workbook.styles import (
    MONEY,
    NUMBER,
    PLAIN,
    SECTION,
    STYLES,
    TEXT_VALUE,
    TITLE,
    UNKNOWN,
    Style,
)

HEADLINE: Final = replace(
    TITLE,
    name="年报题目",
    alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
)
DASHES: Final = ("-", "—", "－", "/", "无")
"""What an organ may write for nothing, as `form.values` takes it."""
_EPOCH: Final = datetime(2021, 1, 1, tzinfo=UTC)
"""The time of a blank form: the same form is the same file."""
_ON_ONE_PAGE: Final[TableKey] = "applications"
"""The longest table begins a page, with its heading."""
_MOST_DIGITS: Final = 15
_ROOM_FOR_TEXT: Final = 8
"""Lines left free where a paragraph may be written."""
_MOST_LINES: Final = 24
"""Lines of a row: none can be higher than 409 points."""
_PLAIN_NUMBER: Final = "0"
_OPEN: Final = Protection(locked=False)


def blank_workbook(
    edition: EditionKey, agency: str | None = None, year: int | None = None
) -> bytes:
    """Return the empty form of an edition, with checks that turn red as it is filled.

    Only what is to be filled can be changed, until somebody lifts the protection (it has no
    password). The same arguments give the same bytes.
    """
    return _workbook(blank(edition, agency, year), _EPOCH, to_fill=True)


def report_workbook(report: Report, changed_at: datetime) -> bytes:
    """Return a report in the official layout, as it counts; `changed_at` with its zone."""
    return _workbook(report, changed_at, to_fill=False)


def _workbook(report: Report, changed_at: datetime, *, to_fill: bool) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in (*STYLES, HEADLINE):
        book.add_named_style(style.named())
    book.properties.creator = _("政府信息公开年报分析台")
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    form, checks = map(book.create_sheet, (_("年报"), _("核对")))
    cells = _Form(form, report, to_fill=to_fill).fill()
    for check in checks_of(report, cells):
        if check.is_open:
            continue
        places = " ".join(cells[address] for address in check.red)
        mark(form, places, check.fails, RED)
    fill_checks(checks, report, cells, form.title, to_fill=to_fill)
    if to_fill:
        for sheet in (form, checks):
            sheet.protection.sheet = True
            sheet.protection.formatRows = False
    return package(book, changed_at)


class _Form:
    """Writes the sheet of the form from top to bottom, and keeps where each cell stands."""

    def __init__(self, sheet: Worksheet, report: Report, *, to_fill: bool) -> None:
        self._sheet = sheet
        self._report = report
        self._to_fill = to_fill
        self._row = 1
        self._cells: dict[str, str] = {}

    def fill(self) -> Mapping[str, str]:
        """Write everything; return where each address stands (E20)."""
        set_widths(self._sheet, [COLUMN] * WIDTH)
        found = tuple(blocks(self._report))
        for block, below in zip(found, (*found[1:], None), strict=True):
            if isinstance(block, OfficialTable):
                self._table(block)
                continue
            if isinstance(below, OfficialTable) and below.key == _ON_ONE_PAGE:
                self._sheet.row_breaks.append(Break(id=self._row - 1))
            self._line(block)
        set_print(self._sheet, None, landscape=False)
        return self._cells

    def _line(self, line: Line) -> None:
        style = {"title": HEADLINE, "heading": SECTION, "text": PLAIN}[line.kind]
        write(self._sheet, self._row, 1, line.text, style)
        lines = max(1, -(-width(line.text) // int(WIDTH * COLUMN - 2)))
        if line.kind == "text" and not line.text:
            lines = _ROOM_FOR_TEXT
        if line.kind == "title":
            lines = 2
        first, last = self._row, self._row + (lines - 1) // _MOST_LINES
        for row in range(first, last + 1):
            set_height(self._sheet, row, min(lines, _MOST_LINES))
        merge(self._sheet, (first, last), (1, WIDTH), style)
        if line.kind != "heading":
            self._sheet.cell(first, 1).protection = _OPEN
        self._row = last + 1

    def _table(self, table: OfficialTable) -> None:
        for line in table.rows:
            for cell in line:
                self._cell(table, cell)
            set_height(self._sheet, self._row + line[0].row, lines_of(table, line))
        self._row += len(table.rows) + 1

    def _cell(self, table: OfficialTable, cell: TableCell) -> None:
        row, (start, end) = self._row + cell.row, place_of(table, cell)
        last = row + cell.row_span - 1
        if cell.address is None:
            style = label_style(cell)
            write(self._sheet, row, start, cell.text, style)
        else:
            style = self._value(row, start, cell.address)
        if (row, start) != (last, end):
            merge(self._sheet, (row, last), (start, end), style)

    def _value(self, row: int, column: int, address: str) -> Style:
        read = self._report.cells.get(address, Cell(None, "blank"))
        style, value, shape = _written(address, read)
        cell = write(self._sheet, row, column, value, style)
        cell.number_format = shape
        cell.protection = _OPEN
        self._cells[address] = cell.coordinate
        if all_columns()[address].kind != "amount":
            mark(self._sheet, cell.coordinate, _no_number(cell.coordinate), AMBER)
        return style


def _written(address: str, cell: Cell) -> tuple[Style, int | Decimal | str | None, str]:
    """Return the look of a cell, what is written into it, and the format of its number."""
    is_amount = all_columns()[address].kind == "amount"
    plain = "General" if is_amount else _PLAIN_NUMBER
    if cell.mark == "unknown":
        return UNKNOWN, UNKNOWN_SIGN, plain
    if cell.value is None:
        text = shown_text(address, cell)
        return (TEXT_VALUE if text else MONEY if is_amount else NUMBER), text or None, plain
    unit = shown_unit(address, cell) or ""
    if len(digits(cell.value).lstrip("-0.").replace(".", "")) > _MOST_DIGITS:
        return TEXT_VALUE, quoted(cell.value, unit), plain
    if isinstance(cell.value, Decimal):
        return MONEY, cell.value, AMOUNT.number_format(cell.value, unit)
    return NUMBER, cell.value, plain


def _no_number(place: str) -> str:
    """Return the formula that is true where a text stands in a cell that is to hold a number."""
    allowed = ",".join(f'TRIM({place})<>"{sign}"' for sign in ("", *DASHES))
    return f"AND(ISTEXT({place}),{allowed})"
