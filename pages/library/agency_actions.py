"""What the buttons of 资料库 · 机关 do: callbacks, each of which is one word in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from form.agencies.divisions import by_code, by_name
from form.agencies.proposals import Proposal
from form.agencies.registry import How, Part
from form.agencies.words import Kind
from form.language import _
from library.errors import LibraryError
from pages.parts import shelf
from pages.parts.person import person

SAID = "agency-said"
"""Where the answer to the last action stands until the page has shown it."""


def answer(proposal: Proposal, same: bool) -> None:
    """Say that two agencies are one, or that they are two."""
    agencies = shelf.library().agencies
    if same:
        _try(
            lambda: agencies.link(proposal.other, proposal.agency, proposal.how, person()),
            _("已认定：{other}与{agency}是同一机关。").format(
                other=proposal.other, agency=proposal.agency
            ),
        )
    else:
        _try(
            lambda: agencies.keep_apart(proposal.other, proposal.agency, person()),
            _("已记下：不是同一机关，不再提示。"),
        )


def link(agency: str) -> None:
    """Say that another name is this agency's, as the form has it."""
    name, how = str(st.session_state["link-name"] or ""), st.session_state["link-how"]
    kind = cast(How, how)
    _try(
        lambda: shelf.library().agencies.link(name, agency, kind, person(), _reason("link")),
        _("已关联：{name}。").format(name=name),
    )


def join(agency: str) -> None:
    """Say that others went into this agency, or it out of another, as the form has it."""
    names: Sequence[str] = st.session_state["join-names"]
    year = st.session_state["join-year"]
    agencies = shelf.library().agencies
    if not names or year is None:
        _say(_("请选前身机关，并填从哪一年度起由本机关报告。"), failed=True)
    elif st.session_state["join-how"] == "merge":
        _try(
            lambda: agencies.join(names, agency, int(year), person(), _reason("join")),
            _("已记下：{year} 年度起并入{agency}。").format(year=int(year), agency=agency),
        )
    else:
        _try(
            lambda: [
                agencies.split(name, [agency], int(year), person(), _reason("join"))
                for name in names
            ],
            _("已记下：{year} 年度起分出{agency}。").format(year=int(year), agency=agency),
        )


def set_part(agency: str, part: Part, key: str) -> None:
    """Say what an agency is, as the box with this key has it."""
    value = str(st.session_state[key] or "")
    agencies = shelf.library().agencies
    if part == "region":
        code = _code(value)
        if code is None:
            _say(
                _("没有唯一的这个地区：{value}。请写全称，如“北京市朝阳区”。").format(value=value),
                True,
            )
            return
        value = code
    _try(lambda: agencies.say(agency, part, value, person()), _("已记下。"))


def set_term() -> None:
    """Set the local term of a kind, with its source."""
    kind = cast(Kind, st.session_state["term-kind"])
    value, source = (str(st.session_state[f"term-{key}"] or "") for key in ("day", "source"))
    agencies = shelf.library().agencies
    _try(lambda: agencies.set_term(kind, value, source, person()), _("已记下。"))


def undo(number: int) -> None:
    """Take an entry of the log back."""
    _try(
        lambda: shelf.library().log.undo(number, person()),
        _("已撤销第 {number} 条。").format(number=number),
    )


def show_answer() -> None:
    """Show what became of the last action."""
    said = st.session_state.pop(SAID, None)
    if said is not None:
        text, failed = said
        (st.error if failed else st.success)(text)


def _reason(form: str) -> str:
    return str(st.session_state.get(f"{form}-reason") or "")


def _try(work: Callable[[], object], done: str) -> None:
    try:
        work()
    except LibraryError as error:
        _say(str(error), failed=True)
    else:
        _say(done)


def _say(text: str, failed: bool = False) -> None:
    st.session_state[SAID] = (text, failed)


def _code(text: str) -> str | None:
    """Return the code of the one division that a text names, "" for an empty one, None for no one."""
    plain = text.strip()
    if not plain or plain in by_code():
        return plain
    named = [item for item in by_code().values() if plain in (item.full_name, item.name)]
    exact = by_name().get(plain, ()) if len(named) != 1 else named
    return exact[0].statistical_code if len(exact) == 1 else None
