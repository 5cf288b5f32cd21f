"""Selectors of style sheets: which elements of a page a rule is for.

Tags, classes, names, attributes, places among siblings, `:not`, `:is`, and all ways in which one
part can stand to the next. What depends on a person's doing (`:hover`) or makes text of its own
(`::before`) is for no element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

# Possessive: names are never tried a second time in shorter pieces, however long they are.
_NAME: Final = r"(?:[A-Za-z0-9_-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\[^\n])++"
_PART: Final = re.compile(
    rf"""(?P<tag>\*|{_NAME})
        |\.(?P<class>{_NAME})
        |\#(?P<id>{_NAME})
        |\[\s*(?P<attribute>{_NAME})\s*(?:(?P<sign>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|{_NAME})
            \s*[iIsS]?)?\s*\]
        |:(?P<pseudo>{_NAME})(?:\((?P<inner>(?:[^()]|\([^()]*\))*)\))?""",
    re.VERBOSE,
)
_BETWEEN: Final = re.compile(r"\s*[>+~]\s*|\s+")
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_COMMAS: Final = re.compile(r"""("[^"]*"|'[^']*'|\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\))|,""")
_PLACE: Final = re.compile(r"(?:([+-]?\d*)n\s*)?(?:([+-]?)\s*(\d+))?", re.IGNORECASE)
_MOST_PARTS: Final = 30
_DEEPEST: Final = 3
"""Selectors within `:not` and `:is`."""

_Test = Callable[[etree._Element], bool]


