"""Several reports on one agency's year of which a person has to say which counts, cell by cell.

Nothing here prefers one: that one was saved later, or that its sums come out, does not make it right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checks.states import Judged
from checks.verdict import Verdict, verdict
from desk.desk import Desk, State
from form.decisions import said
from form.editions import all_columns
from form.report import Cell, Paragraph, Report


@dataclass(frozen=True, slots=True)
class Rival:
    """One of several reports: its version and file, and what its print comes to."""

    report_id: int
    version: int
    file: str
    verdict: Verdict
    report: Report
    judged: tuple[Judged, ...] = ()

    def equations(self, address: str) -> tuple[str, ...]:
        """Return the equations of its errors that a cell takes part in."""
        found = (item.finding for item in self.judged if item.is_printed and item.finding.is_error)
        return tuple(item.equation for item in found if address in item.cells and item.equation)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Reports on one agency's year, the older versions first; `is_open`: nothing counts as yet.

    `differing` has by address, in the order of the form, what each says in a cell in which they
    differ (None where it has no such table); `alike` counts the other cells, `texts` the paragraphs
    that not all of them have.
    """

    agency: str
    year: int
    rivals: tuple[Rival, ...]
    differing: Mapping[str, tuple[Cell | None, ...]]
    alike: int
    texts: int
    is_open: bool


def disputed(state: State, batch: int | None = None) -> list[tuple[str, int]]:
    """Return the agencies' years about which a person has to say something, what is open first.

    Only those with a report of this import, if one is given.
    """
    listed = state.reports
    asked = listed[listed["undecided"] | listed["to_confirm"]]
    if batch is not None:
        asked = asked[(asked["batch"] == batch).fillna(False)]
    asked = asked.sort_values("undecided", ascending=False, kind="stable")
    names = zip(asked["agency"].tolist(), asked["year"].tolist(), strict=True)
    return list(dict.fromkeys((agency, int(year)) for agency, year in names))


def dispute(desk: Desk, state: State, agency: str, year: int) -> Dispute:
    """Return the reports of an agency's year side by side: those that nobody set aside."""
    listed = state.reports
    own = listed[(listed["agency"] == agency) & (listed["year"] == year)]
    live = own[own["aside"].isna()]
    own = (own if live.empty else live).sort_values("version")
    rivals = tuple(
        _rival(desk, number, int(version), file)
        for number, version, file in zip(
            own.index.tolist(), own["version"].tolist(), own["file"].tolist(), strict=True
        )
    )
    cells = [item.report.cells for item in rivals]
    every = [address for address in all_columns() if any(address in part for part in cells)]
    differing = {
        address: found
        for address in every
        if _differ(found := tuple(part.get(address) for part in cells))
    }
    alike, texts = len(every) - len(differing), _texts([item.report.paragraphs for item in rivals])
    is_open = bool(own["undecided"].any())
    return Dispute(agency, year, rivals, differing, alike, texts, is_open)


def _rival(desk: Desk, number: int, version: int, file: str) -> Rival:
    judged = desk.judged(number)
    return Rival(number, version, file, verdict(judged), desk.library.as_read(number), judged)


def _differ(cells: Sequence[Cell | None]) -> bool:
    return len({None if cell is None else said(cell) for cell in cells}) > 1


def _texts(paragraphs: Sequence[Collection[Paragraph]]) -> int:
    """Return how many paragraphs not all of them have."""
    texts = [{"".join(part.text.split()) for part in parts} for parts in paragraphs]
    return len(set[str]().union(*texts) - set[str](texts[0]).intersection(*texts[1:]))
