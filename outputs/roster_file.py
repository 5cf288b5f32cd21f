"""The roster as a workbook: to take away, to fill in as a template, and to import again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from form.language import _
from form.roster import FIELDS, Row, covers_names, field_names, value_words
from outputs.workbook.sheet import set_print, set_widths, write
from outputs.workbook.styles import CENTRED, HEADER, LABEL

_WIDTHS: Final[Mapping[str, int]] = {
    "agency": 36,
    "group": 14,
    "contact": 22,
    "credit_code": 24,
    "reason": 30,
}
_WIDTH: Final = 10
EMPTY_LINES: Final = 200
"""Lines of the template in which a choice is offered."""


def headings() -> dict[str, str]:
    """Return the headings of the columns in their order, by the key of each."""
    names = field_names()
    return {
        "order": names["order"],
        "agency": _("机构名称"),
        **{key: names[key] for key in FIELDS if key != "order"},
        "reason": _("理由"),
    }


def roster_workbook(rows: Sequence[Row]) -> bytes:
    """Return a workbook with a line a row, which can be imported again; no rows, the template."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("名册")
    for style in (HEADER, LABEL, CENTRED):
        book.add_named_style(style.named())
    heads = headings()
    for column, name in enumerate(heads.values(), 1):
        write(sheet, 1, column, name, HEADER)
    for line, row in enumerate(rows, 2):
        for column, text in enumerate(_texts(row, line - 1), 1):
            write(sheet, line, column, text, LABEL if column in _LEFT else CENTRED)
    _offer(sheet, list(heads).index("covers") + 1, len(rows) + EMPTY_LINES)
    set_widths(sheet, [_WIDTHS.get(key, _WIDTH) for key in heads])
    sheet.freeze_panes = "C2"
    set_print(sheet, (1, 1), landscape=True)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


_LEFT: Final = (2, 7, 10)
"""Columns whose texts begin at the left: names, offices, reasons."""


def _texts(row: Row, number: int) -> list[str | int]:
    told = row.fields
    return [
        number,
        row.agency,
        *(value_words(key, told[key]) for key in FIELDS if key != "order"),
        row.why_to or row.why_from,
    ]


def _offer(sheet: Worksheet, column: int, last: int) -> None:
    """Offer the words that a cell of a column may hold."""
    words = ",".join(covers_names().values())
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    sheet.add_data_validation(offered)
    letter = get_column_letter(column)
    offered.add(f"{letter}2:{letter}{last + 1}")
