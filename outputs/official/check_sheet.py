"""The sheet 核对: every sum of the form's rules with both sides, and last year's figures to type in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from form.language import _
from form.report import Report
from outputs.official.checks import Check, checks_of, last_year, year_checks_of
from outputs.official.marking import RED, mark
from outputs.workbook.sheet import (
    merge,
    set_height,
    set_print,
    set_widths,
    width,
    write,
    write_formula,
)
from outputs.workbook.styles import CENTRED, HEADER, LABEL, NOTE, NUMBER, SECTION, TITLE

_WIDTHS: Final = (16, 58, 9, 9, 9, 12)
_LAST: Final = len(_WIDTHS)
_FIRST: Final = 5
_OPEN: Final = Protection(locked=False)


def fill_checks(
    sheet: Worksheet, report: Report, cells: Mapping[str, str], form: str, *, to_fill: bool
) -> None:
    """Write the sheet; `cells` says where each address stands in the sheet `form`."""
    set_widths(sheet, _WIDTHS)
    write(sheet, 1, 1, _("核对"), TITLE)
    set_height(sheet, 1, 2)
    row = _heads(sheet, _FIRST - 1)
    for check in checks_of(report, cells, form):
        verdict = f'"{_("有读不准的格")}"' if check.is_open else _plain_verdict(row)
        row = _line(sheet, row, check, verdict)
    last = _last_year(sheet, row + 1, report, form, cells) if to_fill else row
    _summary(sheet, last)
    _say_how(sheet, to_fill=to_fill)
    set_print(sheet, (_FIRST - 1, _FIRST - 1), landscape=False)
    sheet.freeze_panes = f"A{_FIRST}"


def _heads(sheet: Worksheet, row: int) -> int:
    heads = (_("关系"), _("位置"), _("左边"), _("右边"), _("相差"), _("结论"))
    for column, text in enumerate(heads, 1):
        write(sheet, row, column, text, HEADER)
    return row + 1


def _line(sheet: Worksheet, row: int, check: Check, verdict: str) -> int:
    write(sheet, row, 1, check.rule, LABEL)
    write(sheet, row, 2, check.where, LABEL)
    write_formula(sheet, row, 3, check.left, NUMBER)
    write_formula(sheet, row, 4, check.right, NUMBER)
    write_formula(sheet, row, 5, f"C{row}-D{row}", NUMBER)
    write_formula(sheet, row, 6, verdict, CENTRED)
    set_height(sheet, row, -(-width(check.where) // (_WIDTHS[1] - 1)))
    return row + 1


def _plain_verdict(row: int) -> str:
    return f'IF(C{row}=D{row},"{_("相符")}","{_("不符")}")'


def _last_year(
    sheet: Worksheet, row: int, report: Report, form: str, cells: Mapping[str, str]
) -> int:
    """Write what is to be copied from last year's report, and the sums over both years."""
    write(sheet, row, 1, _("与上年衔接：把上年报告的数填在这里"), SECTION)
    row += 1
    places = {}
    for address, name in last_year(report).items():
        write(sheet, row, 1, _("上年"), LABEL)
        write(sheet, row, 2, name, LABEL)
        cell = write(sheet, row, 3, None, NUMBER)
        cell.protection = _OPEN
        places[address] = cell.coordinate
        row += 1
    row = _heads(sheet, row + 1)
    for check in year_checks_of(report, cells, places, form):
        filled = "+".join(f"COUNT({places[address]})" for address in check.before)
        missing = f'IF({filled}<{len(check.before)},"{_("未填上年数")}",{_plain_verdict(row)})'
        row = _line(sheet, row, check, missing)
    return row


def _summary(sheet: Worksheet, last: int) -> None:
    """Count what fails, and let it turn red."""
    verdicts = f"F{_FIRST}:F{last}"
    wrong = f'COUNTIF({verdicts},"{_("不符")}")'
    before, _number, after = _("有 {n} 条关系不符").partition("{n}")
    said = f'"{before}"&{wrong}&"{after}"'
    write_formula(sheet, 2, 1, f'IF({wrong}=0,"{_("全部相符")}",{said})', SECTION)
    mark(sheet, verdicts, f'F{_FIRST}="{_("不符")}"', RED)
    mark(sheet, "A2", f"{wrong}>0", RED)


def _say_how(sheet: Worksheet, *, to_fill: bool) -> None:
    text = _("空格和横线按 0 相加。不符的总计或各格在“年报”页上变红。")
    if to_fill:
        text += _("“年报”页上变黄的格写的不是数字。只能改要填的格；没有密码，可以撤销工作表保护。")
    write(sheet, 3, 1, text, NOTE)
    set_height(sheet, 3, 2)
    merge(sheet, (3, 3), (1, _LAST), NOTE)
