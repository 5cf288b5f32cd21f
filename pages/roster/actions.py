"""What buttons of 名册 do: each is words in the log, and can be taken back there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, cast

import streamlit as st

from desk.rosters import carry_out
from form.figures import grouped
from form.language import _
from form.roster import Field, Value
from form.roster_plan import Plan
from library.errors import LibraryError
from library.roster import RowChange
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.person import person

SAID: Final = "roster-said"
PASTED: Final = "roster-pasted"
MEANT: Final = "roster-meant"
REASON: Final = "roster-reason"


def show_answer() -> None:
    """Show once what became of the last action."""
    said = st.session_state.pop(SAID, None)
    if said is not None:
        text, failed = said
        if failed:
            note(text)
        else:
            st.toast(text)


def save(changes: Mapping[str, Mapping[Field, Value]], reason: str) -> None:
    """Change rows as the grid has them."""
    told = [RowChange(agency, fields, reason) for agency, fields in changes.items()]
    _try(
        lambda: shelf.library().roster.put(told, person()),
        _("已改 {n} 行。").format(n=grouped(len(told))),
    )


def drop(year: int) -> None:
    """Say that organs owe no report from a year on, as the form has it."""
    names: Collection[str] = st.session_state["drop-who"]
    reason = str(st.session_state["drop-reason"] or "")
    roster = shelf.library().roster
    if st.session_state["drop-how"] == "remove":
        _try(lambda: roster.remove(names, person(), reason), _("已移出名册。"))
    else:
        text = _("已记下：{year} 年度起不再应报。").format(year=year)
        _try(lambda: roster.drop(names, year, person(), reason), text)


def rename(year: int) -> None:
    """Say that an organ is called otherwise from a year on, as the form has it."""
    old = str(st.session_state["rename-old"] or "")
    new = str(st.session_state["rename-new"] or "")
    reason = str(st.session_state["rename-reason"] or "")
    text = _("已记下：{old} {year} 年度起更名为 {new}。").format(old=old, year=year, new=new)
    agencies = shelf.library().agencies
    _try(lambda: agencies.link(old, new, "name", person(), reason, year), text)


def bring(found: Plan, drop_absent: bool) -> None:
    """Let an import be so, and forget what was pasted."""
    reason = str(st.session_state.get(REASON) or "")
    absent = [row.agency for row in found.absent] if drop_absent else []
    library = shelf.library()
    try:
        changed = carry_out(library, found, person(), reason, absent)
    except LibraryError as error:
        st.session_state[SAID] = (error.message, True)
        return
    left = len(found.those("asked", "refused"))
    text = _("名册改动 {n} 行。").format(n=grouped(changed))
    if left:
        text = _("{text}还有 {n} 行没有导入。").format(text=text, n=grouped(left))
    st.session_state[SAID] = (text, False)
    if not left:
        st.session_state[PASTED] = ""
        st.session_state[MEANT] = {}
        st.session_state["roster-upload"] = int(st.session_state.get("roster-upload", 0)) + 1


def undo(number: int) -> None:
    """Take an entry of the log back."""
    _try(
        lambda: shelf.library().log.undo(number, person()),
        _("已撤销第 {number} 条。").format(number=number),
    )


def mean(name: str, key: str) -> None:
    """Keep whom a name means, as its box has it; "" leaves it open."""
    meant = dict(cast("Mapping[str, str]", st.session_state.get(MEANT, {})))
    chosen = str(st.session_state[key] or "")
    meant.pop(name, None)
    if chosen:
        meant[name] = chosen
    st.session_state[MEANT] = meant


def mean_new(names: Collection[str]) -> None:
    """Take names as those of new organs."""
    st.session_state[MEANT] = {
        **st.session_state.get(MEANT, {}),
        **{name: name for name in names},
    }


def _try(work: Callable[[], object], done: str) -> None:
    try:
        work()
    except LibraryError as error:
        st.session_state[SAID] = (error.message, True)
    else:
        st.session_state[SAID] = (done, False)
