"""The selection that all pages share: all agencies, those on the roster, or a group of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk.desk import State
from form.language import _
from form.roster import Roster
from library.names import sort_key
from pages.parts import shelf

KEY: Final = "scope"


def show_scope() -> None:
    """Show the box that narrows every page; nothing where there is no roster to narrow it to."""
    roster = shelf.now().roster
    if roster:
        st.selectbox(_("范围"), scope_names(roster), key=KEY, bind="query-params")


def scope_names(roster: Roster) -> list[str]:
    """Return what can be chosen, all agencies first."""
    return [_every(), _whole(), *roster.groups]


def chosen() -> str:
    """Return what is chosen, "" for all agencies and where nobody can choose."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    said = str(st.session_state.get(KEY) or "")
    return "" if said == _every() else said


def group(state: State) -> str | None:
    """Return the group of the roster that is chosen, None for all of it."""
    said = chosen()
    return said if said in state.roster.groups else None


def agencies(state: State) -> frozenset[str] | None:
    """Return the agencies that pages are narrowed to, None for all there are."""
    said, roster = chosen(), state.roster
    if not said or not roster:
        return None
    return frozenset(roster.members(None if said == _whole() else said))


def narrowed(lines: pd.DataFrame, state: State) -> pd.DataFrame:
    """Return the lines of a frame with a column agency that are within the selection."""
    own = agencies(state)
    return lines if own is None else lines[lines["agency"].isin(list(own))]


def known(state: State) -> Mapping[str, str]:
    """Return the pinyin of the agencies within the selection, in the order in which they stand.

    Of the roster also those that never reported: that is what one wants to see of them.
    """
    own, reported = agencies(state), state.agencies
    if own is None:
        return reported
    ordered = [name for name in state.roster.members() if name in own]
    return {name: reported.get(name) or sort_key(name) for name in ordered}


def _every() -> str:
    return _("全部机构")


def _whole() -> str:
    return _("名册全部")
