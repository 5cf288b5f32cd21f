"""How the app looks in the theme at hand: the style sheet and Chinese for built-in texts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from string import Template

import streamlit as st

from outputs.theme import TYPE, palette
from pages.parts.builtin import patterns, texts

_ASSETS = Path(__file__).parent / "assets"
ICON = _ASSETS / "icon.svg"


def is_dark() -> bool:
    """Say whether this reader's browser shows the dark theme."""
    return st.context.theme.type == "dark"


def dress() -> None:
    """Give the page its style sheet."""
    st.html(f"<style>{_sheet(is_dark())}</style>")


def speak_chinese() -> None:
    """Set the page's language, and put Chinese in place of built-in texts.

    The script takes a line of the page: it belongs where a line more is not seen.
    """
    st.html(f"<script>{_script()}</script>", unsafe_allow_javascript=True)


@cache
def _sheet(dark: bool) -> str:
    colours = palette(dark)
    values = {name: getattr(colours, name) for name in colours.__slots__ if name != "series"}
    sizes = {f"size_{name}": f"{getattr(TYPE, name):g}px" for name in TYPE.__slots__}
    # White on the light theme's blue, near black on the dark theme's.
    text = (_ASSETS / "style.css").read_text(encoding="utf-8")
    return Template(text).substitute(values, **sizes, on_accent=colours.page)


@cache
def _script() -> str:
    text = (_ASSETS / "frame.js").read_text(encoding="utf-8")
    found = {"texts": texts(), "patterns": patterns()}
    written = {name: json.dumps(value, ensure_ascii=False) for name, value in found.items()}
    return Template(text).safe_substitute(written)
