"""How a figure is written: the one place where a number becomes text for people, and back.

Exact numbers in, text out. Three hands, by what the text is for:

- `digits`: exact, ungrouped, a plain hyphen: as the official table and files of data have it, and
  as people type it.
- `quoted` and what is built on it (`printed`, `cell_words`): a sentence that quotes a cell writes
  its number digit for digit as the form has it, so that both can be laid side by side.
- a `FigureType` writes what was counted, compared or computed: groups of three set apart by a
  comma (GB/T 15835), the unit after a blank, the real minus sign, a plus sign before changes only.

Nothing is rounded but shares, rates and percentage points: quotients, which no decimal may hold.
`rounding_note` says so, and what would look like none or all gets more decimals. No figure is
written as -0, nan or in powers of ten; what is no number is refused with ValueError, for its word
comes from `state_words` or `mark_words`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache
from numbers import Integral
from typing import Final, Literal

from form.language import _
from form.model import Column
from form.report import Cell, Value
from form.values import LONG, Mark, parse

Number = int | Decimal
FigureKey = Literal["count", "change", "amount", "share", "rate", "points", "rank"]

MINUS: Final = "−"
PERCENT: Final = "%"
WAN: Final = "万元"
UNKNOWN_SIGN: Final = "?"
DASH_SIGN: Final = "—"
# What a binary fraction says for sure: 0.1 + 0.2 is 0.3.
_SURE_DIGITS: Final = ".15g"
_QUOTIENT: Final = Context(prec=40, rounding=ROUND_HALF_UP)
_ALL: Final = 100


LONGEST_TEXT: Final = 60
"""Signs of a printed text that a sentence repeats."""


def exact(value: object) -> Number:
    """Return a figure as an exact number.

    Ints and Decimals stay what they are. Floats and Fractions, which only quotients and places on
    axes may be, give the digits that they hold for sure. Raises ValueError for anything else.
    """
    if isinstance(value, bool):
        raise ValueError(f"not a figure: {value!r}")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, Fraction):
        return _QUOTIENT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(format(value, _SURE_DIGITS))
    raise ValueError(f"not a figure: {value!r}")


def digits(value: object) -> str:
    """Return all digits of a number, without groups or a unit: 1858.50, -3."""
    number = exact(value)
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    return text if number else text.lstrip("-")


def quoted(value: Value, unit: str | None = None) -> str:
    """Return a figure as a sentence quotes it from the form: 1858.50 万元; 空 for None."""
    if value is None:
        return mark_words()["blank"]
    return _with_unit(digits(value).replace("-", MINUS), unit)


def printed(cell: Cell) -> str:
    """Return what a cell says in an equation: its number, 空, its dash, “text”, or ?."""
    if cell.value is not None:
        return quoted(cell.value)
    return UNKNOWN_SIGN if cell.mark == "unknown" else cell_words(cell)


def cell_words(cell: Cell | None) -> str:
    """Return what a cell says in a sentence or a list: its number and unit, its print or a word."""
    if cell is None:
        return _("无此格")
    if cell.value is not None:
        return quoted(cell.value, cell.unit)
    if cell.mark == "dash":
        return shortened(cell.raw) or DASH_SIGN
    return f"“{shortened(cell.raw)}”" if cell.mark == "text" else mark_words()[cell.mark]


def shortened(text: str) -> str:
    """Return a printed text for a sentence: without blanks around it, and of long ones the start."""
    plain = text.strip()
    if len(plain) <= LONGEST_TEXT:
        return plain
    return _("{start}…（共 {n} 字）").format(start=plain[:LONGEST_TEXT], n=grouped(len(plain)))


def candidate_words(cell: Cell) -> str:
    """Return what an unknown cell may hold: 0 或 空; "" where that can be anything."""
    return _(" 或 ").join(map(quoted, cell.candidates))


@dataclass(frozen=True, slots=True)
class FigureType:
    """One kind of figure: how a frame stores it, how it is written, how its text is read.

    `dtype` is pandas'. Where `decimals` is None every digit is written, else it is rounded to so
    many, half away from zero as people do. A `scale` of 2 turns 0.05 into 5, `ending` follows it.
    """

    key: FigureKey
    dtype: str
    decimals: int | None = None
    scale: int = 0
    ending: str = ""
    always_signed: bool = False

    def text(self, value: object, unit: str = "") -> str:
        """Return a figure for people: 1,234 件, 1,858.50 万元, 61.9%; +18 for a change."""
        return self._written(exact(value), unit, self.always_signed)

    def signed(self, value: object, unit: str = "") -> str:
        """Return a figure as a change: +27 件, −3 件; 0 has no sign."""
        return self._written(exact(value), unit, True)

    def read(self, text: str) -> Number | None:
        """Return the number that a text of this type says; None for none, or one too long for a cell.

        For counts, changes and amounts this is how cells are read and typed (`form.values.parse`);
        for rounded ones the number as it was rounded.
        """
        if self.scale or self.key == "rank":
            plain = text.removesuffix(self._ending()).replace(MINUS, "-").replace(",", "")
            try:
                return LONG.scaleb(Decimal(plain), -self.scale) if self.scale else int(plain)
            except (ArithmeticError, ValueError):
                return None
        return parse(text, Column("", "", "amount" if self.key == "amount" else "change")).value

    def number_format(self, value: object = 0, unit: str = "", sign: str = "") -> str:
        """Return a spreadsheet's format that shows a number whole, ungrouped as the form has it.

        An amount keeps the decimals of `value`; `unit` and `sign` stand after it.
        """
        places = self._decimals_of(exact(value)) if self.decimals is None else self.decimals
        shape = "0." + "0" * places if places else "0"
        after = "".join(f" {word}" for word in (unit, sign) if word)
        return shape + self.ending + (f'"{after}"' if after else "")

    def _ending(self) -> str:
        return _(" 个百分点") if self.key == "points" else self.ending

    def _written(self, number: Number, unit: str, with_plus: bool) -> str:
        shown = self._rounded(Decimal(number)) if self.decimals is not None else number
        whole, point, rest = digits(shown).removeprefix("-").partition(".")
        sign = MINUS if number < 0 else "+" if with_plus and number else ""
        return _with_unit(f"{sign}{_in_groups(whole)}{point}{rest}{self._ending()}", unit)

    def _rounded(self, number: Decimal) -> Decimal:
        """Return a figure rounded, with more decimals where it would look like none or all."""
        scaled, places = LONG.scaleb(number, self.scale), self.decimals or 0
        while True:
            rounded = scaled.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, LONG)
            if rounded == scaled or (rounded and rounded.copy_abs() != _ALL):
                return rounded
            places += 1

    @staticmethod
    def _decimals_of(number: Number) -> int:
        return len(digits(number).partition(".")[2])


def _in_groups(whole: str) -> str:
    """Return digits in groups of three."""
    first = len(whole) % 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    return ",".join(filter(None, groups))


def _with_unit(text: str, unit: str | None) -> str:
    return f"{text} {unit}" if unit else text


COUNT: Final = FigureType("count", "Int64")
CHANGE: Final = FigureType("change", "Int64", always_signed=True)
AMOUNT: Final = FigureType("amount", "object")
SHARE: Final = FigureType("share", "Float64", 1, 2, PERCENT)
RATE: Final = FigureType("rate", "Float64", 0, 2, PERCENT, True)
"""How much something changed by, in parts of what it was: +87%."""
POINTS: Final = FigureType("points", "Float64", 1, 2, "", True)
"""The difference of two shares: +8.1 个百分点."""
RANK: Final = FigureType("rank", "Int64")
TYPES: Final[Mapping[FigureKey, FigureType]] = {
    kind.key: kind for kind in (COUNT, CHANGE, AMOUNT, SHARE, RATE, POINTS, RANK)
}


def written(value: object, unit: str) -> str:
    """Return a figure that is known by its unit; % stands for shares, given as 0 to 1."""
    return SHARE.text(value) if unit == PERCENT else AMOUNT.text(value, unit)


def written_change(value: object, unit: str) -> str:
    """Return the change of such a figure: +27 件, −0.5 万元, +8.1 个百分点."""
    return POINTS.text(value) if unit == PERCENT else AMOUNT.signed(value, unit)


def tick(value: object, unit: str) -> str:
    """Return a round number beside an axis: 1,500, or 25% for a share of 0.25."""
    if unit == PERCENT:
        return COUNT.text(LONG.scaleb(Decimal(exact(value)), SHARE.scale)) + PERCENT
    return COUNT.text(value)


def grouped(value: object) -> str:
    """Return how many there are of something, for a sentence that names it."""
    return COUNT.text(value)


def grouped_or_nothing(value: object) -> str:
    """Return how many there are for a table, where none at all would only be noise."""
    return grouped(value) if exact(value) else ""


def share_of(part: object, whole: object) -> str:
    """Return a share as the division that it is, nothing rounded: 13 ÷ 21."""
    return f"{COUNT.text(part)} ÷ {COUNT.text(whole)}"


def rounding_note() -> str:
    """Return the words that say what is rounded."""
    return _("百分比为四舍五入")


def mark_words() -> dict[Mark, str]:
    """Return the word for each way in which a cell can be filled in."""
    return {
        "number": _("数字"),
        "blank": _("空"),
        "dash": _("横线"),
        "text": _("文字"),
        "unknown": _("读不准"),
        "typed": _("人工录入"),
    }


@cache
def state_words() -> Mapping[str, str]:
    """Return what stands in place of a measured value, by its state (see `measures.values`)."""
    return {
        "number": "",
        "blank": _("未填"),
        "unknown": mark_words()["unknown"],
        "unit_unknown": _("无单位"),
        "no_cases": _("无案件"),
        "not_in_edition": _("表样无此项"),
        "table_missing": _("缺表"),
        "missing_report": _("缺报"),
        "no_report": _("无年报"),
    }
