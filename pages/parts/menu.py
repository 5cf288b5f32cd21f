"""The menu at the side: the product's name, the library's name, every page by section."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from form.language import _
from pages.parts.links import href
from pages.parts.markup import link, show, tag
from pages.parts.registry import Entry, sections
from pages.parts.shelf import error_count, library_name


def current_page() -> st.Page:
    """Return the page that the address asks for, the first one where it asks for none."""
    entries = [entry for section in sections() for entry in section.entries]
    pages = [
        st.Page(entry.path, title=entry.title, url_path=entry.key, default=entry is entries[0])
        for entry in entries
    ]
    return st.navigation(pages, position="hidden")


def show_menu(current: st.Page) -> None:
    """Show the menu with the page at hand marked."""
    with st.container(key="brand"):
        show(
            link(_("政府信息公开年报分析台"), href("overview"), classes="dd-product"),
            tag("div", library_name(), classes="dd-quiet"),
        )
    with st.container(key="menu"):
        for section in sections():
            if section.title:
                show(tag("div", section.title, classes="dd-menu"))
            for entry in section.entries:
                is_current = entry.title == current.title
                with st.container(key="menu-current") if is_current else nullcontext():
                    st.page_link(entry.path, label=_label(entry))


def _label(entry: Entry) -> str:
    count = error_count() if entry.key == "findings" else 0
    return f"{entry.title} :red[{count}]" if count else entry.title
