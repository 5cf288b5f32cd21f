"""Writing cells and finishing sheets: the one place where values enter the workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from form.language import _
from outputs.guard import cell_text, looks_like_formula, xml_text
from outputs.workbook.styles import Style

Value = str | int | float | Decimal | None

_A4: Final = "9"
_LINE: Final = 15.0
"""Height in points of a line of text."""
_MARGIN: Final = 0.5


def write(sheet: Worksheet, row: int, column: int, value: Value, style: Style) -> Cell:
    """Write a value and its look; text is always stored as text, never as a formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        if value:
            cell.value = cell_text(value)
            cell.data_type = "s"
    else:
        cell.value = value
    cell.style = style.name
    if isinstance(value, str) and looks_like_formula(value):
        # Keeps it a text when somebody edits the cell.
        cell.quotePrefix = True
    return cell


def write_formula(sheet: Worksheet, row: int, column: int, formula: str, style: Style) -> Cell:
    """Write a formula of ours; it never holds text of a report."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = f"={formula}"
    cell.style = style.name
    return cell


def merge(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int], style: Style) -> None:
    """Join cells, first to last of both; all take the style of the first, which is written already.

    Otherwise parts of the frame are missing. (openpyxl's own merge_cells takes most of the time
    that a workbook takes.)
    """
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            if (row, column) != (rows[0], columns[0]):
                sheet.cell(row, column).style = style.name
    first, last = get_column_letter(columns[0]), get_column_letter(columns[1])
    sheet.merged_cells.add(CellRange(f"{first}{rows[0]}:{last}{rows[1]}"))


def comment(cell: Cell, lines: Iterable[str]) -> None:
    """Hang a note on a cell, large enough to be read without scrolling; no lines, no note."""
    text = cell_text("\n".join(lines))
    if not text:
        return
    note = Comment(text, _("年报分析台"))
    note.width = 320
    note.height = 24 + 20 * sum(max(1, -(-width(line) // 40)) for line in text.split("\n"))
    cell.comment = note


def width(text: str) -> int:
    """Return the width of a text in characters of a number: Chinese ones take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Set the widths of the columns from the first on, in characters."""
    for number, size in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = size


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row as high as so many lines of text; programs do not do so for merged cells."""
    sheet.row_dimensions[row].height = _LINE * max(lines, 1) + 4


def set_print(
    sheet: Worksheet,
    header_rows: tuple[int, int] | None,
    *,
    landscape: bool,
    pages_across: int = 1,
) -> None:
    """Print on A4, as wide as the page, with these rows on every page and the page's number.

    What is too wide to be read on one page takes `pages_across`, its first two columns on each.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = pages_across
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = _MARGIN + 0.25
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text = "&A"
    footer.right.text = _("第 {page} 页，共 {pages} 页").format(page="&P", pages="&N")
    sheet.print_options.horizontalCentered = True
    if header_rows:
        sheet.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"
    if pages_across > 1:
        sheet.print_title_cols = "A:B"


def sheet_title(wanted: str, taken: Iterable[str]) -> str:
    """Return a valid name for a sheet that no other has: at most 31 characters, some forbidden."""
    used = {name.casefold() for name in taken}
    plain = "".join("_" if sign in "[]:*?/\\\t\r\n" else sign for sign in xml_text(wanted))
    plain = plain.strip("' ")[:31].rstrip("' ") or "_"
    name, number = plain, 1
    while name.casefold() in used:
        number += 1
        mark = f"({number})"
        name = plain[: 31 - len(mark)] + mark
    return name
