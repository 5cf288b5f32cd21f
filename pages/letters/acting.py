"""Writing about letters into the log from the page, and telling what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from form.decisions import Decision
from form.figures import grouped
from form.language import _
from library.errors import LibraryError
from library.letters import Outgoing
from outputs.letters import TemplateError
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.markup import show, tag
from pages.parts.person import person

_TOLD = "letters-told"
_REFUSED = "letters-refused"


def send(write: Callable[[], Sequence[Outgoing]]) -> None:
    """Note that letters went out, and keep them; a callback. `write` makes them."""
    _decide(
        lambda: shelf.library().letters.send(write(), person()),
        lambda written: _("已记为发出 {n} 份函件，原文留存。").format(n=grouped(len(written))),
    )


def note_answer(number: int, key: str) -> None:
    """Note the answer that stands in the boxes; a callback."""
    on: date = st.session_state[f"answer-day-{key}"]
    words = str(st.session_state[f"answer-words-{key}"]).strip()
    _decide(
        lambda: (shelf.library().letters.answered(number, on, person(), words),),
        lambda _written: _("已记下回复。"),
    )


def take_back(numbers: Sequence[int]) -> None:
    """Take entries of the log back; a callback."""
    _decide(lambda: shelf.library().log.undo_all(numbers, person()), lambda _written: _("已撤销。"))


def choose(report_id: int) -> None:
    """Let a version count; a callback."""
    known = {item.number for item in shelf.library().log.of_report(report_id)}

    def write() -> tuple[Decision, ...]:
        shelf.library().choose(report_id, person())
        log = shelf.library().log.of_report(report_id)
        return tuple(item for item in log if item.number not in known)

    _decide(write, lambda _written: _("已改为以这一版为准。"))


def _decide(
    write: Callable[[], Sequence[Decision]], told: Callable[[Sequence[Decision]], str]
) -> None:
    try:
        written = write()
    except (LibraryError, TemplateError) as error:
        refuse(error.message)
    else:
        text = told(written)
        st.session_state[_TOLD] = text, tuple(item.number for item in written)


def refuse(text: str) -> None:
    """Say once why nothing was written."""
    st.session_state[_REFUSED] = text


def tell(text: str) -> None:
    """Say once what was done."""
    st.session_state[_TOLD] = text, ()


def show_outcome() -> None:
    """Show once what came of the last click, with the button that takes it back."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        note(refused)
    told: tuple[str, tuple[int, ...]] | None = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    text, numbers = told
    with st.container(horizontal=True, vertical_alignment="center", key="letters-told-box"):
        show(tag("div", "✓ ", text, classes="dd-green", role="status"))
        if numbers:
            st.button(_("撤销"), key="letters-undo", on_click=take_back, args=(numbers,))
