"""A season: who owes a report on a year, whose came, what is wrong with it, whose turn it is.

Only the roster says who owes one. 应报 = 已收 + 未收 and 已收 = 无误 + 待核 + 有误, by the print of the
version that counts; what was written, sent again and published is a history beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, Literal

import pandas as pd

from checks.verdict import Verdict, verdict
from desk.desk import State
from desk.last_letter import Letter, letter_of
from desk.letters import LetterNow, last_by_agency_year, letters_now, received_days
from desk.scans import Scan, scans_of
from form.agencies.terms import kind_of, term_of
from form.agencies.words import Kind
from form.decisions import Decision
from form.language import _
from form.receipts import How, Publication, Receipt, publication_of, receipts_of
from form.roster import Headcount, Row
from form.today import local
from library.store import Library

Place = Literal["missing", "faultless", "doubt", "wrong"]
"""未收; then, of what was received: 无误, 待核, 有误."""
Why = Literal["questions", "unread", "judging", "typing", "noted", "scan", "queue", "undecided"]
"""Why a report is 待核: open questions or warnings; cells that could not be read; it is still being
judged; then why there are no figures that count yet: it is being typed in, only its receipt was noted
(paper), its file is a scan that nobody has typed, it waits in the queue, nobody has chosen which of
two counts."""
NO_FIGURES: Final[tuple[Why, ...]] = ("typing", "noted", "scan", "queue", "undecided")
Step = Literal[
    "write",
    "compare",
    "chase",
    "check",
    "type",
    "claim",
    "judge",
    "report",
    "answer",
    "publish",
    "done",
]
"""What comes next: write a letter, look at what came back, ask for an answer that is overdue, look
into doubts, type in what no program reads, say whose it is or which counts, let it be judged first; wait for the report, for
an answer; note where it was published; nothing."""
Turn = Literal["ours", "theirs", "done"]
TURNS: Final[Mapping[Turn, tuple[Step, ...]]] = {
    "ours": ("write", "compare", "chase", "check", "type", "claim", "judge"),
    "theirs": ("answer", "report"),
    "done": ("publish", "done"),
}
"""Whose turn it is, and the steps in the order in which they are listed."""
_STEP_WITHOUT: Final[Mapping[Why, Step]] = {
    "typing": "type",
    "noted": "type",
    "scan": "type",
    "queue": "claim",
    "undecided": "claim",
}
_TURN_OF: Final[Mapping[Step, Turn]] = {
    step: turn for turn, steps in TURNS.items() for step in steps
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that came in on a day; `how` is None where nobody noted it and a file came in."""

    on: date
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ that owes a report, and how it stands.

    `term` is the last day for handing in; `report_id` the version that counts, None where no figures
    count yet, and `waiting` then a report that is being typed in or waits, or the `scan`. `arrivals`
    are rising; `brought` is the day on which the first file was brought in, be it noted or not.
    """

    row: Row
    kind: Kind | None
    term: date | None
    report_id: int | None = None
    version: int = 0
    arrivals: tuple[Arrival, ...] = ()
    why: tuple[Why, ...] = ()
    verdict: Verdict = field(default_factory=Verdict)
    letter: Letter | None = None
    resubmitted: bool = False
    publication: Publication | None = None
    waiting: int | None = None
    scan: int | None = None
    overdue: int = 0
    brought: date | None = None

    @property
    def agency(self) -> str:
        """The name that it goes by now."""
        return self.row.agency

    @property
    def place(self) -> Place:
        """Where it stands in the partition of those that owe a report."""
        if not self.arrivals:
            return "missing"
        if self.verdict.errors and self.report_id is not None:
            return "wrong"
        return "doubt" if self.why else "faultless"

    @property
    def errors(self) -> int:
        """How many errors of its print nobody let stand."""
        return len(self.verdict.errors) if self.place == "wrong" else 0

    @property
    def doubts(self) -> int:
        """How many questions and warnings are open."""
        return len(self.verdict.doubts) if self.report_id is not None else 0

    @property
    def received(self) -> Arrival | None:
        """What came in last."""
        return self.arrivals[-1] if self.arrivals else None

    @property
    def first_by(self) -> date:
        """The day on which the first was there for certain; only of one that came."""
        days = [self.arrivals[0].on, *([] if self.brought is None else [self.brought])]
        return min(days)

    @property
    def late(self) -> int:
        """By how many days the first came after the term; 0 where it came in time or has not come.

        Only what somebody noted says when it came. A file was there at the latest on the day that it
        was brought in, which says that it was in time, never that it was late.
        """
        noted = [item.on for item in self.arrivals if item.how is not None]
        if self.term is None or not noted or self.first_by <= self.term:
            return 0
        return (min(noted) - self.term).days

    @property
    def step(self) -> Step:
        """What comes next."""
        if self.place == "missing":
            return "report"
        if self.place == "wrong":
            return self._step_of_letter()
        for why in self.why:
            if why in _STEP_WITHOUT:
                return _STEP_WITHOUT[why]
        if self.why == ("judging",):
            return "judge"
        if self.place == "doubt":
            return "compare" if self.letter is not None and self.resubmitted else "check"
        return "publish" if self.publication is None else "done"

    def _step_of_letter(self) -> Step:
        if self.letter is None:
            return "write"
        if self.resubmitted or self.letter.answered is not None:
            return "compare"
        return "chase" if self.overdue else "answer"

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return _TURN_OF[self.step]


Number = Literal[
    "due",
    "received",
    "missing",
    "faultless",
    "doubt",
    "wrong",
    "asked",
    "overdue",
    "resubmitted",
    "published",
]
NUMBERS: Final[Mapping[Number, Callable[[Organ], bool]]] = {
    "due": lambda _organ: True,
    "received": lambda organ: organ.place != "missing",
    "missing": lambda organ: organ.place == "missing",
    "faultless": lambda organ: organ.place == "faultless",
    "doubt": lambda organ: organ.place == "doubt",
    "wrong": lambda organ: organ.place == "wrong",
    "asked": lambda organ: organ.letter is not None,
    "overdue": lambda organ: bool(organ.overdue),
    "resubmitted": lambda organ: organ.resubmitted,
    "published": lambda organ: organ.publication is not None,
}
"""The numbers of a season, each with whom it counts: a number is the length of its own list."""
PARTITION: Final[Mapping[Number, tuple[Number, ...]]] = {
    "due": ("received", "missing"),
    "received": ("faultless", "doubt", "wrong"),
}
HISTORY: Final[tuple[Number, ...]] = ("asked", "overdue", "resubmitted", "published")

What = Literal["received", "resubmitted", "sent", "overdue", "published"]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to an organ lately."""

    what: What
    organ: Organ


