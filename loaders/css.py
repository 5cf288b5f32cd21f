"""What style sheets and attributes of a web page take out of what is seen: struck, raised, hidden.

Only what matters for that is read: rules of plain selectors (tags, classes, names, one inside
another) and the few properties by which text is struck out, raised or not shown. A page is marked
once (`mark`), and only if its source holds anything of the kind (`may_be_odd`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from lxml import etree

from form.report import Oddity

SEEN: Final = "data-dd-seen"
"""The attribute in which a marked page keeps what is odd about the text of an element."""

MARKED: Final = "data-dd-marked"
"""The attribute that the root of a marked page has."""

_ODD_SOURCE: Final = re.compile(
    r"line-through|vertical-align\s*:\s*(?:super|sub|text-top|[-.\d])|display\s*:\s*none"
    r"|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0?\.?0+\s*(?:[a-z%;\"'}!]|$)"
    r"|text-indent\s*:\s*-\d{3}|transparent|<(?:del|s|strike|sup|sub|rt)\b|\shidden\b",
    re.IGNORECASE,
)
_COLOUR_SOURCE: Final = re.compile(r"(?:color\s*[:=]|background\s*:|bgcolor)", re.IGNORECASE)
_ODD_WORDS: Final = (
    *("line-through", "vertical-align", "display", "visibility", "font-size", "opacity"),
    *("text-indent", "transparent", "color", "background", "hidden"),
    *("<del", "<s>", "<s ", "<strike", "<sup", "<sub", "<rt"),
)
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NESTED: Final = re.compile(r"@media\b([^{;]*)\{((?:[^{}]|\{[^{}]*\})*)\}", re.IGNORECASE)
_ON_SCREEN: Final = re.compile(r"\s*(?:only\s+)?(?:screen|all)?\s*", re.IGNORECASE)
_COMPOUND: Final = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_PART: Final = re.compile(r"[.#][\w-]+")
_STRUCK: Final = frozenset({"del", "s", "strike"})
_RAISED: Final = frozenset({"sup", "sub", "rt"})
_CELLS: Final = frozenset({"td", "th"})
_NOT_INLINE: Final = _CELLS | {"tr", "tbody", "thead", "tfoot", "table", "col", "colgroup", "img"}
_NO_SIZE: Final = re.compile(r"[+-]?0*\.?0+(?:[a-z]+|%)?")
_FAR_LEFT: Final = re.compile(r"-\d{3,}")
_LIFTED: Final = re.compile(r"super|sub|text-top|[-+]?(?=[\d.]*[1-9])[\d.]+(?:[a-z]+|%)")
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB: Final = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_NAMES: Final = {"white": "ffffff", "black": "000000", "red": "ff0000", "yellow": "ffff00"}
_MOST_RULES: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of an element looks, what it has from the elements around it included."""

    is_struck: bool = False
    is_raised: bool = False
    is_unseen: bool = False
    is_sizeless: bool = False
    is_gone: bool = False
    colour: str | None = None
    ground: str | None = None

    @property
    def oddity(self) -> Oddity | None:
        blends = self.colour is not None and self.colour in (self.ground, "transparent")
        if self.is_gone or self.is_unseen or self.is_sizeless or blends:
            return "hidden"
        return "struck" if self.is_struck else "raised" if self.is_raised else None


