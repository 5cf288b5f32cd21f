"""Looks that a sheet gives its cells by what they hold (conditional formatting).

Only looks that change what is seen are of interest: a number format, a line through the text, text
in the colour of its ground. Most conditions only paint a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders.document import Piece, Pieces
from loaders.xlsx.formats import shown_number
from loaders.xlsx.sheet import Area, At
from loaders.xlsx.styles import font_oddity, is_blended

_COMPARED: Final[Mapping[str, Callable[[Decimal, Decimal, Decimal], bool]]] = {
    "lessThan": lambda number, low, _high: number < low,
    "lessThanOrEqual": lambda number, low, _high: number <= low,
    "equal": lambda number, low, _high: number == low,
    "notEqual": lambda number, low, _high: number != low,
    "greaterThanOrEqual": lambda number, low, _high: number >= low,
    "greaterThan": lambda number, low, _high: number > low,
    "between": lambda number, low, high: min(low, high) <= number <= max(low, high),
    "notBetween": lambda number, low, high: not min(low, high) <= number <= max(low, high),
}
"""How `cellIs` compares a number with one or two others (ISO/IEC 29500, ST_ConditionalFormattingOperator)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One look for some areas; `operator` is "" where it cannot be told from a number alone."""

    areas: tuple[Area, ...]
    look: etree._Element
    operator: str = ""
    limits: tuple[Decimal, ...] = ()

    def holds(self, number: Decimal) -> bool | None:
        """Say whether the cell of a number gets the look, None where we do not know."""
        compare = _COMPARED.get(self.operator)
        return compare(number, self.limits[0], self.limits[-1]) if compare else None


def conditions(root: etree._Element, looks: Sequence[etree._Element]) -> tuple[Condition, ...]:
    """Return a sheet's conditions that may change what is seen; `looks` are the workbook's `dxf`.

    Raises ValueError for areas that are none.
    """
    return tuple(_conditions(root, [look if _matters(look) else None for look in looks]))


def _conditions(
    root: etree._Element, looks: Sequence[etree._Element | None]
) -> Iterator[Condition]:
    if not any(look is not None for look in looks):
        return
    for group in root.iterfind("{*}conditionalFormatting"):
        areas = tuple(map(Area.named, group.get("sqref", "").split()))
        for rule in group.iterfind("{*}cfRule"):
            number = int(rule.get("dxfId", "-1"))
            look = looks[number] if 0 <= number < len(looks) else None
            if look is not None:
                operator, limits = _comparison(rule)
                yield Condition(areas, look, operator, limits)


def _matters(look: etree._Element) -> bool:
    """Say whether a look shows a number otherwise, and not only its cell."""
    return look.find("{*}numFmt") is not None or _oddity_of(look) is not None


def _oddity_of(look: etree._Element) -> Oddity | None:
    font = look.find("{*}font")
    if font is None:
        return None
    # Where a look fills a cell, its ground is what a pattern has behind it.
    ground = look.find("{*}fill/{*}patternFill/{*}bgColor")
    return font_oddity(font) or ("hidden" if is_blended(font, ground) else None)


def _comparison(rule: etree._Element) -> tuple[str, tuple[Decimal, ...]]:
    operator = rule.get("operator", "") if rule.get("type") == "cellIs" else ""
    try:
        limits = tuple(Decimal(formula.text or "") for formula in rule.iterfind("{*}formula"))
    except InvalidOperation:
        return "", ()
    return (operator, limits) if limits else ("", ())


def seen_under(found: Sequence[Condition], at: At, number: Decimal, text: str) -> Pieces:
    """Return the pieces of a stored number in the looks that it gets, () where none changes it.

    Where it cannot be told whether it gets one, what is seen is the number or nothing of it.
    """
    for condition in found:
        if not any(at[0] in area.rows and at[1] in area.columns for area in condition.areas):
            continue
        holds = condition.holds(number)
        pieces = _looking(condition.look, number, text) if holds is not False else ()
        if pieces:
            return pieces if holds else (Piece(text, "hidden"),)
    return ()


def _looking(look: etree._Element, number: Decimal, text: str) -> Pieces:
    oddity = _oddity_of(look)
    if oddity is not None:
        return (Piece(text, oddity),)
    form = look.find("{*}numFmt")
    return () if form is None else shown_number(number, text, form.get("formatCode", ""))
