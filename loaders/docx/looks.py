"""How the runs of a Word file look: struck out, raised, hidden, or in the colour of their ground."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders.document import ReadError
from loaders.docx.elements import attribute, name_of, properties, whole
from loaders.docx.paint import FLOOR, MARKERS, NO_PAINT, Paint, blends, colour, is_tiny, paint_of
from loaders.package import parse_xml

_STYLES: Final = "word/styles.xml"
_ODD_STYLES: Final = re.compile(rb":(?:d?strike|vanish|vertAlign|position)\b")
_USED: Final = re.compile(rb':[rp]Style\s[^>]*?val="([^"]*)"')
_STYLE_END: Final = b":style>"
_TABLE_STYLE: Final = b'type="table"'
_NAME: Final = re.compile(rb'styleId="([^"]*)"')
_BASE: Final = re.compile(rb'basedOn\s[^>]*?val="([^"]*)"')
_COLOURED: Final = re.compile(rb':color\s[^>]*?:val="([0-9A-Fa-f]{6})"')
_FILLED: Final = re.compile(rb':shd\s[^>]*?:fill="([0-9A-Fa-f]{6})"')
_HIGHLIGHTED: Final = re.compile(rb':highlight\s[^>]*?:val="(\w+)"')
_TINY: Final = re.compile(rb':sz\s[^>]*?:val="[0-3]"')
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

Toggles = Mapping[str, bool]
"""Which of a run's properties are on or off, by name; what is not said is left to its styles."""
_NO_TOGGLES: Final[Toggles] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of runs; `paint` is empty in files in which no colour or size matters."""

    toggles: Toggles
    paint: Paint


_PLAIN: Final = Look(_NO_TOGGLES, NO_PAINT)


class Looks:
    """Says of the runs of a document what is odd about them."""

    def __init__(self, main: bytes, part: Callable[[str], bytes]) -> None:
        """Take the main part, and what gives another by its name, nothing where there is none."""
        self._used = set(_USED.findall(main))
        self._style_part = part(_STYLES) if self._used else b""
        parts = (main, _of_runs(self._style_part))
        grounds = {fill.decode().upper() for xml in parts for fill in _FILLED.findall(xml)}
        marked = (name for xml in parts for name in _HIGHLIGHTED.findall(xml))
        grounds |= {MARKERS.get(name.decode(), "") for name in marked}
        coloured = (found for xml in parts for found in _COLOURED.findall(xml)) if grounds else ()
        self._may_blend = any(found.decode().upper() in grounds for found in coloured)
        self._may_be_tiny = any(_TINY.search(xml) is not None for xml in parts)

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
        if not found and above is _PLAIN:
            return None
        own, over = _toggles(found), above.toggles
        style = found.get("rStyle")
        look = self._style(attribute(style, "val")) if style is not None else _PLAIN
        styled = look.toggles
        for name, oddity in _TOGGLES.items():
            if own.get(name, styled.get(name, False) != over.get(name, False)):
                return oddity
        if self._is_painted:
            paint = {**above.paint, **look.paint, **paint_of(found)}
            if blends(paint, ground) or is_tiny(paint):
                return "hidden"
        raised = (own.get(name, styled.get(name, over.get(name, False))) for name in LOOKS[-2:])
        return "raised" if any(raised) else None

    def ground(self, element: etree._Element, kind: str = "tcPr") -> str | None:
        """Return the colour that a cell, or with `pPr` a paragraph, states for its own ground."""
        if not self._may_blend:
            return None
        found = properties(element, kind)
        shading, style = found.get("shd"), found.get("pStyle")
        if shading is not None or style is None:
            return colour(attribute(shading, "fill") if shading is not None else None)
        return colour(self._style(attribute(style, "val")).paint.get(FLOOR))

    @property
    def _is_painted(self) -> bool:
        """Say whether colours or sizes may take letters out of what is seen."""
        return self._may_blend or self._may_be_tiny

    def _style(self, name: str | None) -> Look:
        return self._styles.get(name, _PLAIN)

    @cached_property
    def _styles(self) -> Mapping[str | None, Look]:
        """The looks of the styles that have any, by their names."""
        xml = self._style_part
        if not xml or not (self._is_painted or self._used & _odd_names(xml)):
            return {}
        try:
            found = {attribute(style, "styleId"): style for style in parse_xml(xml)}
        except ReadError:
            return {}  # How runs look is lost then, and not the whole file.
        looks = {name: _chained(name, found) for name in found}
        return {
            name: look if self._is_painted else Look(look.toggles, NO_PAINT)
            for name, look in looks.items()
            if any(look.toggles.values()) or (self._is_painted and look.paint)
        }


def _of_runs(xml: bytes) -> bytes:
    """Return the part of styles without those of tables, of which many files keep gaudy ones."""
    chunks = xml.split(_STYLE_END)
    return _STYLE_END.join(chunk for chunk in chunks if _TABLE_STYLE not in chunk)


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
    toggles: Toggles = _NO_TOGGLES
    paint: Paint = NO_PAINT
    for _step in range(_DEEPEST):
        style = styles.get(name)
        if style is None:
            break
        for child in style:
            items = {name_of(item.tag): item for item in child}
            match name_of(child.tag):
                case "rPr":
                    toggles = {**_toggles(items), **toggles}
                    paint = {**paint_of(items), **paint}
                case "pPr" if "shd" in items:
                    paint = {FLOOR: attribute(items["shd"], "fill") or "", **paint}
        base = style.find("{*}basedOn")
        name = attribute(base, "val") if base is not None else None
    return Look(toggles, paint)


def _toggles(found: Mapping[str, etree._Element]) -> Toggles:
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
