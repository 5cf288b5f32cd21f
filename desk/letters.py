"""Letters beside the judged library: what state each is in, and whom there is to write to.

For the page of letters, the season's page and the command line: nobody else says what state a
letter is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from checks.asking import Asking, asking
from checks.verdict import verdict
from desk.desk import State
from desk.owing import owing
from form.agencies.terms import term_of
from form.decisions import active
from form.letters import Came, Letter, LetterState, by_agency_year, letter_state
from form.today import local
from library.store import Library

AgencyYear = tuple[str, int]


@dataclass(frozen=True, slots=True)
class LetterNow:
    """A letter, its state, and what came of it.

    `came` is the version that counts where it came after the letter (of a reminder: whatever counts);
    `withdrawn` says that the report which the letter is about is gone from its place (in the bin,
    or another's by now): it carries 所依报告已撤回 whatever else became of it.
    """

    letter: Letter
    state: LetterState
    came: Came | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A report whose agency is to be written to: what to ask, and the last letter about it."""

    report_id: int
    agency: str
    year: int
    version: int
    asked: Asking
    last: LetterNow | None

    @property
    def is_due(self) -> bool:
        """Say whether a letter is due: none has gone out that still covers what is wrong.

        Not while an answer to the last letter is awaited, unless that asked for something else.
        """
        if self.last is None or not self.asked.slips:
            return bool(self.asked.slips)
        if self.last.state in ("sent", "overdue") and not self.last.withdrawn:
            return not self.asked.keys <= self.last.letter.keys
        return True


def letters_now(
    state: State,
    letters: Iterable[Letter],
    today: date,
    received: Mapping[AgencyYear, Sequence[date]] | None = None,
) -> tuple[LetterNow, ...]:
    """Return letters, in their order, with the state that each is in on a day.

    `received` are the days on which somebody noted that reports came in (`received_days`): what was
    imported later came then. Without them the day of the import counts.
    """
    rows = state.everything
    counted = _by_agency_year(state.counted)
    places, waiting = _places(rows), _waiting(rows)
    found = []
    for letter in letters:
        name = (letter.agency, letter.year)
        place = places.get(letter.report_id or 0)
        there = letter.kind == "remind" or (place is not None and place[0] == name)
        came = _came(state, letter, counted.get(name), place, (received or {}).get(name, ()))
        # A report that was noted on the day of the letter is the one that it is about.
        noted = any(day > letter.on for day in (received or {}).get(name, ()))
        arrived = noted or any(day >= letter.on for day in waiting.get(name, ()))
        told = letter_state(letter, came, today, there=there, arrived=arrived)
        found.append(LetterNow(letter, told, came, not there))
    return tuple(found)


def received_days(library: Library, state: State) -> dict[AgencyYear, tuple[date, ...]]:
    """Return the days on which reports came in as somebody noted it, by agency and year."""
    noted: dict[AgencyYear, tuple[date, ...]] = {}
    for item in active(library.season.entries()):
        if item.action == "receive" and item.on is not None and item.agency and item.year:
            name = (state.registry.agency(item.agency), item.year)
            noted[name] = (*noted.get(name, ()), item.on)
    return noted


def last_by_agency_year(letters: Iterable[LetterNow]) -> dict[AgencyYear, LetterNow]:
    """Return the last letter about a report (no reminder) of each agency's year."""
    return {
        (item.letter.agency, item.letter.year): item
        for item in letters
        if item.letter.kind == "check"
    }


def to_write(state: State, year: int | None, letters: Iterable[LetterNow]) -> tuple[ToWrite, ...]:
    """Return the reports that count (on a year) about whose print there is something to ask, in order.

    Errors, or only doubts and questions: of these no letter is due by itself.
    """
    last = last_by_agency_year(letters)
    found = []
    for name, (number, version, _on) in _by_agency_year(state.counted).items():
        agency, of_year = name
        if year is not None and of_year != year:
            continue
        asked = asking(state.judged.get(number, ()))
        if asked != Asking():
            found.append(ToWrite(number, agency, of_year, version, asked, last.get(name)))
    return tuple(found)


def to_remind(
    library: Library, state: State, year: int, agencies: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return whose report on a year is missing, by the roster, in its order.

    With `agencies` those of these of whom nothing has come, be they on the roster or not; without a roster
    nobody else owes any.
    """
    owed = owing(library, state)
    named = tuple(dict.fromkeys(map(state.registry.agency, agencies)))
    if not named:
        rows = state.roster.due(year) if state.roster else ()
        return tuple(row.agency for row in rows if owed.is_due(row.agency, year))
    known = {agency for agency, of_year in _by_agency_year(state.counted) if of_year == year}
    came = {agency for agency, of_year in owed.received if of_year == year}
    return tuple(name for name in named if name not in known | came)


def due_day(state: State, agency: str, year: int) -> date | None:
    """Return the day by which an agency has to hand in its report, None where it has no term.

    Its own term on the roster, else what people said, else the regulation's.
    """
    row = state.roster.row(agency)
    term = row.term if row is not None and row.term is not None else None
    term = term or term_of(agency, state.registry.whose(agency, None))
    return None if term is None else term.last_day(year)


def letters_by_agency_year(
    letters: Iterable[LetterNow],
) -> Mapping[AgencyYear, tuple[LetterNow, ...]]:
    """Return letters with their states by agency and year, oldest first."""
    known = {item.letter.number: item for item in letters}
    grouped = by_agency_year(item.letter for item in known.values())
    return {name: tuple(known[item.number] for item in items) for name, items in grouped.items()}


def _came(
    state: State,
    letter: Letter,
    counts: tuple[int, int, date] | None,
    place: tuple[AgencyYear, int] | None,
    received: Sequence[date],
) -> Came | None:
    """Return the version that counts where it came after a letter, `received` on a day before it was
    imported where that was noted.
    """
    if counts is None:
        return None
    number, version, on = counts
    asked_about = letter.version or 0 if place is None else place[1]
    if letter.kind == "check" and (number == letter.report_id or version <= asked_about):
        return None
    judged = state.judged.get(number)
    left = None
    if judged is not None:
        left = len(verdict(judged).errors)
    noted = [day for day in received if letter.on <= day <= on]
    return Came(number, version, max(noted, default=on), left)


def _by_agency_year(counted: pd.DataFrame) -> dict[AgencyYear, tuple[int, int, date]]:
    """Return id, version and day of import of what counts, by agency and year."""
    columns = ("agency", "year", "version", "imported_at")
    rows = zip(counted.index.tolist(), *(counted[name].tolist() for name in columns), strict=True)
    return {
        (agency, int(year)): (number, int(version), local(at).date())
        for number, agency, year, version, at in rows
    }


def _waiting(everything: pd.DataFrame) -> dict[AgencyYear, tuple[date, ...]]:
    """Return the days on which reports came in that do not count yet, by agency and year.

    They are being typed in, or nobody has said yet which of several counts.
    """
    open_ones = everything["typing"] | everything["undecided"]
    known = everything[open_ones & everything["agency"].notna() & everything["year"].notna()]
    found: dict[AgencyYear, tuple[date, ...]] = {}
    columns = (known[name].tolist() for name in ("agency", "year", "imported_at"))
    for agency, year, at in zip(*columns, strict=True):
        name = (agency, int(year))
        found[name] = (*found.get(name, ()), local(at).date())
    return found


def _places(everything: pd.DataFrame) -> dict[int, tuple[AgencyYear, int]]:
    """Return agency, year and version of all reports that stand somewhere, by id."""
    known = everything[everything["version"].notna()]
    columns = ("agency", "year", "version")
    rows = zip(known.index.tolist(), *(known[name].tolist() for name in columns), strict=True)
    return {number: ((agency, int(year)), int(version)) for number, agency, year, version in rows}
