"""Repairs: what may be done about findings, as whole sets of cells, and when one may be called certain.

An explanation is about a whole report. A repair of some findings is what of it hangs together with
them: cells that stand in one sum are changed together or not at all, since one of them alone would
break that sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checks.explanations import (
    Change,
    Confirmation,
    Group,
    Part,
    Suspects,
    in_print,
    least_likely,
)
from checks.findings import Finding
from form.decisions import as_printed
from form.model import split_address
from form.report import Report
from form.rules import RULES

NONE: Final = Suspects()
BALANCED: Final = frozenset(
    row for rule in RULES if rule.code == "balance" for row in (*rule.left, *rule.right)
)
"""The rows of section 三 that its balance holds against each other; the others add up to 总计."""
TOTAL_ROW: Final = "total_processed"
OWN_RULES: Final = frozenset({*(rule.code for rule in RULES), "missing_total"})
"""What one report's tables decide by themselves: findings that a repair can be certain for."""
COMPARED: Final = 60
"""Explanations that are asked which findings belong together."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend some findings: every cell that has to change together with theirs.

    Ways of one `rank` are tied.
    """

    parts: tuple[Part, ...]
    rank: int = 1

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every cell of it, in printed order."""
        return in_print(change for part in self.parts for change in part.changes)

    @property
    def group(self) -> Group:
        """Why it stands where it does."""
        return least_likely(part.group for part in self.parts)

    @property
    def confirmed(self) -> tuple[Confirmation, ...]:
        """What else speaks for these very cells."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.confirmed))

    @property
    def is_forced(self) -> bool:
        """Say whether every cell of it can have one figure only."""
        return all(change.is_forced for change in self.changes)


def share_a_sum(one: str, other: str) -> bool:
    """Say whether two cells (addresses) stand in one sum of the form, whatever its edition."""
    (table, row, column), (table_b, row_b, column_b) = split_address(one), split_address(other)
    if table != table_b:
        return False
    if row == row_b:
        return True
    if table != "applications" or column != column_b:
        return False
    return {row, row_b} <= BALANCED or all(
        each == TOTAL_ROW or each not in BALANCED for each in (row, row_b)
    )


def coupled(changes: Sequence[Change]) -> tuple[tuple[Change, ...], ...]:
    """Return changes in sets that can be made one without the other, in their order."""
    sets: list[list[Change]] = []
    for change in changes:
        near = [
            item
            for item in sets
            if any(share_a_sum(change.address, other.address) for other in item)
        ]
        sets = [item for item in sets if item not in near]
        sets.append([change, *(other for item in near for other in item)])
    place = {change.address: at for at, change in enumerate(changes)}
    ordered = (tuple(sorted(item, key=lambda change: place[change.address])) for item in sets)
    return tuple(sorted(ordered, key=lambda item: place[item[0].address]))


def ways(findings: Finding | Sequence[Finding], suspects: Suspects) -> tuple[Way, ...]:
    """Return the different ways to mend findings that belong together, best first, each whole.

    Ties elsewhere in the report multiply explanations; here each way stands once.
    """
    items = (findings,) if isinstance(findings, Finding) else findings
    found: dict[tuple[Change, ...], Way] = {}
    for explanation in suspects.explanations:
        parts = tuple(
            part
            for part in explanation.parts
            if any(_touches(part.changes, item) for item in items)
        )
        if parts:
            way = Way(parts, explanation.rank)
            found.setdefault(way.changes, way)
    ranks = {rank: at for at, rank in enumerate(sorted({way.rank for way in found.values()}), 1)}
    return tuple(replace(way, rank=ranks[way.rank]) for way in found.values())


def _touches(changes: Iterable[Change], finding: Finding) -> bool:
    """Say whether changes make a difference to a finding.

    That a total is missing says the sums it stands in, whatever cell they are mended by.
    """
    if finding.rule != "missing_total":
        return any(change.address in finding.cells for change in changes)
    return any(share_a_sum(change.address, place) for change in changes for place in finding.cells)


def certain(
    findings: Finding | Sequence[Finding], found: Sequence[Way], suspects: Suspects
) -> Way | None:
    """Return the way that may be offered as the likeliest, None where the choice would be a guess.

    It is the only one, where every way is listed; or the first rank is its alone, and prose or another
    year says the same. Only what the tables decide by themselves can be so, and only of the print:
    after a correction a way may hold for no other reason than that somebody guessed.
    """
    items = (findings,) if isinstance(findings, Finding) else findings
    if suspects.on != "print" or not found or not any(item.rule in OWN_RULES for item in items):
        return None
    if any(item.undecided for item in items):
        return None
    first = [way for way in found if way.rank == 1]
    only = is_only(found, suspects)
    if len(first) == 1 and first[0].is_forced and (only or first[0].confirmed):
        return first[0]
    return None


def for_report(suspects: Suspects, report: Report) -> Suspects:
    """Return what explains a report's print, as what may be said of it as it counts.

    Once printed figures are corrected none of it is certain any more: what the print would need is
    not what the figures need that count.
    """
    return suspects if as_printed(report) is report else replace(suspects, on="corrected")


def is_only(found: Sequence[Way], suspects: Suspects) -> bool:
    """Say whether there is no other way than this one."""
    return len(found) == 1 and suspects.every_way and suspects.on == "print"


def together(findings: Sequence[Finding], suspects: Suspects) -> tuple[tuple[int, ...], ...]:
    """Return which findings (by place) one repair mends, in their order; each stands in one group.

    Two of them belong together where cells that are changed together stand in both, and where
    they speak of one slip. Errors only are mended: what is merely doubtful is no sum's business.
    """
    groups = [[at] for at in range(len(findings))]
    for slip in dict.fromkeys(item.slip for item in findings if item.slip):
        groups = _merged(groups, [at for at, item in enumerate(findings) if item.slip == slip])
    best = [item for item in suspects.explanations if item.rank == 1][:COMPARED]
    for changes in dict.fromkeys(part.changes for item in best for part in item.parts):
        touched = (
            at for at, item in enumerate(findings) if item.is_error and _touches(changes, item)
        )
        groups = _merged(groups, touched)
    return tuple(tuple(sorted(group)) for group in sorted(groups, key=min))


def _merged(groups: list[list[int]], joined: Iterable[int]) -> list[list[int]]:
    wanted = set(joined)
    touched = [group for group in groups if wanted.intersection(group)]
    if len(touched) < 2:
        return groups
    rest = [group for group in groups if group not in touched]
    return [*rest, [at for group in touched for at in group]]
