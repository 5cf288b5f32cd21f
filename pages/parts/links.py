"""Addresses of pages with their selection: what stands in the browser's address bar.

They are relative (every page lies at the same depth), so that the app may be served below a path.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pages.parts import scope
from pages.parts.registry import PageKey


def href(page: PageKey, selection: Mapping[str, object] | None = None, place: str = "") -> str:
    """Return the address of a page, or of a place in it; what is None in the selection is left out.

    `place` is the id of an element.
    """
    chosen = {name: value for name, value in (selection or {}).items() if value is not None}
    narrowed = scope.chosen()
    if narrowed:
        chosen.setdefault(scope.KEY, narrowed)
    asked = f"{page}?{urlencode(chosen)}" if chosen else page
    return f"{asked}#{place}" if place else asked