@dataclass(frozen=True, eq=False)
class Season:
    """One year of the roster as it stands on a day; shared by readers, so nobody may change it.

    `organs` are those that owe a report, in the order of the roster. `strangers` are agencies with a
    report on the year that owe none; `unclaimed` counts what waits in the queue and belongs to no
    organ by its name.
    """

    year: int
    day: date
    organs: tuple[Organ, ...]
    headcount: Headcount
    strangers: tuple[str, ...] = ()
    unclaimed: int = 0

    def those(self, number: Number = "due", agencies: Iterable[str] | None = None) -> list[Organ]:
        """Return whom a number counts, among these agencies if any are given, in order."""
        wanted = None if agencies is None else set(agencies)
        counts = NUMBERS[number]
        return [
            organ
            for organ in self.organs
            if counts(organ) and (wanted is None or organ.agency in wanted)
        ]

    def count(self, number: Number, agencies: Iterable[str] | None = None) -> int:
        """Return a number: how many it counts."""
        return len(self.those(number, agencies))

    @cached_property
    def by_agency(self) -> Mapping[str, Organ]:
        """The organs by the name that each goes by now."""
        return {organ.agency: organ for organ in self.organs}

    def errors(self, agencies: Iterable[str] | None = None) -> int:
        """Return how many errors the prints have that nobody let stand; a slip counts once."""
        return sum(organ.errors for organ in self.those("wrong", agencies))

    def since(self, day: date, agencies: Iterable[str] | None = None) -> list[Happened]:
        """Return what happened from a day on, kind by kind."""
        organs = self.those("due", agencies)
        return [
            Happened(what, organ)
            for what, happened in _HAPPENED.items()
            for organ in organs
            if happened(organ, day, self.day)
        ]


def _is_new(organ: Organ, day: date, _today: date) -> bool:
    return len(organ.arrivals) == 1 and organ.arrivals[0].on >= day and not organ.resubmitted


