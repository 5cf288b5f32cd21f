"""A report beside those of several agencies that went into one: what was carried over is their sum."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checks.across import check_between
from checks.findings import Finding
from checks.missing import completed
from form.countable import countable
from form.editions import TABLE_KEYS
from form.language import _
from form.report import Cell, Report

_EMPTY: Final = ("blank", "dash")


def check_joined(before: Sequence[Report], after: Report) -> tuple[Finding, ...]:
    """Return what does not go on from several agencies' reports on a year to the one's on the next.

    As `check_between` does of one; each finding says whose sum it is. A sum that writing one of
    their missing totals would mend is left out. Raises ValueError where they are not all on the year
    before, or where there are none.
    """
    reports = [countable(report) for report in before]
    if not reports or len({report.year for report in reports}) > 1:
        raise ValueError("reports of one year are joined")
    found = check_between(joined(reports, [report.cells for report in reports]), after)
    if not found:
        return ()
    written = joined(reports, [completed(report) for report in reports])
    failing = {finding.key for finding in check_between(written, after)}
    names = _("、").join(report.agency or "" for report in reports)
    note = _("（{year} 年度的数字是{names}之和。）").format(year=reports[0].year, names=names)
    return tuple(
        replace(finding, message=finding.message + note)
        for finding in found
        if finding.key in failing
    )


def joined(reports: Sequence[Report], cells: Sequence[Mapping[str, Cell]]) -> Report:
    """Return reports on one year as one, each cell the sum of theirs.

    Of counts alone, and of tables that all of them have: amounts and what one of them leaves open
    are unknown, what all leave blank is blank. A table on two editions is on none.
    """
    shared = set.intersection(*(set(each) for each in cells))
    editions = {key: {report.editions.get(key) for report in reports} for key in TABLE_KEYS}
    return Report(
        agency=reports[0].agency,
        year=reports[0].year,
        editions={key: next(iter(on)) if len(on) == 1 else None for key, on in editions.items()},
        cells={
            place: _sum([each[place] for each in cells]) for place in cells[0] if place in shared
        },
    )


def _sum(cells: Collection[Cell]) -> Cell:
    if any(cell.mark in ("unknown", "text") or isinstance(cell.value, Decimal) for cell in cells):
        return Cell(None, "unknown")
    if all(cell.mark in _EMPTY for cell in cells):
        return next(iter(cells))
    return Cell(sum(int(cell.in_sums or 0) for cell in cells), "number")
