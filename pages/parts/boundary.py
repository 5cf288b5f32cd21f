"""Where errors end: people get a sentence and an id, the log gets the traceback."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from form.language import _
from library.errors import LibraryError

_log = logging.getLogger(__name__)


@contextmanager
def boundary() -> Iterator[None]:
    """Show what goes wrong inside as a sentence; what stands outside goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever nobody foresaw must not reach the screen
        show_incident(error)


def show_incident(error: Exception) -> bool:
    """Show an error as a sentence and return True: Streamlit is to show nothing of its own."""
    if isinstance(error, LibraryError):
        st.error(error.message)
        return True
    incident = secrets.token_hex(3)
    _log.error("incident %s", incident, exc_info=error)
    st.error(
        _(
            "这一页没能显示出来。资料没有受到影响，请刷新后再试；"
            "如仍出现，请把编号 {incident} 告诉管理员，日志里有详细记录。"
        ).format(incident=incident)
    )
    return True
