"""The sheet 勾稽问题: every finding as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from checks.catalogue import kind_name, severity_names
from checks.findings import Finding
from form.language import _
from outputs.workbook.contents import Item
from outputs.workbook.lists import Heading, begin, finish, whose, write_whose
from outputs.workbook.sheet import set_height, width, write
from outputs.workbook.styles import CENTRED, LABEL, NOTE, NUMBER

_MESSAGE_WIDTH = 56


def fill_findings(
    sheet: Worksheet, items: Sequence[Item], sheets: Mapping[int, str], note: str
) -> None:
    """Write the sheet, reports in their order, the findings of each as they were given."""
    headings = [
        *whose(),
        Heading(_("程度"), width=10),
        Heading(_("规则"), width=18),
        Heading(_("位置"), width=30),
        Heading(_("等式"), width=30),
        Heading(_("应为"), width=8),
        Heading(_("说明"), width=_MESSAGE_WIDTH),
    ]
    first = row = begin(sheet, _("勾稽问题"), note, headings, fixed=2)
    for item in items:
        for finding in item.findings:
            write_whose(sheet, row, item, sheets.get(item.header.report_id))
            _write_finding(sheet, row, finding)
            row += 1
    if row > first:
        finish(sheet, first, row - 1, len(headings), ())
    else:
        write(sheet, first, 1, _("没有发现勾稽问题"), NOTE)


def _write_finding(sheet: Worksheet, row: int, finding: Finding) -> None:
    write(sheet, row, 3, severity_names()[finding.severity], CENTRED)
    write(sheet, row, 4, kind_name(finding.rule), LABEL)
    write(sheet, row, 5, finding.place, LABEL)
    write(sheet, row, 6, finding.equation, LABEL)
    write(sheet, row, 7, finding.required, NUMBER)
    write(sheet, row, 8, finding.message, LABEL)
    lines = max(width(finding.message) // _MESSAGE_WIDTH, width(finding.equation) // 30) + 1
    set_height(sheet, row, lines)
