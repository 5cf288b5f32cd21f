"""Looks that a sheet gives its cells by what they hold (conditional formatting).

Only looks that change what is seen are of interest: a number format, a line through the text, text
in the colour of its ground. Most conditions only paint a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders.xlsx.sheet import Area, At
from loaders.xlsx.styles import Own, Palette, first_stated, font_oddity, is_blended

_TRUE: Final = ("1", "true")
_FALSE: Final = ("0", "false")
_NOTHING_CHANGED: Final = etree.Element("dxf")
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
    stops: bool = False
    """True where no condition behind it counts for a cell that gets its look."""

    def holds(self, number: Decimal | None) -> bool | None:
        """Say whether the cell of a number gets the look, or of a text (None), which is greater.

        None where we do not know.
        """
        if number is None:
            return self.operator in _TRUE_OF_TEXT if self.operator else None
        compare = _COMPARED.get(self.operator)
        return compare(number, self.limits[0], self.limits[-1]) if compare else None


def conditions(root: etree._Element, looks: Sequence[etree._Element]) -> tuple[Condition, ...]:
    """Return a sheet's conditions that may change what is seen, the strongest first.

    `looks` are the workbook's `dxf`. Raises ValueError for areas and ranks that are none.
    """
    mattering = [look if _matters(look) else None for look in looks]
    ranked = sorted(_conditions(root, mattering), key=itemgetter(0))
    return tuple(condition for _rank, condition in ranked)


def _conditions(
    root: etree._Element, looks: Sequence[etree._Element | None]
) -> Iterator[tuple[int, Condition]]:
    for group in root.iterfind("{*}conditionalFormatting"):
        areas = tuple(map(Area.named, group.get("sqref", "").split()))
        for rule in group.iterfind("{*}cfRule"):
            rank = int(rule.get("priority", "0"))
            if _shows_only_signs(rule):
                yield rank, Condition(areas, _NOTHING_SHOWN, _ALWAYS, (Decimal(0),))
            number = int(rule.get("dxfId", "-1"))
            look = looks[number] if 0 <= number < len(looks) else None
            stops = rule.get("stopIfTrue") in _TRUE
            if look is not None or stops:
                operator, limits = _comparison(rule)
                changes = _NOTHING_CHANGED if look is None else look
                yield rank, Condition(areas, changes, operator, limits, stops)


def _shows_only_signs(rule: etree._Element) -> bool:
    """Say whether a rule draws arrows or bars in the place of numbers."""
    drawn = rule.find("{*}iconSet"), rule.find("{*}dataBar")
    return any(found is not None and found.get("showValue") in _FALSE for found in drawn)


def _matters(look: etree._Element) -> bool:
    """Say whether a look may show a number otherwise, and not only its cell."""
    return any(look.find(f"{{*}}{name}") is not None for name in ("numFmt", "font", "fill"))


def _comparison(rule: etree._Element) -> tuple[str, tuple[Decimal, ...]]:
    operator = rule.get("operator", "") if rule.get("type") == "cellIs" else ""
    try:
        limits = tuple(Decimal(formula.text or "") for formula in rule.iterfind("{*}formula"))
    except InvalidOperation:
        return "", ()
    return (operator, limits) if limits else ("", ())


@dataclass(frozen=True, slots=True)
class Worn:
    """How a cell looks in all that is put on it: the looks that hold, and its own under them."""

    oddity: Oddity | None
    code: str | None = None
    """The format of a number, None for that of the cell itself."""
    shows_only_signs: bool = False


def worn(
    found: Sequence[Condition], at: At, number: Decimal | None, own: Own, palette: Palette
) -> Sequence[Worn]:
    """Return how a cell may look, first in the looks that it surely gets; () without any look.

    `number` is None for a text; `own` are font and ground of the cell without any condition.
    """
    here = [each for each in found if any(_covers(area, at) for area in each.areas)]
    held = [(each, holds) for each in here if (holds := each.holds(number)) is not False]
    if not held:
        return ()
    unsure = [each for each, holds in held if holds is None]
    ways = ((), *((one,) for one in unsure), unsure if len(unsure) > 1 else ())
    taken = dict.fromkeys(tuple(_taken(held, way)) for way in ways)
    return [_together(way, own, palette, is_text=number is None) for way in taken]


def _covers(area: Area, at: At) -> bool:
    return at[0] in area.rows and at[1] in area.columns


def _taken(
    held: Sequence[tuple[Condition, bool | None]], believed: Sequence[Condition]
) -> Iterator[Condition]:
    """Yield the conditions that hold, up to one behind which no others count."""
    for each, holds in held:
        if holds or each in believed:
            yield each
            if each.stops:
                return


def _together(found: Sequence[Condition], own: Own, palette: Palette, *, is_text: bool) -> Worn:
    """Return what looks make together: of several that state the same, the first counts."""
    looks = [each.look for each in found if each.look is not _NOTHING_SHOWN]
    fonts = [*(font for look in looks for font in look.iterfind("{*}font")), own[0]]
    fills = [fill for look in looks for fill in look.iterfind("{*}fill")]
    codes = [form.get("formatCode", "") for look in looks for form in look.iterfind("{*}numFmt")]
    # Where a look fills a cell, its ground is what a pattern has behind it.
    ground = fills[0].find("{*}patternFill/{*}bgColor") if fills else own[1]
    blends = is_blended(first_stated(fonts, "color"), ground, palette)
    oddity: Oddity | None = font_oddity(*fonts) or ("hidden" if blends else None)
    return Worn(oddity, codes[0] if codes else None, not is_text and len(looks) < len(found))
