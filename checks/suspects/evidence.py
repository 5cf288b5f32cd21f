"""What else speaks about a table's cells: sentences of the prose, the reports of other years."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from checks.explanations import Confirmation
from form.report import Report
from form.rules import YearOffset, year_sums


class Claim(Protocol):
    """What the prose says of a table: the cells that add up to a figure, or to at least that."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses whose sum is spoken of."""

    @property
    def value(self) -> int:
        """The figure."""

    @property
    def bound(self) -> str:
        """`=`, or `>=` where the prose says 余 or 多, or `<=`."""


_BOUNDS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cells of one table that must add up to `value` (at least, at most), if `source` is right."""

    addresses: tuple[str, ...]
    value: int
    bound: str
    source: Confirmation

    def holds(self, figures: Mapping[str, int]) -> bool:
        """Say whether these figures, by address, agree."""
        found = sum(figures[place] for place in self.addresses)
        return _BOUNDS[self.bound](found, self.value)


def gathered(
    report: Report, claims: Iterable[Claim], before: Report | None, after: Report | None
) -> tuple[Evidence, ...]:
    """Return all evidence about cells that the report has and that say what they hold."""
    found = [
        *(Evidence(tuple(claim.addresses), claim.value, claim.bound, "prose") for claim in claims),
        *_of_year(report, before, -1, "previous_year"),
        *_of_year(report, after, 1, "next_year"),
    ]
    return tuple(
        item
        for item in dict.fromkeys(found)
        if item.addresses and all(_is_said(report, place) for place in item.addresses)
    )


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
        known = all(_is_said(other, place) for place in places)
        if item.rule.severity == "error" and known and len(signs) == 1:
            value = sum(
                item.weights[theirs, place] * int(other.cells[place].in_sums or 0)
                for place in places
            )
            yield Evidence(item.addresses(ours), -value * signs.pop(), "=", source)


def _is_said(report: Report, place: str) -> bool:
    return place in report.cells and report.cells[place].mark not in ("text", "unknown")
