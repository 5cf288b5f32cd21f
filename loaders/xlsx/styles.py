"""What the style of a cell changes in what it says, and whether it draws lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from form.values import UNITS

_GENERAL: Final = "General"
_SIDES: Final = ("left", "right", "top", "bottom", "start", "end")
# Trailing commas and an escaped point show a number divided by thousands.
_SCALED: Final = re.compile(r"[0#?],+(?![0#?])|[!\\]\.")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number means under a format: a share, a date, an amount in a unit."""

    is_share: bool
    is_date: bool
    is_duration: bool
    unit: str

    def shown(self, digits: str, epoch: datetime) -> str:
        """Return what a stored number says; raises ValueError where it is none.

        Plain digits, at the 15 places that Excel itself keeps, or a date in ISO 8601.
        """
        if self.is_date:
            return _date(digits, epoch, self.is_duration)
        if digits.isdecimal() and digits.isascii() and len(digits) < 16 and not self.is_share:
            return f"{int(digits)}{self.unit}"
        number = Decimal(format(float(digits), ".15g"))
        return f"{_plain(number * 100)}%" if self.is_share else f"{_plain(number)}{self.unit}"


@lru_cache(256)
def number_format(code: str) -> NumberFormat:
    """Return what a format's code says."""
    unit = next((unit for unit in UNITS if unit in code), "")
    return NumberFormat(
        "%" in code,
        is_date_format(code),
        is_timedelta_format(code),
        "" if _SCALED.search(code) else unit,
    )


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


class Styles:
    """The styles of a workbook by the number that a cell gives."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root

    def format(self, style: int) -> NumberFormat:
        """Return the number format of a style, the general one where there is no such style."""
        number = self._styles[style][0] if style < len(self._styles) else 0
        return number_format(self._codes.get(number) or BUILTIN_FORMATS.get(number, _GENERAL))

    def draws(self, style: int) -> bool:
        """Say whether a style draws a line on any side."""
        border = self._styles[style][1] if style < len(self._styles) else -1
        return 0 <= border < len(self._borders) and self._borders[border]

    @cached_property
    def _styles(self) -> list[tuple[int, int]]:
        """The number format and the border of each style."""
        return [
            (int(style.get("numFmtId", "0")), int(style.get("borderId", "0")))
            for style in self._found("cellXfs", "xf")
        ]

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
