"""Reports that are at hand all at once: each checked by itself, and against the years beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checks.across import Gap, gaps
from checks.findings import Finding
from checks.prose import ProseFacts, elsewhere_findings, prose_facts
from checks.prose.elsewhere import Text, alike
from checks.tally import about_next_year, about_report, about_years, listed
from checks.unjudged import Judging
from form.countable import countable
from form.report import Report


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with its findings, those against the years beside it included, and what its prose says.

    `before` and `after` are the same agency's reports on the years beside it; `gap` are the years
    without a report just before this one.
    """

    report: Report
    findings: tuple[Finding, ...]
    facts: ProseFacts
    before: Report | None = None
    after: Report | None = None
    gap: Gap | None = None


def check_together(reports: Sequence[Report]) -> tuple[Checked, ...]:
    """Return what there is to say about each report, in their order.

    Of several reports of one agency on one year, the last counts for the years beside it. Prose of
    another agency is asked about in the later report.
    """
    # A year that no date can have is none, and then no other year lies beside it.
    by_year = {(report.agency, countable(report).year): report for report in reports}
    years: dict[str | None, list[int]] = defaultdict(list)
    for agency, year in by_year:
        if year is not None:
            years[agency].append(year)
    broken = {(agency, gap.after): gap for agency in years for gap in gaps(years[agency])}
    checked = [_checked(report, by_year, broken) for report in reports]
    for place, others in alike([_text(item) for item in checked]):
        checked[place] = _beside_others(checked[place], [reports[other] for other in others])
    return tuple(checked)


def _text(checked: Checked) -> Text | None:
    report, fingerprint = countable(checked.report), checked.facts.fingerprint
    if report.agency is None or report.year is None or not fingerprint:
        return None
    return Text(report.agency, report.year, fingerprint)


def _beside_others(checked: Checked, others: Sequence[Report]) -> Checked:
    """Return a report with what is said of its prose beside that of other agencies."""
    judging = Judging(checked.report)
    nothing: list[Finding] = []
    found = judging.part("prose", lambda: list(elsewhere_findings(checked.report, others)), nothing)
    findings = listed([*checked.findings, *found, *judging.unjudged()])
    return replace(checked, findings=findings)


def _checked(
    report: Report,
    by_year: dict[tuple[str | None, int | None], Report],
    broken: dict[tuple[str | None, int], Gap],
) -> Checked:
    agency, year, judging = report.agency, countable(report).year, Judging(report)
    facts = judging.part("prose", lambda: prose_facts(report), ProseFacts())
    items = about_report(judging, report, facts)
    if not agency or year is None:
        return Checked(report, listed([*items, *judging.unjudged()]), facts)
    before, after = by_year.get((agency, year - 1)), by_year.get((agency, year + 1))
    if before is not None:
        items += about_years(judging, before, report, facts)
    if after is not None:
        items += about_next_year(judging, report, after)
    findings = listed([*items, *judging.unjudged()])
    return Checked(report, findings, facts, before, after, broken.get((agency, year)))
