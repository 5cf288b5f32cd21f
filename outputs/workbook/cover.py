"""The sheet 说明: what the workbook holds, where it comes from and how to read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from checks.standing import standing_of_many
from form.figures import DASH_SIGN, UNKNOWN_SIGN, grouped
from form.language import _
from form.today import local
from outputs.workbook.contents import About, Item
from outputs.workbook.sheet import set_height, set_print, set_widths, width, write
from outputs.workbook.styles import (
    CORRECTED,
    HEADER,
    NOT_PRINTED,
    NUMBER,
    PLAIN,
    SECTION,
    SUSPECT,
    TEXT_VALUE,
    TITLE,
    TYPED,
    UNKNOWN,
    ZERO,
    Style,
)

_WIDTHS: Final = (18, 84)
Legend = tuple[str | int | None, Style, str]


def local_time(moment: datetime) -> str:
    """Return a moment as people here write it: 2026 年 2 月 1 日 09:30."""
    here = local(moment)
    return _("{year} 年 {month} 月 {day} 日 {time}").format(
        year=here.year, month=here.month, day=here.day, time=f"{here:%H:%M}"
    )


def fill_cover(sheet: Worksheet, items: Sequence[Item], about: About, own_sheets: int) -> None:
    """Write the sheet; `own_sheets` is the number of reports that have a sheet of their own."""
    set_widths(sheet, _WIDTHS)
    write(sheet, 1, 1, _("政府信息公开年报汇总"), TITLE)
    set_height(sheet, 1, 2)
    row = 3
    for name, text in _facts(items, about, own_sheets):
        row = _write_line(sheet, row, name, text)
    row = _section(sheet, row + 1, _("格子里的符号"))
    for sign, style, meaning in _legend():
        write(sheet, row, 1, sign, style)
        write(sheet, row, 2, meaning, PLAIN)
        row += 1
    row = _section(sheet, row + 1, _("各工作表"))
    for name, text in _sheets():
        row = _write_line(sheet, row, name, text)
    set_print(sheet, None, landscape=True)


def _section(sheet: Worksheet, row: int, text: str) -> int:
    write(sheet, row, 1, text, SECTION)
    return row + 1


def _write_line(sheet: Worksheet, row: int, name: str, text: str) -> int:
    write(sheet, row, 1, name, HEADER)
    write(sheet, row, 2, text, PLAIN)
    set_height(sheet, row, -(-width(text) // _WIDTHS[1]))
    return row + 1


def _facts(items: Sequence[Item], about: About, own_sheets: int) -> Iterator[tuple[str, str]]:
    # A slip between two years of one agency stands on both reports and is one.
    whole = standing_of_many(
        {item.header.report_id: item.judged for item in items},
        {item.header.report_id: item.header.agency for item in items},
    )
    with_errors = sum(item.errors > 0 for item in items)
    yield _("选择范围"), about.selection
    yield _("报告"), _("共 {n} 份。").format(n=grouped(len(items)))
    yield (
        _("勾稽问题"),
        _("{reports} 份报告有勾稽错误，共 {errors} 处；其他提示 {others} 处。").format(
            reports=grouped(with_errors),
            errors=grouped(whole.errors),
            others=grouped(whole.others),
        ),
    )
    if whole.mended:
        yield (
            _("更正后相符"),
            _(
                "{reports} 份报告的数更正过，统计用更正后的数；印出的仍有 {errors} 处错误，待机构确认。"
            ).format(
                reports=grouped(sum(item.standing.mended > 0 for item in items)),
                errors=grouped(whole.mended),
            ),
        )
    if whole.accepted:
        yield (
            _("已说明原因"),
            _("{n} 处勾稽错误已说明原因，不再列为待处理。").format(n=grouped(whole.accepted)),
        )
    if whole.caused:
        yield (
            _("由更正引起"),
            _("{n} 处不平是更正引起的，不是印出的错误。").format(n=grouped(whole.caused)),
        )
    yield (
        _("资料截至"),
        _("资料库最后一次变更：{time}（北京时间）。").format(time=local_time(about.changed_at)),
    )
    yield _("软件版本"), about.app_version
    yield _("规则版本"), about.rules_version
    if own_sheets < len(items):
        yield (
            _("表样页"),
            _(
                "各报告的三张表只附前 {shown} 份，其余 {rest} 份没有单独的工作表；"
                "它们的全部数据都在前面几张工作表里。"
            ).format(shown=grouped(own_sheets), rest=grouped(len(items) - own_sheets)),
        )


def _legend() -> list[Legend]:
    return [
        (0, ZERO, _("报告填写为零。")),
        (None, NUMBER, _("报告未填（空格）。合计时按零计，但不等于零。")),
        (DASH_SIGN, TEXT_VALUE, _("报告填写横线。合计时按零计。")),
        (UNKNOWN_SIGN, UNKNOWN, _("读不准，可能的数值见批注。不计入合计。")),
        (105, SUSPECT, _("可疑：不合勾稽关系，不成立的等式见批注。")),
        (75, CORRECTED, _("已更正：批注里是原来所印的数，经过见“修改记录”。")),
        (12, TYPED, _("人工录入：原件无法读取，照原件录入。")),
        (None, NOT_PRINTED, _("该报告的表样没有此格，或没有找到这张表。")),
    ]


def _sheets() -> list[tuple[str, str]]:
    return [
        (_("汇总"), _("每份报告一行。合计随筛选变化；收支差额为一加二减三（七）减四，应为零。")),
        (_("主动公开"), _("每份报告一行，表二各格。金额一律换算为万元，未注明单位的按文字列出。")),
        (_("申请"), _("每份报告每个事项一行，表三各格。按“事项”筛选可比较各机构。")),
        (_("复议诉讼"), _("每份报告一行，表四各格。")),
        (
            _("勾稽问题"),
            _(
                "每处问题一行：位置、不成立的等式、可能的改法、处理情况；都是印出的错误，更正引起的另注。"
            ),
        ),
        (_("修改记录"), _("更正、认可、发函和撤销，每条一行，按时间先后。")),
        (_("各机构"), _("其后每份报告一张，按官方表样列出三张表。")),
    ]
