"""How the runs of a Word file look: struck out, raised, hidden, or in the colour of their ground."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders.document import ReadError
from loaders.docx.elements import attribute, name_of, properties, whole
from loaders.package import parse_xml

_STYLES: Final = "word/styles.xml"
_ODD_STYLES: Final = re.compile(rb":(?:d?strike|vanish|vertAlign|position)\b")
_USED: Final = re.compile(rb':[rp]Style\s[^>]*?val="([^"]*)"')
_STYLE_END: Final = b":style>"
_NAME: Final = re.compile(rb'styleId="([^"]*)"')
_BASE: Final = re.compile(rb'basedOn\s[^>]*?val="([^"]*)"')
_COLOURED: Final = re.compile(rb':color\s[^>]*?:val="([0-9A-Fa-f]{6})"')
_FILLED: Final = re.compile(rb':shd\s[^>]*?:fill="([0-9A-Fa-f]{6})"')
_HIGHLIGHTED: Final = re.compile(rb':highlight\s[^>]*?:val="(\w+)"')
_TINY: Final = re.compile(rb':sz\s[^>]*?:val="[0-3]"')
_LEAST_SIZE: Final = 4
"""Half points below which letters are not seen, as on a page of a PDF."""
_MARKERS: Final = {
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
_DEEPEST: Final = 20
"""Styles upon styles."""
_LEAST_RAISED: Final = 6
"""Half points off the line from which a run is raised; less is an editor's adjusting."""
_OFF: Final = ("0", "false", "off")
_TOGGLES: Final[Mapping[str, Oddity]] = {
    "strike": "struck",
    "dstrike": "struck",
    "vanish": "hidden",
    "specVanish": "hidden",
}
LOOKS: Final = (*_TOGGLES, "vertAlign", "position")
"""Properties of a run by which not all of its text may count."""
_STYLED: Final = ("{*}rStyle", "{*}pStyle")

Look = Mapping[str, bool]
"""Which of a run's properties are on or off, by name; what is not said is left to its styles."""
_PLAIN: Final[Look] = {}


class Looks:
    """Says of the runs of a document what is odd about them."""

    def __init__(self, main: bytes, part: Callable[[str], bytes]) -> None:
        """Take the main part, and what gives another by its name, nothing where there is none."""
        self._part = part
        self._used = set(_USED.findall(main))
        grounds = {fill.decode().upper() for fill in _FILLED.findall(main)}
        grounds |= {_MARKERS.get(name.decode(), "") for name in _HIGHLIGHTED.findall(main)}
        coloured = _COLOURED.findall(main) if grounds else []
        self._may_blend = any(colour.decode().upper() in grounds for colour in coloured)
        self._may_be_tiny = _TINY.search(main) is not None

    def is_odd_in(self, table: etree._Element) -> bool:
        """Say whether styles or colours may make anything in a table odd."""
        if self._may_blend or self._may_be_tiny:
            return True
        styles = self._styles
        if not styles:
            return False
        return any(attribute(use, "val") in styles for use in table.iterdescendants(*_STYLED))

    def of_paragraph(self, paragraph: etree._Element) -> Look:
        """Return what the style of a paragraph says of its runs."""
        if not self._styles:
            return _PLAIN
        style = properties(paragraph, "pPr").get("pStyle")
        return _PLAIN if style is None else self._style(attribute(style, "val"))

    def of_run(self, run: etree._Element, above: Look, ground: str | None) -> Oddity | None:
        """Return what is odd about a run in a paragraph of this look, on this colour of its cell."""
        found = properties(run, "rPr")
        if not found and not above:
            return None
        own = _look(found)
        style = found.get("rStyle")
        styled = self._style(attribute(style, "val")) if style is not None else _PLAIN
        for name, oddity in _TOGGLES.items():
            if own.get(name, styled.get(name, False) != above.get(name, False)):
                return oddity
        if self._may_blend and _blends(found, ground):
            return "hidden"
        if self._may_be_tiny and _is_tiny(found.get("sz")):
            return "hidden"
        raised = (own.get(name, styled.get(name, above.get(name, False))) for name in LOOKS[-2:])
        return "raised" if any(raised) else None

    def ground(self, element: etree._Element, kind: str = "tcPr") -> str | None:
        """Return the colour that a cell, or with `pPr` a paragraph, states for its own ground."""
        shading = properties(element, kind).get("shd") if self._may_blend else None
        return _colour(shading, "fill")

    def _style(self, name: str | None) -> Look:
        return self._styles.get(name, _PLAIN)

    @cached_property
    def _styles(self) -> Mapping[str | None, Look]:
        """The looks of the styles that have any, by their names."""
        xml = self._part(_STYLES) if self._used else b""
        if not self._used & _odd_names(xml):
            return {}
        try:
            found = {attribute(style, "styleId"): style for style in parse_xml(xml)}
        except ReadError:
            return {}  # How runs look is lost then, and not the whole file.
        looks = {name: _chained(name, found) for name in found}
        return {name: look for name, look in looks.items() if any(look.values())}


def _odd_names(xml: bytes) -> set[bytes]:
    """Return the names of the styles that may be odd, told without taking their part apart."""
    if _ODD_STYLES.search(xml) is None:
        return set()
    chunks = [(chunk, _NAME.search(chunk), _BASE.search(chunk)) for chunk in xml.split(_STYLE_END)]
    odd = {name[1] for chunk, name, _base in chunks if name and _ODD_STYLES.search(chunk)}
    known = -1
    while len(odd) > known:
        known = len(odd)
        odd |= {name[1] for _chunk, name, base in chunks if name and base and base[1] in odd}
    return odd


def _chained(name: str | None, styles: Mapping[str | None, etree._Element]) -> Look:
    look: dict[str, bool] = {}
    for _step in range(_DEEPEST):
        style = styles.get(name)
        if style is None:
            break
        for child in style:
            if name_of(child.tag) == "rPr":
                look = {**_look({name_of(item.tag): item for item in child}), **look}
        base = style.find("{*}basedOn")
        name = attribute(base, "val") if base is not None else None
    return look


def _look(found: Mapping[str, etree._Element]) -> dict[str, bool]:
    return {name: is_on(name, found[name]) for name in LOOKS if name in found}


def is_on(name: str, found: etree._Element) -> bool:
    """Say whether a property makes a run struck, raised or hidden."""
    value = attribute(found, "val")
    if name == "vertAlign":
        return value in ("superscript", "subscript")
    if name == "position":
        height = whole((value or "").removeprefix("-"))
        return height is not None and height >= _LEAST_RAISED
    return value not in _OFF


def _blends(found: Mapping[str, etree._Element], ground: str | None) -> bool:
    """Say whether a run has the very colour that is stated for the ground under it."""
    marker = found.get("highlight")
    marked = _MARKERS.get(attribute(marker, "val") or "") if marker is not None else None
    own = marked or _colour(found.get("shd"), "fill") or ground
    return own is not None and _colour(found.get("color"), "val") == own


def _is_tiny(size: etree._Element | None) -> bool:
    half_points = whole(attribute(size, "val") or "") if size is not None else None
    return half_points is not None and half_points < _LEAST_SIZE


def _colour(found: etree._Element | None, name: str) -> str | None:
    value = attribute(found, name) if found is not None else None
    return value.upper() if value is not None and len(value) == 6 else None
