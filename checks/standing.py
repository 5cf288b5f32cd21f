"""How a report stands, counted in slips: what is wrong in its print, what corrections made of it.

The one place where findings are counted for people. A correction never makes a print faultless:
only a new version of the report does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from checks.findings import Finding
from checks.states import SETTLED, Judged
from form.figures import grouped
from form.language import _


@dataclass(frozen=True, slots=True)
class Standing:
    """How many slips a report has.

    `errors`: definite errors of the print that are left to do, in so many `places` (findings);
    `mended`: those that corrections mended, which the print still has; `accepted`: those that
    stand for a reason; `caused`: what corrections broke; `others`: doubts and questions left.
    """

    errors: int = 0
    places: int = 0
    mended: int = 0
    accepted: int = 0
    caused: int = 0
    others: int = 0

    @property
    def is_faultless(self) -> bool:
        """Say whether the print has no definite error, settled or not."""
        return not (self.errors or self.mended or self.accepted or self.caused)

    @property
    def sentence(self) -> str:
        """How the print stands with its sums, in Chinese."""
        if self.errors:
            return _("{n} 处勾稽错误").format(n=grouped(self.errors))
        if self.caused:
            return _("更正引起 {n} 处不平").format(n=grouped(self.caused))
        if self.mended:
            return _("更正后相符：印出的仍有 {n} 处错误，待机构确认").format(
                n=grouped(self.mended + self.accepted)
            )
        if self.accepted:
            return _("{n} 处勾稽错误已说明原因").format(n=grouped(self.accepted))
        return _("没有勾稽错误")

    @property
    def others_of_print(self) -> tuple[str, ...]:
        """What `sentence` leaves out where something is worse, in Chinese: what corrections did."""
        said = []
        if self.errors and self.caused:
            said.append(_("更正引起 {n} 处不平").format(n=grouped(self.caused)))
        if self.errors or self.caused:
            if self.mended:
                text = _("另有 {n} 处印出的错误，更正后相符")
                said.append(text.format(n=grouped(self.mended)))
            if self.accepted:
                text = _("另有 {n} 处勾稽错误已说明原因")
                said.append(text.format(n=grouped(self.accepted)))
        return tuple(said)


_NOTHING: Final = Standing()


def slip_of(finding: Finding) -> str:
    """Return what a finding's slip is known by within its report."""
    return finding.slip or finding.key


def count_slips(findings: Iterable[Finding]) -> int:
    """Return how many slips some findings of one report speak of."""
    return len({slip_of(item) for item in findings})


def standing(judged: Iterable[Judged]) -> Standing:
    """Return how a report stands that has these findings."""
    items = tuple(judged)
    return _standing_of([slip_of(item.finding) for item in items], items)


def standing_of(
    slips: Iterable[Hashable], errors: ArrayLike, printed: ArrayLike, states: ArrayLike
) -> Standing:
    """Return how the prints stand, together, that have some findings, given by columns.

    Each finding has its slip, by a name of its own in all of them; whether it is a definite error
    and whether the print has it (bool); and what became of it.
    """
    numbers: dict[Hashable, int] = {}
    slip = np.array([numbers.setdefault(name, len(numbers)) for name in slips], dtype=np.intp)
    error, of_print = np.asarray(errors, dtype=bool), np.asarray(printed, dtype=bool)
    state = np.asarray(states, dtype=object)
    if not len(slip):
        return _NOTHING
    wrong, left = error & of_print, ~np.isin(state, list(SETTLED))
    to_do = np.unique(slip[wrong & left])
    mended = np.setdiff1d(slip[wrong & (state == "corrected")], to_do)
    accepted = np.setdiff1d(slip[wrong & (state == "accepted")], np.union1d(mended, to_do))
    return Standing(
        len(to_do),
        int((wrong & left).sum()),
        len(mended),
        len(accepted),
        len(np.unique(slip[error & ~of_print])),
        len(np.unique(slip[~error & left])),
    )


def standing_of_many(
    judged: Mapping[int, Iterable[Judged]], agencies: Mapping[int, Hashable]
) -> Standing:
    """Return how many reports stand together.

    `agencies` are those of the reports by id: a slip that stands on two of one agency counts once.
    """
    found = [(agencies.get(number, number), item) for number in judged for item in judged[number]]
    return _standing_of(
        [(whose, slip_of(item.finding)) for whose, item in found], [item for _whose, item in found]
    )


def _standing_of(slips: Sequence[Hashable], items: Sequence[Judged]) -> Standing:
    return standing_of(
        slips,
        [item.finding.is_error for item in items],
        [item.is_printed for item in items],
        [item.state for item in items],
    )


def count_in_library(
    judged: Mapping[int, Iterable[Judged]], agencies: Mapping[int, Hashable]
) -> int:
    """Return how many definite errors of the print are left to do in many reports."""
    return standing_of_many(judged, agencies).errors
