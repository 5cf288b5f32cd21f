"""How a text says that a number grew, held against last year's report: 收到 120 件，较上年增长 20%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Final

from checks.prose.against_tables import MOST_TOGETHER, Values, added, look_into
from checks.prose.claims import Said
from checks.prose.quantities import LOOSELY, Sum, sums
from checks.prose.remarks import Remark, quoted
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded
from checks.prose.vocabulary import LAST
from form.report import Cell

RULE: Final = "prose_growth"
_QUANTITIES: Final = (
    *("applications.received", "applications.answered", "applications.granted"),
    *("review.total", "litigation.total"),
)
_CHANGE = re.compile(
    rf"(?:同比|(?:相比|相较|相比于|比|较|与)(?:{LAST}{{4}}年度?|上一?年度?|去年度?)(?:同期)?(?:相比|相较)?)"
    r"(?:,)?(?:有所|大幅|明显|略有|小幅)?(?P<way>增长|增加|上升|提高|多|下降|减少|降低|少)(?:了|为|达)?"
    r"(?P<amount>\d{1,6}(?:\.\d{1,4})?)(?P<unit>%|件|宗|份|起)(?![多余左])"
)
_DOWN: Final = ("下降", "减少", "降低", "少")
_BETWEEN = re.compile(r"[,(]?(?:数量|申请量|总量|总数)?")


@dataclass(frozen=True, slots=True)
class Grown:
    """What a text says of a change, and what last year's table makes of it.

    `before` are the numbers that last year's figure can be, by the sums of cells that the quantity
    can mean, the plainest first.
    """

    remark: Remark
    quantity: str
    value: int
    before: tuple[int, ...]
    meant: Sum


def changes(
    sentence: Sentence, fold: Folded, masked_text: str, said: Sequence[Said]
) -> Iterator[Remark]:
    """Yield a remark for each number that is said to be so much more or less than last year's.

    `masked_text` is the folded sentence with its years masked, `said` what it claims.
    """
    for found in _CHANGE.finditer(masked_text):
        before = [item for item in said if item.end <= found.start()]
        last = max(before, key=lambda item: item.end, default=None)
        if last is None or last.quantity not in _QUANTITIES or last.bound != "=":
            continue
        if not _BETWEEN.fullmatch(masked_text, last.end, found.start()):
            continue
        sign = "-" if found["way"] in _DOWN else ""
        unit = "%" if found["unit"] == "%" else "件"
        values = (last.quantity, last.value, f"{sign}{found['amount']}", unit)
        yield Remark(RULE, values, (quoted(sentence, fold, last.start, found.end()),))


def contradicted(
    remarks: Sequence[Remark], now: Mapping[str, Cell], before: Mapping[str, Cell]
) -> Iterator[Grown]:
    """Yield the changes that no figure of last year's report bears out.

    This year's figure may be the text's or the table's, last year's any sum of cells that the
    quantity can mean; where one of these is not known, nothing is said.
    """
    ours, theirs = look_into(now), look_into(before)
    for remark in remarks:
        if remark.rule != RULE:
            continue
        quantity, value = str(remark.values[0]), int(remark.values[1])
        readings = (*sums()[quantity], *LOOSELY.get(quantity, ()))
        old = [added(reading, theirs) for reading in readings]
        new = [frozenset((value,)), *(added(reading, ours) for reading in readings)]
        if any(values is None for values in old) or not any(filter(None, old)):
            continue
        if not _borne_out(remark, new, old):
            known = dict.fromkeys(number for values in old for number in sorted(values or ()))
            yield Grown(remark, quantity, value, tuple(known), readings[0])


def _borne_out(remark: Remark, new: Sequence[Values], old: Sequence[Values]) -> bool:
    sizes = (sum(len(values or ()) for values in side) for side in (new, old))
    if prod(sizes) > MOST_TOGETHER:
        return True
    pairs = (
        (one, other)
        for ones in new
        for others in old
        for one in ones or ()
        for other in others or ()
    )
    return any(_fits(remark, one, other) for one, other in pairs)


def _fits(remark: Remark, now: int, before: int) -> bool:
    """Say whether a change from one number to another is what the text says, rounded or cut off."""
    amount, unit = Decimal(str(remark.values[2])), remark.values[3]
    if unit != "%":
        return Decimal(now - before) == amount
    if not before:
        # From nothing there is no growth in per cent: what is said of it cannot be wrong.
        return True
    step = Decimal(1).scaleb(int(amount.as_tuple().exponent))
    return abs(Decimal(100 * (now - before)) / before - amount) < step
