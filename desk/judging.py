"""Everything that is said about reports: findings, their states, and what explains them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final

from checks.explanations import Suspects
from checks.findings import Finding
from checks.prose import ProseFacts
from checks.states import Judged, judge
from checks.suspects import suspects
from checks.tally import check_library
from checks.together import check_together
from checks.unjudged import Judging, judged_or_not
from desk.facts import facts_of
from desk.kept import Said, keep, kept_texts
from form.decisions import Decision, active
from form.report import Report
from library.store import Library

AGENCIES_AT_ONCE: Final = 50
"""Agencies judged together: bounds memory, and how much is lost if the process ends."""
_AT_HAND: Final = 16
"""Reports remembered while some are judged: an agency's years, as read and as they count."""

Watch = Callable[[int], None]
"""Told the id of each report just before it is judged."""
Load = Callable[[int], Report]
Name = tuple[str, int]
Findings = tuple[Finding, ...]


def judge_agencies(
    library: Library, agencies: Iterable[str], watch: Watch = lambda _report_id: None
) -> None:
    """Say everything about the reports of agencies that count, and keep it.

    What is kept already and still holds is left as it is. `watch` is called from time to time.
    """
    names = sorted(set(agencies))
    for start in range(0, len(names), AGENCIES_AT_ONCE):
        _judge(_Reports(library, names[start : start + AGENCIES_AT_ONCE]), watch)


def judge_new(library: Library, report_ids: Collection[int]) -> None:
    """Judge the agencies of reports that have just come in, and those that have no agency yet."""
    listed = library.reports()
    own = listed[listed.index.isin(list(report_ids))]
    judge_agencies(library, own["agency"].dropna().tolist())
    for number in own.index[own["version"].isna() & ~own["typing"]].tolist():
        judge_report(library, number)


def judge_report(library: Library, report_id: int, watch: Watch = lambda _report_id: None) -> None:
    """Say everything about one report, whether it counts or not, and keep it."""
    watch(report_id)
    agency = library.report(report_id).agency
    reports = _Reports(library, [] if agency is None else [agency])
    facts = facts_of(library, [report_id])[report_id]
    findings = _guarded(report_id, lambda: reports.findings(report_id, reports.as_it_counts))
    keep(library, {report_id: reports.said(report_id, findings, facts)}, reports.revision)


def _judge(reports: _Reports, watch: Watch) -> None:
    library, ids = reports.library, reports.counted
    kept = kept_texts(library, ids)
    wanted = [number for number in ids if number not in kept]
    if not wanted:
        return

    def one(report_id: int, work: Callable[[], Findings]) -> Findings:
        watch(report_id)
        return _guarded(report_id, work)

    facts = facts_of(library, ids, watch)
    matrix = library.matrix(ids)
    findings = check_library(matrix, reports.as_it_counts, facts, only=set(wanted), guard=one)
    said = {}
    for number in wanted:
        watch(number)
        said[number] = reports.said(number, findings[number], facts[number])
    keep(library, said, reports.revision)


class _Reports:
    """Reports of some agencies, at one state of the library, loaded when they are asked for."""

    def __init__(self, library: Library, agencies: Sequence[str]) -> None:
        # First of all: what changes while this goes on must not pass for known.
        self.revision = library.revision
        self.library = library
        self.as_it_counts: Load = lru_cache(_AT_HAND)(library.report)
        self.as_read: Load = lru_cache(_AT_HAND)(library.as_read)
        listed = library.reports(agencies)
        known = listed[listed["version"].notna()]
        names = zip(known["agency"].tolist(), known["year"].tolist(), strict=True)
        self._name = dict(zip(known.index.tolist(), names, strict=True))
        self.counted: list[int] = known.index[known["counts"]].tolist()
        self._counted = {self._name[number]: number for number in self.counted}
        self._decisions: dict[Name, list[Decision]] = defaultdict(list)
        for item in library.log.of_agencies(agencies):
            self._decisions[item.agency, item.year].append(item)

    def findings(self, report_id: int, load: Load) -> Findings:
        """Return every finding about any version of a report, beside the year before."""
        before = self._beside(report_id, -1, load)
        return check_together([*([] if before is None else [before]), load(report_id)])[-1].findings

    def said(self, report_id: int, findings: Findings, facts: ProseFacts) -> Said:
        """Return everything about a report of which these are the findings."""
        decisions = self._about(report_id, 0)
        if not findings and not decisions and not self._about(report_id, -1):
            return Said((), (), Suspects())
        printed = self._printed(report_id, findings)
        judged = self._judged(report_id, findings, printed)
        return Said(judged, printed, self._suspects(report_id, findings, facts))

    def _printed(self, report_id: int, findings: Findings) -> Findings:
        """Return the findings about the untouched reading.

        A correction of the year before too may have mended what lies between the two.
        """
        if not _corrects(self._about(report_id, 0)) and not _corrects(self._about(report_id, -1)):
            return findings
        return _guarded(report_id, lambda: self.findings(report_id, self.as_read))

    def _judged(self, report_id: int, findings: Findings, printed: Findings) -> tuple[Judged, ...]:
        """Return the findings with their states, then those of the print that are mended."""
        decisions, earlier = self._about(report_id, 0), self._about(report_id, -1)
        if not decisions and printed is findings:
            return tuple(Judged(item, "open") for item in findings)
        report = self.as_it_counts(report_id)
        return judge(report, findings, decisions, printed, earlier)

    def _suspects(self, report_id: int, findings: Findings, facts: ProseFacts) -> Suspects:
        """Return what explains the errors; where that fails, the findings say so already."""
        before, after = (self._beside(report_id, gap, self.as_it_counts) for gap in (-1, 1))
        report = self.as_it_counts(report_id)
        return Judging(report_id).suspects(
            lambda: suspects(report, findings, facts.claims, before, after)
        )

    def _about(self, report_id: int, gap: int) -> Sequence[Decision]:
        """Return what the log says of the report's agency, so many years later."""
        name = self._name.get(report_id)
        return () if name is None else self._decisions.get((name[0], name[1] + gap), ())

    def _beside(self, report_id: int, gap: int, load: Load) -> Report | None:
        """Return the report that counts for the same agency so many years later."""
        name = self._name.get(report_id)
        other = None if name is None else self._counted.get((name[0], name[1] + gap))
        return None if other is None else load(other)


def _guarded(report_id: int, work: Callable[[], Findings]) -> Findings:
    """Return the findings that some work about a report gives, or the one that it failed."""
    found = judged_or_not(work, report_id)
    return (found,) if isinstance(found, Finding) else found


def _corrects(decisions: Iterable[Decision]) -> bool:
    return any(item.action == "correct" for item in active(decisions))
