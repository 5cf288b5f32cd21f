"""The same agency's reports on the years beside one, and what they make of it."""

from __future__ import annotations

import pandas as pd

from checks.across import Gap, gaps
from checks.findings import Finding
from checks.together import check_together
from form.report import Report
from pages.parts import shelf


def neighbour(report_id: int, years: int) -> Report | None:
    """Return the same agency's report so many years later, where one counts."""
    year = shelf.reports().loc[report_id, "year"]
    same = _that_count(report_id)
    if pd.isna(year) or year + years not in same:
        return None
    return shelf.report(same[year + years])


def findings_about(report_id: int, report: Report) -> tuple[Finding, ...]:
    """Return every finding about a version of a report, or about its untouched reading."""
    before = neighbour(report_id, -1)
    return check_together([report] if before is None else [before, report])[-1].findings


def gap_before(report_id: int) -> Gap | None:
    """Return the years without a report between this one and the last before it."""
    year = shelf.reports().loc[report_id, "year"]
    if pd.isna(year):
        return None
    known = (*_that_count(report_id), int(year))
    return next((gap for gap in gaps(known) if gap.after == year), None)


def _that_count(report_id: int) -> dict[int, int]:
    """Return the ids of the same agency's reports that count, by year."""
    reports = shelf.reports()
    same = reports[reports["counts"] & (reports["agency"] == reports.loc[report_id, "agency"])]
    return {int(year): int(number) for number, year in same["year"].items()}
