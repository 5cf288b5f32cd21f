"""Quirks of what is printed in value cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import may_be_unknown, with_values
from benchmarks.synthetic.quirk import EVERY, GRIDS, PDF, TEXT, Quirk
from benchmarks.synthetic.tables import Printed, Said
from form.editions import all_columns

_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNED: Final[tuple[Callable[[int], Printed], ...]] = (
    lambda n: _number(f"+{n}", n),
    lambda n: _number(f"-{n}", -n),
    lambda n: _number(f"减{n}", -n),
    lambda n: _number(f"增{n}", n),
    lambda n: _number(f"减少{n}", -n),
    lambda n: _number(f"＋{n}", n),
    lambda n: _number(f"－{n}", -n),
)


def _number(text: str, value: int) -> Printed:
    return Printed(text, Said("number", value))


def _amount(text: str, value: str, unit: str | None) -> Printed:
    return Printed(text, Said("number", Decimal(value), unit))


def _of_kind(draft: Draft, kind: str) -> list[str]:
    return [name for name in draft.truth.cells if all_columns()[name].kind == kind]


def _signs(draft: Draft, random: Random) -> Draft:
    names = _of_kind(draft, "change")
    return with_values(draft, {n: random.choice(_SIGNED)(random.randint(1, 1500)) for n in names})


def _two_signs(draft: Draft, random: Random) -> Draft:
    numbers = {name: random.randint(1, 999) for name in _of_kind(draft, "change")}
    return with_values(draft, {name: _number(f"--{n}", -n) for name, n in numbers.items()})


def _numbers(draft: Draft) -> Iterable[tuple[str, int | Decimal, Said]]:
    for name, said in draft.truth.cells.items():
        if said.value is not None and all_columns()[name].kind != "amount":
            yield name, said.value, said


def _full_width(draft: Draft, _random: Random) -> Draft:
    return with_values(
        draft,
        {name: Printed(str(n).translate(_FULL_WIDTH), said) for name, n, said in _numbers(draft)},
    )


def _full_width_broken(draft: Draft, random: Random) -> Draft:
    """Where a number of full-width digits is too wide for its cell, it may be broken anywhere."""
    long = [name for name, n, _said in _numbers(draft) if len(str(n)) > 1]
    return may_be_unknown(_full_width(draft, random), *long)


def _broken_numbers(draft: Draft, _random: Random) -> Draft:
    """Numbers too wide for their cell, their last digits on a second line of it."""
    long = {name: (str(n), said) for name, n, said in _numbers(draft) if len(str(n)) > 4}
    broken = {n: Printed(f"{text[:-1]}\n{text[-1]}", said) for n, (text, said) in long.items()}
    return may_be_unknown(with_values(draft, broken), *broken)


def _remarks(draft: Draft, random: Random) -> Draft:
    names = [name for name in draft.truth.cells if ".normative_documents." in name]
    numbers = {name: random.randint(2, 60) for name in names}
    remarks = ("（其中修订{part}件）", "(含失效{part}件)", "（废止 {part} 件）")
    return with_values(
        draft,
        {
            name: _number(f"{n}{random.choice(remarks).format(part=n // 2)}", n)
            for name, n in numbers.items()
        },
    )


def _units(draft: Draft, random: Random) -> Draft:
    """Amounts in cells whose header names no unit: 万元, 元 or nothing behind the number."""
    ways = (
        _amount("1858 万元", "1858", "万元"),
        _amount("152790元", "152790", "元"),
        _amount("39.3156万元", "39.3156", "万元"),
        _amount("1,858,000.50元", "1858000.50", "元"),
        _amount("152790", "152790", None),
    )
    return with_values(draft, {name: random.choice(ways) for name in _of_kind(draft, "amount")})


def _unit_again(draft: Draft, _random: Random) -> Draft:
    again = _amount("43.788万元", "43.788", "万元")
    return with_values(draft, dict.fromkeys(_of_kind(draft, "amount"), again))


def _separated_by(sign: str) -> Callable[[Draft, Random], Draft]:
    """Return a change that prints large numbers in section 二, most of them with separators."""

    def change(draft: Draft, random: Random) -> Draft:
        counts = [name for name in _of_kind(draft, "count") if name.startswith("disclosure")]
        numbers = {name: random.randint(10**4, 10**8) for name in counts}
        separated = {name: f"{n:,}".replace(",", sign) for name, n in numbers.items()}
        printed = {
            name: _number(separated[name] if random.random() < 0.7 else str(n), n)
            for name, n in numbers.items()
        }
        return with_values(draft, printed)

    return change


def _zeros_as(*texts: str, mark: str) -> Callable[[Draft, Random], Draft]:
    """Return a change that prints one of `texts` wherever a count is 0, blank or dash."""

    def change(draft: Draft, random: Random) -> Draft:
        names = [name for name, said in draft.truth.cells.items() if not said.value]
        said = Said(mark)  # type: ignore[arg-type] # a mark, named below
        return with_values(draft, {name: Printed(random.choice(texts), said) for name in names})

    return change


_BREAKING: Final = ("chromium.pdf", "reportlab.pdf")
QUIRKS: Final = (
    Quirk("signs of changes", _signs, editions=("2019",)),
    Quirk("two signs", _two_signs, editions=("2019",)),
    Quirk("full-width digits", _full_width, tuple(k for k in EVERY if k not in _BREAKING)),
    Quirk("full-width digits in narrow cells", _full_width_broken, _BREAKING),
    Quirk("numbers broken over lines", _broken_numbers, (*GRIDS, "reportlab.pdf")),
    Quirk("remarks behind numbers", _remarks),
    Quirk("units in cells", _units, editions=("2019",)),
    Quirk("unit in header and cell", _unit_again, editions=("2021",)),
    Quirk("separators of thousands", _separated_by(",")),
    # Programs that print break a line behind a full-width comma, even in a number.
    Quirk("full-width separators of thousands", _separated_by("，"), (*TEXT, *GRIDS)),
    Quirk("wide and fixed blanks", _zeros_as("\u3000", "\u00a0", " ", "\u3000 ", mark="blank")),
    Quirk("twenty-nine blanks", _zeros_as(" " * 29, mark="blank")),
    Quirk("a lone newline", _zeros_as("\n", mark="blank"), (*GRIDS, *PDF)),
    Quirk("dashes of all kinds", _zeros_as("-", "—", "/", "无", "－", "——", mark="dash")),
)
