"""The sheet 勾稽问题: every finding as a line, with what is likely wrong and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from checks.catalogue import kind_name, severity_names
from checks.states import Judged
from form.figures import grouped
from form.language import _
from form.today import local
from outputs.likely import MOST_WAYS, certain, way_sentence, ways
from outputs.workbook.contents import Item
from outputs.workbook.lists import Heading, begin, finish, whose, write_whose
from outputs.workbook.sheet import set_height, width, write
from outputs.workbook.styles import CENTRED, LABEL, NOTE, NUMBER

_PLACE_WIDTH = 24
_MESSAGE_WIDTH = 44
_LIKELY_WIDTH = 34
_WORDS_WIDTH = 22


def fill_findings(
    sheet: Worksheet, items: Sequence[Item], sheets: Mapping[int, str], note: str
) -> None:
    """Write the sheet, reports in their order, the findings of each as they were given."""
    headings = [
        *whose(),
        Heading(_("程度"), width=10),
        Heading(_("规则"), width=16),
        Heading(_("位置"), width=_PLACE_WIDTH),
        Heading(_("等式"), width=_PLACE_WIDTH),
        Heading(_("应为"), width=7),
        Heading(_("说明"), width=_MESSAGE_WIDTH),
        Heading(_("可能的改法"), width=_LIKELY_WIDTH),
        Heading(_("处理"), width=11),
        Heading(_("处理说明"), width=_WORDS_WIDTH),
    ]
    first = row = begin(sheet, _("勾稽问题"), note, headings, fixed=2)
    for item in items:
        for judged in item.judged:
            write_whose(sheet, row, item, sheets.get(item.header.report_id))
            _write_finding(sheet, row, item, judged)
            row += 1
    if row > first:
        finish(sheet, first, row - 1, len(headings), ())
    else:
        write(sheet, first, 1, _("没有发现勾稽问题"), NOTE)


def _write_finding(sheet: Worksheet, row: int, item: Item, judged: Judged) -> None:
    finding = judged.finding
    likely = "" if judged.is_settled or not judged.is_printed else likely_text(item, judged)
    words = decision_text(judged)
    write(sheet, row, 3, severity_names()[finding.severity], CENTRED)
    write(sheet, row, 4, kind_name(finding.rule), LABEL)
    write(sheet, row, 5, finding.place, LABEL)
    write(sheet, row, 6, finding.equation, LABEL)
    write(sheet, row, 7, finding.required, NUMBER)
    write(sheet, row, 8, finding.message, LABEL)
    write(sheet, row, 9, likely, LABEL)
    write(sheet, row, 10, judged.state_name, CENTRED)
    write(sheet, row, 11, words, LABEL)
    texts = (
        (finding.place, _PLACE_WIDTH),
        (finding.equation, _PLACE_WIDTH),
        (finding.message, _MESSAGE_WIDTH),
        (words, _WORDS_WIDTH),
    )
    lines = max(width(text) // room + 1 for text, room in texts)
    ways_lines = sum(width(part) // _LIKELY_WIDTH + 1 for part in likely.split("\n"))
    set_height(sheet, row, max(lines, ways_lines))


def likely_text(item: Item, judged: Judged) -> str:
    """Return the ways that would mend a finding, a line each; only one that is sure is called so."""
    finding = judged.finding
    found = ways(finding, item.suspects)
    sure = certain(finding, found, item.suspects)
    if sure is not None:
        return _("最可能：{way}").format(way=way_sentence(item.report, sure))
    lines = [way_sentence(item.report, way) for way in found[:MOST_WAYS]]
    if len(found) > 1:
        lines.insert(0, _("有 {n} 种改法，看不出是哪一种：").format(n=grouped(len(found))))
    left_out = len(found) - MOST_WAYS
    if left_out > 0:
        lines.append(_("另有 {n} 种改法").format(n=grouped(left_out)))
    return "\n".join(lines)


def decision_text(judged: Judged) -> str:
    """Return the last word on a finding: when, by whom, why."""
    last = judged.decision
    if last is None:
        return ""
    day = (last.on or local(last.at).date()).isoformat()
    return " ".join(filter(None, (day, last.who, last.reason)))
