"""The period that a report says its figures are of, where it is not its year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from checks.prose.remarks import Remark, quoted
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded

RULE: Final = "prose_period"
_PERIOD = re.compile(
    r"(?:统计(?:的)?(?:期限|时限|时间|周期|时段|范围|区间|口径)|(?:数据|报告)(?:的)?(?:期限|时限|时间|周期)|所列数据|报告期|起止(?:时间|日期))"
    r"[^;,\d]{0,16}(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?:起|开始)?,?(?:[至到]|[-—–~]{1,2})"
    r"(?:(?P<last_year>(?:19|20)\d\d)年)?(?P<last_month>\d{1,2})月(?:(?P<last_day>\d{1,2})日|底|末)?"
)
_FIRST, _LAST = (1, 1), (12, 31)


def other_period(sentence: Sentence, fold: Folded, year: int | None) -> Iterator[Remark]:
    """Yield a remark where a sentence says that the figures are of other dates than the year's.

    A period of another whole year is left to `prose_year`, which asks about it already.
    """
    found = _PERIOD.search(fold.text) if year is not None else None
    if found is None:
        return
    first = _day(found["year"], found["month"], found["day"] or _FIRST[1])
    last = _day(
        found["last_year"] or found["year"],
        found["last_month"],
        found["last_day"] or _LAST[1],
    )
    if first is None or last is None or _is_whole(first, last):
        return
    begins, ends = first.isoformat(), last.isoformat()
    yield Remark(
        RULE, (begins, ends, f"{year}"), (quoted(sentence, fold, found.start(), found.end()),)
    )


def _day(year: str, month: str, day: str | int) -> date | None:
    """Return a day; the last of its month where it says a later one (a month has no day 31)."""
    try:
        return date(int(year), int(month), min(int(day), monthrange(int(year), int(month))[1]))
    except ValueError:
        return None


def _is_whole(first: date, last: date) -> bool:
    """Say whether it is one whole year: this one, or another that `prose_year` asks about."""
    ends = (first.month, first.day), (last.month, last.day)
    return ends == (_FIRST, _LAST) and first.year == last.year
