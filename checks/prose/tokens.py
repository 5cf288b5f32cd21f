"""A sentence as tokens: its numbers, its punctuation, and the words of `vocabulary.py`.

Everything that no word accounts for is a `gap`; whether a number counts what a word names is
decided by what stands between the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from checks.prose.numerals import ABOUT, AT_LEAST, AT_MOST, SIGNS, Bound, bound, whole_number
from checks.prose.vocabulary import LAST, NEXT, OTHER, THIS, TITLE, VOCABULARY, WEAK

COUNT_UNITS: Final = "件次|件|起|份|封|宗|例|桩|项|部|条|个(?!工作|百分|月|小时|自然)|次(?!性)"
LOOSE_UNITS: Final = ("项", "条", "个", "次")
"""Units that count many other things too; a number in them must stand right beside its noun."""
_OTHER_UNITS: Final = (
    r"%|‰|人次|万?人|名|万?元|个百分点|倍|场|期|篇|天|日|月|年|号|时|分|种|类|批|轮|户|页|家|本|册|幅|个|次|度|"
    r"[A-Za-z]"
)
_CHINESE: Final = "".join(sign for sign in SIGNS if not sign.isdigit() and sign != ",")
NUMBER: Final = (
    rf"(?P<before>{'|'.join((*AT_LEAST, *AT_MOST, *ABOUT))})?"
    rf"(?P<digits>(?<![\d.])(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}})(?:\.\d{{1,4}})?[十百千万亿]{{0,2}}"
    rf"|[{_CHINESE}]{{1,10}}(?=[余多几]?(?:{COUNT_UNITS}|{_OTHER_UNITS}))|[零〇](?=$|[,;:()、]))"
    rf"(?P<after>余|多|几)?(?:(?P<unit>{COUNT_UNITS})|(?P<strange>{_OTHER_UNITS}))?"
    r"(?P<more>以上|以内|以下|左右|上下|之多|之内)?"
)
_ANY_YEAR: Final = rf"(?:[{LAST}{THIS}{NEXT}{OTHER}]{{4}}|(?:19|20)\d\d)"
_SPAN: Final = (
    rf"(?:近|过去|前|连续|最近)[{_CHINESE}\d]{{1,2}}年(?:来|以来)?|[二三四五六七八九十两]{{1,3}}年[来间]"
    rf"|{_ANY_YEAR}(?:年度?)?[-—~至到、和与及]{{1,2}}{_ANY_YEAR}年度?(?!\d{{1,2}}月)"
)
_ORDINAL: Final = rf"第[{_CHINESE}\d]{{1,8}}"
_MARKS: Final = {
    "comma": ",",
    "colon": ":",
    "semicolon": r"[;!?。]|(?<![\dA-Za-z.])\.(?![\dA-Za-z.])|\.$",
    "bracket": r"[(\[]",
    "bracket_end": r"[)\]]",
}
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d)(?=年)")
_TITLE = re.compile(r"《[^《》]{0,120}》")
_CHINESE_YEAR = re.compile(r"二[〇零○O0][〇零○O一二三四五六七八九0-9]{2}(?=年)")
_YEAR_DIGITS: Final = {
    **{sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "O": "0",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a folded sentence; numbers have a value, a bound (None: left open), a unit.

    A `weak` word can mean less than others of its kind: 受理 may be some of what was 收到.
    """

    kind: str
    start: int
    end: int
    value: int = 0
    bound: Bound | None = "="
    unit: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence in NFKC without blanks; `origin` says where each sign stood in the text."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text stands in the sentence as printed."""
        return self.origin[start], self.origin[end - 1] + 1


def folded(sentence: str) -> Folded:
    """Return a sentence as the vocabulary sees it: NFKC, no blanks, years in digits."""
    plain = unicodedata.normalize("NFKC", sentence)
    if len(plain) == len(sentence):
        pairs = [(sign, place) for place, sign in enumerate(plain) if not sign.isspace()]
    else:
        pairs = list(_sign_by_sign(sentence))
    signs = "".join([sign for sign, _place in pairs])
    text = _CHINESE_YEAR.sub(_in_digits, signs.replace("。", ";"))
    return Folded(text, tuple([place for _sign, place in pairs]))


def _sign_by_sign(sentence: str) -> Iterator[tuple[str, int]]:
    """Yield folded signs and where they stood, for text that folding makes longer or shorter."""
    for place, sign in enumerate(sentence):
        for part in unicodedata.normalize("NFKC", sign):
            if not part.isspace():
                yield part, place


def _in_digits(match: re.Match[str]) -> str:
    return "2" + "".join(_YEAR_DIGITS.get(sign, sign) for sign in match[0][1:])


def masked(text: str, year: int | None) -> str:
    """Return folded text with titles and years replaced by signs, at the same places."""
    plain = _TITLE.sub(lambda match: TITLE * len(match[0]), text)
    return _YEAR.sub(lambda match: _year_sign(int(match[0]), year) * 4, plain)


def _year_sign(mentioned: int, year: int | None) -> str:
    if year is None:
        return THIS
    return {year - 1: LAST, year: THIS, year + 1: NEXT}.get(mentioned, OTHER)


@cache
def patterns() -> re.Pattern[str]:
    """Return the one expression that finds every token, numbers and punctuation first."""
    words = {kind: "|".join(entries) for kind, entries in VOCABULARY.items()}
    kinds = {"span": _SPAN, "ordinal": _ORDINAL, "number": NUMBER, **_MARKS, **words}
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of masked text from left to right, and a `gap` wherever there is none."""
    reached = 0
    for match in patterns().finditer(text):
        if match.start() == match.end():
            continue
        if match.start() > reached:
            yield Token("gap", reached, match.start())
        yield _token(match)
        reached = match.end()
    if reached < len(text):
        yield Token("gap", reached, len(text))


def _token(match: re.Match[str]) -> Token:
    if match["digits"] is None:
        weak = match[0].startswith(WEAK)
        return Token(match.lastgroup or "gap", match.start(), match.end(), weak=weak)
    value = whole_number(match["digits"])
    unit = match["unit"] or ""
    if value is None or match["strange"] or (match["before"] and not unit):
        return Token("figure", match.start(), match.end())
    said = bound(match["before"] or "", (match["after"] or "") + (match["more"] or ""))
    return Token("number", match.start(), match.end(), value, said, unit)
