"""What is still being judged: said on every page, which then brings itself up to date."""

from __future__ import annotations

from typing import Final

import streamlit as st

from form.figures import grouped
from form.language import _
from pages.parts import shelf
from pages.parts.heading import note

EVERY: Final = 2.0
"""Seconds after which a page looks again."""


def show_pending() -> None:
    """Say how many reports are still being judged; nothing where all are."""
    if shelf.now().pending:
        _watch()


@st.fragment(run_every=EVERY)
def _watch() -> None:
    pending = shelf.desk().now(0).pending
    if not pending:
        st.rerun(scope="app")
    note(
        _("还有 {n} 份报告正在核对，核对完会自动更新；此前的问题数不全。").format(
            n=grouped(len(pending))
        )
    )
