"""The score sheet of a season: what took points off of whom, the evidence of each, and the ranking.

Only what is there takes points off: a definite error of the print, a day that was noted, a letter
that is overdue. What rests on a question or a warning (copied prose, a row that is not there) is
listed and takes nothing off until somebody upholds it; any point can be struck for a reason. Of whom
no figures count yet, or whose report is still being judged, nobody can say a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from checks.standing import slip_of
from checks.states import Judged
from desk.desk import State
from desk.letters import LetterNow, letters_by_agency_year, letters_now, received_days
from desk.season import Organ, season
from form.agencies.terms import Term, term_of
from form.figures import grouped
from form.language import _
from form.scoring import ItemKey
from library.store import Library
from measures.scoring import Point, Sheet, ranked, scored

_ELEMENTS: Final = frozenset({"table_missing", "row_missing", "section_missing"})
_COPIED: Final = frozenset({"prose_copied", "prose_copied_elsewhere"})
_NOT_MENDED: Final = frozenset({"overdue", "unmended_overdue"})


def score_sheet(library: Library, state: State, year: int, today: date) -> Sheet:
    """Return the score sheet of the organs that owe a report on a year."""
    found = season(library, state, year, today)
    weights, rulings = library.scores.weights(), library.scores.rulings(year)
    letters = letters_by_agency_year(
        letters_now(state, library.letters.all(), today, received_days(library, state))
    )
    organs = [
        scored(
            organ.agency,
            organ.row.group,
            organ.report_id,
            _points(state, organ, letters.get((organ.agency, year), ()), year, today),
            weights,
            rulings,
            is_rated=organ.place == "missing"
            or (organ.report_id is not None and organ.report_id in state.judged),
        )
        for organ in found.organs
    ]
    return Sheet(year, today, weights, ranked(organs))


def _points(
    state: State, organ: Organ, letters: Sequence[LetterNow], year: int, today: date
) -> Iterable[Point]:
    """Yield what takes points off of an organ, item by item."""
    term = "" if organ.term is None else organ.term.isoformat()
    if organ.place == "missing" and organ.term is not None and today > organ.term:
        yield Point("missing", "", _("{term} 截止，没有收到").format(term=term))
    if organ.late:
        came = min(item.on for item in organ.arrivals if item.how is not None).isoformat()
        told = _("{term} 截止，{came} 收到，逾期 {n} 天")
        says = told.format(term=term, came=came, n=grouped(organ.late))
        yield Point("late_filed", "", says, organ.report_id)
    yield from _late(organ, term_of(organ.agency, state.registry.whose(organ.agency)), year)
    judged = state.judged.get(organ.report_id or 0, ())
    yield from _of_findings("elements", [x for x in judged if x.finding.rule in _ELEMENTS], organ)
    errors = [
        item
        for item in judged
        if slip_of(item.finding) in organ.verdict.errors and item.finding.rule not in _ELEMENTS
    ]
    yield from _of_findings("errors", errors, organ)
    yield from _of_findings("copied", [x for x in judged if x.finding.rule in _COPIED], organ)
    for item in letters:
        if item.letter.kind == "check" and item.state in _NOT_MENDED:
            due = "" if item.letter.due is None else item.letter.due.isoformat()
            told = _("{number}要求 {due} 前改正，没有按时改好")
            says = told.format(number=item.letter.reference or _("核验意见"), due=due)
            number = item.letter.number
            yield Point("returned", str(number), says, item.letter.report_id, letter=number)


def _late(organ: Organ, term: Term | None, year: int) -> Iterable[Point]:
    """Yield a point where the publication that was noted came after the term for publishing.

    That is the regulation's or the local one; the roster's own term is for handing in.
    """
    publication = organ.publication
    if publication is None or term is None:
        return
    last = term.last_day(year)
    if publication.on <= last:
        return
    days = grouped((publication.on - last).days)
    told = _("{term} 截止，登记的公布日期是 {day}，逾期 {n} 天")
    says = told.format(term=last.isoformat(), day=publication.on.isoformat(), n=days)
    yield Point("late", "", says, organ.report_id)


def _of_findings(item: ItemKey, judged: Iterable[Judged], organ: Organ) -> Iterable[Point]:
    """Yield a point a slip that nobody let stand; what is a question only is open."""
    seen: dict[str, Point] = {}
    for found in judged:
        slip = slip_of(found.finding)
        if found.state == "accepted" or not found.is_printed or slip in seen:
            continue
        seen[slip] = Point(
            item,
            slip,
            found.finding.message,
            organ.report_id,
            found.finding.key,
            is_open=not found.finding.is_error or found.finding.undecided,
        )
    yield from seen.values()
