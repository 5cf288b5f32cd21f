"""Everything that is said about reports: findings, their states, and what explains them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from checks.catalogue import across_years
from checks.explanations import Suspects
from checks.findings import Finding
from checks.prose import Claim, ProseFacts, prose_facts
from checks.slips import with_slips_of_both
from checks.states import Judged, judge
from checks.suspects import suspects
from checks.tally import about_joined, check_library, listed
from checks.together import check_together
from checks.unjudged import Judging, judged_or_not
from desk.facts import facts_of, kept_facts
from desk.kept import Said, keep, kept_texts
from form.agencies.registry import Registry
from form.decisions import (
    AGENCY_ACTIONS,
    FILING_ACTIONS,
    SEASON_ACTIONS,
    Decision,
    active,
    as_printed,
)
from form.report import Report
from form.submitted import ROLLUP_ACTIONS
from library.store import Library

AGENCIES_AT_ONCE: Final = 50
"""Agencies judged together: bounds memory, and how much is lost if the process ends."""
_AT_HAND: Final = 16
"""Reports remembered while some are judged: an agency's years, as read and as they count."""

_NOT_ABOUT_CONTENT: Final = (*FILING_ACTIONS, *AGENCY_ACTIONS, *SEASON_ACTIONS, "roster", "reread")
_ACROSS: Final = across_years()

Watch = Callable[[int], None]
"""Told the id of each report just before it is judged."""
Load = Callable[[int], Report]
Name = tuple[str, int]
Findings = tuple[Finding, ...]


def gone_into(registry: Registry, agencies: Iterable[str]) -> frozenset[str]:
    """Return the agencies whose reports go on, joined, in those of some."""
    known = {*agencies}
    return frozenset(
        registry.agency(item.predecessor)
        for item in registry.successions
        if item.joins and registry.agency(item.successor) in known
    )


def judge_agencies(
    library: Library, agencies: Iterable[str], watch: Watch = lambda _report_id: None
) -> None:
    """Say everything about the reports of agencies that count, and keep it.

    What is kept already and still holds is left as it is. `watch` is called from time to time.
    """
    names = sorted(set(agencies))
    for start in range(0, len(names), AGENCIES_AT_ONCE):
        _judge(_Reports(library, names[start : start + AGENCIES_AT_ONCE]), watch)


def judge_new(library: Library, report_ids: Sequence[int]) -> None:
    """Judge the agencies of reports that have just come in, and those that have no agency yet."""
    whose = library.whose(report_ids)
    judge_agencies(library, filter(None, whose.values()))
    for number in (number for number, agency in whose.items() if agency is None):
        judge_report(library, number)


def judge_report(library: Library, report_id: int, watch: Watch = lambda _report_id: None) -> None:
    """Say everything about one report, whether it counts or not, and keep it."""
    agency = library.report(report_id).agency
    reports = _Reports(library, [] if agency is None else [agency])
    judging = _Judging(reports, watch)
    facts = facts_of(library, [report_id], judging.facts, reports.revision)
    findings = reports.findings(report_id, reports.as_it_counts)
    keep(library, {report_id: judging.said(report_id, findings, facts)}, reports.revision)


def _judge(reports: _Reports, watch: Watch) -> None:
    library, ids = reports.library, reports.counted
    kept = kept_texts(library, ids)
    wanted = [number for number in ids if number not in kept]
    if not wanted:
        return
    judging = _Judging(reports, watch)
    # Only what is kept of the others: drawing it may be why nothing more is said of one of them.
    facts = {
        **kept_facts(library, ids),
        **facts_of(library, wanted, judging.facts, reports.revision),
    }
    findings = check_library(
        library.matrix(ids),
        reports.as_it_counts,
        facts,
        only=set(wanted),
        joined=reports.joined,
        watch=watch,
    )
    said = {number: judging.said(number, findings[number], facts) for number in wanted}
    keep(library, said, reports.revision)


