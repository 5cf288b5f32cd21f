"""What lies over a page of a PDF, by pdfplumber: the values of fields, what is typed and drawn.

Their appearances are not interpreted: this reader is the second, and its opinion independent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text
from pdfplumber.page import Page

from loaders.pdf.annotations import Over
from loaders.pdf.ruling import Box

_UNSEEN: Final = 2 | 32
_TYPED: Final = ("Widget", "FreeText")
_DRAWN: Final = ("Stamp", "Ink")
_VALUED: Final = ("Tx", "Ch")
_DEEPEST: Final = 16


def over_plumbed(page: Page) -> list[Over]:
    """Return what lies over a page, its boxes (x0, top, x1, bottom) as pdfplumber places them."""
    if not any(_name(item) in (*_TYPED, *_DRAWN) for item in _annotations(page)):
        return []
    return list(_overs(page.annots))


def strike_outs(page: Page) -> list[Box]:
    """Return where annotations strike out what is printed."""
    if not any(_name(item) == "StrikeOut" for item in _annotations(page)):
        return []
    found = (item for item in page.annots if _name(item["data"]) == "StrikeOut")
    return [_box(item) for item in found if not _is_unseen(item["data"])]


def _annotations(page: Page) -> list[dict[str, Any]]:
    items = resolve1(page.page_obj.annots) or []
    found = map(resolve1, items if isinstance(items, list) else [])
    return [item for item in found if isinstance(item, dict)]


def _overs(items: list[dict[str, Any]]) -> Iterator[Over]:
    for item in items:
        data = item["data"]
        kind = _name(data)
        if kind not in (*_TYPED, *_DRAWN) or _is_unseen(data):
            continue
        text = _value(data) if kind == "Widget" else _said(data.get("Contents"))
        yield Over(_box(item), None if kind in _DRAWN else text, kind == "Widget")


def _value(data: dict[str, Any]) -> str:
    """Return what is filled in a field; what it does not say itself its parents do."""
    if _name(data, "FT", _parents(data)) not in _VALUED:
        return ""
    return next((_said(item["V"]) for item in _parents(data) if item.get("V")), "")


def _parents(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = [data]
    while len(found) < _DEEPEST and isinstance(parent := resolve1(found[-1].get("Parent")), dict):
        found.append(parent)
    return found


def _said(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, list):
        value = resolve1(value[0]) if value else None
    return decode_text(value).strip() if isinstance(value, bytes) else ""


def _name(
    data: dict[str, Any], key: str = "Subtype", chain: list[dict[str, Any]] | None = None
) -> str:
    named = (resolve1(item.get(key)) for item in chain or [data])
    return next((str(name.name) for name in named if hasattr(name, "name")), "")


def _is_unseen(data: dict[str, Any]) -> bool:
    flags = resolve1(data.get("F"))
    return isinstance(flags, int) and bool(flags & _UNSEEN)


def _box(item: dict[str, Any]) -> Box:
    return item["x0"], item["top"], item["x1"], item["bottom"]
