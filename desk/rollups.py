"""The roll-up of a library's year: who is to be added up, from the roster or from what came in.

Without a roster nobody is due, so nobody is missing: the sum is that of all who reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import pandas as pd

from form.agencies.registry import Agency
from form.decisions import as_printed
from form.figures import digits
from form.roster import Roster
from form.submitted import Excluded, Submission, Sums
from library.store import Library
from measures.rollup.adding import number_in, roll_up
from measures.rollup.members import likely_parent, members_of
from measures.rollup.model import Covers, Filing, Rollup, Scope
from measures.rollup.tracing import compared

SCOPES: Final[tuple[Scope, ...]] = ("all", "own")
Organs = Sequence[tuple[str, Covers | None]]


@dataclass(frozen=True)
class YearRollup:
    """The sums of a year, one an edition, with what people decided about them.

    `parent` is the government whose report they are compared with, None where nobody can tell;
    `parents` are the governments that it can be. `ids` are the reports that count, by agency, the
    parent's too. `rostered` says that a roster tells who is due. `submissions` are the roll-ups of
    this year and scope that were sent upwards, oldest first.
    """

    year: int
    scope: Scope
    parent: str | None
    rollups: tuple[Rollup, ...]
    rostered: bool
    ids: Mapping[str, int]
    parents: tuple[str, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    submissions: tuple[Submission, ...] = ()
    changed_at: datetime = datetime(1980, 1, 1, tzinfo=UTC)
    """When the library last changed."""
    printed_scope: Scope | None = None
    """Of which scope the parent's report speaks: only with that sum is it compared."""
    group: str | None = None
    """The group of the roster that alone is added up, None for all of it."""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to add up."""
        return not any(item.filings for item in self.rollups)


def rolled_up(
    library: Library,
    year: int,
    scope: Scope = "all",
    parent: str | None = None,
    group: str | None = None,
) -> YearRollup:
    """Return the sums of a library's year, held against what the parent printed.

    `parent` may be any name of the government; without one it is looked for among the
    governments that the library knows. With a `group` of the roster only its organs are added up,
    and nothing is compared.
    """
    known = {item.agency: item for item in library.agencies.all()}
    listed = library.reports()
    of_year = listed[(listed["year"] == year) & listed["version"].notna()]
    organs, rostered = _organs(library, of_year, year)
    names = [name for name, _covers in organs]
    chosen = None if group is None else {*library.roster.now().members(group, year)}
    asked = library.agencies.registry().agency(parent.strip()) if parent else None
    above = asked or likely_parent(names, known)
    filings = _filings(library, of_year, {*names, *([above] if above else [])})
    if above in filings:
        # What it printed is held against the sums, not what somebody wrote over it here.
        own = filings[above]
        filings[above] = replace(own, report=as_printed(own.report))
    excluded = library.rollups.excluded(year)
    members = [
        item for item in members_of(organs, above, known) if chosen is None or item.agency in chosen
    ]
    reasons = {item.agency: item.reason for item in excluded}
    counting = of_year[of_year["counts"]]
    sums = {
        key: roll_up(year, key, members, filings, reasons, above, rostered=rostered)
        for key in SCOPES
    }
    printed = _printed_scope(sums, library.roster.now(), above)
    speaks = group is None and printed in (None, scope)
    return YearRollup(
        year,
        scope,
        above,
        tuple(compared(item) if speaks else _unprinted(item) for item in sums[scope]),
        rostered,
        dict(zip(counting["agency"].tolist(), counting.index.tolist(), strict=True)),
        _parents(names, known),
        excluded,
        tuple(
            item
            for item in library.rollups.submissions(year)
            if item.scope == scope and item.parent == above
        ),
        library.changed_at or datetime.now(UTC),
        printed,
        group,
    )


def _printed_scope(
    sums: Mapping[Scope, Sequence[Rollup]], roster: Roster, parent: str | None
) -> Scope | None:
    """Return of which scope the parent's report speaks; None where that makes no difference.

    The roster says so, else the report itself: of which sum more of its figures are.
    """
    if parent is None:
        return None
    row = roster.row(parent)
    if row is not None and row.covers is not None:
        return "own" if row.covers == "own" else "all"
    agreeing = {scope: sum(map(_agreeing, items)) for scope, items in sums.items()}
    if agreeing["own"] == agreeing["all"]:
        return None
    return max(SCOPES, key=lambda scope: agreeing[scope])


def _agreeing(rollup: Rollup) -> int:
    """Return in how many cells a sum and what the parent printed are the same and not 0."""
    pairs = (
        (number_in(rollup.printed_cell(place), place), cell.sum)
        for place, cell in rollup.cells.items()
    )
    return sum(1 for theirs, ours in pairs if ours and theirs == ours)


def _unprinted(rollup: Rollup) -> Rollup:
    """Return a sum beside which nothing is printed."""
    return replace(rollup, printed=None, tables=())


def submission_of(found: YearRollup, name: str) -> Submission:
    """Return what is to be kept of sums that are sent upwards; the workbook's hash comes later."""
    editions: dict[str, Sums] = {
        item.edition: Sums(
            {filing.agency: filing.version for filing in item.filings},
            {
                place: None if cell.sum is None else digits(cell.sum)
                for place, cell in item.cells.items()
            },
        )
        for item in found.rollups
    }
    return Submission(found.parent or "", found.year, found.scope, "", name, editions)


