"""What was pasted into the box for text: a web page where the browser has its tables, else text.

Copied as text a table loses its blank cells; as HTML it keeps them. The box stays a box for text:
a component listens to what is pasted into it, and tells the HTML beside the text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from form.language import _
from loaders.text.encoding import MAX_CHARACTERS

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_SCRIPT: Final = Path(__file__).parents[1] / "parts" / "assets" / "paste.js"
_PAGE: Final = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'
_STYLE: Final = """
[role=status] {
  font: 14px var(--st-font);
  color: var(--st-text-color);
}
"""

Pasted = tuple[str, str]
"""HTML and text of the same clipboard."""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "pasted",
        html='<div role="status"></div>',
        css=_STYLE,
        js=_SCRIPT.read_text(encoding="utf-8"),
    )


def pasted_tables(label: str, key: str) -> Pasted | None:
    """Listen to the text box with this label; return what was last pasted, None if no tables.

    Says beside the box that its tables came along.
    """
    found = _told(st.session_state.get(key))
    said = _("已连同网页中的表格一起取到，空着的格子不会丢。") if found else ""
    data = {"label": label, "most": MAX_CHARACTERS, "said": said}
    _component()(key=key, data=data, on_pasted_change=_nothing)
    return found


def _nothing() -> None:
    """Let the page run again."""


def _told(state: Any) -> Pasted | None:
    """Return what the browser says was pasted; it can say anything."""
    value = state.get("pasted") if hasattr(state, "get") else None
    if not isinstance(value, dict):
        return None
    html, text = value.get("html"), value.get("text")
    return (html, text) if isinstance(html, str) and isinstance(text, str) else None


def file_of(name: str, text: str, pasted: Pasted | None) -> tuple[str, bytes]:
    """Return name and bytes of the file that the box's text makes.

    What was pasted stands for it only while the box says the same, blanks aside.
    """
    if pasted is not None and pasted[1].split() == text.split():
        return f"{name}.html", _PAGE.format(pasted[0]).encode("utf-8", "replace")
    return f"{name}.txt", text.encode()
