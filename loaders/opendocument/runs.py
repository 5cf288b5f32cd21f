"""The runs of text of an OpenDocument file, and what is odd about each: struck, raised, hidden.

A run looks as its style says, where that says nothing as the styles that it is made of, and then as
the paragraph and the cell that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders.document import Piece, Pieces, joined, odd
from loaders.opendocument.parts import NOT_SHOWN, all_styles, attribute, count, name

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SIGNS: Final = {"tab": "\t", "line-break": "\n"}
_NOT_SAID: Final = NOT_SHOWN | {"text-box"}
_HIDDEN_PARAGRAPH: Final = "hidden-paragraph"
_DEEPEST: Final = 20
"""Styles upon styles."""
_TINY: Final = re.compile(r"(?:0|1|[01]\.\d+)pt")
"""Letters smaller than two points, as on a page of a PDF."""
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_RAISED: Final = re.compile(r"super|sub|-?(?!0%)\d")

_DISPLAY, _SIZE, _POSITION = "text:display", "fo:font-size", "style:text-position"
_LETTERS, _GROUND = "fo:color", "fo:background-color"
_LINES: Final = ("style:text-line-through-style", "style:text-line-through-type")
_PROPERTIES: Final = (_DISPLAY, _SIZE, _POSITION, _LETTERS, _GROUND, *_LINES)
_OF_TEXT: Final = "text-properties"
_GROUNDS: Final = (_OF_TEXT, "paragraph-properties", "table-cell-properties")
"""What states a ground, the uppermost first."""

Look = Mapping[tuple[str, str], str]
"""Properties that may take text out of what is seen, by the group and the name that they have."""
Looks = Mapping[str | None, Look]
"""The looks of styles that have any, by their names."""
PLAIN: Final[Look] = MappingProxyType({})
_NO_LOOKS: Final[Looks] = MappingProxyType({})


def looks(data: bytes, root: etree._Element) -> Looks:
    """Return how the text of each style of a file looks; raises ReadError."""
    own: dict[tuple[str | None, str | None], Look] = {}
    above: dict[tuple[str | None, str | None], str | None] = {}
    for style in all_styles(data, root):
        key = attribute(style, "style:family"), attribute(style, "style:name")
        own.setdefault(key, _stated(style))
        above.setdefault(key, attribute(style, "style:parent-style-name"))
    found: dict[str | None, Look] = {}
    for family, known in own:
        chain: list[str | None] = [known]
        while (family, chain[-1]) in above and len(chain) <= _DEEPEST:
            chain.append(above[family, chain[-1]])
        look = PLAIN
        for step in reversed(chain):
            look = under(look, own.get((family, step), PLAIN))
        if look:
            found.setdefault(known, look)
    return found


def _stated(style: etree._Element) -> Look:
    return {
        (name(part), key): value.lower()
        for part in style
        for key in _PROPERTIES
        if (value := attribute(part, key)) is not None
    }


def under(outer: Look, own: Look) -> Look:
    """Return the look of what has its `own` within another's."""
    if not own or not outer:
        return own or outer
    # A line has its kind and its style; who states one of them states the line anew.
    anew = any((_OF_TEXT, line) in own for line in _LINES)
    kept = {key: value for key, value in outer.items() if not (anew and key[1] in _LINES)}
    size = own.get((_OF_TEXT, _SIZE), "")
    is_share = size.endswith("%") and (_OF_TEXT, _SIZE) in outer
    return {**kept, **own, **({(_OF_TEXT, _SIZE): outer[_OF_TEXT, _SIZE]} if is_share else {})}


def oddity_of(look: Look) -> Oddity | None:
    """Return what is odd about text of a look."""
    if not look:
        return None
    display, size, position = (
        look.get((_OF_TEXT, key), "") for key in (_DISPLAY, _SIZE, _POSITION)
    )
    if display == "none" or _TINY.fullmatch(size) or _is_blended(look):
        return "hidden"
    lines = [look[_OF_TEXT, line] for line in _LINES if (_OF_TEXT, line) in look]
    if lines and "none" not in lines:
        return "struck"
    return "raised" if _RAISED.match(position) else None


def _is_blended(look: Look) -> bool:
    """Say whether letters have the very colour that is stated for the ground under them."""
    stated = (look.get((part, _GROUND), "") for part in _GROUNDS)
    ground = next((colour for colour in stated if _COLOUR.fullmatch(colour)), None)
    return ground is not None and look.get((_OF_TEXT, _LETTERS)) == ground


def pieces(element: etree._Element, looks: Looks = _NO_LOOKS, outer: Look = PLAIN) -> Pieces:
    """Return the text of a paragraph as it is kept; `outer` is the look of its cell."""
    look = under(outer, looks.get(attribute(element, "text:style-name"), PLAIN))
    is_off = any(name(part) == _HIDDEN_PARAGRAPH and _is_off(part) for part in element)
    found = tuple(_pieces(element, looks, look, "hidden" if is_off else None))
    if odd(found):
        return found
    text = joined(found).strip(" ")
    return (Piece(text),) if text else ()


def _pieces(
    element: etree._Element, looks: Looks, look: Look, whole: Oddity | None
) -> Iterator[Piece]:
    oddity = whole or oddity_of(look)
    yield Piece(_BLANKS.sub(" ", element.text or ""), oddity)
    for child in element:
        kind = name(child)
        if kind == "s":
            yield Piece(" " * count(child, "text:c", 1_000), oddity)
        elif kind in _SIGNS:
            yield Piece(_SIGNS[kind], oddity)
        elif kind in ("image", "math"):
            yield Piece("", "picture")
        elif kind == "control":
            yield Piece("", "form_field")
        elif attribute(child, "text:display") == "none":
            yield Piece("")
        elif kind not in _NOT_SAID:
            own = looks.get(attribute(child, "text:style-name"), PLAIN)
            yield from _pieces(child, looks, under(look, own), whole)
        yield Piece(_BLANKS.sub(" ", child.tail or ""), oddity)


def _is_off(part: etree._Element) -> bool:
    return attribute(part, "text:is-hidden") == "true"
