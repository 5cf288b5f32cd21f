"""核验意见: whom to write to about errors, the letters, and sending them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.letters import LetterNow, ToWrite, to_write
from form.figures import grouped
from form.language import _
from form.letters import state_names
from library.names import version_name
from outputs.letters import Draft, Head, check_draft
from pages.letters.composing import Addressee, ask_around, show_letters
from pages.letters.resubmission_view import compared
from pages.parts import scope, shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import nothing_here, sentence
from pages.parts.letter_links import organ_href
from pages.parts.markup import link, show
from pages.parts.report_choice import report_href


def show_checks(year: int, letters: Sequence[LetterNow]) -> None:
    """Show the reports of a year with errors, and the letters about those chosen."""
    state = shelf.now()
    own = scope.agencies(state)
    found = [x for x in to_write(state, year, letters) if own is None or x.agency in own]
    wrong = [item for item in found if item.asked.slips]
    due = [item for item in wrong if item.is_due]
    # What is no error is asked about where somebody wants that.
    listed = [item for item in found if item.asked.slips or item.asked.questions]
    if not listed:
        nothing_here(
            _("{year} 年度没有要写函的报告。").format(year=year),
            _("印出的三张表都没有勾稽错误，或者都已说明原因。"),
        )
        return
    slips = sum(len(item.asked.slips) for item in due)
    text = _("{year} 年度有 {n} 家有错误，其中 {m} 家要发函，共 {k} 处")
    sentence(
        text.format(year=year, n=grouped(len(wrong)), m=grouped(len(due)), k=grouped(slips)),
        _("只写印出的错误；已说明原因的、更正引起的不写。已函待回的不再写，除非又有别的错误。"),
    )
    names = [item.agency for item in listed]
    picked = st.multiselect(
        _("写给（不选即要发函的 {n} 家）").format(n=grouped(len(due))),
        names,
        key="check-organs",
        bind="query-params",
        placeholder=_("全部要发函的"),
    )
    chosen = [item for item in listed if item.agency in picked] if picked else due
    alone = any(not item.asked.slips for item in chosen)
    questions = alone or st.checkbox(
        _("连同待核的问题一起写（另请核实）"), key="check-questions", bind="query-params"
    )
    around = ask_around("check")
    by_agency = {item.agency: item for item in chosen}

    def compose(addressee: Addressee, head: Head) -> Draft:
        item = by_agency[addressee.agency]
        return check_draft(
            head,
            shelf.report(item.report_id),
            item.asked,
            shelf.desk().suspects(item.report_id),
            with_questions=questions,
            changed=_changed(item),
        )

    addressees = [
        Addressee(item.agency, item.year, item.report_id, item.version, _round(item))
        for item in chosen
    ]
    show_letters("check", addressees, around, compose)
    show(_grid(wrong or listed))


def _changed(item: ToWrite) -> Sequence[str]:
    """Return what the version that came back changed without being asked."""
    found = None if item.last is None else compared(item.last)
    return () if found is None else found.events


def _round(item: ToWrite) -> int:
    return 1 if item.last is None else item.last.letter.round + 1


def _grid(found: Sequence[ToWrite]) -> object:
    columns = (
        Column(_("机关")),
        Column(_("版本"), "middle"),
        Column(_("错误"), "number"),
        Column(_("上一次函")),
        Column(_("现在")),
    )
    return grid_html(_("有错误的报告"), columns, map(_row, found))


def _row(item: ToWrite) -> tuple[object, ...]:
    last = item.last
    said: object = ""
    if last is not None:
        words = f"{last.letter.reference or last.letter.on.isoformat()} {state_names()[last.state]}"
        said = link(words, organ_href(item.agency, item.year))
    return (
        link(item.agency, report_href(item.agency, item.year)),
        version_name(item.version),
        grouped(len(item.asked.slips)),
        said,
        _("要发函") if item.is_due else _("等回复"),
    )
