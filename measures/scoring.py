"""The score sheet (考评): what is left of the full score, what took points off, and the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from form.scoring import FULL, ITEMS, ItemKey, Ruling, Weight


@dataclass(frozen=True, slots=True)
class Point:
    """One reason why points are taken off.

    `evidence` names it within its item (a slip, a finding's key, a letter's number, "" where the item
    has only one); `finding` is the key of a finding of the report, `letter` the number of a letter.
    `is_open` says that it rests on a question, which takes nothing off until it is upheld.
    """

    item: ItemKey
    evidence: str
    says: str
    report_id: int | None = None
    finding: str | None = None
    letter: int | None = None
    is_open: bool = False
    ruling: Ruling | None = None

    @property
    def counts(self) -> bool:
        """Say whether it takes points off."""
        if self.ruling is not None:
            return self.ruling.word == "upheld"
        return not self.is_open

    @property
    def is_pending(self) -> bool:
        """Say whether nobody has said yet if it takes points off."""
        return self.is_open and self.ruling is None


@dataclass(frozen=True, slots=True)
class Scored:
    """An organ's score: what was taken off by item, and the points that led to it.

    `group` is that of the roster, `report_id` the report that counts.

    `rank` counts from 1; those with equal scores share one, and `is_tied` says so. `pending` is what
    the open points would take off besides. Who is not `is_rated` has neither score nor rank: no
    figures of his report count yet.
    """

    agency: str
    group: str
    report_id: int | None
    points: tuple[Point, ...]
    off: Mapping[ItemKey, Decimal]
    pending: Decimal
    is_rated: bool = True
    rank: int = 0
    is_tied: bool = False

    @property
    def score(self) -> Decimal:
        """What is left of the full score, never less than 0."""
        return max(FULL - sum(self.off.values(), Decimal(0)), Decimal(0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scores of a year's roster on a day, best first, with the weights that they rest on."""

    year: int
    day: date
    weights: Mapping[ItemKey, Weight]
    scored: tuple[Scored, ...]


def scored(
    agency: str,
    group: str,
    report_id: int | None,
    points: Iterable[Point],
    weights: Mapping[ItemKey, Weight],
    rulings: Mapping[tuple[str, str, str], Ruling],
    *,
    is_rated: bool = True,
) -> Scored:
    """Return an organ's score, without its rank; `rulings` by agency, item and evidence."""
    told = tuple(
        replace(point, ruling=rulings.get((agency, point.item, point.evidence))) for point in points
    )
    off = {key: weights[key].of(sum(x.item == key and x.counts for x in told)) for key in ITEMS}
    with_open = {
        key: weights[key].of(sum(x.item == key and (x.counts or x.is_pending) for x in told))
        for key in ITEMS
    }
    pending = sum((with_open[key] - off[key] for key in ITEMS), Decimal(0))
    return Scored(agency, group, report_id, told, off, pending, is_rated)


def ranked(organs: Iterable[Scored]) -> tuple[Scored, ...]:
    """Return scores with their ranks, best first; those that tie stay in the order given.

    Those that nobody can score yet come last, without a rank.
    """
    every = tuple(organs)
    ordered = sorted((item for item in every if item.is_rated), key=lambda item: -item.score)
    scores = [item.score for item in ordered]
    told = (
        replace(item, rank=scores.index(item.score) + 1, is_tied=scores.count(item.score) > 1)
        for item in ordered
    )
    return (*told, *(item for item in every if not item.is_rated))
