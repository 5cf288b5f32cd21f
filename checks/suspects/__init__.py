"""Suspects: which cells may be the wrong ones where a report's sums fail, or its prose disagrees.

Every explanation is a set of changes after which all sums of the report hold, every count is at
least 0, and nothing else is changed. First the smallest sets of cells (fewest cells; of these,
fewest in which something is printed), all ties; a set that a single slip accounts for carries its
kind. Then single slips that take more cells; where prose or another year confirms one, it comes
first. Sums that share no cell are explained on their own, and their explanations combined.

What cannot be seen: slips after which all sums hold (two errors that cancel in every row and
column, a whole column in the place of another), unless prose or another year contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from math import prod

from checks.explanations import Suspects
from checks.findings import Finding
from checks.suspects.evidence import Claim, Evidence, gathered
from checks.suspects.key import VERSION, content_key
from checks.suspects.limits import Limits
from form.editions import TABLE_KEYS
from form.model import TableKey
from form.report import Report
from form.rules import RULES

__all__ = ["VERSION", "Claim", "Limits", "content_key", "suspects"]


def suspects(
    report: Report,
    findings: Iterable[Finding] | None = None,
    claims: Iterable[Claim] = (),
    before: Report | None = None,
    after: Report | None = None,
    limits: Limits | None = None,
) -> Suspects:
    """Return all explanations of a report's errors, best first; none where it has no errors.

    `findings` are what `check_report` says of it, if that is known; `claims` what its prose says
    of tables; `before` and `after` the same agency's reports on the neighbouring years.
    """
    if findings is None:
        from checks.tally import check_report

        findings = check_report(report)
    wrong = {finding.table for finding in findings if finding.is_error}
    evidence = gathered(report, claims, before, after)
    asked = [key for key in _summed() if key in wrong or _fails(report, key, evidence)]
    return _explained(report, asked, evidence, wrong, limits or Limits()) if asked else Suspects()


def _summed() -> list[TableKey]:
    """Return the tables that have sums, in printed order."""
    return [key for key in TABLE_KEYS if any(rule.table == key for rule in RULES)]


def _fails(report: Report, key: TableKey, evidence: Sequence[Evidence]) -> bool:
    """Say whether some evidence about cells of a table does not hold."""
    return any(
        all(place.startswith(f"{key}.") for place in item.addresses)
        and not item.holds(
            {place: int(report.cells[place].in_sums or 0) for place in item.addresses}
        )
        for item in evidence
    )


def _explained(
    report: Report,
    asked: Iterable[TableKey],
    evidence: Sequence[Evidence],
    wrong: set[TableKey | None],
    limits: Limits,
) -> Suspects:
    # Most reports need none of this, and NumPy's part of it takes a while to load.
    from checks.suspects.options import together
    from checks.suspects.search import MOST_FOUND
    from checks.suspects.tables import part_of, subject
    from checks.suspects.wording import cut

    subjects = [subject(report, key, evidence, key in wrong, limits) for key in asked]
    parts = [part_of(item) for item in subjects if item is not None]
    said = [part.limit for part in parts if part.limit]
    choices = [part.options for part in parts if part.options]
    options = together(choices, MOST_FOUND) if choices else []
    listed = tuple(option.explanation() for option in islice(options, limits.sets))
    if len(listed) < prod(map(len, choices), start=bool(choices)):
        said.append(cut(len(listed)))
    return Suspects(listed, not said, "；".join(dict.fromkeys(said)))
