"""What a finding's cells would most likely have to say: the suspects of a report, seen from one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from checks.explanations import Change, Confirmation, Explanation, Suspects
from checks.findings import Finding
from form.figures import grouped, quoted
from form.language import _
from form.names import cell_name_in
from form.report import Report

MOST_WAYS: Final = 3
"""Ways that are told one by one; of more than these none is likelier than the rest."""
NONE: Final = Suspects()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend what a finding says.

    `changes` are those among the finding's own cells; `explanation` is the whole set, which may
    change other cells too.
    """

    changes: tuple[Change, ...]
    explanation: Explanation

    @property
    def others(self) -> int:
        """The number of further cells that change with it."""
        return len(self.explanation.changes) - len(self.changes)


def ways(finding: Finding, suspects: Suspects) -> tuple[Way, ...]:
    """Return the different ways in which the finding's own cells would change, best first.

    Ties elsewhere in the report multiply explanations; here each way stands once.
    """
    found: dict[tuple[Change, ...], Way] = {}
    for explanation in suspects.explanations:
        own = tuple(change for change in explanation.changes if change.address in finding.cells)
        if own:
            found.setdefault(own, Way(own, explanation))
    return tuple(found.values())


def told_ways(finding: Finding, suspects: Suspects) -> tuple[Way, ...]:
    """Return the ways whose cells are worth marking: none where there are too many."""
    found = ways(finding, suspects)
    return found if len(found) <= MOST_WAYS else ()


def repair_of(finding: Finding | None, suspects: Suspects, address: str) -> Change | None:
    """Return the change of one cell that the best way which touches it asks for."""
    if finding is None:
        return None
    changes = (change for way in told_ways(finding, suspects) for change in way.changes)
    return next((change for change in changes if change.address == address), None)


def way_sentence(report: Report, way: Way) -> str:
    """Return what the cells would have to say: 一、本年新收… · 自然人 应为 75."""
    parts = [
        _("{cell} 应为 {value}").format(
            cell=cell_name_in(report, change.address), value=quoted(change.after)
        )
        for change in way.changes[:MOST_WAYS]
    ]
    left_out = len(way.changes) - len(parts)
    if left_out:
        parts.append(_("另改 {n} 格").format(n=grouped(left_out)))
    return _("，").join(parts)


def way_reasons(way: Way, *, only: bool, complete: bool) -> tuple[str, ...]:
    """Return what speaks for a way in few words: what confirms it, that there is no other."""
    reasons = [_confirmations()[item] for item in way.explanation.confirmed]
    if only and complete:
        reasons.append(_("唯一能使全部关系成立的改法"))
    return tuple(reasons)


def repair_text(changes: Sequence[Change]) -> str:
    """Return changes as figures: 77 → 75, 3 → 2."""
    return _("，").join(
        f"{quoted(change.before)} → {quoted(change.after)}" for change in changes[:MOST_WAYS]
    )


def _confirmations() -> dict[Confirmation, str]:
    return {
        "prose": _("正文所述与此一致"),
        "previous_year": _("与上一年度报告一致"),
        "next_year": _("与下一年度报告一致"),
    }
