"""Excel workbooks (.xlsx): every sheet is one grid of its used cells.

A cell says the value it holds, not its rounding on screen: 39.3156 stays 39.3156 under the format
0.00, and a zero that a format shows as a dash or not at all stays 0. Formats count where they
change what a number means: per cent, dates, and a unit of money that only the format prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from form.report import Place
from form.values import UNITS
from loaders import refusals
from loaders.document import Document, Grid, GridCell
from loaders.package import (
    ENCRYPTED_STREAM,
    is_compound_with,
    open_package,
    part_names,
    refuse_doctypes,
)

KIND: Final = "xlsx"
MAX_CELLS: Final = 200_000

_MAIN_PART: Final = re.compile(r"xl/workbook\d*\.xml")
_OLD_STREAMS: Final = ("Workbook",)
# Trailing commas and an escaped point show a number divided by thousands.
_SCALED: Final = re.compile(r"[0#?],+(?![0#?])|[!\\]\.")

# openpyxl lets through whatever its XML objects raise on parts that break the standard.
_BROKEN: Final = (
    InvalidFileException,
    BadZipFile,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
)

_Plain = str | int | float | Decimal | bool | date | time | None

_MOST_BLANK_ROWS = 50
"""Rows of lines below the last text beyond these are no table but a sheet drawn to its end."""


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are an Excel workbook, old and locked ones included (read tells)."""
    if is_compound_with(data, (ENCRYPTED_STREAM,)):
        return name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    if is_compound_with(data, _OLD_STREAMS):
        return True
    return any(_MAIN_PART.fullmatch(part) for part in part_names(data))


def read(data: bytes) -> Document:
    """Return one grid a sheet, in the order of the tabs, hidden sheets last; raises ReadError."""
    if is_compound_with(data, _OLD_STREAMS):
        raise refusals.old_format(".xlsx")
    with open_package(data) as package:
        refuse_doctypes(package)
    book = _load(data, values=False)
    cached = _load(data, values=True) if _has_formulas(book) else book
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
    grids = tuple(
        grid for sheet in sheets if (grid := _grid(sheet, cached[sheet.title])) is not None
    )
    if not grids:
        raise refusals.empty()
    return Document(KIND, grids)


def _load(data: bytes, *, values: bool) -> Workbook:
    try:
        return load_workbook(BytesIO(data), data_only=values)
    except _BROKEN as error:
        raise refusals.damaged() from error


def _has_formulas(book: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for cell in _stored(sheet))


def _stored(sheet: Worksheet) -> Iterator[Cell]:
    """Yield the cells that the file stores, most of them only styled."""
    # iter_rows would also make every cell between the stored ones.
    return (cell for cell in sheet._cells.values() if isinstance(cell, Cell))


def _grid(sheet: Worksheet, cached: Worksheet) -> Grid | None:
    """Return the used rectangle of a sheet, or None where it says nothing."""
    texts = {(cell.row, cell.column): _text(cell, cached) for cell in _stored(sheet)}
    used = [at for at, text in texts.items() if text.strip()]
    if not used:
        return None
    rows, columns = [row for row, _ in used], [column for _, column in used]
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    bottom = _last_drawn(sheet, bottom)
    if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
        raise refusals.too_large()
    spans = _spans(sheet, bottom, right)
    return Grid(
        tuple(
            GridCell(
                texts.get((row, column), ""),
                row - top,
                column - left,
                *spans.get((row, column), (1, 1)),
                place=Place(sheet=sheet.title, cell=f"{get_column_letter(column)}{row}"),
            )
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if not isinstance(sheet._cells.get((row, column)), MergedCell)
        )
    )


def _last_drawn(sheet: Worksheet, bottom: int) -> int:
    """Return the last row below the last text that still has lines: a row of the form left blank."""
    drawn = {cell.row for cell in _stored(sheet) if cell.row > bottom and _has_lines(cell)}
    rows = range(bottom, bottom + _MOST_BLANK_ROWS)
    return next((row for row in rows if row + 1 not in drawn), bottom)


def _has_lines(cell: Cell) -> bool:
    sides = (cell.border.top, cell.border.bottom, cell.border.left, cell.border.right)
    return any(side is not None and side.style for side in sides)


def _spans(sheet: Worksheet, bottom: int, right: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (rows, columns) spanned by each merged cell, cut at the used rectangle."""
    return {
        (area.min_row, area.min_col): (
            min(area.max_row, bottom) - area.min_row + 1,
            min(area.max_col, right) - area.min_col + 1,
        )
        for area in sheet.merged_cells.ranges
    }


def _text(cell: Cell, cached: Worksheet) -> str:
    """Return what a cell says; a formula whose result the file does not keep says its formula.

    A blank in its place would be a number lost without a word.
    """
    if cell.data_type != "f":
        return _shown(cell.value, cell.number_format)
    result = cached.cell(cell.row, cell.column).value
    if result is None:
        return str(getattr(cell.value, "text", cell.value))
    return _shown(result, cell.number_format)


def _shown(value: object, number_format: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float() | Decimal():
            return _number(value, number_format)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case _:
            return unescape(str(value))


def _number(value: float | Decimal, number_format: str) -> str:
    """Return a number in plain digits, at the 15 places that Excel itself keeps."""
    number = Decimal(format(value, ".15g"))
    if "%" in number_format:
        return f"{_digits(number * 100)}%"
    unit = next((unit for unit in UNITS if unit in number_format), "")
    return _digits(number) + ("" if _SCALED.search(number_format) else unit)


def _digits(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
