"""The options of one table: its smallest sets of cells, and the single causes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import prod
from typing import Final

import numpy as np

from checks.explanations import (
    Change,
    Confirmation,
    ExplanationKind,
    Group,
    Part,
    in_print,
)
from checks.missing import missing_totals
from checks.repairs import coupled
from checks.suspects.causes import Grid, guesses
from checks.suspects.evidence import Evidence
from checks.suspects.limits import Limits
from checks.suspects.options import Option, best_first, judged, together
from checks.suspects.priors import FEW, cost, group_of, unlikely
from checks.suspects.search import (
    MOST_FOUND,
    Budget,
    Found,
    SmallSet,
    StepsUsedUpError,
    is_solvable,
    smallest_sets,
)
from checks.suspects.solver import is_feasible, one_smallest_set
from checks.suspects.system import (
    Equation,
    System,
    components,
    is_open,
    joined,
    own_equations,
    system,
)
from checks.suspects.wording import (
    Standing,
    cause_lead,
    changes_lead,
    missing_lead,
    opening,
    sentence,
    stopped,
    untold,
)
from form.editions import table
from form.model import TableKey, address, split_address
from form.report import Cell, Report, layout_edition
from form.rules import Sum, sums

OTHER: Final = Standing(smallest=False, ties=None)
FIRST_STEPS: Final = 1000
"""How many steps the search takes before the solver is asked how many cells a set needs."""
ASKED: Final = 5
"""Steps that it takes to put up the sums of some cells and look whether they hold."""
SOLVED: Final = 200
"""Steps that the solver's answer to the same is worth."""


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to say about sums that share cells: options, and what was not looked at."""

    options: tuple[Option, ...]
    complete: bool = True
    limit: str = ""


@dataclass(frozen=True)
class Subject:
    """One table of a report under suspicion, with all that speaks about it.

    `against` names the evidence that fails where all sums hold, and is empty where a sum fails.
    `budget` is what may still be spent on the question whether sums hold, or would hold.
    """

    report: Report
    key: TableKey
    evidence: tuple[Evidence, ...]
    against: tuple[Confirmation, ...]
    equations: tuple[Equation, ...]
    limits: Limits
    budget: Budget

    @cached_property
    def figures(self) -> dict[str, int]:
        """What each cell counts, by address."""
        return {
            place: int(cell.in_sums or 0)
            for place, cell in self.report.cells.items()
            if split_address(place)[0] == self.key
        }

    @property
    def title(self) -> str:
        """The table's printed title."""
        return table(self.key, layout_edition(self.report, self.key)).title

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The table's own sums."""
        return sums(self.key, layout_edition(self.report, self.key))

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The keys of the rows that the report has, all cells of them."""
        form = table(self.key, layout_edition(self.report, self.key))
        return tuple(
            row.key
            for row in form.rows
            if all(address(self.key, row.key, column.key) in self.figures for column in row.columns)
        )

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns, the same in every row."""
        form = table(self.key, layout_edition(self.report, self.key))
        return tuple(column.key for column in form.rows[0].columns)

    def change(self, place: str, after: int | None) -> Change:
        """Return the change of one cell."""
        before = self.report.cells[place].value
        return Change(place, None if before is None else int(before), after)


def subject(
    report: Report, key: TableKey, evidence: Iterable[Evidence], has_errors: bool, limits: Limits
) -> Subject | None:
    """Return a table that needs explaining, None for one that does not.

    Where a sum fails, the sums are to be mended, and evidence only confirms. Where all hold and
    evidence does not, sums and evidence are to hold together.
    """
    said = tuple(
        item for item in evidence if all(split_address(place)[0] == key for place in item.addresses)
    )
    own = own_equations(report, key)
    found = Subject(report, key, said, (), own, limits, Budget(limits.asked))
    if has_errors and any(
        _holds(report.cells, group, found) is not True for group in components(own)
    ):
        return found
    failing = [item for item in said if not item.holds(found.figures)]
    if not failing:
        return None
    against = tuple(dict.fromkeys(item.source for item in failing))
    return replace(found, against=against, equations=(*own, *joined(said, found.figures)))


def _holds(
    cells: Mapping[str, Cell], equations: tuple[Equation, ...], item: Subject
) -> bool | None:
    """Say whether equations hold, or open cells can make them; None where steps did not suffice."""
    try:
        item.budget.spend(ASKED)
        asked = system(cells, equations)
        found = is_solvable(asked, Budget(min(FIRST_STEPS, item.budget.steps)))
        if found is None:
            item.budget.spend(SOLVED)
            found = is_feasible(asked, item.limits.seconds)
    except StepsUsedUpError:
        return None
    return found


