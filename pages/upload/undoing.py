"""An import is taken back as a whole; the letters that went out because of it are named before."""

from __future__ import annotations

import streamlit as st

from form.figures import grouped
from form.language import _
from form.letters import Letter, kind_names
from form.today import chinese_day
from library.errors import LibraryError
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.markup import show, tag
from pages.parts.person import person


def show_undo(batch: int) -> None:
    """Offer to take an import back, or say that this was done; nothing where it brought nothing."""
    listed = shelf.now().everything
    own = listed.index[(listed["batch"] == batch).fillna(False)].tolist()
    if not own:
        return
    with st.popover(_("撤销整批")):
        text = _("这一批的 {n} 份报告移入回收站，旧版重新计入；随时可从回收站恢复。")
        show(tag("p", text.format(n=grouped(len(own)))))
        letters = letters_about(own)
        if letters:
            note(_("已发出的函件留着，标为“所依报告已撤回”："), "".join(map(_words, letters)))
        st.button(_("撤销整批"), key=f"undo-{batch}", on_click=_undo, args=(batch,))


def letters_about(report_ids: list[int]) -> list[Letter]:
    """Return the letters that ask about some reports."""
    known = {*report_ids}
    return [letter for letter in shelf.letters() if letter.report_id in known]


def _words(letter: Letter) -> str:
    kind = kind_names()[letter.kind]
    parts = (letter.agency, f"{letter.year}", kind, letter.reference, chinese_day(letter.on))
    return " ".join(filter(None, parts)) + _("；")


def _undo(batch: int) -> None:
    """Take it back; a callback."""
    try:
        shelf.library().undo_import(batch, person())
    except LibraryError as error:
        st.toast(error.message)
        return
    st.toast(_("已撤销第 {n} 批，它的报告在回收站里。").format(n=batch))
