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
from loaders.xlsx.styles import Own, Palette, font_oddity, is_blended

_FALSE: Final = ("0", "false")
_NOTHING_SHOWN: Final = etree.Element("dxf")
"""Stands for the look of a cell that shows arrows or bars and no number."""
_ALWAYS: Final = "always"

_COMPARED: Final[Mapping[str, Callable[[Decimal, Decimal, Decimal], bool]]] = {
    _ALWAYS: lambda _number, _low, _high: True,
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


_TRUE_OF_TEXT: Final = ("notEqual", "greaterThanOrEqual", "greaterThan", "notBetween")


@dataclass(frozen=True, slots=True)
class Condition:
    """One look for some areas; `operator` is "" where it cannot be told from a number alone."""

    areas: tuple[Area, ...]
    look: etree._Element
    operator: str = ""
    limits: tuple[Decimal, ...] = ()
    palette: Palette = lambda _found: None

    def holds(self, number: Decimal | None) -> bool | None:
        """Say whether the cell of a number gets the look, or of a text (None), which is greater.

        None where we do not know.
        """
        if number is None:
            return self.operator in _TRUE_OF_TEXT if self.operator else None
        compare = _COMPARED.get(self.operator)
        return compare(number, self.limits[0], self.limits[-1]) if compare else None


def conditions(
    root: etree._Element, looks: Sequence[etree._Element], palette: Palette
) -> tuple[Condition, ...]:
    """Return a sheet's conditions that may change what is seen; `looks` are the workbook's `dxf`.

    Raises ValueError for areas that are none.
    """
    mattering = [look if _matters(look) else None for look in looks]
    return tuple(_conditions(root, mattering, palette))


def _conditions(
    root: etree._Element, looks: Sequence[etree._Element | None], palette: Palette
) -> Iterator[Condition]:
    for group in root.iterfind("{*}conditionalFormatting"):
        areas = tuple(map(Area.named, group.get("sqref", "").split()))
        for rule in group.iterfind("{*}cfRule"):
            if _shows_only_signs(rule):
                yield Condition(areas, _NOTHING_SHOWN, _ALWAYS, (Decimal(0),))
            number = int(rule.get("dxfId", "-1"))
            look = looks[number] if 0 <= number < len(looks) else None
            if look is not None:
                operator, limits = _comparison(rule)
                yield Condition(areas, look, operator, limits, palette)


def _shows_only_signs(rule: etree._Element) -> bool:
    """Say whether a rule draws arrows or bars in the place of numbers."""
    drawn = rule.find("{*}iconSet"), rule.find("{*}dataBar")
    return any(found is not None and found.get("showValue") in _FALSE for found in drawn)


def _matters(look: etree._Element) -> bool:
    """Say whether a look may show a number otherwise, and not only its cell."""
    return any(look.find(f"{{*}}{name}") is not None for name in ("numFmt", "font", "fill"))


def _oddity_of(look: etree._Element, own: Own, palette: Palette) -> Oddity | None:
    """Return what is odd about a cell in a look, which leaves of its own what it says nothing of."""
    font, fill = look.find("{*}font"), look.find("{*}fill")
    letters = font.find("{*}color") if font is not None else None
    if letters is None:
        letters = own[0].find("{*}color")
    # Where a look fills a cell, its ground is what a pattern has behind it.
    ground = own[1] if fill is None else fill.find("{*}patternFill/{*}bgColor")
    odd = font_oddity(font) if font is not None else None
    return odd or ("hidden" if is_blended(letters, ground, palette) else None)


def _comparison(rule: etree._Element) -> tuple[str, tuple[Decimal, ...]]:
    operator = rule.get("operator", "") if rule.get("type") == "cellIs" else ""
    try:
        limits = tuple(Decimal(formula.text or "") for formula in rule.iterfind("{*}formula"))
    except InvalidOperation:
        return "", ()
    return (operator, limits) if limits else ("", ())


def seen_under(
    found: Sequence[Condition], at: At, number: Decimal | None, text: str, own: Own
) -> Pieces:
    """Return the pieces of a stored number in the looks that it gets, () where none changes it.

    Of a text `number` is None. `own` are font and ground of the cell without any condition. Where it cannot be told whether it gets one, what is seen is the number or nothing of it.
    """
    for condition in found:
        if not any(at[0] in area.rows and at[1] in area.columns for area in condition.areas):
            continue
        holds = condition.holds(number)
        pieces = _looking(condition, number, text, own) if holds is not False else ()
        if pieces:
            return pieces if holds else (Piece(text, "hidden"),)
    return ()


def _looking(condition: Condition, number: Decimal | None, text: str, own: Own) -> Pieces:
    look = condition.look
    if look is _NOTHING_SHOWN:
        return () if number is None else (Piece(text, "hidden"),)
    oddity = _oddity_of(look, own, condition.palette)
    if oddity is not None:
        return (Piece(text, oddity),)
    form = look.find("{*}numFmt")
    return (
        ()
        if form is None or number is None
        else shown_number(number, text, form.get("formatCode", ""))
    )
