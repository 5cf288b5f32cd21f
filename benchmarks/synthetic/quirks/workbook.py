"""Quirks of workbooks: what their cells, rows, columns, sheets and formats hide of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import styled, with_values
from benchmarks.synthetic.quirk import Quirk
from benchmarks.synthetic.tables import Printed, Said

SHARE: Final = 0.2
"""Of the numbers; each shows the same number as before."""
BOOKS: Final = ("xlsx", "ods", "office.pdf")
_UNIT: Final = "万元"
_MOVED: Final = 10**4
"""One 万."""
_TRIES: Final = 3
Edit = Callable[[Workbook, Random], None]


def _counts(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell.value, int))


def _runs(*looks: str) -> Edit:
    """Set beside some numbers one that does not count, in one of these looks."""

    def edit(book: Workbook, random: Random) -> None:
        for cell in _counts(book.worksheets[0]):
            if random.random() <= SHARE:
                look, old = random.choice(looks), str(random.randrange(1, 99))
                new = TextBlock(InlineFont(), str(cell.value))
                odd = TextBlock(_LOOKS[look], old)
                cell.value = CellRichText([new, odd] if look == "raised" else [odd, new])

    return edit


_LOOKS: Final = {
    "struck": InlineFont(strike=True),
    "raised": InlineFont(vertAlign="superscript"),
}
EDITS: Final[Mapping[str, Edit]] = {
    "struck numbers": _runs("struck"),
    "raised marks": _runs("raised"),
}
"""What the quirks of every kind of file are in a workbook."""


def _inserted(sheet: Worksheet, at: int, *, rows: bool) -> None:
    """Insert a row or column, with the merged areas and the sizes behind it moved along."""
    areas = [area.bounds for area in sheet.merged_cells.ranges]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    (sheet.insert_rows if rows else sheet.insert_cols)(at)
    for left, top, right, bottom in areas:
        start, end = (top, bottom) if rows else (left, right)
        start, end = start + (start >= at), end + (end >= at)
        across, down = ((left, right), (start, end)) if rows else ((start, end), (top, bottom))
        sheet.merge_cells(
            start_row=down[0], end_row=down[1], start_column=across[0], end_column=across[1]
        )
    if rows:
        sizes = sheet.row_dimensions
        for row in range(sheet.max_row, at, -1):
            sizes[row].height, sizes[row].hidden = sizes[row - 1].height, sizes[row - 1].hidden


def _hidden_rows(book: Workbook, random: Random) -> None:
    """Old rows of numbers that are hidden above the ones that count."""
    (sheet,) = book.worksheets
    rows = sorted({cell.row for cell in _counts(sheet)})
    for at in sorted(random.sample(rows, min(_TRIES, len(rows))), reverse=True):
        old = [cell.value for cell in sheet[at]]
        _inserted(sheet, at, rows=True)
        for cell, value in zip(sheet[at], old, strict=True):
            _put(cell, value, random)
        sheet.row_dimensions[at].hidden = True


def _hidden_column(book: Workbook, random: Random) -> None:
    """Old numbers in a column that is hidden before one that counts."""
    (sheet,) = book.worksheets
    letter = random.choice(sorted({cell.column_letter for cell in _counts(sheet)}))
    old = [cell.value for cell in sheet[letter]]
    _inserted(sheet, column_index_from_string(letter), rows=False)
    for cell, value in zip(sheet[letter], old, strict=True):
        if isinstance(value, int):
            _put(cell, value, random)
    sheet.column_dimensions[letter].hidden = True


def _put(cell: Cell | MergedCell, value: object, random: Random) -> None:
    """Write what stood in a cell, another number where it was one, unless an area covers it."""
    if isinstance(cell, Cell) and isinstance(value, int | str):
        cell.value = value if isinstance(value, str) else _other(value, random)


def _hidden_sheet(book: Workbook, random: Random) -> None:
    """A draft with other numbers on a sheet in front that is hidden."""
    draft = book.copy_worksheet(book.worksheets[0])
    for cell in _counts(draft):
        _put(cell, cell.value, random)
    draft.title, draft.sheet_state = "草稿", random.choice(["hidden", "veryHidden"])
    book.move_sheet(draft, -1)
    book.active = 1


def _other(number: int, random: Random) -> int:
    return number + random.randrange(1, 99)


def _rounded(book: Workbook, _random: Random) -> None:
    """Amounts shown with one place, counts with thousands parted."""
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = "0.0"
            elif isinstance(cell.value, int):
                cell.number_format = "#,##0_ "


def _scaled(book: Workbook, _random: Random) -> None:
    """Amounts stored in 元 and shown in 万元."""
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            text = str(cell.value or "")
            if isinstance(cell.value, float) or (text.endswith(_UNIT) and text[0].isdecimal()):
                unit = f'"{_UNIT}"' if text.endswith(_UNIT) else ""
                cell.value = int(Decimal(text.removesuffix(_UNIT)) * _MOVED)
                cell.number_format = f"0!.0,{unit}"


def _format_without_zeros(book: Workbook, _random: Random) -> None:
    for cell in _counts(book.worksheets[0]):
        cell.number_format = "0;-0;;@"


def _condition_without_zeros(book: Workbook, _random: Random) -> None:
    sheet = book.worksheets[0]
    shown = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))
    rule = Rule(type="cellIs", operator="equal", formula=["0"], dxf=shown)
    sheet.conditional_formatting.add(sheet.dimensions, rule)


def _edited(edit: Edit) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, random: Random) -> Draft:
        own = random.random()
        return styled(draft, book=(lambda book: edit(book, Random(own)),))

    return change


def _zeros_unseen(edit: Edit) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, random: Random) -> Draft:
        zeros = {name: said for name, said in draft.truth.cells.items() if said.value == 0}
        # The text stays what the sheet holds, and becomes a blank only by its look.
        said = {name: Printed("0", Said("blank")) for name in zeros}
        return _edited(edit)(with_values(draft, said), random)

    return change


QUIRKS: Final = (
    Quirk("hidden rows of old numbers", _edited(_hidden_rows), BOOKS),
    Quirk("a hidden column of old numbers", _edited(_hidden_column), BOOKS),
    Quirk("a hidden draft before the report", _edited(_hidden_sheet), BOOKS),
    Quirk("formats that round", _edited(_rounded), ("xlsx", "ods")),
    Quirk("formats that scale", _edited(_scaled), ("xlsx",)),
    Quirk("formats that show no zero", _zeros_unseen(_format_without_zeros), BOOKS),
    Quirk(
        "conditions that show no zero",
        _zeros_unseen(_condition_without_zeros),
        ("xlsx", "office.pdf"),
    ),
)