@dataclass(frozen=True, slots=True)
class _Compound:
    """What is asked of one element, and how it stands to the one that the part before asks for."""

    relation: str
    tag: str | None
    classes: frozenset[str]
    name: str | None
    tests: tuple[_Test, ...]

    def fits(self, element: etree._Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.name is not None and element.get("id") != self.name:
            return False
        if self.classes and not self.classes <= set((element.get("class") or "").split()):
            return False
        return all(test(element) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector: its parts, and how much its rule weighs against others."""

    parts: tuple[_Compound, ...]
    weight: tuple[int, int, int]

    @property
    def key(self) -> str:
        """What the element itself must have: its name, a class, a tag, or * where that is open."""
        last = self.parts[-1]
        if last.name is not None:
            return f"#{last.name}"
        return f".{min(last.classes)}" if last.classes else last.tag or "*"

    @property
    def names_some(self) -> bool:
        """Say whether it asks for more than tags."""
        return self.weight[:2] != (0, 0)

    def fits(self, element: etree._Element) -> bool:
        """Say whether the selector is for an element."""
        return self._ends_at(element, len(self.parts) - 1, set())

    def _ends_at(
        self, element: etree._Element, at: int, failed: set[tuple[int, etree._Element]]
    ) -> bool:
        """Say whether the parts up to `at` fit, the last of them this element.

        What has failed once is not tried again, so that deep pages take no time without end.
        """
        if (at, element) in failed:
            return False
        part = self.parts[at]
        if part.fits(element) and (
            not at
            or any(self._ends_at(other, at - 1, failed) for other in _WAYS[part.relation](element))
        ):
            return True
        failed.add((at, element))
        return False


def _parent(element: etree._Element) -> Iterator[etree._Element]:
    above = element.getparent()
    if above is not None:
        yield above


def _previous(element: etree._Element) -> Iterator[etree._Element]:
    before = element.getprevious()
    if before is not None:
        yield before


_WAYS: Final[Mapping[str, Callable[[etree._Element], Iterator[etree._Element]]]] = {
    "": lambda element: element.iterancestors(),
    ">": _parent,
    "+": _previous,
    "~": lambda element: element.itersiblings(preceding=True),
}


def listed(text: str) -> list[str]:
    """Return the selectors of a list, parted at its commas."""
    return [part.strip() for part in _COMMAS.sub(lambda m: m[1] or "\n", text).split("\n")]


def selector(text: str, depth: int = 0) -> Selector | None:
    """Return a selector, None where it is for no element or cannot be understood."""
    parts: list[_Compound] = []
    weight = (0, 0, 0)
    relation, at, text = "", 0, " ".join(text.split())
    while at < len(text) and len(parts) < _MOST_PARTS:
        found = _compound(text, at, relation, depth)
        if found is None:
            return None
        part, own, at = found
        parts.append(part)
        weight = _added(weight, own)
        between = _BETWEEN.match(text, at)
        if between is None:
            break
        relation, at = between[0].strip(), between.end()
    return Selector(tuple(parts), weight) if parts and at >= len(text) else None


_Weight = tuple[int, int, int]


def _added(one: _Weight, other: _Weight) -> _Weight:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _compound(
    text: str, at: int, relation: str, depth: int
) -> tuple[_Compound, _Weight, int] | None:
    """Return the part that begins at a place, its weight and its end."""
    tag = name = None
    classes: set[str] = set()
    tests: list[_Test] = []
    weight: _Weight = (0, 0, 0)
    start = at
    while (match := _PART.match(text, at)) is not None:
        kind, value = match.lastgroup, unescaped(match[match.lastgroup or 0])
        if match["tag"] is not None:
            if at != start:
                return None
            tag = None if value == "*" else value.lower()
            weight = _added(weight, (0, 0, tag is not None))
        elif match["class"] is not None:
            classes.add(value)
            weight = _added(weight, (0, 1, 0))
        elif kind == "id":
            if name not in (None, value):
                return None
            name = value
            weight = _added(weight, (1, 0, 0))
        elif match["attribute"] is not None:
            tests.append(_attribute(match))
            weight = _added(weight, (0, 1, 0))
        else:
            found = _pseudo(match["pseudo"].lower(), match["inner"], depth)
            if found is None:
                return None
            tests.append(found[0])
            weight = _added(weight, found[1])
        at = match.end()
    if at == start:
        return None
    return _Compound(relation, tag, frozenset(classes), name, tuple(tests)), weight, at


def unescaped(text: str) -> str:
    """Return a name with what its backslashes stand for."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


_SIGNS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "=": lambda has, asked: has == asked,
    "~=": lambda has, asked: asked in has.split(),
    "|=": lambda has, asked: has == asked or has.startswith(f"{asked}-"),
    "^=": lambda has, asked: bool(asked) and has.startswith(asked),
    "$=": lambda has, asked: bool(asked) and has.endswith(asked),
    "*=": lambda has, asked: bool(asked) and asked in has,
}


def _attribute(match: re.Match[str]) -> _Test:
    name, sign = match["attribute"].lower(), match["sign"]
    if sign is None:
        return lambda element: element.get(name) is not None
    asked, fits = unescaped(match["value"].strip("\"'")), _SIGNS[sign]
    return lambda element: (has := element.get(name)) is not None and fits(has, asked)


def _pseudo(name: str, inner: str | None, depth: int) -> tuple[_Test, _Weight] | None:
    if inner is None:
        test = _PLAIN.get(name)
        return None if test is None else (test, (0, 1, 0))
    if name in ("not", "is", "where", "matches", "-webkit-any"):
        return _among(name, inner, depth)
    return _nth(name, inner)


def _among(name: str, inner: str, depth: int) -> tuple[_Test, _Weight] | None:
    if depth >= _DEEPEST:
        return None
    found = [selector(text, depth + 1) for text in listed(inner)]
    told = [one for one in found if one is not None]
    weight = max((one.weight for one in told), default=(0, 0, 0))
    if name == "not":
        if len(told) < len(found):
            return None
        return (lambda element: not any(one.fits(element) for one in told)), weight
    return (lambda element: any(one.fits(element) for one in told)), (
        (0, 0, 0) if name == "where" else weight
    )


def _place_in(siblings: Iterator[etree._Element]) -> int:
    return 1 + sum(1 for _ in siblings)


_COUNTS: Final[Mapping[str, Callable[[etree._Element], int]]] = {
    "nth-child": lambda e: _place_in(e.itersiblings(preceding=True)),
    "nth-last-child": lambda e: _place_in(e.itersiblings()),
    "nth-of-type": lambda e: _place_in(e.itersiblings(e.tag, preceding=True)),
    "nth-last-of-type": lambda e: _place_in(e.itersiblings(e.tag)),
}


def _nth(name: str, inner: str) -> tuple[_Test, _Weight] | None:
    count = _COUNTS.get(name)
    told = {"odd": "2n+1", "even": "2n"}.get(inner.strip().lower(), inner.strip())
    match = _PLACE.fullmatch(told)
    if count is None or match is None or not told:
        return None
    stated, sign, digits = match.groups()
    first = int(f"{sign or ''}{digits}") if digits else 0
    step = 0 if stated is None else int(f"{stated}1" if stated in ("", "+", "-") else stated)

    def fits(element: etree._Element) -> bool:
        behind = count(element) - first
        return behind == 0 if step == 0 else behind % step == 0 and behind // step >= 0

    return fits, (0, 1, 0)


_PLAIN: Final[Mapping[str, _Test]] = {
    "first-child": lambda e: e.getprevious() is None,
    "last-child": lambda e: e.getnext() is None,
    "only-child": lambda e: e.getprevious() is None and e.getnext() is None,
    "first-of-type": lambda e: next(e.itersiblings(e.tag, preceding=True), None) is None,
    "last-of-type": lambda e: next(e.itersiblings(e.tag), None) is None,
    "empty": lambda e: len(e) == 0 and not e.text,
    "root": lambda e: e.getparent() is None,
}
