"""What can be done about the chosen finding: mend it, let it stand, put it to the agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from checks.repairs import Way
from checks.states import Judged, basis
from form.decisions import LETTER_ACTIONS, Decision, made_together
from form.figures import grouped
from form.language import _
from form.today import local
from library.log_frame import action_names, letter_words
from outputs.likely import repair_text
from pages.parts.heading import Tone, chip
from pages.parts.letter_links import organ_href, write_href
from pages.parts.markup import Markup, link, show, tag
from pages.parts.report_choice import Choice
from pages.report import deciding
from pages.report.cards import Card
from pages.report.deciding import repairs_of
from pages.report.way_choice import show_ways

STATE_TONES: dict[str, Tone] = {
    "asked": "note",
    "answered": "note",
    "accepted": "good",
    "corrected": "note",
    "reopened": "error",
    "caused": "note",
}


def state_chips(card: Card) -> tuple[Markup, ...]:
    """Return what became of a card's findings as chips; nothing where nothing was said of any."""
    said = dict.fromkeys((item.state, item.state_name) for item in card.members)
    return tuple(chip(name, STATE_TONES[state]) for state, name in said if state != "open")


def show_words(card: Card) -> None:
    """Show what was said about a card's findings, each with the button that takes it back.

    Corrections that were made in one go are one line, and taken back in one.
    """
    words = {item.number: item for member in card.members for item in member.words}
    told: set[int] = set()
    for number, item in sorted(words.items()):
        if number in told:
            continue
        group = made_together(words.values(), number)
        told |= set(group)
        label = _("撤销")
        if len(group) > 1:
            label = _("撤销这 {n} 格").format(n=grouped(len(group)))
        with st.container(horizontal=True, vertical_alignment="center", key=f"word-{number}"):
            show(tag("div", word_text(item, len(group)), classes="dd-quiet"))
            if item.action in LETTER_ACTIONS:
                # Whoever takes a letter back takes all of it back: on its own page.
                show(link(_("看函件"), organ_href(*item.agency_year)))
                continue
            st.button(
                label,
                key=f"undo-{number}",
                on_click=deciding.undo,
                args=(number, card.first.finding.key),
            )


def word_text(item: Decision, cells: int = 1) -> str:
    """Return an entry in a line: what (in so many cells), on which day, by whom, why."""
    day = item.on or local(item.at).date()
    said = _("{day} {who} {what}").format(
        day=day.isoformat(), who=item.who or _("未署名"), what=action_names()[item.action]
    )
    if item.action in LETTER_ACTIONS:
        said = _("{said} {reference}").format(said=said, reference=letter_words(item))
    if cells > 1:
        said = _("{said} {n} 格").format(said=said, n=grouped(cells))
    return _("{said}：{reason}").format(said=said, reason=item.reason) if item.reason else said


def show_actions(choice: Choice, card: Card) -> None:
    """Show what can be done about a card."""
    if choice.version is None:
        show(tag("div", _("认领之后才能更正或说明。"), classes="dd-quiet"))
        return
    if any(not item.is_printed for item in card.members):
        text = _("印出的报告没有这一处，是更正引起的，不写进函件；请撤销或改好有关的更正。")
        show(tag("div", text, classes="dd-note", role="note"))
    elif card.is_touched and card.open_members:
        text = _("这里的数已有更正，改法不再列出；撤销更正后，再看照印出的数怎样改。")
        show(tag("div", text, classes="dd-quiet"))
    printed = [item for item in card.open_members if item.is_printed]
    accepted = [item for item in card.members if item.state == "accepted" and item.is_printed]
    with st.container(horizontal=True, key=f"actions-{card.name}"):
        if card.sure is not None:
            _offer_repair(choice, card, card.sure)
        if printed:
            _lead_to_letter(choice, printed)
        if printed or accepted:
            _offer_reasons(choice, card, printed or accepted)
    if card.ways and card.sure is None:
        show_ways(choice, card)


def _offer_repair(choice: Choice, card: Card, way: Way) -> None:
    """Offer the one way that is certain: all of its cells, or none."""
    count = len(way.changes)
    label = (
        _("采纳 {figures}").format(figures=repair_text(way.changes))
        if count == 1
        else _("采纳这一组 {n} 格").format(n=grouped(count))
    )
    st.button(
        label,
        key=f"repair-{card.name}",
        type="primary",
        on_click=deciding.correct,
        args=(
            choice.report_id,
            repairs_of(card.report, way.changes),
            _("采纳可疑格的改法"),
            card.first.finding,
        ),
    )


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


def _offer_reasons(choice: Choice, card: Card, members: Sequence[Judged]) -> None:
    # Another finding has another digest: its box is closed and empty.
    about = {item.finding.key: basis(card.report, item.finding) for item in members}
    digest = next(iter(about.values()))
    with st.popover(_("说明原因"), key=f"reasons-{digest}"), _form(f"accept-{digest}"):
        st.pills(_("不是错误，因为："), reasons(), key=f"reason-{digest}")
        st.text_input(_("补充说明"), key=f"words-{digest}", max_chars=200)
        st.form_submit_button(
            _("记下，不再列为问题"),
            type="primary",
            on_click=_accept,
            args=(choice.report_id, about, digest),
        )


def _accept(report_id: int, about: Mapping[str, str], digest: str) -> None:
    """Write the reason that stands in the boxes; a callback."""
    said = (st.session_state[f"{name}-{digest}"] for name in ("reason", "words"))
    reason = "：".join(str(part).strip() for part in said if part)
    deciding.accept(report_id, about, reason)


def _lead_to_letter(choice: Choice, members: Sequence[Judged]) -> None:
    """Lead to where a letter about the report is written, or to the one that asks about this."""
    if choice.agency is None or choice.year is None or not choice.counts:
        return
    asked = any(item.state in ("asked", "answered") for item in members)
    address = organ_href(choice.agency, choice.year) if asked else None
    text = _("看函件") if asked else _("写函")
    show(link(text, address or write_href(choice.agency, choice.year), classes="dd-lead"))


def _form(key: str) -> AbstractContextManager[object]:
    """Return a form: what is typed and the button that is pressed after it arrive together."""
    return st.form(key, border=False)
