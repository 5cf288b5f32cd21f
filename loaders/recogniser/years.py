"""Which year a report is on, where its title, its file's name and its text say different ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from form.report import Paragraph, Witness, YearSaid
from loaders.cleaning import clean

_SIGNS: Final[Mapping[str, str]] = {
    **{sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "O": "0",
    "０": "0",
}
NUMERAL: Final = r"(?:20[12]\d|二[〇零○O0][一二][〇零○O0一二三四五六七八九])"
_PERIOD: Final = re.compile(
    rf"(?:统计|数据|报告|列|汇总)[^。;]{{0,8}}?(?:期限|时限|期间|时间|时段|周期|区间|起止)[^。;]{{0,12}}?"
    rf"(?P<first>{NUMERAL})年(?:度|(?:1|01|一)月(?:1|01|一)日)"
    rf"(?:[^。;0-9]{{0,6}}(?:(?P<last>{NUMERAL})年)?(?:12|十二)月(?:31|三十一)日)?"
)
_BESIDE: Final = re.compile(r"《[^》]*》|〔[^〕]*〕|\[[^\]]*\]|\([^)]*\)|【[^】]*】")
"""Titles of papers, their numbers and asides: a year in them is not the work's."""
_WORK_YEAR: Final = re.compile(
    rf"({NUMERAL})年(?!\d{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|(?:前|以前|之前))"
)
_FILE_YEAR: Final = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_FILE_YEAR_NAMED: Final = re.compile(r"(?<!\d)(20[12]\d)年")
_SENTENCE: Final = re.compile(r"[^。;!]+")


def years_said(title: int | None, paragraphs: Sequence[Paragraph], name: str) -> dict[Witness, int]:
    """Return the year that each witness names; one that names none or several says nothing."""
    found: dict[Witness, int | None] = {
        "title": title,
        "file_name": _in_name(name),
        "period": _only(_periods(paragraphs)),
        "prose": _first_sentence(paragraphs),
    }
    return {witness: year for witness, year in found.items() if year is not None}


def in_conflict(said: Mapping[Witness, int]) -> tuple[YearSaid, ...]:
    """Return all years that are named, where who names them leaves the report's open; else ().

    The title stands, without one the period. Either gives way to nothing but the period, or the
    file's name and the prose together: a name alone may be of the day it was saved, a sentence
    alone may have been left standing from another year.
    """
    stands = said.get("title") or said.get("period")
    if stands is None:
        is_open = "file_name" in said and said.get("prose", said["file_name"]) != said["file_name"]
    else:
        agreed = said.get("prose") if said.get("prose") == said.get("file_name") else None
        is_open = bool({said.get("period"), agreed} - {None, stands})
    if not is_open:
        return ()
    years = sorted(set(said.values()))
    return tuple(
        YearSaid(year, tuple(witness for witness in said if said[witness] == year))
        for year in years
    )


def _only(years: Iterable[int]) -> int | None:
    found = set(years)
    return found.pop() if len(found) == 1 else None


def _in_name(name: str) -> int | None:
    """Return the one year in a file's name; one that is written as a year before bare numbers."""
    stem = unicodedata.normalize("NFKC", clean(PurePath(name).stem))
    named = map(int, _FILE_YEAR_NAMED.findall(stem))
    return _only(named) or _only(map(int, _FILE_YEAR.findall(stem)))


def _periods(paragraphs: Iterable[Paragraph]) -> Iterator[int]:
    """Yield the year of each sentence that says from when to when figures were counted."""
    for paragraph in paragraphs:
        for match in _PERIOD.finditer(_folded(paragraph.text)):
            first, last = year_of(match["first"]), match["last"]
            if last is None or year_of(last) == first:
                yield first


def _first_sentence(paragraphs: Iterable[Paragraph]) -> int | None:
    """Return the one year of work that section 一's first sentence names."""
    own = (_folded(item.text) for item in paragraphs if item.section == 1)
    prose = (text for text in own if not re.match(r"[一二三四五六]、", text))
    sentences = (match[0] for text in prose for match in _SENTENCE.finditer(text))
    first = next((text for text in sentences if len(text) > 4), "")
    plain = _BESIDE.sub("", first)
    return _only(map(year_of, _WORK_YEAR.findall(plain)))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def year_of(text: str) -> int:
    """Return the year that a text which NUMERAL matches says."""
    return int("".join(_SIGNS.get(sign, sign) for sign in text.replace("二", "2")))
