"""When a report says that it was published; by when it had to be, `form.agencies.terms` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from checks.findings import Quote
from checks.prose.numerals import whole_number
from form.report import Paragraph
from form.values import folded

_DATE: Final = (
    r"(?P<year>20\d\d|[二2][〇零○O0][〇零○一二三四五六七八九0-9]{2})[年./-]"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})[月./-]"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?"
)
_LABELLED = re.compile(
    rf"(?:发布日期|发布时间|公开日期|公布日期|公开时间|公布时间|发文日期|成文日期|(?<!.)(?:日期|时间)):?{_DATE}(?:\d\d:\d\d)?"
)
_ALONE = re.compile(
    rf"(?!.{{0,20}}(?:打印|更新|浏览|下载|截[至止]))[(（]?(?:[^\d,，。；;]{{0,30}}?){_DATE}[)）]?(?:\d\d:\d\d(?::\d\d)?)?"
)
_YEARS: Final = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_LONGEST_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Publication:
    """A day of publication that a report prints, and the line that prints it."""

    day: date
    quote: Quote


def publication(paragraphs: Sequence[Paragraph], year: int | None) -> Publication | None:
    """Return when a report on `year` says that it was published; None where it does not.

    Of several days, the earliest after the report's year counts: a signature's day is not undone
    by a web page put up anew later.
    """
    if year is None:
        return None
    found = [item for item in _printed(paragraphs) if item.day.year > year]
    return min(found, key=lambda item: item.day, default=None)


def _printed(paragraphs: Sequence[Paragraph]) -> Iterator[Publication]:
    last = max((item.section for item in paragraphs), default=0)
    for paragraph in paragraphs:
        if paragraph.section not in (0, last):
            continue
        text = folded(paragraph.text[: 4 * _LONGEST_LINE])
        match = _LABELLED.search(text)
        if match is None and len(text) <= _LONGEST_LINE:
            match = _ALONE.fullmatch(text)
        day = _day(match) if match else None
        if day is not None:
            line = paragraph.text.strip()[: 4 * _LONGEST_LINE]
            quote = Quote(paragraph.section, line, 0, len(line), paragraph.place)
            yield Publication(day, quote)


def _day(match: re.Match[str]) -> date | None:
    month, day = whole_number(match["month"]), whole_number(match["day"])
    year = int(match["year"].replace("二", "2", 1).translate(_YEARS))
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
