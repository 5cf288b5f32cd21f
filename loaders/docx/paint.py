"""Colours and sizes by which letters of a Word file are not seen, though nothing says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from loaders.docx.elements import attribute, whole

_LEAST_SIZE: Final = 4
"""Half points below which letters are not seen, as on a page of a PDF."""
MARKERS: Final = {
    "black": "000000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
    "red": "FF0000",
    "blue": "0000FF",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkRed": "800000",
    "darkMagenta": "800080",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
"""The colours of highlighters."""
FLOOR: Final = "floor"
"""The ground of whole paragraphs, which their style states."""

Paint = Mapping[str, str]
"""What is stated of colours and size, by the property: `color`, `highlight`, `shd`, `sz`, FLOOR."""
NO_PAINT: Final[Paint] = MappingProxyType({})
_ATTRIBUTES: Final = {"color": "val", "highlight": "val", "shd": "fill", "sz": "val"}


def paint_of(found: Mapping[str, etree._Element]) -> Paint:
    """Return what the properties of a run, or of a style, state."""
    return {
        name: attribute(found[name], wanted) or ""
        for name, wanted in _ATTRIBUTES.items()
        if name in found
    }


def blends(paint: Paint, ground: str | None) -> bool:
    """Say whether letters have the very colour that is stated for the ground under them."""
    marked = MARKERS.get(paint.get("highlight", ""))
    own = marked or colour(paint.get("shd")) or ground
    return own is not None and colour(paint.get("color")) == own


def is_tiny(paint: Paint) -> bool:
    """Say whether letters are too small to be seen."""
    half_points = whole(paint.get("sz", ""))
    return half_points is not None and half_points < _LEAST_SIZE


def colour(stated: str | None) -> str | None:
    """Return a colour in six digits, None where none or any is stated."""
    return stated.upper() if stated is not None and len(stated) == 6 else None
