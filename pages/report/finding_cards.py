"""Findings as cards beside the table: one is chosen, its cells are lit, its print is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.explanations import Suspects
from checks.findings import Finding
from checks.states import Judged
from form.figures import grouped
from form.language import _
from form.report import Report
from outputs.likely import NONE
from outputs.marking import marked_cells
from pages.parts import shelf
from pages.parts.markup import link, show, tag
from pages.parts.report_choice import Choice
from pages.report.finding_actions import show_actions, show_words, state_chip
from pages.report.finding_body import card_parts, what
from pages.report.report_views import TAB, tab_names
from pages.report.source_dialog import offer_source
from pages.report.source_place import source_of, source_pictures

FINDING = "finding"
MOST_NOTES = 4


def chosen_number(findings: Sequence[Finding]) -> int:
    """Return which finding the address names, counted from 1; the first one by default."""
    asked = st.query_params.get(FINDING, "1")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(findings) else 1


def choose(number: int, finding: Finding) -> None:
    """Keep the choice in the address and turn to the table that it is about; a callback."""
    st.query_params[FINDING] = str(number)
    if finding.table is not None:
        st.session_state[TAB] = tab_names()[finding.table]


def card_id(number: int) -> str:
    """Return the id of a finding's card on the page."""
    return f"dd-finding-{number}"


def show_cards(
    choice: Choice, report: Report, judged: Sequence[Judged], suspects: Suspects
) -> None:
    """Show all findings, the chosen one framed and with the place it was read from."""
    if not judged:
        _nothing_found()
    else:
        _show_findings(choice, report, judged, suspects)
    gap = shelf.desk().gap_before(choice.report_id)
    if gap is not None:
        show(tag("div", gap.sentence, classes="dd-quiet"))
    _show_notes(report)


def _show_findings(
    choice: Choice, report: Report, judged: Sequence[Judged], suspects: Suspects
) -> None:
    findings = [item.finding for item in judged]
    chosen = chosen_number(findings)
    _stepper(chosen, findings)
    others = [item for item in judged if not item.is_settled]
    for number, item in enumerate(judged, start=1):
        finding = item.finding
        shown = NONE if item.is_settled else suspects
        body = card_parts(choice, report, finding, shown, *state_chip(item), whole=number == chosen)
        if number == chosen:
            with st.container(key="chosen"):
                show(tag("div", body, classes="dd-chosen", id=card_id(number)))
                show_words(item)
                show_actions(choice, report, item, others, shown)
                _show_source(choice, report, finding, suspects)
        else:
            with st.container(key=f"finding-{number}"):
                show(tag("div", body, classes="dd-card", id=card_id(number)))
                st.button(
                    _("查看第 {n} 处：{what}").format(n=number, what=what(finding)),
                    key=f"pick-{number}",
                    on_click=choose,
                    args=(number, finding),
                )


def _show_source(choice: Choice, report: Report, finding: Finding, suspects: Suspects) -> None:
    """Show where the chosen finding's cells stand: in the table above, and in the file."""
    marked = [cell for cell in marked_cells(finding, suspects) if cell in report.cells]
    if marked:
        show(link(_("到表中这一格"), f"#{marked[0]}", classes="dd-to-cell"))
    for picture in source_pictures(choice, report, marked or finding.cells):
        st.image(picture, width="stretch")
    show(source_of(choice, report, finding))
    offer_source(choice, report, marked or list(finding.cells))


def _nothing_found() -> None:
    show(
        tag(
            "div",
            tag("div", _("没有发现问题"), classes="dd-what dd-green"),
            tag("div", _("已读出的数字之间，各项勾稽关系都成立。"), classes="dd-quiet"),
            classes="dd-card",
        )
    )


def _show_notes(report: Report) -> None:
    """Say what the reader was not sure of: it is about the reading, not the report."""
    if not report.notes:
        return
    lines = [tag("div", note.message, classes="dd-quiet") for note in report.notes[:MOST_NOTES]]
    left_out = len(report.notes) - len(lines)
    if left_out:
        rest = _("另有 {n} 条，见“原始文件”。").format(n=grouped(left_out))
        lines.append(tag("div", rest, classes="dd-quiet"))
    head = tag("div", _("读取时的说明"), classes="dd-what dd-amber")
    show(tag("div", head, *lines, classes="dd-card dd-reading"))


def _stepper(chosen: int, findings: Sequence[Finding]) -> None:
    count = len(findings)
    with st.container(horizontal=True, vertical_alignment="center", key="stepper"):
        show(tag("h2", _("问题 {n} / {all}").format(n=chosen, all=count), classes="dd-heading"))
        if count > 1:
            _step(_("上一处"), "before", "Left", (chosen - 2) % count + 1, findings)
            _step(_("下一处"), "after", "Right", chosen % count + 1, findings)


def _step(label: str, key: str, arrow: str, number: int, findings: Sequence[Finding]) -> None:
    finding = findings[number - 1]
    st.button(label, key=key, on_click=choose, args=(number, finding), shortcut=arrow)
