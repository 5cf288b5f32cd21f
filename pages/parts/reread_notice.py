"""The quiet word that a better reader is there: what is kept may be read again, nothing must be."""

from __future__ import annotations

import streamlit as st

from form.figures import grouped
from form.language import _
from library import runs
from library.importing import READER
from pages.parts import shelf
from pages.parts.links import href
from pages.parts.markup import link, show, tag

REREADING = "reread"
"""Key of the part of the library's page, and of the notice."""


def part_name() -> str:
    """Return what the part of the library's page is called in which is read again."""
    return _("重新读取")


def rereading_href(number: int | None = None) -> str:
    """Return the address of that part, or of one run in it."""
    return href("library", {"part": part_name(), "run": number})


def offer_rereading() -> None:
    """Say that reports stand by the reading of older readers; nothing where there is no news."""
    older = older_reports()
    if not older or not runs.is_new_to(shelf.library()):
        return
    text = _("读取程序改进了：{n} 份年报是旧读法读出的，可以先试读，看看哪些数会变。")
    with st.container(
        key="reread-notice",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        show(
            tag(
                "div",
                text.format(n=grouped(older)),
                " ",
                link(_("去看看"), rereading_href()),
                role="status",
            )
        )
        st.button(_("不再提示"), key="reread-put-away", type="tertiary", on_click=_put_away)


def _put_away() -> None:
    runs.put_away(shelf.library())


def older_reports() -> int:
    """Return how many reports stand by the reading of readers older than those of today."""
    known = shelf.read_by().items()
    return sum(count for reader, count in known if reader is None or reader < READER)
