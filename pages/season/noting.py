"""Noting what no file tells: a report came in, or was published. Each is an entry of the log."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk.season import Season
from form.figures import grouped
from form.language import _
from form.receipts import HOWS, How, how_names
from library.errors import LibraryError
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.person import person

SAID: Final = "season-said"
"""Where the answer to the last action stands until the page has shown it."""


def show_answer() -> None:
    """Show once what became of the last action."""
    said = st.session_state.pop(SAID, None)
    if said is None:
        return
    text, failed = said
    if failed:
        note(text)
    else:
        st.toast(text)


def offer_noting(found: Season, receiving: DeltaGenerator, publishing: DeltaGenerator) -> None:
    """Show the two forms behind their buttons, each in its place."""
    with (
        receiving,
        st.popover(_("记一次收件"), key="receive-box"),
        st.form("receive", border=False),
    ):
        st.multiselect(
            _("机构"),
            [organ.agency for organ in found.organs],
            key="receive-who",
            placeholder=_("一次可记几家"),
        )
        left, right = st.columns(2)
        left.date_input(_("收到日期"), found.day, max_value=found.day, key="receive-on")
        names = how_names()
        right.selectbox(
            _("方式"), HOWS, key="receive-how", format_func=lambda how: names[cast(How, how)]
        )
        st.text_input(_("备注"), key="receive-note", max_chars=200)
        st.form_submit_button(_("记下收件"), type="primary", on_click=_receive, args=(found.year,))
    with (
        publishing,
        st.popover(_("记公布"), key="publish-box"),
        st.form("publish", border=False),
    ):
        received = [organ.agency for organ in found.those("received")]
        st.selectbox(
            _("机构"), received, None, key="publish-who", placeholder=_("已收到年报的机构")
        )
        st.date_input(_("公布日期"), found.day, max_value=found.day, key="publish-on")
        st.text_input(_("网址"), key="publish-address", max_chars=500, placeholder="https://")
        st.form_submit_button(_("记下公布"), type="primary", on_click=_publish, args=(found.year,))


def _receive(year: int) -> None:
    state = st.session_state
    try:
        written = shelf.library().season.receive(
            state["receive-who"],
            year,
            state["receive-on"],
            state["receive-how"],
            person(),
            str(state["receive-note"] or ""),
        )
    except LibraryError as error:
        state[SAID] = (error.message, True)
    else:
        text = _("已记下 {n} 家的收件，可在操作记录里撤销。")
        state[SAID] = (text.format(n=grouped(len(written))), False)
        state["receive-who"] = []


def _publish(year: int) -> None:
    state = st.session_state
    agency = state["publish-who"]
    try:
        if agency is None:
            raise LibraryError(_("请选择机关。"))
        shelf.library().season.publish(
            agency, year, state["publish-on"], str(state["publish-address"] or ""), person()
        )
    except LibraryError as error:
        state[SAID] = (error.message, True)
    else:
        state[SAID] = (_("已记下{agency}的公布。").format(agency=agency), False)
        state["publish-who"], state["publish-address"] = None, ""
