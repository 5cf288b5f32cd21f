"""The style sheets that stand in a page: what they declare of an element, the strongest last.

Only the properties that can take text out of what is seen are kept. Rules within rules and within
`@media`, `@supports` and `@layer` count where they hold for a screen of usual width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Final

from lxml import etree

from loaders.html.selectors import Selector, listed, selector, unescaped

Declared = dict[str, str]
"""Values by property, both in small letters, those that were declared last at the end."""

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STEP: Final = re.compile(
    r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)]{0,5000}\)|[{};]""",
    re.IGNORECASE | re.DOTALL,
)
_IMPORTANT: Final = re.compile(r"\s*!\s*important\s*$")
_WIDTH: Final = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|r?em)\s*\)")
_AND: Final = re.compile(r"\s*\band\b\s*")
_SCREENS: Final = ("all", "screen", "only screen", "only all", "")
_USUAL_WIDTH: Final = 1280
_PIXELS_AN_EM: Final = 16
_MOST_RULES: Final = 20_000
_MOST_SELECTORS: Final = 1_000
_DEEPEST: Final = 12
"""Rules within rules."""

_BESIDE: Final = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
_NOTHING: Final = "none"
_WRITTEN: Final = {side: (f"--{side}-content", f"--{side}-display") for side in ("before", "after")}
"""What a style sheet itself writes beside the text of an element, as if it were properties."""

_COLOURS: Final = ("color", "background", "background-color", "-webkit-text-fill-color")
_PROPERTIES: Final = frozenset(
    (
        *_COLOURS,
        *("text-decoration", "text-decoration-line", "vertical-align", "display", "visibility"),
        *("font", "font-size", "opacity", "text-indent", "position", "float"),
        *("left", "top", "right", "bottom", "clip", "clip-path", "overflow", "overflow-x"),
        *("overflow-y", "width", "height", "max-width", "max-height", "transform", "scale"),
        *("filter", "content-visibility", "content"),
    )
)


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: Selector
    plain: Declared
    important: Declared


class Rules:
    """The rules of a page by what the last part of their selectors asks for, the weakest first."""

    def __init__(self, root: etree._Element) -> None:
        """Take the sheets that stand in the page itself; others are not at hand."""
        sheets = "\n".join(style.text or "" for style in root.iter("style"))
        found = islice(_rules(_COMMENT.sub(" ", sheets), (), 0), _MOST_RULES) if sheets else ()
        self._by_key: dict[str, list[tuple[int, _Rule]]] = {}
        for number, rule in enumerate(sorted(found, key=lambda rule: rule.selector.weight)):
            self._by_key.setdefault(rule.selector.key, []).append((number, rule))

    def declared(self, element: etree._Element, own: Declared) -> Declared:
        """Return what is declared of an element; `own` is what its attributes say by themselves.

        Its `style` is stronger than all rules but those that say that they are important.
        """
        rules = self._of(element)
        style = element.get("style")
        if not rules and not style:
            return own
        plain, important = declarations(style) if style else ({}, {})
        found = dict(own)
        for declared in (
            *(rule.plain for rule in rules),
            plain,
            *(rule.important for rule in rules),
            important,
        ):
            for key, value in declared.items():
                found.pop(key, None)
                found[key] = value
        return found

    def _of(self, element: etree._Element) -> Sequence[_Rule]:
        if not self._by_key:
            return ()
        keys = ["*", element.tag, *(f".{name}" for name in (element.get("class") or "").split())]
        name = element.get("id")
        if name is not None:
            keys.append(f"#{name}")
        asked = [found for key in dict.fromkeys(keys) for found in self._by_key.get(key, ())]
        ordered = sorted(asked, key=itemgetter(0))
        return [rule for _number, rule in ordered if rule.selector.fits(element)]