@dataclass(frozen=True, slots=True)
class Since:
    """What is otherwise now than when a roll-up was sent: figures by (edition, address), organs.

    A figure is its digits then and now, None where it could not be told, or where there is none.
    """

    figures: Mapping[tuple[str, str], tuple[str | None, str | None]]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        """Say whether anything is otherwise."""
        return bool(self.figures or self.changed or self.added or self.gone)


def since(sent: Submission, found: YearRollup) -> Since:
    """Return what is otherwise now than when it was sent (与上报时不同)."""
    now = submission_of(found, sent.name).editions
    figures = {
        (edition, place): (then, later)
        for edition in sorted({*sent.editions, *now})
        for place in {**_figures(sent.editions, edition), **_figures(now, edition)}
        if (then := _figures(sent.editions, edition).get(place))
        != (later := _figures(now, edition).get(place))
    }
    before, after = _versions(sent.editions.values()), _versions(now.values())
    both = before.keys() & after.keys()
    return Since(
        figures,
        tuple(sorted(name for name in both if before[name] != after[name])),
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
    )


def _figures(editions: Mapping[str, Sums], edition: str) -> Mapping[str, str | None]:
    return editions[edition].figures if edition in editions else {}


def _versions(sums: Iterable[Sums]) -> dict[str, int]:
    return {name: version for item in sums for name, version in item.versions.items()}


def _organs(library: Library, of_year: pd.DataFrame, year: int) -> tuple[Organs, bool]:
    """Return who is to be added up, in order, and whether a roster says so."""
    roster = library.roster.now()
    if roster:
        return [(row.agency, row.covers) for row in roster.due(year)], True
    counting = of_year[of_year["counts"]].sort_values(["sort_key", "agency"])
    return [(name, None) for name in counting["agency"].tolist()], False


def _filings(library: Library, of_year: pd.DataFrame, names: Iterable[str]) -> dict[str, Filing]:
    """Return the reports that count of these agencies, each with its other versions as printed."""
    own = of_year[of_year["agency"].isin(list(names))]
    counts = own[own["counts"]]
    reports = library.several(counts.index.tolist())
    others = library.several(own[~own["counts"]].index.tolist(), as_read=True)
    found = {}
    for number, agency, version in zip(
        counts.index.tolist(), counts["agency"].tolist(), counts["version"].tolist(), strict=True
    ):
        same = own[(own["agency"] == agency) & ~own["counts"]]
        versions = {
            int(other): others[at]
            for at, other in zip(same.index.tolist(), same["version"].tolist(), strict=True)
        }
        if as_printed(reports[number]) is not reports[number]:
            versions[int(version)] = as_printed(reports[number])
        found[agency] = Filing(agency, int(version), reports[number], versions)
    return found


def _parents(names: Iterable[str], known: Mapping[str, Agency]) -> tuple[str, ...]:
    """Return the governments that can be the parent: those known, in order."""
    told = [name for name, item in known.items() if item.kind == "government"]
    said = [item.parent for name in names if (item := known.get(name)) and item.parent]
    return tuple(sorted({*told, *said}))
