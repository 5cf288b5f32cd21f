"""HTML for `st.html`, built from tags so that no text reaches the page unescaped."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from outputs.escape import escaped
from outputs.regions import scroll_region


class Markup(str):
    """HTML that is finished: everything in it that came from outside has been escaped."""

    __slots__ = ()


def tag(name: str, *children: object, classes: str = "", **attributes: object) -> Markup:
    """Return an element; children that are not Markup are escaped, as are all attributes.

    An attribute of None or "" is left out; `aria_label` is written aria-label.
    """
    named = {"class": classes, **attributes}
    written = "".join(
        f' {key.replace("_", "-")}="{escaped(value)}"'
        for key, value in named.items()
        if value not in (None, "")
    )
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def joined(parts: Iterable[object]) -> Markup:
    """Return the parts one after another; those that are not Markup are escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escaped(part) for part in parts))


def link(text: object, href: str, classes: str = "", **attributes: object) -> Markup:
    """Return a link to a place in this app, which opens in the same window."""
    return tag("a", text, classes=classes, href=href, target="_self", **attributes)


def scrolling(label: str, *parts: object, classes: str = "") -> Markup:
    """Return a region that scrolls by itself where its parts are wider than the page."""
    names = " ".join(filter(None, ("dd-scroll", classes)))
    return tag("div", *parts, classes=names, **scroll_region(label))


def show(*parts: object) -> None:
    """Put HTML on the page; `dd` scopes it to the app's own style sheet."""
    st.html(tag("div", *parts, classes="dd"))