def _came_again(organ: Organ, day: date, _today: date) -> bool:
    last = organ.received
    return last is not None and last.on >= day and (organ.resubmitted or len(organ.arrivals) > 1)


def _was_asked(organ: Organ, day: date, _today: date) -> bool:
    return organ.letter is not None and organ.letter.sent >= day


def _ran_over(organ: Organ, day: date, today: date) -> bool:
    return 0 < organ.overdue <= (today - day).days + 1


def _was_published(organ: Organ, day: date, _today: date) -> bool:
    return organ.publication is not None and organ.publication.on >= day


_HAPPENED: Final[Mapping[What, Callable[[Organ, date, date], bool]]] = {
    "received": _is_new,
    "resubmitted": _came_again,
    "sent": _was_asked,
    "overdue": _ran_over,
    "published": _was_published,
}


def season(library: Library, state: State, year: int, today: date) -> Season:
    """Return a year of the roster as it stands; computed once a state and day."""
    scans = scans_of(library, state)
    return state.remember(_season, library, year, today, scans)


def years_of(state: State, today: date) -> list[int]:
    """Return the years that a season can be chosen for, newest first: those with due or reports.

    The year before this one is always among them: it is the one that is due now.
    """
    found = {today.year - 1, *state.counted["year"].dropna().astype(int).unique().tolist()}
    for row in state.roster.rows:
        found |= {year for year in (row.due_from, row.due_to) if year is not None}
    return sorted((year for year in found if year < today.year), reverse=True)


@dataclass(slots=True)
class _There:
    """What is there of an agency's year."""

    counted: int | None = None
    version: int = 0
    unread: int = 0
    imported: list[datetime] = field(default_factory=list)
    typing: int | None = None
    undecided: int | None = None
    queued: int | None = None
    waiting_since: datetime | None = None


def _season(
    state: State, library: Library, year: int, today: date, scans: tuple[Scan, ...]
) -> Season:
    rows = state.roster.due(year)
    there, unclaimed = _there(state, library, year)
    words: dict[str, list[Decision]] = defaultdict(list)
    for item in library.season.entries(year):
        if item.agency is not None:
            words[state.registry.agency(item.agency)].append(item)
    unread = {item.agency: item for item in reversed(scans) if item.year == year}
    letters = (item for item in library.letters.all() if item.year == year)
    written = last_by_agency_year(letters_now(state, letters, today, received_days(library, state)))
    organs = tuple(
        _organ(
            state,
            row,
            there.get(row.agency, _There()),
            words.get(row.agency, ()),
            unread.get(row.agency),
            written.get((row.agency, year)),
            year,
            today,
        )
        for row in rows
    )
    owing = {row.agency for row in rows}
    strangers = [
        name for name, own in there.items() if own.counted is not None and name not in owing
    ]
    return Season(
        year, today, organs, state.roster.headcount(year), tuple(sorted(strangers)), unclaimed
    )


def _there(state: State, library: Library, year: int) -> tuple[dict[str, _There], int]:
    """Return what is there of each agency's year, and how much waits that is nobody's by name."""
    listed = state.everything
    found: dict[str, _There] = defaultdict(_There)
    unclaimed, members = 0, set(state.roster.members())
    waiting = listed[listed["agency"].isna() | listed["year"].isna()]
    for number, agency in zip(waiting.index.tolist(), waiting["agency"].tolist(), strict=True):
        if pd.isna(agency) or agency not in members:
            unclaimed += 1
        elif year in (said.value for said in library.as_read(number).years):
            found[agency].queued = number
            found[agency].waiting_since = listed["imported_at"][number].to_pydatetime()
    own = listed[(listed["year"] == year).fillna(False) & listed["agency"].notna()]
    columns = (own[name].tolist() for name in _LISTED)
    for number, agency, *line in zip(own.index.tolist(), *columns, strict=True):
        _note(found[agency], number, *line)
    return found, unclaimed


_LISTED: Final = (
    "agency",
    "imported_at",
    "typing",
    "version",
    "counts",
    "cells_unknown",
    "undecided",
)


def _note(
    there: _There,
    number: int,
    imported: pd.Timestamp,
    typing: bool,
    version: Any,
    counts: bool,
    unread: int,
    undecided: bool,
) -> None:
    moment = imported.to_pydatetime()
    if typing:
        there.typing, there.waiting_since = number, moment
    elif pd.isna(version):
        there.undecided, there.waiting_since = number, moment
    else:
        there.imported.append(moment)
        if undecided:
            there.undecided = number
    if counts:
        there.counted, there.version, there.unread = number, int(version), int(unread)