def account_of(item: Subject) -> Account:
    """Return every way to explain one table, best first."""
    known = {group: _holds(item.report.cells, group, item) for group in components(item.equations)}
    groups = [group for group, holds in known.items() if holds is False]
    unsure = any(holds is None for holds in known.values())
    pieces = [_piece(item, group) for group in groups]
    sets = together([piece.options for piece in pieces], MOST_FOUND) if pieces else []
    is_whole = len(pieces) == 1 and _rows_of(item, groups[0]) == item.rows
    whole, sure = (
        ([], True) if is_whole or not groups else _causes(item, item.rows, len(pieces), ())
    )
    said = [
        *(piece.limit for piece in pieces),
        *([] if sure and not unsure else [untold(item.title)]),
    ]
    return Account(
        tuple(best_first([*whole, *sets])),
        all(piece.complete for piece in pieces)
        and sure
        and not unsure
        and prod(len(piece.options) for piece in pieces) <= MOST_FOUND,
        "；".join(dict.fromkeys(filter(None, said))),
    )


def _rows_of(item: Subject, equations: Iterable[Equation]) -> tuple[str, ...]:
    used = {split_address(place)[1] for one in equations for place in one.places}
    return tuple(row for row in item.rows if row in used)


def _piece(item: Subject, equations: tuple[Equation, ...]) -> Account:
    """Return the options of sums that share cells with each other and with no others."""
    asked = system(item.report.cells, equations)
    found = _found(asked, item.limits)
    ties = [_changes(item, asked, one) for one in found.sets]
    tie = Standing(True, len(ties) if found.complete else None)
    sets = _sets(asked, ties)
    options = [
        _option(item, parts, tie, partial(_cells_lead, item, changes))
        for changes, parts in zip(ties, sets, strict=True)
    ]
    causes, sure = _causes(item, _rows_of(item, equations), 1, ties, tie)
    said = [] if found.complete else [stopped(item.title, found.size)]
    said += [] if sure else [untold(item.title)]
    return Account(tuple(best_first([*options, *causes])), found.complete and sure, "；".join(said))


def _sets(asked: System, ties: Sequence[tuple[Change, ...]]) -> list[tuple[Part, ...]]:
    """Return each smallest set in parts; which rows are likelier is asked only where many are."""
    found = [coupled(changes) for changes in ties]
    mended = _mended_by(asked)
    filling: dict[frozenset[int], set[tuple[Change, ...]]] = {}
    for own in {own for sets in found for own in sets if group_of("cells", own) != "filled"}:
        filling.setdefault(mended(own), set()).add(own)

    def group(own: tuple[Change, ...]) -> Group:
        said = group_of("cells", own)
        few = said == "empty_rarely" and len(filling[mended(own)]) <= FEW
        return "empty" if few else said

    return [tuple(Part("cells", own, group(own)) for own in sets) for sets in found]


def _mended_by(asked: System) -> Callable[[tuple[Change, ...]], frozenset[int]]:
    """Return what tells, for changes, the failing equations that they stand in."""
    at = {place: column for column, place in enumerate(asked.addresses)}
    failing = np.flatnonzero(asked.residuals)

    def mended(changes: tuple[Change, ...]) -> frozenset[int]:
        columns = np.array([at[change.address] for change in changes], np.int64)
        inside = (asked.weights[np.ix_(failing, columns)] != 0).any(axis=1)
        return frozenset(failing[inside].tolist())

    return mended


def _found(asked: System, limits: Limits) -> Found:
    """Return the smallest sets, with the solver's help where there are few steps left."""
    found = smallest_sets(asked, min(FIRST_STEPS, limits.steps))
    if found.complete or len(found.sets) >= MOST_FOUND:
        return found
    # Where sets were found, their size is known; the solver is asked only where it is not.
    answer = found if found.sets else one_smallest_set(asked, limits.seconds)
    if answer is None:
        return found
    if answer.complete:
        return answer
    found = smallest_sets(asked, limits.steps, answer.size)
    return found if found.sets else replace(found, sets=answer.sets)


def _changes(item: Subject, asked: System, one: SmallSet) -> tuple[Change, ...]:
    """Return a set of cells as changes, in printed order."""
    made = []
    for column, (low, high) in one.values:
        change = item.change(asked.addresses[column], low)
        made.append(change if low == high else replace(change, after=None, between=(low, high)))
    return in_print(made)


