"""The workbook as a whole: which sheets, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from checks.findings import Finding
from form.language import _
from form.report import Report
from outputs.workbook.contents import About, Decided, Item, ReportHeader, items
from outputs.workbook.cover import fill_cover, local_time
from outputs.workbook.findings import fill_findings
from outputs.workbook.log import entries_of, fill_log
from outputs.workbook.official import fill_report
from outputs.workbook.package import package
from outputs.workbook.sheet import sheet_title
from outputs.workbook.styles import STYLES
from outputs.workbook.tables import fill_applications, fill_wide
from outputs.workbook.totals import fill_totals

MOST_REPORT_SHEETS: Final = 60
"""Reports with a sheet of their own; the others' data stand in the lists, and 说明 says so."""


def summary_workbook(
    reports: Sequence[tuple[ReportHeader, Report]],
    findings: Mapping[int, Sequence[Finding]],
    about: About,
    decided: Decided | None = None,
) -> bytes:
    """Return the XLSX file about these reports, in the order given.

    `findings` are those to show by report id, unless `decided` has them with their states. The
    same arguments always give the same bytes.
    """
    decided = decided or Decided()
    contents = items(reports, findings, decided)
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in STYLES:
        book.add_named_style(style.named())
    book.properties.creator = _("政府信息公开年报分析台")
    book.properties.title = _("政府信息公开年报汇总")
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    names = (
        *(_("说明"), _("汇总"), _("主动公开"), _("申请"), _("复议诉讼")),
        *(_("勾稽问题"), _("修改记录")),
    )
    cover, totals, disclosure, applications, disputes, problems, log = map(book.create_sheet, names)
    sheets = _report_sheets(contents, names)
    note = _("{selection}　资料截至 {time}").format(
        selection=about.selection, time=local_time(about.changed_at)
    )
    fill_cover(cover, contents, about, len(sheets))
    fill_totals(totals, contents, sheets, note)
    fill_wide(disclosure, "disclosure", contents, note)
    fill_applications(applications, contents, note)
    fill_wide(disputes, "disputes", contents, note)
    fill_findings(problems, contents, sheets, note)
    fill_log(log, entries_of(decided.log, contents), note)
    for item in contents[:MOST_REPORT_SHEETS]:
        fill_report(book.create_sheet(sheets[item.header.report_id]), item)
    return package(book, about.changed_at)


def _report_sheets(contents: Sequence[Item], taken: Sequence[str]) -> dict[int, str]:
    """Return the names of the reports' own sheets by report id."""
    names: dict[int, str] = {}
    for item in contents[:MOST_REPORT_SHEETS]:
        year = "" if item.header.year is None else f" {item.header.year}"
        wanted = f"{item.header.agency[: 31 - len(year)]}{year}"
        names[item.header.report_id] = sheet_title(wanted, (*taken, *names.values()))
    return names
