"""Which cells of a finding are outlined: the most telling ones, never a whole sum in red."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checks.explanations import Suspects
from checks.findings import Finding
from form.model import address
from form.rules import RULES, Severity
from outputs.likely import NONE, told_ways

Side = Literal["left", "right"]
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "question")


def marked_cells(finding: Finding, suspects: Suspects = NONE) -> tuple[str, ...]:
    """Return the addresses that stand for a finding on screen and on paper.

    The suspects among its cells, where there are few. Otherwise, a finding about one place
    (`missing_total` and its like): that place. A sum that defines a printed total: the total. The
    balance, which defines none: the head of either side (本年新收 and 三（七）总计). Anything else:
    all its cells. An undecided finding marks nothing.
    """
    if finding.undecided:
        return ()
    told = told_ways(finding, suspects)
    if told:
        places = dict.fromkeys(change.address for way in told for change in way.changes)
        return tuple(place for place in places if place in finding.cells)
    if finding.table and finding.row and finding.column:
        return (address(finding.table, finding.row, finding.column),)
    left, right = finding.cells[: finding.left_cells], finding.cells[finding.left_cells :]
    if finding.rule in {rule.code for rule in RULES if rule.total is not None}:
        return right[:1]
    if finding.rule in {rule.code for rule in RULES}:
        return (*left[:1], *right[:1])
    return finding.cells


def side_of(finding: Finding | None, cell: str) -> Side | None:
    """Return the side of the finding's equation that a cell is added up on."""
    if finding is None or cell not in finding.cells:
        return None
    return "left" if finding.cells.index(cell) < finding.left_cells else "right"


def sentence(finding: Finding) -> str:
    """Return what a marked cell says about a finding: its message, led by its equation.

    The equation is not said twice where the message already holds it.
    """
    if not finding.equation or finding.equation in finding.message:
        return finding.message
    return f"{finding.equation}　{finding.message}"


def gravest(findings: Sequence[Finding]) -> Severity | None:
    """Return the highest severity among findings, None for none."""
    found = {finding.severity for finding in findings}
    return next((severity for severity in _SEVERITIES if severity in found), None)
