"""Findings as cards beside the table: one is chosen, its cells are lit, its print is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.findings import Finding
from checks.standing import standing
from form.figures import grouped
from form.language import _
from form.report import Report
from outputs.marking import marked_cells
from pages.parts import shelf
from pages.parts.markup import link, show, tag
from pages.parts.report_choice import Choice
from pages.report import deciding
from pages.report.cards import Card
from pages.report.finding_actions import show_actions, show_words, state_chips
from pages.report.finding_body import card_parts, card_title
from pages.report.report_views import TAB, tab_names
from pages.report.source_dialog import offer_source
from pages.report.source_place import source_of, source_pictures

FINDING = "finding"
MOST_NOTES = 4


def chosen_number(findings: Sequence[Finding]) -> int:
    """Return which finding the address names, counted from 1; the first one by default."""
    asked = st.query_params.get(FINDING, "1")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(findings) else 1


def keep_place(findings: Sequence[Finding]) -> None:
    """Keep the finding chosen that was just decided about, wherever it stands in the list now."""
    key = st.session_state.pop(deciding.STAY, None)
    keys = [item.key for item in findings]
    if key in keys:
        st.query_params[FINDING] = str(keys.index(key) + 1)


def choose(number: int, finding: Finding) -> None:
    """Keep the choice in the address and turn to the table that it is about; a callback."""
    deciding.turn_away()
    st.query_params[FINDING] = str(number)
    if finding.table is not None:
        st.session_state[TAB] = tab_names()[finding.table]


def card_id(number: int) -> str:
    """Return the id of a finding's card on the page."""
    return f"dd-finding-{number}"


def show_cards(choice: Choice, report: Report, cards: Sequence[Card], chosen: Card | None) -> None:
    """Show all findings as cards, the chosen one framed and with the place it was read from."""
    if chosen is None:
        _show_told(cards)
        _nothing_found()
    else:
        _show_findings(choice, report, cards, chosen)
    gap = shelf.desk().gap_before(choice.report_id)
    if gap is not None:
        show(tag("div", gap.sentence, classes="dd-quiet"))
    _show_notes(report)


def _show_findings(choice: Choice, report: Report, cards: Sequence[Card], chosen: Card) -> None:
    _stepper(cards, chosen)
    said = deciding.told()
    if said is not None and said.finding not in {item.key for item in chosen.findings}:
        _show_told(cards)
    for card in cards:
        if card is chosen:
            _show_chosen(choice, report, card, cards)
        else:
            _show_other(choice, card)


def _show_chosen(choice: Choice, report: Report, card: Card, cards: Sequence[Card]) -> None:
    number = chosen_number([item for each in cards for item in each.findings])
    # Each card has widgets of its own: what had the focus on one is never another's button.
    with st.container(key="chosen"), st.container(key=f"card-{card.name}"):
        body = card_parts(choice, card, *state_chips(card), whole=True)
        own = number if number in card.numbers else card.numbers[0]
        show(tag("div", body, classes="dd-chosen", id=card_id(own)))
        said = deciding.told()
        if said is not None and said.finding in {item.key for item in card.findings}:
            _show_told(cards)
        else:
            show_words(card)
        show_actions(choice, card)
        _show_source(choice, report, card)


def _show_told(cards: Sequence[Card]) -> None:
    """Show what came of the last decision, and how the report stands after it."""
    said = deciding.told()
    if said is not None:
        after = standing(item for card in cards for item in card.members)
        mended = (
            _("函件照印出的数写；统计用更正后的数，并注明。") if said.cells and after.mended else ""
        )
        deciding.show_told(said, _("{standing}。").format(standing=after.sentence), mended)


def _show_other(choice: Choice, card: Card) -> None:
    number, finding = card.numbers[0], card.first.finding
    with st.container(key=f"finding-{card.name}"):
        body = card_parts(choice, card, *state_chips(card))
        show(tag("div", body, classes="dd-card", id=card_id(number)))
        st.button(
            _("查看第 {n} 条：{what}").format(n=number, what=card_title(card)),
            key=f"pick-{card.name}",
            on_click=choose,
            args=(number, finding),
        )


def _show_source(choice: Choice, report: Report, card: Card) -> None:
    """Show where the chosen findings' cells stand: in the table above, and in the file."""
    finding = card.first.finding
    cells = (cell for item in card.findings for cell in marked_cells(item, card.suspects))
    marked = [cell for cell in dict.fromkeys(cells) if cell in report.cells]
    if marked:
        show(link(_("到表中这一格"), f"#{marked[0]}", classes="dd-to-cell"))
    for picture in source_pictures(choice, report, marked or finding.cells):
        st.image(picture, width="stretch")
    show(source_of(choice, report, card.findings, marked))
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


def _stepper(cards: Sequence[Card], chosen: Card) -> None:
    everything = sum(len(card.numbers) for card in cards)
    with st.container(horizontal=True, vertical_alignment="center", key="stepper"):
        text = _("问题 {n} / {all} 条").format(n=_numbers(chosen.numbers), all=grouped(everything))
        show(tag("h2", text, classes="dd-heading"))
        if len(cards) > 1:
            at = cards.index(chosen)
            _step(_("上一处"), "before", "Left", cards[at - 1])
            _step(_("下一处"), "after", "Right", cards[(at + 1) % len(cards)])


def _numbers(numbers: Sequence[int]) -> str:
    """Return the numbers of a card's findings: 2; 1—3; 1、4."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 1 and last - first == len(numbers) - 1:
        return f"{first}—{last}"
    return _("、").join(map(str, numbers))


def _step(label: str, key: str, arrow: str, card: Card) -> None:
    st.button(
        label,
        key=key,
        on_click=choose,
        args=(card.numbers[0], card.first.finding),
        shortcut=arrow,
    )