def _organ(
    state: State,
    row: Row,
    there: _There,
    words: Sequence[Decision],
    scan: Scan | None,
    written: LetterNow | None,
    year: int,
    today: date,
) -> Organ:
    whose = state.registry.whose(row.agency)
    term = row.term or term_of(row.agency, whose)
    receipts, letter = receipts_of(words), letter_of(words)
    judged = None if there.counted is None else state.judged.get(there.counted)
    said = verdict(judged or ())
    again = _came_since(letter, written, there, scan)
    waits = (there.typing, there.undecided, there.queued)
    return Organ(
        row=row,
        kind=kind_of(row.agency, whose),
        term=None if term is None else term.last_day(year),
        report_id=there.counted,
        version=there.version,
        arrivals=_arrivals(receipts, there, scan),
        why=_why(there, receipts, scan, said, is_judged=judged is not None),
        verdict=said,
        letter=letter,
        resubmitted=again,
        publication=publication_of(words),
        waiting=next((number for number in waits if number is not None), None),
        scan=None if scan is None else scan.item,
        overdue=0 if letter is None or again or _is_over(written) else letter.overdue(today),
        brought=local(min(there.imported)).date() if there.imported else None,
    )


def _came_since(
    letter: Letter | None, written: LetterNow | None, there: _There, scan: Scan | None
) -> bool:
    """Say whether anything came after a letter: what counts, what does not yet, a scan."""
    if letter is None:
        return False
    waits = there.waiting_since is not None and there.waiting_since > letter.at
    if waits or (scan is not None and scan.on > letter.sent):
        return True
    if written is None:
        return any(moment > letter.at for moment in there.imported)
    return written.came is not None or written.state == "arrived"


def _is_over(written: LetterNow | None) -> bool:
    """Say whether no answer is awaited any more: the report that the letter is about was withdrawn."""
    return written is not None and written.withdrawn


def _why(
    there: _There,
    receipts: Sequence[Receipt],
    scan: Scan | None,
    said: Verdict,
    *,
    is_judged: bool,
) -> tuple[Why, ...]:
    """Return why a report that was received is 待核, where it has no error."""
    if there.counted is not None:
        whys: Mapping[Why, bool] = {
            "questions": bool(said.doubts),
            "unread": bool(there.unread),
            "judging": not is_judged,
        }
    else:
        whys = {
            "undecided": there.undecided is not None,
            "queue": there.queued is not None,
            "typing": there.typing is not None,
            "scan": scan is not None,
            "noted": bool(receipts),
        }
    found = tuple(why for why, is_so in whys.items() if is_so)
    # One reason is enough where there are no figures: the first is what can be done about it.
    return found if there.counted is not None else found[:1]


def _arrivals(receipts: Sequence[Receipt], there: _There, scan: Scan | None) -> tuple[Arrival, ...]:
    """Return when reports came in: as was noted, and by their files where that says more.

    A note says when a report came, its file only when somebody brought it in; so files tell of as
    many arrivals as were not noted.
    """
    noted = [Arrival(item.on, item.how) for item in receipts]
    files = [Arrival(moment.date()) for moment in sorted(there.imported)]
    found = sorted((*noted, *files[len(noted) :]), key=lambda item: item.on)
    if not found and there.waiting_since is not None:
        found = [Arrival(there.waiting_since.date())]
    if not found and scan is not None:
        found = [Arrival(scan.on)]
    return tuple(found)


def reminder(organs: Iterable[Organ], says: Callable[[Kind | None, date | None], str]) -> str:
    """Return the 催报 list as text: those that owe a report by kind and term, a line each.

    `says` puts a kind and its term into words (部门（1月31日止）).
    """
    lines: dict[tuple[Kind | None, date | None], list[str]] = defaultdict(list)
    for organ in organs:
        lines[organ.kind, organ.term].append(organ.agency)
    order = sorted(lines, key=lambda key: key[1] or date.max)
    text = _("{who}：{agencies}。")
    return "\n".join(
        text.format(who=says(*key), agencies=_("、").join(lines[key])) for key in order
    )


def yesterday(today: date) -> date:
    """Return the day from which on things are new."""
    return today - timedelta(days=1)
