"""What an agency is asked to mend: the errors of its report's print, told apart by slips.

Never what corrections brought about, nor what somebody let stand for a reason. What a correction
here has mended still stands in the print, so the agency is asked about it. A carry whose evidence
lies at the report of another year is that report's error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.standing import slip_of
from checks.states import Judged

Slip = tuple[Judged, ...]
"""The findings that speak of one printed fault, in their order."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a letter about one report can say.

    `slips` are its errors; `elsewhere` those that the evidence lays at another year's report;
    `questions` are its doubts and questions about which nothing was decided; never what only we
    could not read.
    """

    slips: tuple[Slip, ...] = ()
    elsewhere: tuple[Slip, ...] = ()
    questions: tuple[Judged, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the findings that are asked about."""
        return frozenset(item.finding.key for slip in self.slips for item in slip)


def asking(judged: Iterable[Judged]) -> Asking:
    """Return what a report's agency is asked to mend, by what is said about the report."""
    printed = [item for item in judged if item.is_printed and item.state != "accepted"]
    errors = [item for item in printed if item.finding.is_error and not item.finding.undecided]
    slips: dict[str, list[Judged]] = {}
    for item in errors:
        slips.setdefault(slip_of(item.finding), []).append(item)
    own = [tuple(slip) for slip in slips.values() if not _is_elsewhere(slip)]
    return Asking(
        tuple(own),
        tuple(tuple(slip) for slip in slips.values() if _is_elsewhere(slip)),
        tuple(
            item
            for item in printed
            if not item.finding.is_error and not item.is_settled and not item.finding.undecided
        ),
    )


def _is_elsewhere(slip: Iterable[Judged]) -> bool:
    # Where the columns do not all say the same, the evidence decides nothing.
    return all(item.finding.rule == "carry" and item.finding.decided == "other" for item in slip)