_Declared = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str | None
    classes: frozenset[str]
    name: str | None

    def fits(self, element: etree._Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.name is not None and element.get("id") != self.name:
            return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: tuple[_Compound, ...]
    weight: tuple[int, int, int]
    declared: _Declared

    def fits(self, element: etree._Element) -> bool:
        *around, last = self.selector
        if not last.fits(element):
            return False
        above = element.getparent()
        while around:
            while above is not None and not around[-1].fits(above):
                above = above.getparent()
            if above is None:
                return False
            around.pop()
            above = above.getparent()
        return True


def may_be_odd(source: str) -> bool:
    """Say whether the source of a page holds anything that may take text out of what is seen."""
    folded = source.lower()
    # Looking for fixed words first is many times as fast, and most pages hold none of them.
    if not any(word in folded for word in _ODD_WORDS):
        return False
    return _COLOUR_SOURCE.search(folded) is not None or _ODD_SOURCE.search(folded) is not None


def mark(root: etree._Element) -> None:
    """Write into the elements of a page what is odd about their text, where it changes.

    What is not displayed at all gets the attribute `hidden`, as if the page had said it there.
    """
    root.set(MARKED, "")
    rules = _Rules(_rules(root))
    stack: list[tuple[etree._Element, _Look]] = [(root, _Look())]
    while stack:
        element, above = stack.pop()
        look = _look(element, above, _declared(element, rules))
        if look.is_gone and not above.is_gone:
            element.set("hidden", "")
        if look.oddity != above.oddity:
            element.set(SEEN, look.oddity or "")
        stack += [(child, look) for child in element]


def _look(element: etree._Element, above: _Look, declared: _Declared) -> _Look:
    tag = element.tag
    if tag in _CELLS:
        above = replace(above, colour=None, ground=None, is_raised=False)
    if not declared and tag not in _STRUCK and tag not in _RAISED and element.get("hidden") is None:
        return above
    line = declared.get("text-decoration", "") + " " + declared.get("text-decoration-line", "")
    is_struck = "line-through" in line or (tag in _STRUCK and "none" not in line)
    return _Look(
        above.is_struck or is_struck,
        above.is_raised or _is_raised(tag, declared),
        _is_unseen(declared, above),
        _is_sizeless(declared, above),
        above.is_gone or declared.get("display") == "none" or element.get("hidden") is not None,
        _colour(declared.get("color")) or above.colour,
        _colour(declared.get("background-color") or declared.get("background")) or above.ground,
    )


def _is_raised(tag: str, declared: _Declared) -> bool:
    if tag in _NOT_INLINE:
        return False
    stated = declared.get("vertical-align")
    if stated is None:
        return tag in _RAISED
    return _LIFTED.fullmatch(stated) is not None


def _is_unseen(declared: _Declared, above: _Look) -> bool:
    stated = declared.get("visibility")
    if stated is None or stated == "inherit":
        return above.is_unseen
    return stated in ("hidden", "collapse")


def _is_sizeless(declared: _Declared, above: _Look) -> bool:
    if _NO_SIZE.fullmatch(declared.get("opacity", "1")):
        return True
    if _FAR_LEFT.match(declared.get("text-indent", "")):
        return True
    size = declared.get("font-size")
    if size is None or size.endswith(("em", "%")) or size in ("inherit", "smaller", "larger"):
        return above.is_sizeless or (size is not None and _NO_SIZE.fullmatch(size) is not None)
    return _NO_SIZE.fullmatch(size) is not None


def _colour(stated: str | None) -> str | None:
    """Return a colour in six digits, None where none that is known is stated."""
    if not stated:
        return None
    if stated == "transparent":
        return None
    for word in re.split(r"\s+(?![^()]*\))", stated):
        digits, parts = _HEX.fullmatch(word), _RGB.fullmatch(word)
        if digits:
            found = digits[1]
            return found if len(found) == 6 else "".join(2 * digit for digit in found)
        if parts:
            return "".join(f"{min(int(part), 255):02x}" for part in parts.groups())
        if word in _NAMES:
            return _NAMES[word]
    return None


class _Rules:
    """The rules of a page by what the last part of their selectors asks for, the weakest first."""

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._by_key: dict[str, list[tuple[int, _Rule]]] = {}
        for number, rule in enumerate(rules):
            self._by_key.setdefault(_key(rule.selector[-1]), []).append((number, rule))

    def of(self, element: etree._Element) -> Iterator[_Rule]:
        """Yield the rules that hold for an element."""
        if not self._by_key:
            return
        keys = ["*", element.tag, *(f".{name}" for name in (element.get("class") or "").split())]
        name = element.get("id")
        if name is not None:
            keys.append(f"#{name}")
        asked = [found for key in dict.fromkeys(keys) for found in self._by_key.get(key, ())]
        for _number, rule in sorted(asked, key=itemgetter(0)):
            if rule.fits(element):
                yield rule


def _key(last: _Compound) -> str:
    if last.name is not None:
        return f"#{last.name}"
    return f".{min(last.classes)}" if last.classes else last.tag or "*"


def _declared(element: etree._Element, rules: _Rules) -> _Declared:
    """Return what is declared of an element itself, the strongest rule last."""
    found: dict[str, str] = {}
    if element.tag == "font" and element.get("color"):
        found["color"] = (element.get("color") or "").strip().lower()
    if element.tag in _CELLS and element.get("bgcolor"):
        found["background-color"] = (element.get("bgcolor") or "").strip().lower()
    for rule in rules.of(element):
        found |= rule.declared
    style = element.get("style")
    return found | _declarations(style) if style else found


def _rules(root: etree._Element) -> list[_Rule]:
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    if not sheets:
        return []
    flat = _NESTED.sub(_of_screen, _COMMENT.sub(" ", sheets))
    found = [rule for part in _RULE.finditer(flat) for rule in _rules_of(part[1], part[2])]
    return sorted(found[:_MOST_RULES], key=lambda rule: rule.weight)


def _of_screen(found: re.Match[str]) -> str:
    """Return the rules of a medium, none where they are not for every screen."""
    return found[2] if _ON_SCREEN.fullmatch(found[1]) else " "


def _rules_of(selectors: str, body: str) -> Iterator[_Rule]:
    declared = _declarations(body)
    if not declared:
        return
    for text in selectors.rpartition(";")[2].split(","):
        selector = _selector(text)
        if selector is not None:
            names = sum(part.name is not None for part in selector)
            classes = sum(len(part.classes) for part in selector)
            tags = sum(part.tag is not None for part in selector)
            said = declared
            if not names and not classes:
                # The colours of a whole page are not stated for this very cell.
                said = {key: value for key, value in declared.items() if key not in _COLOURS}
            if said:
                yield _Rule(selector, (names, classes, tags), said)


def _selector(text: str) -> tuple[_Compound, ...] | None:
    found = [_COMPOUND.fullmatch(word) for word in text.split()]
    if not found or any(match is None or not match[0] for match in found):
        return None
    return tuple(_compound(match[1], match[2]) for match in found if match is not None)


def _compound(tag: str | None, rest: str) -> _Compound:
    parts = _PART.findall(rest)
    names = [part[1:] for part in parts if part.startswith("#")]
    classes = frozenset(part[1:] for part in parts if part.startswith("."))
    return _Compound(None if tag in (None, "*") else tag.lower(), classes, next(iter(names), None))


_COLOURS: Final = ("color", "background", "background-color")
_PROPERTIES: Final = frozenset(
    (
        *_COLOURS,
        *("text-decoration", "text-decoration-line", "vertical-align", "display", "visibility"),
        *("font-size", "opacity", "text-indent"),
    )
)


def _declarations(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in body.split(";"):
        name, _, value = part.partition(":")
        key = name.strip().lower()
        if key in _PROPERTIES:
            found[key] = value.lower().replace("!important", "").strip()
    return found
