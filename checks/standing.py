"""How a report stands, counted in slips: what is wrong in its print, what corrections made of it.

The one place where findings are counted for people. A correction never makes a print faultless:
only a new version of the report does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from checks.findings import Finding
from checks.states import Judged
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
    if not items:
        return _NOTHING
    errors = [item for item in items if item.finding.is_error]
    left = [item.finding for item in errors if item.is_printed and not item.is_settled]
    open_slips = {slip_of(item) for item in left}
    mended = {slip_of(item.finding) for item in errors if item.state == "corrected"} - open_slips
    accepted = {
        slip_of(item.finding) for item in errors if item.state == "accepted" and item.is_printed
    }
    return Standing(
        len(open_slips),
        len(left),
        len(mended),
        len(accepted - mended - open_slips),
        count_slips(item.finding for item in errors if not item.is_printed),
        count_slips(
            item.finding for item in items if not item.finding.is_error and not item.is_settled
        ),
    )


def count_in_library(
    judged: Mapping[int, Iterable[Judged]], agencies: Mapping[int, Hashable]
) -> int:
    """Return how many definite errors of the print are left to do in many reports.

    `agencies` are those of the reports by id: a slip that stands on two of one agency counts once.
    """
    return len(
        {
            (agencies.get(number, number), slip_of(item.finding))
            for number, items in judged.items()
            for item in items
            if item.finding.is_error and item.is_printed and not item.is_settled
        }
    )
