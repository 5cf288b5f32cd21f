"""The weights of the score sheet: what each item takes off, by whose rule; and setting one."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st

from form.figures import digits
from form.language import _
from form.scoring import ITEMS, ItemKey, item_names
from library.errors import LibraryError
from measures.scoring import Sheet
from outputs.score_file import weight_words
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading, note
from pages.parts.markup import show
from pages.parts.person import person

_SAID: Final = "weight-said"


def show_weights(sheet: Sheet) -> None:
    """Show what each item takes off, and the box that sets it."""
    names = item_names()
    heading(_("分值"), _("按本地的考评办法设定；每一项都写明依据"))
    failed = st.session_state.pop(_SAID, None)
    if failed:
        note(failed)
    columns = (Column(_("项目")), Column(_("分值")), Column(_("依据")))
    rows = (
        (names[key], weight_words(sheet.weights[key]), sheet.weights[key].source) for key in ITEMS
    )
    show(grid_html(_("分值"), columns, rows))
    with st.popover(_("设定分值"), key="weight-box"), st.form("weight", border=False):
        st.selectbox(
            _("项目"),
            ITEMS,
            key="weight-item",
            format_func=lambda key: names[cast(ItemKey, key)],
        )
        left, right = st.columns(2)
        left.number_input(_("每处扣"), 0.0, 100.0, 1.0, 0.5, key="weight-each", format="%.1f")
        right.number_input(_("最多扣"), 0.0, 100.0, 5.0, 0.5, key="weight-most", format="%.1f")
        st.text_input(_("依据"), key="weight-source", max_chars=200)
        st.form_submit_button(_("设定"), type="primary", on_click=_set)


def _set() -> None:
    state = st.session_state
    value = f"{digits(state['weight-each'])}/{digits(state['weight-most'])}"
    try:
        shelf.library().scores.set_weight(
            state["weight-item"], value, state["weight-source"], person()
        )
    except LibraryError as error:
        state[_SAID] = error.message
