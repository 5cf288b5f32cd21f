"""The numbers that Word sets before paragraphs by itself: they stand nowhere in the text.

A paragraph names a list and a level, or its style does; the list says how its numbers look and
where they begin. Bullets say nothing and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from loaders.document import ReadError
from loaders.docx.elements import attribute, name_of, number, properties, whole
from loaders.package import parse_xml

_LISTS: Final = "word/numbering.xml"
_STYLES: Final = "word/styles.xml"
_NUMBERED: Final = b"numPr"
_STYLE_USED: Final = re.compile(rb':pStyle\s[^>]*val="([^"]*)"')
_STYLE_END: Final = b":style>"
_STYLE_BASE: Final = re.compile(rb'basedOn\s[^>]*val="([^"]*)"')
_LEVELS: Final = 9
_DEEPEST: Final = 20
"""Styles upon styles."""
_PLACE: Final = re.compile(r"%([1-9])")
_DIGITS: Final = "〇一二三四五六七八九"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one level look: `text` holds %1 for the number of the first level."""

    start: int
    format: str
    text: str
    gap: str
    style: str | None
    """The style whose paragraphs stand on this level."""


_Levels = Mapping[int, _Level]


@dataclass(slots=True)
class _List:
    """The levels of a list and how far each has counted."""

    levels: _Levels
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Use:
    """A list under a name of its own, and on which levels it is yet to begin anew, and where."""

    list: _List
    restarts: dict[int, int]

    def count(self, level: int, start: int) -> None:
        """Count one paragraph on a level that begins with `start`; those below begin anew."""
        counts = self.list.counts
        for restarted, first in self.restarts.items():
            counts[restarted] = first - 1
        self.restarts.clear()
        before = counts[level]
        counts[level] = start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)


class Numbering:
    """Counts the numbered paragraphs of a document; each is to be asked for once, in order."""

    def __init__(self, main: bytes, part: Callable[[str], bytes]) -> None:
        """Take the main part, and what gives another by its name, nothing where there is none."""
        self._part = part
        # Most files have hundreds of styles, some of them numbered, and use none of these.
        used = set(_STYLE_USED.findall(main))
        styles = part(_STYLES) if used else b""
        self._is_used = _NUMBERED in main or any(_is_numbered(style, styles) for style in used)

    @cached_property
    def _lists(self) -> dict[str | None, _Use]:
        """The lists by the names that paragraphs use; several may count together."""
        found = self._parsed(_LISTS)
        abstract = {
            attribute(item, "abstractNumId"): _List(_levels(item))
            for item in found
            if name_of(item.tag) == "abstractNum"
        }
        lists = {}
        for item in found:
            kind = item.find("{*}abstractNumId")
            known = abstract.get(_value(kind)) if kind is not None else None
            if known is not None:
                lists[attribute(item, "numId")] = _Use(known, _restarts(item))
        return lists

    @cached_property
    def _styles(self) -> dict[str | None, etree._Element]:
        return {attribute(style, "styleId"): style for style in self._parsed(_STYLES)}

    def _parsed(self, part: str) -> list[etree._Element]:
        xml = self._part(part)
        try:
            return list(parse_xml(xml)) if xml else []
        except ReadError:
            return []  # Word's own numbers are lost then, and not the whole file.

    def numbers_in(self, table: etree._Element) -> bool:
        """Say whether any paragraph in a table may be numbered."""
        if not self._is_used:
            return False
        if next(table.iterdescendants("{*}numPr"), None) is not None:
            return True
        styles = {_value(found) for found in table.iterdescendants("{*}pStyle")}
        return any(self._of_style(style)[0] is not None for style in styles)

    def label(self, paragraph: etree._Element) -> str:
        """Return the number of a paragraph with the gap behind it, nothing where it has none."""
        if not self._is_used:
            return ""
        own = properties(paragraph, "pPr")
        style = _value(own.get("pStyle"))
        named, level = _numbered(own.get("numPr"))
        if named is None:
            named, inherited = self._of_style(style)
            level = inherited if level is None else level
        found = self._lists.get(named) if named is not None else None
        if found is None:
            return ""
        levels = found.list.levels
        if level is None:
            level = next((n for n, item in levels.items() if style and item.style == style), 0)
        if level not in levels:
            return ""
        found.count(level, levels[level].start)
        return _shown(found.list, levels[level])

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """Return the list and the level that a style, or one that it is based on, names."""
        level = None
        for _ in range(_DEEPEST):
            known = self._styles.get(style) if style is not None else None
            if known is None:
                break
            named, own = _numbered(known.find("{*}pPr/{*}numPr"))
            level = own if level is None else level
            if named is not None:
                return named, level
            style = _value(known.find("{*}basedOn"))
        return None, level


def _shown(found: _List, level: _Level) -> str:
    if level.format == "bullet":
        return ""

    def digits(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        other = found.levels.get(place)
        if other is None:
            return ""
        count = found.counts[place]
        return _written(other.start if count is None else count, other.format)

    text = _PLACE.sub(digits, level.text)
    return f"{text}{level.gap}" if text else ""


def _written(count: int, kind: str) -> str:
    return _FORMATS.get(kind, str)(count)


def _chinese(count: int) -> str:
    """Return 1 to 99 as 一, 十, 十一, 二十; what is beyond as it is usually written, in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones else "")


def _circled(count: int) -> str:
    return _CIRCLED[count - 1] if 0 < count <= len(_CIRCLED) else str(count)


def _letter(count: int) -> str:
    """Return a, b … z, then aa, bb …"""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 500 else ""


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        _chinese,
    ),
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda count: str(count).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "none": lambda _count: "",
}


def _is_numbered(style: bytes, styles: bytes) -> bool:
    """Say at a glance whether a style is numbered, or based on one that is."""
    for _ in range(_DEEPEST):
        start = styles.find(b'styleId="%b"' % style)
        said = styles[start : styles.find(_STYLE_END, start)] if start >= 0 else b""
        if _NUMBERED in said:
            return True
        base = _STYLE_BASE.search(said)
        if base is None:
            return False
        style = base[1]
    return False


def _levels(item: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in item.iterfind("{*}lvl"):
        at = whole(attribute(level, "ilvl") or "")
        if at is not None and at < _LEVELS:
            found[at] = _level(level)
    return found


def _level(level: etree._Element) -> _Level:
    said = {name_of(item.tag): item for item in level}
    return _Level(
        number(said.get("start"), 1),
        _value(said.get("numFmt")) or "decimal",
        _value(said.get("lvlText")) or "",
        "" if _value(said.get("suff")) == "nothing" else " ",
        _value(said.get("pStyle")),
    )


def _restarts(item: etree._Element) -> dict[int, int]:
    """Return, by level, where a list begins anew when it is used for the first time."""
    found = {}
    for override in item.iterfind("{*}lvlOverride"):
        start = override.find("{*}startOverride")
        at = whole(attribute(override, "ilvl") or "")
        if start is not None and at is not None and at < _LEVELS:
            found[at] = number(start, 1)
    return found


def _numbered(found: etree._Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that a paragraph or a style names; list 0 is none."""
    if found is None:
        return None, None
    level = whole(_value(found.find("{*}ilvl")) or "")
    at = level if level is not None and level < _LEVELS else None
    return _value(found.find("{*}numId")), at


def _value(found: etree._Element | None) -> str | None:
    return None if found is None else attribute(found, "val")
