"""What the style of a cell changes in what it says, and whether it draws lines around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from form.report import Oddity
from loaders.document import Pieces, ReadError
from loaders.xlsx.formats import shown_number, shown_text

_GENERAL: Final = "General"
_LEAST_SIZE: Final = 2
"""Points below which letters are not seen, as on a page of a PDF."""
_PLAIN_CODES: Final = frozenset({_GENERAL, "@", "GENERAL", "G/通用格式"})
_DAY, _MONTH, _TIME = 'm"月"d"日"', 'yyyy"年"m"月"', 'h"时"mm"分"'
_BUILT_IN: Final = {
    # Numbers that Chinese versions of Excel give to dates without writing down their codes.
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((30, 31), "yyyy-m-d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), _TIME),
    **BUILTIN_FORMATS,
}
_SIDES: Final = ("left", "right", "top", "bottom", "start", "end")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number means under a format: a share, a date, or what its code shows."""

    is_share: bool
    is_date: bool
    is_duration: bool
    code: str = _GENERAL

    def pieces(self, digits: str, text: str) -> Pieces:
        """Return the pieces of a stored number that looks otherwise than `text` says, else ().

        Raises ValueError where it is no number.
        """
        if self.code in _PLAIN_CODES or self.is_date or self.is_share:
            return ()
        return shown_number(Decimal(format(float(digits), ".15g")), text, self.code)

    def text_pieces(self, text: str) -> Pieces:
        """Return the pieces of a text that the format does not show, else ()."""
        return () if self.code in _PLAIN_CODES else shown_text(text, self.code)

    def shown(self, digits: str, epoch: datetime) -> str:
        """Return what a stored number says; raises ValueError where it is none.

        Plain digits, at the 15 places that Excel itself keeps, or a date in ISO 8601.
        """
        if self.is_date:
            return _date(digits, epoch, self.is_duration)
        if digits.isdecimal() and digits.isascii() and len(digits) < 16 and not self.is_share:
            return str(int(digits))
        number = Decimal(format(float(digits), ".15g"))
        return f"{_plain(number * 100)}%" if self.is_share else _plain(number)


@lru_cache(256)
def number_format(code: str) -> NumberFormat:
    """Return what a format's code says."""
    return NumberFormat("%" in code, is_date_format(code), is_timedelta_format(code), code)


