"""What can stand behind a difference, and what each guess foretells cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from form.report import Report
from measures.rollup.adding import number_in
from measures.rollup.model import CauseKey, Filing, Left, Number, Rollup, Why, minus
from measures.rollup.ripples import Gaps

RANK: Final[Mapping[CauseKey, int]] = {
    "version": 0,
    "other_edition": 1,
    "counted_within": 1,
    "counted_excluded": 1,
    "left_out": 2,
    "twice": 3,
}
"""Which of two guesses is the better one where both foretell the same: what the library has seen
happen comes before what may have happened."""
_COUNTED: Final[Mapping[Why, CauseKey]] = {
    "excluded": "counted_excluded",
    "within": "counted_within",
    "edition": "other_edition",
}


@dataclass(frozen=True)
class Guess:
    """Something that the parent may have done, and the gaps that would come of it.

    `gaps` are only in cells that can be compared; `unsure` are those in which it cannot be told.
    """

    cause: CauseKey
    agency: str
    gaps: Gaps
    unsure: frozenset[str] = frozenset()
    version: int | None = None


def guesses(rollup: Rollup, places: Collection[str]) -> Iterator[Guess]:
    """Yield everything that is looked into; `places` are the cells that can be compared."""
    for filing in rollup.filings:
        own = _figures(filing.report, _own(rollup, filing, places))
        for number, other in sorted(filing.others.items(), reverse=True):
            yield _guess("version", filing, _figures(other, places), own, number)
        yield _guess("left_out", filing, dict.fromkeys(own, 0), own)
        yield _guess("twice", filing, own, dict.fromkeys(own, 0))
    for left in rollup.left:
        apart = rollup.kept_apart.get(left.agency) or _of(rollup, left)
        if apart is not None:
            held = _figures(apart.report, [place for place in places if _is_off(left, place)])
            yield _guess(_COUNTED[left.why], apart, held, dict.fromkeys(held, 0))


def _of(rollup: Rollup, left: Left) -> Filing | None:
    return next((item for item in rollup.filings if item.agency == left.agency), None)


def _is_off(left: Left, place: str) -> bool:
    """Say whether an organ is no part of the sum in this cell."""
    return not left.tables or place.partition(".")[0] in left.tables


def _own(rollup: Rollup, filing: Filing, places: Collection[str]) -> list[str]:
    """Return the cells that an organ is part of."""
    off = {key for item in rollup.left if item.agency == filing.agency for key in item.tables}
    return [place for place in places if place.partition(".")[0] not in off]


def _figures(report: Report, places: Collection[str]) -> dict[str, Number | None]:
    return {place: number_in(report.cells.get(place), place) for place in places}


def _guess(
    cause: CauseKey,
    filing: Filing,
    counted: Mapping[str, Number | None],
    ours: Mapping[str, Number | None],
    version: int | None = None,
) -> Guess:
    """Return the guess that the parent counted other figures of an organ than are counted here."""
    gaps, unsure = dict[str, Number](), set[str]()
    for place, mine in ours.items():
        theirs = counted.get(place)
        if mine is None or theirs is None:
            unsure.add(place)
        elif gap := minus(theirs, mine):
            gaps[place] = gap
    return Guess(cause, filing.agency, gaps, frozenset(unsure), version)
