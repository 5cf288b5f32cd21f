"""The menu at the side: the product's name, the library's name, every page by section."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from form.language import _
from pages.parts import shelf
from pages.parts.links import href
from pages.parts.markup import link, show, tag
from pages.parts.person import ask_person
from pages.parts.registry import PageKey, entry, first_page, sections
from pages.parts.scope import show_scope
from pages.parts.shelf import library_name

COUNTING: Final[PageKey] = "findings"
_LAST_COUNT: Final = "error-count"
_NO_ADDRESS: Final = "first"
"""What Streamlit calls the page that opens where the address names none: nobody sees it."""


def current_page() -> st.Page:
    """Return the page that the address asks for, the first one where it asks for none."""
    entries = [item for section in sections() for item in section.entries]
    pages = [st.Page(item.path, title=item.title, url_path=item.key) for item in entries]
    # Beside its own address, which must lead there whichever page comes first.
    first = entry(first_page())
    pages.append(st.Page(first.path, title=first.title, url_path=_NO_ADDRESS, default=True))
    return st.navigation(pages, position="hidden")


def show_menu(current: st.Page) -> DeltaGenerator | None:
    """Show the menu with the page at hand marked; return the place of the link that counts."""
    counting = None
    with st.container(key="brand"):
        show(
            link(_("政府信息公开年报分析台"), href(first_page()), classes="dd-product"),
            tag("div", library_name(), classes="dd-quiet"),
        )
    with st.container(key="menu"):
        for section in sections():
            if section.title:
                show(tag("div", section.title, classes="dd-menu"))
            for item in section.entries:
                is_current = item.title == current.title
                with st.container(key="menu-current") if is_current else nullcontext():
                    if item.key == COUNTING:
                        counting = st.empty()
                        _link_with_count(counting, st.session_state.get(_LAST_COUNT, 0))
                    else:
                        st.page_link(item.path, label=item.title)
    with st.container(key="scope-box"):
        show_scope()
    with st.container(key="person-box"):
        ask_person()
    return counting


def count_errors(counting: DeltaGenerator | None) -> None:
    """Bring the number beside the link up to date.

    It comes last: on a large library that has just changed, counting takes seconds, and neither
    the menu nor the page has to wait for it.
    """
    count = shelf.now().error_count
    if counting is not None and count != st.session_state.get(_LAST_COUNT, 0):
        st.session_state[_LAST_COUNT] = count
        _link_with_count(counting, count)


def _link_with_count(place: DeltaGenerator, count: int) -> None:
    found = entry(COUNTING)
    label = f"{found.title} :red[{count}]" if count else found.title
    place.page_link(found.path, label=label)
