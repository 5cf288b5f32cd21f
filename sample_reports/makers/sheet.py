"""Excel workbooks: everything on one sheet, or a sheet for each section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sample_reports.makers.archive import without_time
from sample_reports.samples import GridCell, Line, PrintedTable, Sample, grid_rows

_THIN: Final = Side(style="thin")
_BORDER: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WIDTHS: Final = (20, 16, 34, *[11] * 12)
"""Of the columns A to O, in characters; a Chinese one takes two."""
_LINE_HEIGHT: Final = 15
_TEXT_COLUMNS: Final = 10
"""Columns that a paragraph is merged over."""
Block = Line | PrintedTable


def one_sheet(sample: Sample) -> bytes:
    """Return a workbook with the whole report below itself on one sheet."""
    return _workbook(sample, {"年报": sample.blocks})


def sheet_per_section(sample: Sample) -> bytes:
    """Return a workbook with a sheet for each section; the title stands on the first alone."""
    sheets: dict[str, list[Block]] = {"封面": []}
    name = "封面"
    for block in sample.blocks:
        if isinstance(block, Line) and block.role == "heading":
            name = block.text.partition("、")[0]
        sheets.setdefault(name, []).append(block)
    return _workbook(sample, sheets)


def _workbook(sample: Sample, sheets: Mapping[str, Iterable[Block]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = sample.truth.agency
    for name, blocks in sheets.items():
        _fill(book.create_sheet(name), blocks)
    target = BytesIO()
    book.save(target)
    return without_time(target.getvalue())


def _fill(sheet: Worksheet, blocks: Iterable[Block]) -> None:
    row = 1
    for block in blocks:
        if isinstance(block, PrintedTable):
            row = _table(sheet, block, row)
        else:
            _line(sheet, block, row)
            row += 1
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _line(sheet: Worksheet, line: Line, row: int) -> None:
    cell = sheet.cell(row, 1, line.text)
    cell.font = Font(
        bold=line.role in ("title", "heading"), size=16 if line.role == "title" else 11
    )
    cell.alignment = Alignment(
        horizontal={"title": "center", "closing": "right"}.get(line.role, "left"),
        vertical="center",
        wrap_text=True,
    )
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_TEXT_COLUMNS)
    room = sum(_WIDTHS[:_TEXT_COLUMNS])
    sheet.row_dimensions[row].height = 1.5 * _LINE_HEIGHT * _lines_in(line.text, room)


def _table(sheet: Worksheet, table: PrintedTable, first: int) -> int:
    """Write a table from row `first` on and return the row after it."""
    for printed in grid_rows(table):
        for cell in printed:
            if not cell.continues:
                _cell(sheet, cell, first)
        sheet.row_dimensions[first + printed[0].row].height = _LINE_HEIGHT * max(
            _lines_in(cell.text, _room(cell)) for cell in printed if cell.cell.row_span == 1
        )
    return first + len(table.rows)


def _cell(sheet: Worksheet, cell: GridCell, first: int) -> None:
    top, left = first + cell.row, cell.column + 1
    bottom, right = top + cell.cell.row_span - 1, left + cell.cell.column_span - 1
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = _BORDER
    corner = sheet.cell(top, left)
    corner.value = _typed(cell.text)
    corner.alignment = _CENTRED
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _room(cell: GridCell) -> int:
    return sum(_WIDTHS[cell.column : cell.column + cell.cell.column_span])


def _lines_in(text: str, room: int) -> int:
    """Return how many lines a text takes in a room of so many characters."""
    return 1 + 2 * len(text) // room


def _typed(text: str) -> int | float | str | None:
    """Return what a person's typing becomes in a sheet: numbers are numbers, blanks are nothing."""
    if not text:
        return None
    if text.removeprefix("-").isdecimal():
        return int(text)
    whole, _point, part = text.partition(".")
    return float(text) if whole.isdecimal() and part.isdecimal() else text