class _Judging:
    """Judges reports one by one: what fails about one is said of it, and the others go on."""

    def __init__(self, reports: _Reports, watch: Watch) -> None:
        self._reports = reports
        self._watch = watch

    def facts(self, report_id: int) -> ProseFacts | None:
        """Return what a report's prose says; None where it cannot be read, as its checks will say."""
        self._watch(report_id)
        found = judged_or_not(lambda: prose_facts(self._reports.as_read(report_id)), of=report_id)
        return None if isinstance(found, Finding) else found

    def said(self, report_id: int, findings: Findings, facts: Mapping[int, ProseFacts]) -> Said:
        """Return everything about a report of which these are the findings."""
        reports = self._reports
        if not findings and not reports.is_decided_about(report_id):
            return Said((), (), Suspects())
        self._watch(report_id)
        judging = Judging(report_id)
        printed = findings
        if reports.is_corrected(report_id):
            printed = judging.part(
                None, lambda: reports.findings(report_id, reports.as_printed), findings
            )
        claims = facts[report_id].claims if report_id in facts else ()
        suspects = judging.suspects(lambda: reports.suspects(report_id, printed, claims))
        year = reports.year_of(report_id)
        findings, printed = with_slips_of_both(findings, printed, suspects, year)
        open_ones = tuple(Judged(item, "open") for item in printed)
        judged = judging.part(None, lambda: reports.judged(report_id, findings, printed), open_ones)
        more = tuple(Judged(item, "open") for item in judging.unjudged())
        return Said((*judged, *more), printed, suspects)


def _looks_ahead(item: Finding, report: Report) -> bool:
    """Say whether a finding over two years is about a report and the one after it."""
    return item.other is not None and report.year is not None and item.other.year > report.year


def _split_years(registry: Registry) -> frozenset[Name]:
    """Return the agencies' years that go on from the year before less what others took, or with it."""
    return frozenset(
        (agency, item.year)
        for item in registry.successions
        if not item.joins
        for ends in [{registry.agency(item.predecessor), registry.agency(item.successor)}]
        if len(ends) > 1
        for agency in ends
    )


