"""Suspects: which cells may be the wrong ones where a report's sums fail, or its prose disagrees.

Every explanation is a set of changes after which all sums of the report hold, every count is at
least 0, and nothing else is changed. First the smallest sets of cells, all of them; a set that a
single slip accounts for carries its kind. Then single slips that take more cells; where prose or
another year confirms one, it comes first. Which come before others says `rank`: those of one rank
are tied. Sums that share no cell are explained on their own, and their explanations combined.

What cannot be seen: slips after which all sums hold (two errors that cancel in every row and
column, a whole column in the place of another), unless prose or another year contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from checks.explanations import Suspects
from checks.findings import Finding
from checks.prose import Claim, prose_facts
from checks.suspects.evidence import Evidence, bounded, gathered
from checks.suspects.key import VERSION, content_key
from checks.suspects.limits import Limits
from checks.unjudged import Judging
from form.countable import countable
from form.editions import TABLE_KEYS
from form.model import TableKey, split_address
from form.report import Report
from form.rules import RULES

__all__ = ["VERSION", "Limits", "content_key", "suspects"]


def suspects(
    report: Report,
    findings: Iterable[Finding] | None = None,
    claims: Iterable[Claim] | None = None,
    before: Report | None = None,
    after: Report | None = None,
    limits: Limits | None = None,
) -> Suspects:
    """Return all explanations of what is wrong with a report, best first; none where nothing is.

    `findings` are what is to be explained; None for all errors of the report and of the chain
    from the year before, and whatever the prose contradicts. `claims` are what its prose says,
    None to draw them from it. `before` and `after` are the same agency's reports on the
    neighbouring years. Where looking for them fails or takes too long, `limit` says so.
    """
    return Judging(report).suspects(
        lambda: _suspects(report, findings, claims, before, after, limits or Limits())
    )


def _suspects(
    report: Report,
    findings: Iterable[Finding] | None,
    claims: Iterable[Claim] | None,
    before: Report | None,
    after: Report | None,
    limits: Limits,
) -> Suspects:
    report = countable(report)
    before, after = (other and countable(other) for other in (before, after))
    said = prose_facts(report).claims if claims is None else tuple(claims)
    evidence = gathered(report, said, before, after)
    tables: set[TableKey | None] = set()
    if findings is None:
        findings = _findings(report, before)
        if claims is not None:
            tables = {key for key in _summed() if _fails(report, key, evidence)}
    found = tuple(findings)
    wrong = {finding.table for finding in found if finding.is_error}
    tables |= wrong | {finding.table for finding in found if finding.rule == "prose_count"}
    asked = [key for key in _summed() if key in tables]
    return _explained(report, asked, evidence, wrong, limits) if asked else Suspects()


def _findings(report: Report, before: Report | None) -> list[Finding]:
    """Return what there is to say about a report and the one on the year before."""
    from checks.across import check_between
    from checks.tally import check_report

    if before is None or before.year is None or report.year != before.year + 1:
        return [*check_report(report)]
    return [*check_report(report), *check_between(before, report)]


def _summed() -> list[TableKey]:
    """Return the tables that have sums, in printed order."""
    return [key for key in TABLE_KEYS if any(rule.table == key for rule in RULES)]


def _fails(report: Report, key: TableKey, evidence: Sequence[Evidence]) -> bool:
    """Say whether some evidence about cells of a table does not hold."""
    return any(
        all(split_address(place)[0] == key for place in item.addresses)
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
    from checks.suspects.options import listed, together
    from checks.suspects.search import MOST_FOUND
    from checks.suspects.tables import account_of, subject
    from checks.suspects.wording import cut, unweighed

    weighed, left_out = bounded(evidence)
    subjects = [subject(report, key, weighed, key in wrong, limits) for key in asked]
    accounts = [account_of(item) for item in subjects if item is not None]
    said = [item.limit for item in accounts if item.limit]
    if accounts and left_out:
        said.append(unweighed(left_out))
    choices = [item.options for item in accounts if item.options]
    options = together(choices, MOST_FOUND) if choices else []
    chosen, covers = listed(options, limits.sets)
    whole = prod(map(len, choices)) <= MOST_FOUND
    every_way = covers and whole and not said and all(item.complete for item in accounts)
    if len(options) > len(chosen) or not whole:
        said.append(cut(len(chosen)))
    explanations = tuple(option.explanation(rank) for rank, option in chosen)
    return Suspects(
        explanations, not said, "；".join(dict.fromkeys(said)), every_way=not said or every_way
    )
