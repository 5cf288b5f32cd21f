"""What else speaks about a table's cells: sentences of the prose, the reports of other years."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from checks.explanations import Confirmation
from checks.prose.against_tables import told_apart
from checks.prose.claims import Claim
from checks.prose.quantities import LOOSELY, sums
from form.report import Report
from form.rules import YearOffset, year_sums

MOST_TOLD: Final = 60
"""Statements of the prose that explanations are weighed by: no real report makes half as many."""
_BOUNDS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cells of one table that must add up to `value` (at least, at most), if `source` is right.

    One of several `sums` will do; the first is what is most likely meant.
    """

    sums: tuple[tuple[str, ...], ...]
    value: int
    bound: str
    source: Confirmation

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses that it speaks of."""
        return frozenset(place for places in self.sums for place in places)

    def meant(self, figures: Mapping[str, int]) -> tuple[str, ...] | None:
        """Return the first of its sums that agrees with these figures, by address."""
        for places in self.sums:
            if _BOUNDS[self.bound](sum(figures[place] for place in places), self.value):
                return places
        return None

    def holds(self, figures: Mapping[str, int]) -> bool:
        """Say whether these figures agree."""
        return self.meant(figures) is not None


def gathered(
    report: Report, claims: Iterable[Claim], before: Report | None, after: Report | None
) -> tuple[Evidence, ...]:
    """Return all evidence about cells that the report has and that say what they hold."""
    found = [
        *(_claimed(report, claim) for claim in told_apart(claims)),
        *_of_year(report, before, -1, "previous_year"),
        *_of_year(report, after, 1, "next_year"),
    ]
    return tuple(item for item in dict.fromkeys(found) if item.sums)


def bounded(evidence: Iterable[Evidence]) -> tuple[tuple[Evidence, ...], int]:
    """Return evidence with no more of the prose than can be weighed, and how much is left out."""
    found = tuple(evidence)
    told = [item for item in found if item.source == "prose"]
    left_out = set(map(id, told[MOST_TOLD:]))
    return tuple(item for item in found if id(item) not in left_out), len(left_out)


def _claimed(report: Report, claim: Claim) -> Evidence:
    """Return a claim with those of its sums that the report has; none where a cell is open."""
    meant = sums().get(claim.quantity, ())
    if claim.loose:
        meant += LOOSELY.get(claim.quantity, ())
    had = tuple(places for places in meant if all(place in report.cells for place in places))
    return Evidence(_told(report, had), claim.value, claim.bound, "prose")


def _of_year(
    report: Report, other: Report | None, offset: int, source: Confirmation
) -> Iterator[Evidence]:
    """Yield what the report on the year `offset` years from ours says of ours, by certain rules."""
    if other is None:
        return
    first, second = (other, report) if offset < 0 else (report, other)
    ours: YearOffset = 0 if offset < 0 else -1
    theirs: YearOffset = -1 if offset < 0 else 0
    for item in year_sums(first.editions, second.editions):
        places = item.addresses(theirs)
        signs = {item.weights[ours, place] for place in item.addresses(ours)}
        known = all(_says(other, place) for place in places)
        if item.rule.severity == "error" and known and len(signs) == 1:
            value = sum(
                item.weights[theirs, place] * int(other.cells[place].in_sums or 0)
                for place in places
            )
            meant = _told(report, (item.addresses(ours),))
            yield Evidence(meant, -value * signs.pop(), "=", source)


def _told(report: Report, meant: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return sums of cells if the report tells all their figures, else none."""
    told = all(_says(report, place) for places in meant for place in places)
    return meant if told else ()


def _says(report: Report, place: str) -> bool:
    return place in report.cells and report.cells[place].mark not in ("text", "unknown")
