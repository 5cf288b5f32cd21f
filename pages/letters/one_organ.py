"""The letters to one organ about one year: each with its state, what was answered, what came back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.letters import LetterNow
from form.figures import grouped
from form.language import _
from form.letters import kind_names
from form.today import today
from library.errors import LibraryError
from library.names import version_name
from outputs.letters import letter_name
from pages.letters.acting import note_answer, take_back
from pages.letters.composing import DOCX, show_document
from pages.letters.resubmission_view import compared, show_resubmission
from pages.letters.sent import state_chips
from pages.parts import shelf
from pages.parts.heading import heading, note, nothing_here, open_page
from pages.parts.letter_links import part_href
from pages.parts.markup import link, show, tag


def show_organ(agency: str, year: int, letters: Sequence[LetterNow]) -> None:
    """Show the letters to an organ about a year, the newest first."""
    own = [x for x in letters if (x.letter.agency, x.letter.year) == (agency, year)]
    open_page("letters", _("{agency} · {year} 年度报告").format(agency=agency, year=year))
    show(link(_("← 全部函件"), part_href("sent", year)))
    if not own:
        nothing_here(_("没有给这家机关的函件。"))
        return
    came = next((x for x in reversed(own) if x.letter.kind == "check" and x.came), None)
    found = None if came is None else compared(came)
    if came is not None and found is not None:
        asked_again = any(
            x.letter.kind == "check" and x.letter.number > came.letter.number for x in own
        )
        show_resubmission(came, found, asked_again=asked_again)
        heading(_("往来函件"))
    for item in reversed(own):
        _show_letter(item)


def _show_letter(item: LetterNow) -> None:
    letter = item.letter
    key = str(letter.number)
    head = f"{kind_names()[letter.kind]} {letter.reference}".strip()
    with st.container(border=True, key=f"letter-{key}"):
        show(
            tag("div", tag("span", head, classes="dd-what"), state_chips(item), classes="dd-head"),
            *(tag("div", text, classes="dd-quiet") for text in _facts(item)),
        )
        with st.container(horizontal=True):
            _offer_document(item)
            if letter.kind == "check" and item.state in ("sent", "overdue", "withdrawn"):
                _offer_answer(letter.number, key)
            last = letter.returned
            label, number = _("撤销发函"), letter.number
            if last is not None:
                label, number = _("撤销回复"), last.number
            st.button(label, key=f"undo-{key}", on_click=take_back, args=((number,),))


def _facts(item: LetterNow) -> list[str]:
    letter = item.letter
    due = "" if letter.due is None else _("，限 {day}").format(day=letter.due.isoformat())
    who = letter.who or _("未署名")
    facts = [_("{day} 发{due}，{who}").format(day=letter.on.isoformat(), due=due, who=who)]
    if letter.version is not None:
        version = version_name(letter.version)
        text = _("依据{version}，要求核实 {n} 条")
        facts.append(text.format(version=version, n=grouped(len(letter.findings))))
    if letter.returned is not None:
        said = letter.returned
        day = said.on.isoformat() if said.on else ""
        facts.append(_("{day} 回复：{words}").format(day=day, words=said.reason or _("未写内容")))
    if item.came is not None:
        text = _("{day} 收到{version}")
        version = version_name(item.came.version)
        facts.append(text.format(day=item.came.on.isoformat(), version=version))
    return facts


def _offer_document(item: LetterNow) -> None:
    letter = item.letter
    try:
        data = shelf.library().letters.document(letter)
    except LibraryError as error:
        note(error.message)
        return
    name = letter_name(letter.kind, letter.agency, letter.year, letter.on)
    with st.popover(_("看函")):
        show_document(data)
    st.download_button(
        _("下载函件"),
        data,
        file_name=name,
        mime=DOCX,
        key=f"file-{letter.number}",
        on_click="ignore",
    )


def _offer_answer(number: int, key: str) -> None:
    with st.popover(_("记回复")), st.form(f"answer-{key}", border=False):
        st.date_input(_("回复日期"), today(), key=f"answer-day-{key}", format="YYYY-MM-DD")
        st.text_input(_("怎样回复的"), key=f"answer-words-{key}", max_chars=200)
        st.form_submit_button(
            _("记下回复"), type="primary", on_click=note_answer, args=(number, key)
        )