class _Reports:
    """Reports of some agencies, at one state of the library, loaded when they are asked for."""

    def __init__(self, library: Library, agencies: Sequence[str]) -> None:
        # First of all: what changes while this goes on must not pass for known.
        self.revision = library.revision
        self.library = library
        self.as_it_counts: Load = lru_cache(_AT_HAND)(library.report)
        self.as_read: Load = lru_cache(_AT_HAND)(library.as_read)
        self.as_printed: Load = lambda number: as_printed(self.as_it_counts(number))
        registry = library.agencies.registry()
        self._joining = [
            item
            for item in registry.successions
            if item.joins and registry.agency(item.successor) in {*agencies}
        ]
        with_joined = [*agencies, *(gone_into(registry, agencies) - {*agencies})]
        self._split = _split_years(registry)
        listed = library.reports(with_joined)
        known = listed[listed["version"].notna()]
        names = zip(known["agency"].tolist(), known["year"].tolist(), strict=True)
        self._name = dict(zip(known.index.tolist(), names, strict=True))
        all_counted: list[int] = known.index[known["counts"]].tolist()
        self._counted = {self._name[number]: number for number in all_counted}
        self.counted = [number for number in all_counted if self._name[number][0] in {*agencies}]
        self._joined_by_name: dict[Name, tuple[int, ...]] = {}
        self.joined = dict(self._joined(registry))
        self._decisions: dict[Name, list[Decision]] = defaultdict(list)
        # What reports are summed up from may have been corrected in the logs of those joined only.
        for item in library.log.of_agencies(with_joined):
            if item.action not in (*_NOT_ABOUT_CONTENT, *ROLLUP_ACTIONS) and item.year is not None:
                self._decisions[item.agency_year].append(item)

    def findings(self, report_id: int, load: Load) -> Findings:
        """Return every finding about any version of a report, beside the years next to it."""
        before, after = (
            self._beside(report_id, -1, load),
            self._alone_beside(report_id, 1, load),
        )
        report = load(report_id)
        others = [other for other in (before, after) if other is not None]
        found = check_together([*others, report])[-1].findings
        joined = self._joined_by_name.get(self._name.get(report_id, ("", 0)))
        if joined is None:
            return found
        judging = Judging(report)
        alone = [item for item in found if item.rule not in _ACROSS or _looks_ahead(item, report)]
        several = about_joined(judging, list(map(load, joined)), report) if joined else ()
        return listed([*alone, *several, *judging.unjudged()])

    def judged(self, report_id: int, findings: Findings, printed: Findings) -> tuple[Judged, ...]:
        """Return the findings with their states, then those of the print that are mended."""
        if not self.is_decided_about(report_id):
            return tuple(Judged(item, "open") for item in findings)
        decisions = self._about(report_id, 0)
        beside = (*self._about(report_id, -1), *self._about(report_id, 1))
        return judge(self.as_it_counts(report_id), findings, decisions, printed, beside)

    def suspects(self, report_id: int, findings: Findings, claims: Iterable[Claim]) -> Suspects:
        """Return what explains the errors of a report's print."""
        before, after = (self._alone_beside(report_id, gap, self.as_printed) for gap in (-1, 1))
        return suspects(self.as_printed(report_id), findings, claims, before, after)

    def year_of(self, report_id: int) -> int | None:
        """Return the year of a report, where it is known."""
        name = self._name.get(report_id)
        return None if name is None else name[1]

    def is_decided_about(self, report_id: int) -> bool:
        """Say whether the log says anything of the report, or of the years beside it."""
        return any(self._about(report_id, gap) for gap in (-1, 0, 1))

    def is_corrected(self, report_id: int) -> bool:
        """Say whether the report or one of the years beside it may count with corrections."""
        entries = [item for gap in (-1, 0, 1) for item in self._about(report_id, gap)]
        return any(item.action == "correct" for item in active(entries))

    def _joined(self, registry: Registry) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the reports in which those of several agencies go on, with the ids of these."""
        for item in self._joining:
            name = (registry.agency(item.successor), item.year)
            joined = registry.joined_into(*name)
            if joined and name not in self._joined_by_name:
                self._joined_by_name[name] = self._parts(*name, joined)
        # What goes out of one to others, and how much of it, is printed nowhere.
        self._joined_by_name |= dict.fromkeys(self._split, ())
        for name, before in self._joined_by_name.items():
            if name in self._counted:
                yield self._counted[name], before

    def _parts(self, agency: str, year: int, joined: Sequence[str]) -> tuple[int, ...]:
        """Return the reports whose sum goes on in an agency's year; none where one is missing."""
        names = [(name, year - 1) for name in joined]
        # One that was there before brings its own with it.
        if any(name == agency and known < year for name, known in self._counted):
            names.append((agency, year - 1))
        ids = [self._counted.get(name) for name in names]
        there = tuple(number for number in ids if number is not None)
        return there if len(there) == len(ids) else ()

    def _alone_beside(self, report_id: int, gap: int, load: Load) -> Report | None:
        """Return the report beside one, where the two go on from each other and from no others."""
        name = self._name.get(report_id)
        if name is None or (name[0], name[1] + max(gap, 0)) in self._joined_by_name:
            return None
        return self._beside(report_id, gap, load)

    def _about(self, report_id: int, gap: int) -> Sequence[Decision]:
        """Return what the log says of the report's agency, so many years later.

        Of the year before, of all agencies whose reports go on in this one.
        """
        name = self._name.get(report_id)
        if name is None:
            return ()
        joined = self._joined_by_name.get(name, ()) if gap == -1 else ()
        names = [self._name[number] for number in joined] or [(name[0], name[1] + gap)]
        entries = (item for each in names for item in self._decisions.get(each, ()))
        return sorted(entries, key=lambda item: item.number)

    def _beside(self, report_id: int, gap: int, load: Load) -> Report | None:
        """Return the report that counts for the same agency so many years later."""
        name = self._name.get(report_id)
        other = None if name is None else self._counted.get((name[0], name[1] + gap))
        return None if other is None else load(other)
