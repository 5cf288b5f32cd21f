"""The frame around every page: its look, its menu, and the page itself."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from form.language import _
from pages.frame.menu import count_errors, current_page, show_menu
from pages.frame.pending import show_pending
from pages.parts import appearance, shelf
from pages.parts.boundary import boundary
from pages.parts.former_names import follow_former_names
from pages.parts.registry import open_with

# What keeps the library from being opened is said below, in its place.
with suppress(Exception):
    open_with("season" if shelf.desk().now(0).roster else "overview")
page = current_page()
st.set_page_config(
    page_title=_("{page} · 政府信息公开年报分析台").format(page=page.title),
    page_icon=appearance.ICON,
    layout="wide",
    initial_sidebar_state=232,
)
appearance.dress()
counting = None
with st.sidebar, boundary():
    counting = show_menu(page)
    appearance.speak_chinese()
with boundary():
    follow_former_names(page)
with boundary():
    show_pending()
with boundary():
    page.run()
with boundary():
    count_errors(counting)
