"""How a page opens: where we are, its title, what stands out as chips, a sentence, a note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from pages.parts.markup import Markup, joined, show, tag
from pages.parts.registry import PageKey, entry, section_title

Tone = Literal["plain", "error", "note", "good"]
CRUMB = " › "


def open_page(key: PageKey, title: str | None = None, chips: Iterable[Markup] = ()) -> None:
    """Show breadcrumb, title (the menu's name unless given) and chips."""
    page = entry(key)
    crumbs = [part for part in (section_title(key), page.title) if part]
    marks = tag("div", *chips, classes="dd-chips")
    show(
        tag("div", CRUMB.join(crumbs), classes="dd-crumbs") if len(crumbs) > 1 or title else "",
        tag("h1", title or page.title, classes="dd-title"),
        marks if marks != tag("div", classes="dd-chips") else "",
    )


def chip(text: str, tone: Tone = "plain") -> Markup:
    """Return a short fact in a rounded frame."""
    return tag("span", text, classes="dd-chip" if tone == "plain" else f"dd-chip dd-chip-{tone}")


def heading(text: str, detail: str = "") -> None:
    """Show the heading of a part of the page, with a quiet line below it."""
    show(
        tag("h2", text, classes="dd-heading"),
        tag("div", detail, classes="dd-quiet") if detail else "",
    )


def sentence(text: str, source: str = "") -> None:
    """Show what the page has to say as a sentence, then unit and source."""
    show(
        tag("h2", text, classes="dd-sentence"),
        tag("div", source, classes="dd-quiet") if source else "",
    )


def note(*parts: object) -> None:
    """Show what is doubtful about the data, in amber."""
    show(tag("div", joined(parts), classes="dd-note", role="note"))


def nothing_here(why: str, what_to_do: str = "") -> None:
    """Say why there is nothing to show, and what to do about it; buttons may follow."""
    show(tag("div", tag("strong", why), what_to_do, classes="dd-empty", role="status"))


def gap(pixels: int = 8) -> None:
    """Leave room."""
    st.space(pixels)
