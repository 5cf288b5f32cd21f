"""What can be done about the chosen finding: mend it, let it stand, put it to the agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from checks.explanations import Change, Suspects
from checks.states import Judged, basis, state_names
from form.decisions import Decision
from form.figures import grouped
from form.language import _
from form.report import Report
from form.today import local, today
from library.log_frame import action_names
from outputs.likely import repair_text, ways
from pages.parts.heading import Tone, chip
from pages.parts.markup import Markup, show, tag
from pages.parts.report_choice import Choice
from pages.report import deciding
from pages.report.deciding import Repair, typed_cell

STATE_TONES: dict[str, Tone] = {
    "asked": "note",
    "answered": "note",
    "accepted": "good",
    "corrected": "good",
    "reopened": "error",
}


def state_chip(judged: Judged) -> tuple[Markup, ...]:
    """Return what became of a finding as a chip; nothing where nothing was said of it."""
    if judged.state == "open":
        return ()
    return (chip(state_names()[judged.state], STATE_TONES[judged.state]),)


def show_words(judged: Judged) -> None:
    """Show what was said about a finding, each with the button that takes it back."""
    for item in judged.words:
        with st.container(horizontal=True, vertical_alignment="center", key=f"word-{item.number}"):
            show(tag("div", word_text(item), classes="dd-quiet"))
            st.button(
                _("撤销"), key=f"undo-{item.number}", on_click=deciding.undo, args=(item.number,)
            )


def word_text(item: Decision) -> str:
    """Return an entry in a line: what, on which day, by whom, why."""
    day = item.on or local(item.at).date()
    said = _("{day} {who} {what}").format(
        day=day.isoformat(), who=item.who or _("未署名"), what=action_names()[item.action]
    )
    return _("{said}：{reason}").format(said=said, reason=item.reason) if item.reason else said


def show_actions(
    choice: Choice, report: Report, judged: Judged, others: Sequence[Judged], suspects: Suspects
) -> None:
    """Show the buttons; `others` are all findings of the report that are not settled."""
    if choice.version is None:
        show(tag("div", _("认领之后才能更正或说明。"), classes="dd-quiet"))
        return
    with st.container(horizontal=True, key="actions"):
        if judged.state != "corrected":
            _offer_repairs(choice, report, judged, suspects)
            _offer_reasons(choice, report, judged)
            _offer_letter(choice, report, judged, others)


def _offer_repairs(choice: Choice, report: Report, judged: Judged, suspects: Suspects) -> None:
    finding = judged.finding
    found = [] if finding.undecided else list(ways(finding, suspects))
    if not found or judged.state == "accepted":
        return
    best = found[0]
    # Half of a shift or of a swap would mend nothing.
    can_be_parted = best.explanation.kind == "cells" or not best.others
    if can_be_parted:
        _repair_button(choice, report, judged, best.changes, "repair", primary=True)
    if best.others:
        every = best.explanation.changes
        label = _("采纳全部 {n} 处").format(n=grouped(len(every)))
        _repair_button(
            choice, report, judged, every, "repair-all", label, primary=not can_be_parted
        )


def _repair_button(
    choice: Choice,
    report: Report,
    judged: Judged,
    changes: Sequence[Change],
    key: str,
    label: str = "",
    *,
    primary: bool = False,
) -> None:
    repairs = tuple(_repairs(report, changes))
    st.button(
        label or _("采纳 {figures}").format(figures=repair_text(changes)),
        key=key,
        type="primary" if primary else "secondary",
        on_click=deciding.correct,
        args=(choice.report_id, repairs, _("采纳可疑格的改法"), judged.finding),
    )


def _repairs(report: Report, changes: Sequence[Change]) -> Iterator[Repair]:
    for change in changes:
        seen = report.cells[change.address]
        yield Repair(change.address, seen, typed_cell(change.after, seen))


def reasons() -> tuple[str, ...]:
    """Return the reasons for which findings are most often left as they are."""
    return (
        _("备案口径"),
        _("仅含本级"),
        _("自然失效"),
        _("统计口径调整"),
        _("机构合并或拆分"),
        _("已电话核实无误"),
    )


def _offer_reasons(choice: Choice, report: Report, judged: Judged) -> None:
    # Another finding has another digest: its box is closed and empty.
    digest = basis(report, judged.finding)
    with st.popover(_("说明原因"), key=f"reasons-{digest}"), _form(f"accept-{digest}"):
        st.pills(_("不是错误，因为："), reasons(), key=f"reason-{digest}")
        st.text_input(_("补充说明"), key=f"words-{digest}", max_chars=200)
        st.form_submit_button(
            _("记下，不再列为问题"),
            type="primary",
            on_click=_accept,
            args=(choice.report_id, judged.finding.key, digest),
        )


def _accept(report_id: int, key: str, digest: str) -> None:
    """Write the reason that stands in the boxes; a callback."""
    said = (st.session_state[f"{name}-{digest}"] for name in ("reason", "words"))
    reason = "：".join(str(part).strip() for part in said if part)
    deciding.accept(report_id, {key: digest}, reason)


def _offer_letter(choice: Choice, report: Report, judged: Judged, others: Sequence[Judged]) -> None:
    asked = judged.state in ("asked", "answered")
    same = [item for item in others if item.state == judged.state]
    box = f"{judged.state}-{basis(report, judged.finding)}"
    with st.popover(_("记答复") if asked else _("发函"), key=f"letter-{box}"), _form(f"send-{box}"):
        st.date_input(_("日期"), today(), key=f"day-{box}", format="YYYY-MM-DD")
        st.text_input(_("文号或说明"), key=f"number-{box}", max_chars=200)
        if len(same) > 1:
            st.checkbox(_("这份报告的 {n} 处一起记").format(n=grouped(len(same))), key=f"all-{box}")
        about, everything = (
            {item.finding.key: basis(report, item.finding) for item in items}
            for items in ([judged], same)
        )
        st.form_submit_button(
            _("机构已答复或更正") if asked else _("已发函"),
            type="primary",
            on_click=_send,
            args=(choice.report_id, about, everything, box, asked),
        )


def _send(
    report_id: int,
    about: Mapping[str, str],
    everything: Mapping[str, str],
    box: str,
    asked: bool,
) -> None:
    """Write the letter or the answer that stands in the boxes; a callback."""
    day, words = st.session_state[f"day-{box}"], str(st.session_state[f"number-{box}"]).strip()
    write = deciding.answer if asked else deciding.ask
    write(report_id, everything if st.session_state.get(f"all-{box}") else about, day, words)


def _form(key: str) -> AbstractContextManager[object]:
    """Return a form: what is typed and the button that is pressed after it arrive together."""
    return st.form(key, border=False)
