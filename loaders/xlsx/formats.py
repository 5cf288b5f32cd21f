"""Number formats: what a stored number looks like under one, and what of that is no rounding.

A format may round (the stored number stays), divide (`0.0,`, a point set between digits), put a
unit behind, or show a word or nothing in the number's place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from loaders.document import Piece, Pieces
from loaders.units import lead_of, unit_of

_TOKEN: Final = re.compile(
    r"""\[(?P<bracket>[^\]]*)\]|"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)
        |(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<comma>,)|(?P<point>\.)
        |(?P<power>E[+-])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SECTIONS: Final = re.compile(r"""(?:\[[^\]]*\]|"[^"]*"|[\\!_*].|[^;])*""", re.DOTALL)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?[\d.]+)")
_CURRENCY: Final = re.compile(r"\$([^-]*)")
_TEXT_SECTION: Final = 3
_THOUSAND: Final = 3
_DIGITS: Final = re.compile(r"\d")
_COLOUR: Final = re.compile(
    r"red|black|blue|green|cyan|magenta|yellow|white|(?:colou?r|颜色)\s*\d+|[红黑蓝绿青洋黄白]色?.*",
    re.IGNORECASE,
)
_BLACK: Final = re.compile(r"black|(?:colou?r|颜色)\s*1|黑色?", re.IGNORECASE)
_WHITE: Final = re.compile(r"white|(?:colou?r|颜色)\s*2|白色?", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[-−(（△▲负减]")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: the literals around and between its places for digits."""

    before: str = ""
    after: str = ""
    whole: str = ""
    """The places before the point (0, #, ?), in order."""
    decimals: str = ""
    shifted: int = 0
    """Powers of ten by which the number is shown smaller than it is stored."""
    grouped: bool = False
    is_general: bool = False
    is_odd: bool = False
    """True where literals stand among the digits, or it is a fraction or a power."""
    shows_text: bool = False
    condition: tuple[str, Decimal] | None = None
    is_coloured: bool = False
    """True for a colour that tells a number from others, as black and white do not."""
    is_white: bool = False
    """True where letters have the colour of the sheet."""

    @property
    def shows_sign(self) -> bool:
        """Say whether a part for negative numbers shows that they are, by a sign or a colour."""
        return self.is_coloured or bool(_SIGNS.search(self.before))

    @property
    def has_places(self) -> bool:
        """Say whether any of the number is shown."""
        return bool(self.whole or self.decimals or self.is_general)

    @property
    def unit(self) -> str:
        """What stands behind the number and counts."""
        return unit_of(self.after)

    @property
    def lead(self) -> str:
        """What stands before the number and may shift it, or ""."""
        return lead_of(self.before)


@lru_cache(256)
def sections(code: str) -> tuple[Section, ...]:
    """Return the parts of a format's code."""
    return tuple(map(_section, _split(code)))


def _split(code: str) -> list[str]:
    parts, at = [], 0
    while at <= len(code):
        match = _SECTIONS.match(code, at)
        part = match[0] if match else ""
        parts.append(part)
        at += len(part) + 1
    return parts


def _section(code: str) -> Section:
    tokens = [(match.lastgroup or "", match) for match in _TOKEN.finditer(code)]
    parsing = _Parsing(tokens)
    for index, (kind, match) in enumerate(tokens):
        _TAKEN.get(kind, _Parsing.literal)(parsing, index, kind, match)
    return parsing.section()


class _Parsing:
    """Takes the tokens of a part one by one."""

    def __init__(self, tokens: Sequence[tuple[str, re.Match[str]]]) -> None:
        self._kinds = [kind for kind, _match in tokens]
        places = [index for index, kind in enumerate(self._kinds) if kind == "digit"]
        self._first, self._last = (places[0], places[-1]) if places else (len(tokens), -1)
        self._before, self._after, self._whole, self._decimals = "", "", "", ""
        self._shifted = 0
        self._point = self._grouped = self._is_odd = self._is_general = False
        self._shows_text = self._faked = False
        self._condition: tuple[str, Decimal] | None = None
        self._is_coloured = self._is_white = False

    def bracket(self, index: int, kind: str, match: re.Match[str]) -> None:
        found = _CONDITION.fullmatch(match[kind])
        if found:
            self._condition = found[1], Decimal(found[2])
        elif _COLOUR.fullmatch(match[kind]):
            self._is_white = _WHITE.fullmatch(match[kind]) is not None
            self._is_coloured = not self._is_white and not _BLACK.fullmatch(match[kind])
        else:
            self.literal(index, kind, match)

    def general(self, _index: int, _kind: str, _match: re.Match[str]) -> None:
        self._is_general = True

    def digit(self, _index: int, kind: str, match: re.Match[str]) -> None:
        if self._point:
            self._decimals += match[kind]
        else:
            self._whole += match[kind]
            self._shifted += self._faked

    def point(self, index: int, kind: str, match: re.Match[str]) -> None:
        if self._last < 0:
            self.literal(index, kind, match)
        self._point = self._last >= 0

    def comma(self, index: int, kind: str, match: re.Match[str]) -> None:
        if index < self._first:
            self.literal(index, kind, match)
        elif index > self._last or self._kinds[index + 1] == "point":
            self._shifted += _THOUSAND
        else:
            self._grouped = True

    def power(self, _index: int, _kind: str, _match: re.Match[str]) -> None:
        self._is_odd = True

    def literal(self, index: int, kind: str, match: re.Match[str]) -> None:
        text = _literal(kind, match)
        if text == "@" and kind == "other":
            self._shows_text = True
        elif self._first < index < self._last:
            self._faked = self._faked or text == "."
            self._is_odd = self._is_odd or text.strip() not in ("", ".", ",")
        elif index < self._first and not self._is_general:
            self._before += text
        else:
            self._after += text

    def section(self) -> Section:
        """Return the part as far as its tokens were taken."""
        is_odd = self._is_odd or bool(_DIGITS.search(self._before + self._after))
        return Section(
            self._before,
            self._after,
            self._whole,
            self._decimals,
            self._shifted,
            self._grouped,
            self._is_general,
            is_odd,
            self._shows_text,
            self._condition,
            self._is_coloured,
            self._is_white,
        )


_TAKEN: Final = {
    "bracket": _Parsing.bracket,
    "general": _Parsing.general,
    "digit": _Parsing.digit,
    "point": _Parsing.point,
    "comma": _Parsing.comma,
    "power": _Parsing.power,
}


def _literal(kind: str, match: re.Match[str]) -> str:
    if kind == "bracket":
        found = _CURRENCY.match(match[kind])
        return found[1] if found else ""
    if kind == "space":
        return " "
    return match[kind] if kind in ("quoted", "escaped", "other", "point", "comma") else ""


@lru_cache(4096)
def shown_text(text: str, code: str) -> Pieces:
    """Return the pieces of a text under a format that does not show it, else ()."""
    parts = sections(code)
    part = parts[min(_TEXT_SECTION, len(parts) - 1)]
    if part.shows_text:
        return (Piece(text, "hidden"),) if part.is_white else ()
    if len(parts) <= _TEXT_SECTION:
        return ()
    return Piece(text, "hidden"), Piece((part.before + part.after).strip(), "scaled")


@lru_cache(4096)
def shown_number(number: Decimal, text: str, code: str) -> Pieces:
    """Return the pieces of a stored number under a format, () where it looks as it reads.

    `text` is what is read of it where the format only rounds.
    """
    parts = sections(code)
    part, drops_sign = _chosen(parts, number)
    if part is None:
        return (Piece(text, "hidden"),)
    if part.is_white:
        return (Piece(text, "hidden"),)
    if part.is_general or part.shows_text:
        said = f"{part.lead}{text}{part.unit}"
        return (Piece(said, None, f"{part.before}{text}{part.after}"),) if said != text else ()
    digits = _digits(abs(number) if drops_sign else number, part) if part.has_places else ""
    said = f"{part.before}{digits}{part.after}".strip()
    if not digits:
        return Piece(text, "hidden"), Piece(said, "scaled")
    if part.is_odd:
        is_unsure = part.lead or part.unit or _DIGITS.search(part.before + part.after)
        return (Piece(text, "hidden"),) if is_unsure else ()
    if part.shifted:
        scaled = number.scaleb(-part.shifted)
        return (Piece(f"{part.lead}{_plain(scaled)}{part.unit}", "scaled", said),)
    if drops_sign and not part.shows_sign:
        return (Piece(said, "scaled"),)
    is_bare = not (part.after.strip() or part.lead)
    if is_bare and digits.replace(",", "").lstrip("0") in (text.lstrip("0"), ""):
        return ()
    whole = f"{part.lead}{text}{part.unit}"
    return () if whole == text == said.replace(",", "") else (Piece(whole, None, said),)


def _chosen(parts: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """Return the part for a number, None for ####, and whether it stands for its sign too."""
    numeric = parts[:_TEXT_SECTION]
    if any(part.condition for part in numeric):
        for part in numeric:
            if part.condition is None or _holds(number, *part.condition):
                return part, False
        return None, False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }[sign]


def _digits(number: Decimal, part: Section) -> str:
    """Return the digits that are shown of a number."""
    moved = number.scaleb(-part.shifted + _faked(part))
    rounded = moved.quantize(Decimal(1).scaleb(-len(part.decimals)), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    whole, _, decimals = format(abs(rounded), "f").partition(".")
    optional = len(part.decimals) - len(part.decimals.rstrip("#"))
    while optional and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional - 1
    whole = whole.lstrip("0").rjust(part.whole.count("0"), "0")
    faked = _faked(part)
    if faked:
        whole = whole.rjust(faked + 1, "0")
        whole = f"{whole[:-faked]}.{whole[-faked:]}"
    elif part.grouped and whole:
        whole = f"{int(whole):,}"
    return sign + whole + (f".{decimals}" if decimals else "")


def _faked(part: Section) -> int:
    """Return how many digits stand behind a point that is only a sign between digits."""
    return part.shifted % _THOUSAND


def _plain(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
