"""Who is in the sum, who is missing, who is left out and why; leaving organs out, and taking that back."""

from __future__ import annotations

import streamlit as st

from desk.owing import owing
from form.figures import grouped
from form.language import _
from form.submitted import Excluded
from library.errors import LibraryError
from outputs.rollup.lists import members
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading
from pages.parts.markup import link, show, tag
from pages.parts.person import person
from pages.parts.report_choice import report_href
from pages.rollup.selection import Selection

_WHO, _WHY = "exclude-who", "exclude-why"
OUTCOME = "rollup-outcome"


def show_members(selection: Selection) -> None:
    """Show every organ with its state, then the box to leave one out."""
    found, rollup = selection.found, selection.rollup
    columns = (
        Column(_("机构")),
        Column(_("情况"), "middle"),
        Column(_("版次"), "middle"),
        Column(_("说明")),
    )
    rows = (
        (
            link(agency, report_href(agency, found.year)) if agency in found.ids else agency,
            state,
            version or "",
            why,
        )
        for agency, state, version, why in members(rollup, came(selection))
    )
    show(grid_html(_("计入机构"), columns, rows))
    _show_excluded(selection)
    _show_form(selection)


def aside(text: str) -> None:
    """Show a quiet line."""
    show(tag("p", text, classes="dd-quiet"))


def show_outcome() -> None:
    """Show once what came of the last click."""
    said = st.session_state.pop(OUTCOME, None)
    if said is not None:
        text, is_error = said
        # Not by Streamlit's own boxes, which take names and reasons for markup.
        classes = "dd-card dd-red" if is_error else "dd-card dd-told"
        show(tag("div", text, classes=classes, role="alert" if is_error else "status"))


def came(selection: Selection) -> tuple[str, ...]:
    """Return the organs of which something came that cannot be counted yet."""
    received = owing(shelf.library(), shelf.now()).received
    year = selection.found.year
    return tuple(name for name in selection.rollup.missing if (name, year) in received)


def show_came(selection: Selection) -> None:
    """Say how many of those that are missing in the sum have sent something all the same."""
    n = len(came(selection))
    if n:
        aside(_("缺的各家里有 {n} 家已经收到，但还没有能计入的数。").format(n=grouped(n)))


def _show_excluded(selection: Selection) -> None:
    if not selection.found.excluded:
        return
    heading(_("已排除的机构"))
    for item in selection.found.excluded:
        with st.container(horizontal=True, vertical_alignment="center", key=f"out-{item.number}"):
            show(tag("div", _("{agency}：{reason}").format(agency=item.agency, reason=item.reason)))
            st.button(
                _("撤销排除"), key=f"undo-exclude-{item.number}", on_click=_undo, args=(item,)
            )


def _show_form(selection: Selection) -> None:
    rollup = selection.rollup
    names = [*rollup.agencies, *rollup.missing]
    if not names:
        return
    heading(_("排除一家"), _("例如已撤并、数已并入别家。理由记入操作记录，可以撤销。"))
    with st.form("exclude", border=False):
        who, why = st.columns([1, 2], gap="small")
        who.selectbox(_("机构"), names, index=None, key=_WHO, placeholder=_("选一家"))
        why.text_input(_("理由"), key=_WHY, max_chars=200)
        st.form_submit_button(_("排除"), on_click=_exclude, args=(selection.found.year,))


def _exclude(year: int) -> None:
    """Leave the chosen organ out; a callback."""
    agency, why = st.session_state.get(_WHO), str(st.session_state.get(_WHY, ""))
    if agency is None:
        st.session_state[OUTCOME] = (_("请选择要排除的机构。"), True)
        return
    try:
        shelf.library().rollups.exclude(agency, year, why, person())
    except LibraryError as error:
        st.session_state[OUTCOME] = (error.message, True)
        return
    st.session_state[_WHY] = ""
    st.session_state[OUTCOME] = (_("已排除{agency}。").format(agency=agency), False)


def _undo(item: Excluded) -> None:
    try:
        shelf.library().log.undo(item.number, person())
    except LibraryError as error:
        st.session_state[OUTCOME] = (error.message, True)
        return
    text = _("{agency}重新计入。").format(agency=item.agency)
    st.session_state[OUTCOME] = (text, False)
