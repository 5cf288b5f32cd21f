"""Findings as cards beside the table: one is chosen, its cells are lit, its print is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.catalogue import kind_name, severity_names
from checks.findings import Finding
from checks.wording import FAILS, headline
from form.language import _
from form.report import Report
from pages.parts.heading import Tone, chip
from pages.parts.markup import Markup, joined, show, tag
from pages.parts.report_views import TAB, tab_names
from pages.parts.source_place import source_of

FINDING = "finding"
MOST_NOTES = 4
TONES: dict[str, Tone] = {"error": "error", "warning": "note", "question": "plain"}


def chosen_number(findings: Sequence[Finding]) -> int:
    """Return which finding the address names, counted from 1; the first one by default."""
    asked = st.query_params.get(FINDING, "1")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(findings) else 1


def choose(number: int, finding: Finding) -> None:
    """Keep the choice in the address and turn to the table that it is about; a callback."""
    st.query_params[FINDING] = str(number)
    if finding.table is not None:
        st.session_state[TAB] = tab_names()[finding.table]


def show_cards(report: Report, findings: Sequence[Finding]) -> None:
    """Show all findings, the chosen one framed and with the place it was read from."""
    if not findings:
        _nothing_found()
    else:
        _show_findings(report, findings)
    _show_notes(report)


def _show_findings(report: Report, findings: Sequence[Finding]) -> None:
    chosen = chosen_number(findings)
    _stepper(chosen, findings)
    for number, finding in enumerate(findings, start=1):
        with st.container(key=f"finding-{number}"):
            if number == chosen:
                show(_card(finding, "dd-chosen", source_of(report, finding)))
            else:
                show(_card(finding))
                st.button(
                    _("查看第 {n} 处：{what}").format(n=number, what=_what(finding)),
                    key=f"pick-{number}",
                    on_click=choose,
                    args=(number, finding),
                )


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
        rest = _("另有 {n} 条，见“原始文件”。").format(n=left_out)
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


def _card(finding: Finding, frame: str = "", source: Markup | str = "") -> Markup:
    severity = severity_names()[finding.severity]
    head = tag(
        "div",
        tag("span", _what(finding), classes="dd-what"),
        chip(severity, TONES[finding.severity]),
        classes="dd-head",
    )
    equation = tag("div", equation_html(finding.equation), classes="dd-equation")
    message = tag("div", _message(finding), classes="dd-quiet")
    parts = (head, equation if finding.equation else "", message, source)
    return tag("div", *parts, classes=f"dd-card {frame}".strip())


def _what(finding: Finding) -> str:
    name = kind_name(finding.rule)
    return f"{name} · {finding.place}" if finding.place else name


def _message(finding: Finding) -> str:
    """Return the sentence without its opening, which the card's head says already."""
    return finding.message.removeprefix(headline(finding.rule, finding.place)).lstrip("：")


def equation_html(text: str) -> Markup:
    """Return an equation with the sign that says what is wrong in red."""
    before, sign, after = text.partition(FAILS)
    return (
        joined((before, tag("span", sign, classes="dd-sign"), after)) if sign else joined((text,))
    )
