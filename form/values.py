"""What the text of one cell says: a number, a blank, a dash, or something else.

The printed text is never changed here; see FORM.md's "What a cell can say", which this follows:
"+18" is 18, "减3" is −3, "--253" is −253 with a note, "22（其中修订16件）" is 22,
"1858 万元" is 1858 with its unit, and full-width digits count.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Final, Literal

from form.model import Column

Mark = Literal["number", "blank", "dash", "text", "unknown", "typed"]

UNITS: Final = ("亿元", "万元", "元")
MOST_DIGITS: Final = 16
"""Digits before the point beyond which a text is no number: a million 亿元 has 15 in 元. What is
longer is numbers that ran together, or hostile; sums of these fit into 64 bits."""
LARGEST: Final = 10**MOST_DIGITS - 1
"""The greatest number there is, and the least below 0."""
EXACT_DIGITS: Final = 28
"""Digits of a decimal in all; with more, its arithmetic would round."""
_LONGEST_REMEMBERED: Final = 200
_WAN_EXPONENTS: Final = {"亿元": 4, "万元": 0, "元": -4}
# Python's own context keeps 28 digits and rounds without a word; this one has room for the sum of
# all that cells can hold.
LONG: Final = Context(prec=8 * EXACT_DIGITS)
UNIT_WORDS: Final = "亿元|万元|元|[件人]次|[件项个条宗份次人名家户例起篇部批]"
"""Matches what may stand behind a number: a unit of money, or what is counted."""
_DASH = re.compile(r"[-‐‑‒–—―─−/\\]+|无")
# The three shapes of thousands separators are told apart from decimals by their groups of three.
_NUMBER = re.compile(
    r"""(?P<sign>[+-]*|增加?|[减減]少?)
        (?P<digits>\d{1,3}(?:,\d{3})+|\d+)
        (?P<fraction>\.\d+)?
        (?P<unit>"""
    + UNIT_WORDS
    + r""")?
        (?P<remark>\(.*\)|[*※]+|\[注?\d{0,2}\]|【注?\d{0,2}】|〔注?\d{0,2}〕|注\d{0,2})?""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS: Final = {
    "+": 1,
    "-": -1,
    "增": 1,
    "增加": 1,
    "减": -1,
    "减少": -1,
    "減": -1,
    "減少": -1,
    "": 1,
}
_NOUGHT: Final = "零"
_DIGITS_APART = re.compile(r"\d\s+\d")
_SIGN_APART = re.compile(r"[+-]+[^\S\r\n]*[\r\n]\s*\d")
_GAP = re.compile(r"[+-]?[\d,.]*\d(?:[^\S\r\n]+\d[\d,.]*)+(?:" + UNIT_WORDS + ")?")
_MOST_PARTS: Final = 6
"""Parts of a number apart by blanks beyond which they are no number."""
# Digits in circles and brackets, raised and lowered ones: marks of footnotes.
_MARKS: Final = "ªº²³¹⁰-⁾₀-₎①-⒇⓪-⓿❶-➓㉑-㉟㊀-㊉㊱-㊿"
_RAISED = re.compile(f"(?<=[^\\s{_MARKS}])\\s*[{_MARKS}]+|^\\s*[{_MARKS}]+(?=\\s*[+-]?\\d)")
_ANY_MARK = re.compile(f"[{_MARKS}]")
_ONLY_MARKS = re.compile(f"\\s*[{_MARKS}]+\\s*")

