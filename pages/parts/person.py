"""Who sits before the screen: the name that stands in the log beside what is decided."""

from __future__ import annotations

import getpass
from urllib.parse import unquote

import streamlit as st

from form.language import _
from pages.parts.markup import show, tag

_KEY = "person"
COOKIE = "dd-person"
"""Kept by the browser, where `assets/frame.js` writes it: the name is asked for once."""
LONGEST_NAME = 40


def person() -> str:
    """Return the name that decisions are signed with."""
    return str(st.session_state.get(_KEY, "")).strip() or _known()


def ask_person() -> None:
    """Show the box with the name."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _known()
    st.text_input(
        _("经办人"),
        key=_KEY,
        max_chars=LONGEST_NAME,
        persist_state="session",
        help=_("更正、说明和发函都会记下这个名字"),
    )
    show(tag("span", data_person=person(), classes="dd-person"))


def _known() -> str:
    """Return the name that this browser gave last, else that of the account on this computer."""
    kept = st.context.cookies.get(COOKIE)
    name = unquote(kept)[:LONGEST_NAME].strip() if isinstance(kept, str) else ""
    return name or _account()


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as some containers have
        return _("未署名")
