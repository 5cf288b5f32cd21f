"""What the print of a report comes to for whoever receives it: 有误, 待核 or 无误.

It goes by the print: a correction made here mends nothing there, so 更正后相符 stays 有误 until a
new version comes. Only a reason that somebody gave lets an error stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checks.findings import Finding
from checks.standing import slip_of
from checks.states import Judged

BY_THE_CALENDAR: Final = ("late", "late_filed")
"""What no figure and no answer can mend: it leaves nothing open about the report."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the print of a report stands.

    `errors`: definite errors that nobody let stand, as slips by their names within the agency;
    `let_stand` those that stand for a reason; `doubts` open questions and warnings.
    """

    errors: frozenset[str] = frozenset()
    let_stand: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()


def verdict(judged: Iterable[Judged]) -> Verdict:
    """Return how the print of a report stands that has these findings."""
    errors, let_stand, doubts, settled = set[str](), set[str](), set[str](), set[str]()
    for item in judged:
        slip = slip_of(item.finding)
        if not item.finding.is_error:
            if item.finding.rule not in BY_THE_CALENDAR:
                # What was corrected here stands in the print as it did.
                (settled if item.state == "accepted" else doubts).add(slip)
        elif item.is_printed and not _is_the_others(item.finding):
            (let_stand if item.state == "accepted" else errors).add(slip)
    # A doubt that belongs to an error is asked about with it.
    return Verdict(
        frozenset(errors),
        frozenset(let_stand | settled) - errors,
        frozenset(doubts) - errors,
    )


def _is_the_others(finding: Finding) -> bool:
    """Say whether the evidence lays a fault of two reports at the other one."""
    return finding.decided == "other"
