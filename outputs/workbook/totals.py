"""The sheet 汇总: a line a report with its key figures, and live sums under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from form.figures import UNKNOWN_SIGN
from form.language import _
from form.report import layout_edition
from measures.dictionary import MEASURES, OUTCOME_GROUPS
from measures.measure import Measure
from outputs.workbook.contents import Item
from outputs.workbook.lists import Heading, begin, finish, whose, write_whose
from outputs.workbook.sheet import comment, write, write_formula
from outputs.workbook.styles import CENTRED, NUMBER, RATE, TOTAL, TOTAL_RATE, UNKNOWN

_FIGURES: Final = (
    "new_received",
    "carried_over",
    *OUTCOME_GROUPS,
    "total_processed",
    "carried_forward",
    "review_total",
    "litigation_total",
)
_RATE: Final = "granted_rate"
_FIRST_FIGURE: Final = 4
_COLUMN: Final[Mapping[str, int]] = {key: _FIRST_FIGURE + n for n, key in enumerate(_FIGURES)}
_GAP_COLUMN: Final = _FIRST_FIGURE + len(_FIGURES)
_RATE_COLUMN: Final = _GAP_COLUMN + 1
_ERRORS_COLUMN: Final = _GAP_COLUMN + 2
_OTHERS_COLUMN: Final = _GAP_COLUMN + 3


def fill_totals(
    sheet: Worksheet, items: Sequence[Item], sheets: Mapping[int, str], note: str
) -> None:
    """Write the sheet; `sheets` names each report's own sheet by report id."""
    first = begin(sheet, _("各机构主要数据汇总"), note, _headings(), fixed=2)
    for row, item in enumerate(items, first):
        write_whose(sheet, row, item, sheets.get(item.header.report_id))
        write(sheet, row, 3, item.report.edition, CENTRED)
        for key in _FIGURES:
            _write_figure(sheet, row, _COLUMN[key], item, MEASURES[key])
        write_formula(sheet, row, _GAP_COLUMN, _gap(row), NUMBER)
        write_formula(sheet, row, _RATE_COLUMN, _rate(row), RATE)
        write(sheet, row, _ERRORS_COLUMN, item.errors, NUMBER)
        write(sheet, row, _OTHERS_COLUMN, item.standing.others, NUMBER)
    last = first + len(items) - 1
    summed = [*_COLUMN.values(), _ERRORS_COLUMN, _OTHERS_COLUMN]
    finish(sheet, first, last, _OTHERS_COLUMN, summed)
    if items:
        write_formula(sheet, last + 1, _RATE_COLUMN, _rate(last + 1), TOTAL_RATE)
        write_formula(sheet, last + 1, _GAP_COLUMN, _gap(last + 1), TOTAL)


def _headings() -> list[Heading]:
    return [
        *whose(),
        Heading(_("表样"), width=7),
        *(Heading(MEASURES[key].label, width=9.5) for key in _FIGURES),
        Heading(_("收支差额"), width=9),
        Heading(MEASURES[_RATE].label, width=11),
        Heading(_("错误处数"), width=9.5),
        Heading(_("提示处数"), width=9),
    ]


def _write_figure(sheet: Worksheet, row: int, column: int, item: Item, measure: Measure) -> None:
    """Write what a measure adds up to; blank where nothing is printed, ? where it cannot be told."""
    edition = layout_edition(item.report, measure.table)
    places = next((s.cells for s in measure.sources if s.edition == edition), ())
    cells = [item.cells[place] for place in places if place in item.cells]
    unsure = [cell.name for cell in cells if cell.mark in ("unknown", "text")]
    if unsure:
        told = write(sheet, row, column, UNKNOWN_SIGN, UNKNOWN)
        comment(told, [_("不能确定：{names}").format(names=_("、").join(unsure))])
        return
    numbers = [cell.value for cell in cells if cell.value is not None]
    write(sheet, row, column, sum(numbers) if numbers else None, NUMBER)


def _address(row: int, key: str) -> str:
    return f"{get_column_letter(_COLUMN[key])}{row}"


def _gap(row: int) -> str:
    """Return the formula of 一 + 二 − 三（七） − 四, which has to be 0."""
    received = f"{_address(row, 'new_received')}:{_address(row, 'carried_over')}"
    dealt_with = f"{_address(row, 'total_processed')}:{_address(row, 'carried_forward')}"
    unsure = f'COUNTIF({received},"~?")+COUNTIF({dealt_with},"~?")'
    return f'IF({unsure}>0,"{UNKNOWN_SIGN}",SUM({received})-SUM({dealt_with}))'


def _rate(row: int) -> str:
    whole = f"{_address(row, OUTCOME_GROUPS[0])}:{_address(row, OUTCOME_GROUPS[-1])}"
    part = _address(row, "granted")
    unsure, nothing = f'COUNTIF({whole},"~?")', f"(SUM({whole})=0)"
    return f'IF({unsure}+{nothing}>0,"",N({part})/SUM({whole}))'
