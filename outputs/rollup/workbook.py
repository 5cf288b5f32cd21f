"""The workbook of a roll-up: official tables of live sums, their parts, checks, comparison."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from form.editions import TABLE_KEYS
from form.language import _
from form.model import TableKey
from measures.rollup.model import Rollup
from measures.rollup.wording import headline
from outputs.rollup.lists import (
    About,
    fill_checks,
    fill_comparison,
    fill_cover,
    fill_differences,
    fill_members,
    scope_words,
)
from outputs.rollup.parts_sheet import fill_parts
from outputs.rollup.table_sheet import fill_table
from outputs.workbook.package import package
from outputs.workbook.sheet import sheet_title
from outputs.workbook.styles import STYLES


def rollup_workbook(rollups: Sequence[Rollup], about: About) -> bytes:
    """Return the XLSX file of a year's sums, of at least one edition; the same always gives the same.

    Every figure of the official tables, of the checks and of the comparison is a formula over the
    sheet of parts of its edition. Nothing that came with a report becomes one.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in STYLES:
        book.add_named_style(style.named())
    book.properties.creator = _("政府信息公开年报分析台")
    book.properties.title = _("汇总表")
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    fill_cover(book.create_sheet(_("说明")), rollups, about)
    for rollup in rollups:
        _fill(book, rollup, several=len(rollups) > 1)
    return package(book, about.changed_at)


def _fill(book: Workbook, rollup: Rollup, *, several: bool) -> None:
    ending = _("（{edition} 版）").format(edition=rollup.edition) if several else ""

    def sheet(name: str) -> str:
        return sheet_title(name + ending, book.sheetnames)

    note = _("{year} 年度，{scope}，{edition} 版表样。{said}。").format(
        year=rollup.year,
        scope=scope_words(rollup),
        edition=rollup.edition,
        said=headline(rollup),
    )
    tables = {key: book.create_sheet(sheet(name)) for key, name in sheet_names().items()}
    compared = bool(rollup.printed and rollup.tables)
    names = [_("不同之处"), _("比对")] if compared else []
    odd = [book.create_sheet(sheet(name)) for name in names]
    checks, organs, parts_sheet = (
        book.create_sheet(sheet(name)) for name in (_("勾稽"), _("计入机构"), _("各机构的数"))
    )
    parts = fill_parts(parts_sheet, rollup, note)
    places: dict[str, str] = {}
    for key in TABLE_KEYS:
        places |= fill_table(tables[key], rollup, key, parts, note)
    if compared:
        fill_differences(odd[0], rollup, note)
        fill_comparison(odd[1], rollup, places, note)
    fill_checks(checks, rollup, places, note)
    fill_members(organs, rollup, note)


def sheet_names() -> dict[TableKey, str]:
    """Return the names of the sheets of the three tables."""
    return {
        "disclosure": _("主动公开"),
        "applications": _("依申请公开"),
        "disputes": _("复议诉讼"),
    }