def _plain(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _date(digits: str, epoch: datetime, is_duration: bool) -> str:
    try:
        return _moment(from_excel(float(digits), epoch, timedelta=is_duration))
    except (OverflowError, ValueError):
        return "#VALUE!"  # as Excel says of days that no calendar has


def stored_moment(text: str) -> str:
    """Return what a date says that is stored as text; raises ValueError where it is none."""
    return _moment(from_ISO8601(text))  # type: ignore[no-untyped-call]


def _moment(value: object) -> str:
    match value:
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def first_stated(fonts: Sequence[etree._Element], name: str) -> etree._Element | None:
    """Return what the first of several fonts says that says it at all."""
    return next((part for font in fonts if (part := font.find(f"{{*}}{name}")) is not None), None)


def font_oddity(*fonts: etree._Element) -> Oddity | None:
    """Return what is odd about text in a font, of a cell or of a run in it.

    Of several fonts each says what those before it leave open.
    """
    struck = first_stated(fonts, "strike")
    if struck is not None and struck.get("val", "1") not in ("0", "false"):
        return "struck"
    size = first_stated(fonts, "sz")
    if size is not None and float(size.get("val", "11")) < _LEAST_SIZE:
        return "hidden"
    raised = first_stated(fonts, "vertAlign")
    if raised is not None and raised.get("val") in ("superscript", "subscript"):
        return "raised"
    return None


def solid_ground(fill: etree._Element) -> etree._Element | None:
    """Return the colour that a cell is filled with, None where it has none or a pattern."""
    pattern = fill.find("{*}patternFill")
    is_solid = pattern is not None and pattern.get("patternType") == "solid"
    return pattern.find("{*}fgColor") if pattern is not None and is_solid else None


Colour = tuple[str | None, ...]
"""Red, green and blue in six digits, or a colour that only its own number names."""
Palette = Callable[[etree._Element | None], Colour | None]
"""Tells the colour that an element states, None where it states none."""
NO_FONT: Final = etree.Element("font")
Own = tuple[etree._Element, etree._Element | None]
"""The font of a cell, and the colour that it is filled with."""


def _in_theme(theme: Sequence[str], found: etree._Element | None) -> Colour | None:
    if found is None or found.get("auto") in ("1", "true"):
        return None
    said = tuple(found.get(name) for name in ("rgb", "theme", "indexed", "tint"))
    rgb, themed, indexed, tint = said
    if tint is not None and float(tint) != 0:
        return said
    if rgb is not None:
        return (rgb[-6:].upper(),)
    if themed is not None:
        return (theme[int(themed)],) if int(themed) < len(theme) else said
    if indexed is not None and int(indexed) < len(COLOR_INDEX):
        return (COLOR_INDEX[int(indexed)][-6:].upper(),)
    return said if indexed is not None else None


def theme_colours(root: etree._Element | None) -> Sequence[str]:
    """Return the colours of a theme by the numbers that cells give them."""
    scheme = root.find(".//{*}clrScheme") if root is not None else None
    if scheme is None:
        return _OFFICE
    found = [item[0].get("lastClr") or item[0].get("val") or "" for item in scheme if len(item)]
    # Cells count the light one of each of the first two pairs first.
    return [name.upper() for name in (*found[1::-1], *found[3:1:-1], *found[4:])]


_OFFICE: Final = ("FFFFFF", "000000")


def is_blended(
    letters: etree._Element | None, ground: etree._Element | None, palette: Palette
) -> bool:
    """Say whether letters have the very colour of their ground, both being stated."""
    own = palette(letters)
    return own is not None and own == palette(ground)


class Styles:
    """The styles of a workbook by the number that a cell gives."""

    def __init__(
        self,
        root: etree._Element | None,
        theme: Callable[[], etree._Element | None] = lambda: None,
    ) -> None:
        self._root = root
        self._theme = theme
        self._plain: dict[int, bool] = {}
        self._owns: dict[int, Own] = {}

    def format(self, style: int) -> NumberFormat:
        """Return the number format of a style, the general one where there is no such style."""
        number = self._styles[style][0] if style < len(self._styles) else 0
        return number_format(self._codes.get(number) or _BUILT_IN.get(number, _GENERAL))

    def draws(self, style: int) -> bool:
        """Say whether a style draws a line on any side."""
        border = self._styles[style][1] if style < len(self._styles) else -1
        return 0 <= border < len(self._borders) and self._borders[border]

    def is_plain(self, style: int) -> bool:
        """Say whether a style shows what its cells hold, as most do."""
        known = self._plain.get(style)
        if known is None:
            is_general = self.format(style).code in _PLAIN_CODES
            known = self._plain[style] = is_general and style not in self._oddities
        return known

    def oddity(self, style: int) -> Oddity | None:
        """Return what is odd about the text of a whole cell of a style."""
        return self._oddities.get(style)

    def palette(self, found: etree._Element | None) -> Colour | None:
        """Return the colour that an element states."""
        return _in_theme(self._themed, found)

    def own(self, style: int) -> Own:
        """Return the font of a style, and the colour that its cells are filled with."""
        known = self._owns.get(style)
        if known is None:
            known = self._owns[style] = self._own(style)
        return known

    def _own(self, style: int) -> Own:
        fonts, fills = self._found("fonts", "font"), self._found("fills", "fill")
        found = self._found("cellXfs", "xf")[style : style + 1]
        font = int(found[0].get("fontId", "0")) if found else 0
        fill = int(found[0].get("fillId", "0")) if found else 0
        return (
            fonts[font] if font < len(fonts) else NO_FONT,
            solid_ground(fills[fill]) if fill < len(fills) else None,
        )

    @cached_property
    def _themed(self) -> Sequence[str]:
        try:
            return theme_colours(self._theme())
        except ReadError:
            return _OFFICE  # Which colours there are is lost then, and not the whole file.

    @cached_property
    def looks(self) -> list[etree._Element]:
        """The looks that conditions give, by their number."""
        return self._found("dxfs", "dxf")

    @cached_property
    def _styles(self) -> list[tuple[int, int]]:
        """The number format and the border of each style."""
        return [
            (int(style.get("numFmtId", "0")), int(style.get("borderId", "0")))
            for style in self._found("cellXfs", "xf")
        ]

    @cached_property
    def _oddities(self) -> dict[int, Oddity]:
        """What is odd about a style's font, by its number: struck, raised, of its ground's colour."""
        fonts, fills = self._found("fonts", "font"), self._found("fills", "fill")
        found: dict[int, Oddity] = {}
        for number, style in enumerate(self._found("cellXfs", "xf")):
            font, fill = int(style.get("fontId", "0")), int(style.get("fillId", "0"))
            if font < len(fonts):
                own = font_oddity(fonts[font])
                ground = solid_ground(fills[fill]) if own is None and fill < len(fills) else None
                if ground is not None and is_blended(
                    fonts[font].find("{*}color"), ground, self.palette
                ):
                    own = "hidden"
                if own is not None:
                    found[number] = own
        return found

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {
            int(found.get("numFmtId", "0")): found.get("formatCode", "")
            for found in self._found("numFmts", "numFmt")
        }

    @cached_property
    def _borders(self) -> list[bool]:
        return [
            any(side.get("style", "none") != "none" for side in border.iterchildren(*_ANY_SIDE))
            for border in self._found("borders", "border")
        ]

    def _found(self, group: str, name: str) -> list[etree._Element]:
        return [] if self._root is None else self._root.findall(f"{{*}}{group}/{{*}}{name}")


_ANY_SIDE: Final = tuple(f"{{*}}{side}" for side in _SIDES)
