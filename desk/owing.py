"""Whose report is missing: what the roster calls due, and nothing of which came."""

from __future__ import annotations

from dataclasses import dataclass

from desk.desk import State
from desk.scans import Scan, scans_of
from form.decisions import active
from form.roster import Roster
from library.store import Library


@dataclass(frozen=True, slots=True)
class Owing:
    """Whose report on which year is missing: it was due, and nothing of it came."""

    roster: Roster
    received: frozenset[tuple[str, int]]
    """Agencies' years of which something came: paper that was noted, a scan, what is typed in."""

    def is_due(self, agency: str, year: int) -> bool:
        """Say whether a report that is not there would be missing."""
        return (agency, year) not in self.received and self.roster.is_due(agency, year)

    def __bool__(self) -> bool:
        """Say whether anybody owes anything at all."""
        return bool(self.roster)


def owing(library: Library, state: State) -> Owing:
    """Return whose reports are missing, for pages that show many years."""
    if not state.roster:
        return Owing(state.roster, frozenset())
    return state.remember(_owing, library, scans_of(library, state))


def _owing(state: State, library: Library, scans: tuple[Scan, ...]) -> Owing:
    noted = (item for item in active(library.season.entries()) if item.action == "receive")
    received = {
        (state.registry.agency(item.agency), item.year)
        for item in noted
        if item.agency is not None and item.year is not None
    }
    received |= {(item.agency, item.year) for item in scans if item.agency and item.year}
    waiting = state.everything[state.everything["year"].notna()]
    names = zip(waiting["agency"].tolist(), waiting["year"].tolist(), strict=True)
    received |= {(agency, int(year)) for agency, year in names if isinstance(agency, str)}
    return Owing(state.roster, frozenset(received))