LOST: Final = "\ufffd"
"""Stands for a sign that is printed or was meant, and that nobody can tell."""
LOST_SIGNS: Final = f"{LOST}\ufffc"
"""Of a picture or another object, too, only that it was there is known."""
_LOST = re.compile(f"[{LOST_SIGNS}\ue000-\uf8ff]")
_PIECES = re.compile(r"[\d\s.,+-]*")
_COUNT: Final = Column("count", "", "count")
_AMOUNT: Final = Column("amount", "", "amount")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its mark, its value where it is a number, its unit, and any oddity."""

    mark: Mark
    value: int | Decimal | None = None
    unit: str | None = None
    oddity: str | None = None
    """A short code: `double_sign`, `remark`, `fraction`, `too_long`, `lost`, `raised`, `gap`; None
    where the text is plain."""
    candidates: tuple[int | Decimal | None, ...] = ()
    """What an `unknown` text can say, None standing for a blank; () where it can be anything."""


def folded(text: str) -> str:
    """Return `text` in NFKC without any blanks (spaces of all widths, tabs, newlines)."""
    return "".join(_evened(text).split())


def _evened(text: str) -> str:
    """Return `text` in NFKC, without the blanks around it, its minus signs as hyphens."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def joined_halves(text: str) -> str:
    """Return `text` in whole signs: halves of a surrogate pair, which UTF-8 cannot hold, as LOST."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def marks_in(text: str) -> list[tuple[str, bool]]:
    """Return the runs of `text` in order, each with whether it is the mark of a footnote.

    Circled digits and raised ones are, beside a number, behind words or alone: `77①`, `4²`; not
    what begins a text (`①深化公开`).
    """
    if _ONLY_MARKS.fullmatch(text):
        return [(text, True)]
    runs: list[tuple[str, bool]] = []
    end = 0
    for found in _RAISED.finditer(text):
        runs += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [run for run in (*runs, (text[end:], False)) if run[0]]


def has_marks(text: str) -> bool:
    """Say whether any sign of `text` may be the mark of a footnote."""
    if _ANY_MARK.search(text) is None:
        return False
    return _RAISED.search(text) is not None or _ONLY_MARKS.fullmatch(text) is not None


def parse(text: str, column: Column) -> Reading:
    """Return what `text`, printed in a cell of `column`, says.

    Beside a sign that is lost, or that only one font knows, no number is sure: such a cell is
    `unknown`, and can say anything, for the sign may have been a digit.
    Counts and changes are whole numbers, amounts exact decimals in the printed unit (万元, 元),
    or in the unit that the column's header fixes; what is counted in 件 or 人 is no amount. Digits with a blank between them are never
    joined, for they may be two cells: a number in parts is `unknown`, and can be any of these or of
    what they make together. The mark of a footnote behind a number is no part of it.
    """
    reading = _remembered if len(text) <= _LONGEST_REMEMBERED else _reading
    return reading(text, column.kind, column.unit)


def mark_of(text: str) -> Mark:
    """Return what `text` says where it may stand in a column of any kind."""
    found = parse(text, _AMOUNT).mark
    return parse(text, _COUNT).mark if found == "text" else found


def _reading(text: str, kind: str, fixed_unit: str | None) -> Reading:
    plain = folded(text).strip("​﻿")
    if not plain:
        return Reading("blank")
    if has_marks(text):
        return _without_marks(text, kind, fixed_unit)
    if _LOST.search(plain):
        rest = _LOST.sub("", text)
        is_value = _PIECES.fullmatch(rest) or _reading(rest, kind, fixed_unit).mark != "text"
        return Reading("unknown", oddity="lost") if is_value else Reading("text")
    if _DASH.fullmatch(plain):
        return Reading("dash")
    if plain == _NOUGHT:
        is_amount = kind == "amount"
        return Reading("number", Decimal(0) if is_amount else 0, fixed_unit if is_amount else None)
    match = _NUMBER.fullmatch(plain)
    if _DIGITS_APART.search(text.strip()):
        return _in_parts(text, kind, fixed_unit)
    if match is not None and _SIGN_APART.match(_evened(text)):
        return _below_its_sign(plain, kind, fixed_unit)
    if match is None:
        return Reading("text")
    if _is_too_long(match):
        return Reading("text", oddity="too_long")
    return _number(match, kind, fixed_unit)


def _without_marks(text: str, kind: str, fixed_unit: str | None) -> Reading:
    """Return what a text with marks of footnotes says; one that is nothing else may be a number."""
    rest = "".join(run for run, is_mark in marks_in(text) if not is_mark)
    if not rest.strip():
        marked = _number_in(folded(text), kind, fixed_unit)
        candidates = () if marked is None else (marked, None)
        return Reading("unknown", oddity="raised", candidates=candidates)
    reading = _reading(rest, kind, fixed_unit)
    if reading.mark != "number" or reading.oddity is not None:
        return reading
    return replace(reading, oddity="raised")


def _in_parts(text: str, kind: str, fixed_unit: str | None) -> Reading:
    """Return what digits apart by blanks say: nobody knows which of them are one number."""
    whole = _evened(text)
    parts = whole.split()
    if _GAP.fullmatch(whole) is None or len(parts) > _MOST_PARTS:
        return Reading("text")
    ends = range(1, len(parts) + 1)
    runs = ["".join(parts[start:end]) for end in ends for start in range(end)]
    found = (_number_in(run, kind, fixed_unit) for run in sorted(runs, key=len, reverse=True))
    numbers = tuple(dict.fromkeys(number for number in found if number is not None))
    return Reading("unknown", oddity="gap", candidates=numbers)


def _below_its_sign(plain: str, kind: str, fixed_unit: str | None) -> Reading:
    """Return what a number on the line below a sign says: it may be a dash, and a cell of its own."""
    found = (_number_in(said, kind, fixed_unit) for said in (plain, plain.lstrip("+-")))
    return Reading("unknown", oddity="gap", candidates=tuple(n for n in found if n is not None))


def _number_in(plain: str, kind: str, fixed_unit: str | None) -> int | Decimal | None:
    match = _NUMBER.fullmatch(plain)
    if match is None or _is_too_long(match):
        return None
    return _number(match, kind, fixed_unit).value


# Most cells of a report say 0, and each is asked for several times.
_remembered = functools.lru_cache(4096)(_reading)


def _is_too_long(match: re.Match[str]) -> bool:
    whole, fraction = match["digits"].replace(",", ""), match["fraction"] or "."
    return len(whole) > MOST_DIGITS or len(whole) + len(fraction) - 1 > EXACT_DIGITS


def _number(match: re.Match[str], kind: str, fixed_unit: str | None) -> Reading:
    sign_text, fraction, unit = match["sign"], match["fraction"], match["unit"]
    sign = _SIGNS[sign_text[:1] if sign_text[:1] in "+-" else sign_text]
    oddity = "double_sign" if len(sign_text) > 1 and sign_text[0] in "+-" else None
    oddity = oddity or ("remark" if match["remark"] else None)
    digits = match["digits"].replace(",", "")
    if kind == "amount":
        if unit is not None and unit not in UNITS:
            return Reading("text")
        printed_unit = unit or fixed_unit
        amount = Decimal(digits + (fraction or ""))
        # Not by multiplying, which would round.
        amount = amount.copy_negate() if sign < 0 else amount
        return Reading("number", amount, printed_unit, oddity)
    if fraction or unit in UNITS:
        return Reading("text", oddity="fraction" if fraction else None)
    return Reading("number", sign * int(digits), None, oddity)


def in_wan(amount: Decimal, unit: str | None) -> Decimal | None:
    """Return an amount in 万元, exactly, or None where its unit is not known.

    One in another unit has no more decimals than it needs: 1234000 元 are 123.4 万元.
    """
    exponent = _WAN_EXPONENTS.get(unit or "")
    if not exponent:
        return None if exponent is None else amount
    return LONG.normalize(LONG.scaleb(amount, exponent))


def screened_wan(amount: Decimal | None, unit: str | None) -> float:
    """Return about how many 万元, to tell sizes by and never to be shown or added up.

    0 without an amount, NaN where its unit is not known.
    """
    wan = Decimal(0) if amount is None else in_wan(amount, unit)
    return math.nan if wan is None else float(wan)


def added(numbers: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts, exactly."""
    return functools.reduce(LONG.add, numbers, Decimal(0))