def _option(
    item: Subject,
    parts: Sequence[Part],
    standing: Standing,
    lead: Callable[[], str],
    pieces: int = 1,
) -> Option:
    """Return an option that explains so many pieces; `lead` says its changes or its cause."""
    changes = in_print(change for part in parts for change in part.changes)
    confirmed, contradicts = judged(changes, item.evidence, item.figures)
    parts = tuple(_confirmed(part, confirmed) for part in parts)
    sources = tuple(dict.fromkeys(source for said in confirmed.values() for source in said))
    plain = any(part.kind == "cells" for part in parts) or not confirmed or contradicts > 0
    return Option(
        parts,
        changes,
        (partial(_sentence, lead, len(changes), standing, sources),),
        sum(len(part.confirmed) for part in parts),
        contradicts,
        pieces if plain else 0,
        0 if standing.smallest else 1,
        sum(cost(part.kind, part.changes) for part in parts),
        sum(unlikely(part.kind, part.group) for part in parts),
    )


def _confirmed(part: Part, sources: Mapping[str, tuple[Confirmation, ...]]) -> Part:
    own = ((change.address, sources.get(change.address, ())) for change in part.changes)
    return replace(part, confirmed_at=tuple((place, said) for place, said in own if said))


def _sentence(
    lead: Callable[[], str], size: int, standing: Standing, sources: tuple[Confirmation, ...]
) -> str:
    return sentence(lead(), size, standing, sources)


def _cells_lead(item: Subject, changes: tuple[Change, ...]) -> str:
    start = opening(item.against) if item.against else ""
    return start + changes_lead(item.report, changes)


def _causes(
    item: Subject,
    rows: tuple[str, ...],
    pieces: int,
    ties: Sequence[tuple[Change, ...]],
    tie: Standing = OTHER,
) -> tuple[list[Option], bool]:
    """Return the single causes that explain these rows altogether, and whether these are all."""
    smallest = {frozenset((one.address, one.after) for one in changes) for changes in ties}
    found, sure = [], True
    for kind, changes, lead in _suspected(item, rows):
        explains = _explains(item, rows, changes) if changes else False
        sure &= explains is not None
        if explains:
            same = frozenset((one.address, one.after or 0) for one in changes) in smallest
            part = Part(kind, changes, group_of(kind, changes), lead=lead())
            found.append(_option(item, (part,), tie if same else OTHER, lead, pieces))
    return found, sure


def _suspected(
    item: Subject, rows: tuple[str, ...]
) -> Iterator[tuple[ExplanationKind, tuple[Change, ...], partial[str]]]:
    """Yield each single cause with its changes and how it is said."""
    places = [address(item.key, row, column) for row in rows for column in item.columns]
    inside = frozenset(places)
    within = [one for one in item.sums if inside.issuperset(one.addresses)]
    missing = missing_totals(item.report.cells, within).values()
    changes = _in_order(item, ((one.address, one.required) for one in missing))
    yield "missing_totals", changes, partial(missing_lead, item.report, changes)
    for guess in guesses(_grid(item, rows, places, within)):
        changes = _in_order(
            item, ((places[at], value) for at, value in zip(guess.cells, guess.values, strict=True))
        )
        yield (
            guess.kind,
            changes,
            partial(cause_lead, item.report, item.key, rows, item.columns, guess, changes),
        )


def _in_order(item: Subject, values: Iterable[tuple[str, int | None]]) -> tuple[Change, ...]:
    """Return as changes what alters a figure: blank and 0 are alike."""
    made = [
        item.change(place, value) for place, value in values if (value or 0) != item.figures[place]
    ]
    return in_print(made)


def _grid(item: Subject, rows: Sequence[str], places: Sequence[str], within: Iterable[Sum]) -> Grid:
    """Return rows as arrays; sums that a free cell leaves open are asked afterwards."""
    at = {place: number for number, place in enumerate(places)}
    cells = item.report.cells
    decided = [one for one in within if not any(is_open(cells[place]) for place in one.addresses)]
    weights = np.zeros((len(decided), len(places)), np.int64)
    for line, one in enumerate(decided):
        for place, weight in one.weights.items():
            weights[line, at[place]] = weight
    shape = (len(rows), len(item.columns))
    return Grid(
        np.array([item.figures[place] for place in places], np.int64).reshape(shape),
        np.array([not is_open(cells[place]) for place in places], np.bool_).reshape(shape),
        weights,
        one_line=item.key == "disputes" and tuple(rows) == item.rows,
        rows=tuple(rows),
        columns=item.columns,
    )


def _explains(item: Subject, rows: Sequence[str], changes: Iterable[Change]) -> bool | None:
    """Say whether changes make everything hold that is said about these rows.

    The sums must hold. So must the evidence about them, where that is what fails. None where
    steps did not suffice to tell.
    """
    made = {
        one.address: replace(item.report.cells[one.address], value=one.after or 0, mark="typed")
        for one in changes
    }
    cells: dict[str, Cell] = {**item.report.cells, **made}
    concerned = tuple(
        one
        for one in item.equations
        if any(split_address(place)[1] in rows for place in one.places)
    )
    known = [_holds(cells, group, item) for group in components(concerned)]
    return False if False in known else None if None in known else True