def _rules(text: str, around: Sequence[str], depth: int) -> Iterator[_Rule]:
    """Yield the rules of a sheet, or of the body of a rule with the selectors `around` it."""
    own: list[str] = []
    for head, body in _parts(text):
        if body is None:
            own.append(head)
        elif depth < _DEEPEST:
            if not head.startswith("@"):
                inner = list(islice(_within(listed(head), around), _MOST_SELECTORS))
                yield from _rules(body, inner, depth + 1)
            elif _holds(head):
                yield from _rules(body, around, depth + 1)
    plain, important = declarations(";".join(own)) if around else ({}, {})
    if plain or important:
        for said in around:
            beside = _BESIDE.search(said)
            found = selector(said[: beside.start()] or "*" if beside else said)
            if found is not None and beside is None:
                yield from _rule(found, plain, important)
            elif found is not None and beside is not None:
                side = beside[1].lower()
                yield _Rule(found, _beside(plain, side), _beside(important, side))


def _beside(declared: Declared, side: str) -> Declared:
    """Return what is declared of what stands before or behind the text of an element."""
    keys = zip(_WRITTEN[side], ("content", "display"), strict=True)
    return {key: declared[name] for key, name in keys if name in declared}


def written(declared: Declared) -> Iterator[str]:
    """Yield what style sheets write before and behind the text of an element, where they do."""
    for content, display in _WRITTEN.values():
        said = declared.get(content, _NOTHING)
        if said not in (_NOTHING, "normal") and declared.get(display) != _NOTHING:
            yield said


def _rule(found: Selector, plain: Declared, important: Declared) -> Iterator[_Rule]:
    if not found.names_some:
        # The colours of a whole page are not stated for this very cell.
        plain, important = _without_colours(plain), _without_colours(important)
    if plain or important:
        yield _Rule(found, plain, important)


def _without_colours(declared: Declared) -> Declared:
    return {key: value for key, value in declared.items() if key not in _COLOURS}


def _within(selectors: Sequence[str], around: Sequence[str]) -> Iterator[str]:
    """Yield the selectors of a rule in full, those that stand in others' rules with these."""
    if not around:
        yield from selectors
        return
    for outer in around:
        for inner in selectors:
            yield inner.replace("&", outer) if "&" in inner else f"{outer} {inner}"


def _parts(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands in a sheet or a body: statements, and heads with their own bodies."""
    depth = start = body = 0
    for match in _STEP.finditer(text):
        sign = match[0]
        if sign == "{":
            body = body if depth else match.end()
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            if not depth:
                yield text[start : body - 1].strip(), text[body : match.start()]
                start = match.end()
        elif sign == ";" and not depth:
            yield text[start : match.start()].strip(), None
            start = match.end()
    # What is not closed ends with the sheet.
    if depth:
        yield text[start : body - 1].strip(), text[body:]
    else:
        yield text[start:].strip(), None


def _holds(head: str) -> bool:
    """Say whether what stands under a condition holds for a screen."""
    name, _, condition = head[1:].partition(" ") if " " in head else (head[1:], "", "")
    name, opened, rest = name.lower().partition("(")
    condition = f"{opened}{rest} {condition}".strip().lower()
    if name == "media":
        return any(_is_on_screen(query.strip()) for query in condition.split(","))
    return name == "layer" or (name == "supports" and not condition.startswith("not"))


def _is_on_screen(query: str) -> bool:
    return all(part in _SCREENS or _has_width(part) for part in _AND.split(query))


def _has_width(feature: str) -> bool:
    match = _WIDTH.fullmatch(feature)
    if match is None:
        return False
    pixels = float(match[2]) * (1 if match[3] == "px" else _PIXELS_AN_EM)
    return pixels <= _USUAL_WIDTH if match[1] == "min" else pixels >= _USUAL_WIDTH


@lru_cache(4096)
def declarations(body: str) -> tuple[Declared, Declared]:
    """Return what is declared, and what is declared as important; neither is to be changed."""
    plain: Declared = {}
    important: Declared = {}
    for part, inner in _parts(body):
        name, _, value = part.partition(":")
        key = name.strip().lower()
        if inner is None and key in _PROPERTIES:
            said = unescaped(value).strip().lower()
            stated = _IMPORTANT.sub("", said)
            into = plain if stated == said else important
            into.pop(key, None)  # The order tells which of a property and its short form counts.
            into[key] = stated
    return plain, important
