"""All smallest sets of cells whose change makes every equation hold: an exact search.

Why not a solver: HiGHS gives one set a call and wants a cut for each set found before it, so that
a report with 20 ties costs 21 runs of some milliseconds. The search below lists them all at once.

It deepens: sets of 1 cell, of 2, … until there are any. A node is a set of *opened* cells, which
are eliminated from the equations (Gauss–Jordan, in whole numbers). Let T be any solution set that
contains them.

* An equation that is left, has none of the opened cells and fails: T has another cell in it,
  one that moves it the right way (a figure that is 0 cannot fall). Branch on these.
* None fails: the changes of the opened cells follow. All figures ≥ 0: a set is found. Else the
  figure of some opened cell would be below 0, and T has another cell in the equation that
  determines it, which raises it. Branch on these.
* Opened cells that do not follow from each other by the equations (a cycle) leave changes free.
  All of these within `System.bound` are tried; where none will do, T has another cell anywhere.

So every T is met: the list is complete. A cell and direction that was branched on is closed for
its later siblings, so that (nearly) none is met twice. What keeps it fast:

* Without the sum that follows from others (`system.own_equations`) every cell stands in at most
  two equations, with opposite signs once the equations are turned suitably: section 三 is the
  network of rows and columns of a table with one hierarchy, and deeper nodes stay networks. So
  m more cells mend at most 2m failing equations; `bounds` says more.
* Interchangeable rows and columns are merged (`symmetry`).
* Among failing equations the one with the fewest ways out goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Final

import numpy as np

from checks.suspects.bounds import cells_needed
from checks.suspects.symmetry import Lines, Merged, interchangeable, merged
from checks.suspects.system import Flags, Integers, System

Range = tuple[int, int | None]
"""The least and the greatest figure that a cell can have; None where there is no greatest."""
MOST_VALUES: Final = 200_000
"""How many combinations of values are tried where a set leaves several free."""
VALUES_A_STEP: Final = 500
"""How many combinations of values make a step."""
SWAPS_A_STEP: Final = 20
"""How many ways to interchange lines make a step."""
MOST_WHOLE: Final = 2**62
"""What no number of a system may reach while it is solved: there 64 bits end."""
MOST_FOUND: Final = 5_000
"""How many sets are gathered before the best of them are listed."""


@dataclass(frozen=True, slots=True)
class SmallSet:
    """Cells that have to change, by column of the System, and what each may say then (from, to)."""

    values: tuple[tuple[int, Range], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has to say.

    `sets` are all smallest sets where it is `complete`; `size` is their number of cells, or how
    many cells a set has at least where none was found.
    """

    sets: tuple[SmallSet, ...]
    size: int
    complete: bool


class StepsUsedUpError(Exception):
    """The search has used up its steps."""


@dataclass(slots=True)
class Budget:
    """What work may still be done: `steps` in all, each as much as looking at one set of cells."""

    steps: float

    def spend(self, steps: float = 1) -> None:
        """Take off some steps; raises StepsUsedUpError where there are none left."""
        self.steps -= steps
        if self.steps < 0:
            raise StepsUsedUpError


@dataclass(frozen=True, slots=True)
class _Node:
    """Opened cells, and the equations without them.

    tableau: (m, n + 1), the last column the residuals; basis: (m,) the opened cell that an
    equation determines, else −1; loose: opened cells that no equation determines; rising and
    falling: (n,) whether a cell may still be opened to change so; usable: by line, see Merged.
    """

    tableau: Integers
    basis: Integers
    loose: tuple[int, ...]
    rising: Flags
    falling: Flags
    usable: Flags
    left: int


def smallest_sets(system: System, steps: int, least: int = 0) -> Found:
    """Return all smallest sets of cells whose change, to whole numbers ≥ 0, solves the system.

    `least` is a number of cells of which it is known that fewer will not do.
    """
    lines, budget = interchangeable(system), Budget(steps)
    size = first = max(least, int((system.figures[~system.free] < 0).sum()))
    found: dict[frozenset[int], SmallSet] = {}
    try:
        for size in range(first, len(system.addresses) + 1):
            search = _Search(system, merged(system, lines, size), budget)
            for one in search.sets(size):
                _spread(one, lines, found, budget)
                if len(found) >= MOST_FOUND:
                    return Found(tuple(found.values()), size, False)
            if found:
                return Found(tuple(found.values()), size, True)
    except StepsUsedUpError:
        return Found(tuple(found.values()), size, False)
    return Found((), size, True)


def is_solvable(system: System, budget: Budget) -> bool | None:
    """Say whether every equation holds, or the free cells alone can make it hold.

    None where the steps did not suffice to tell.
    """
    if (system.figures < 0).any():
        return False
    if not system.free.any():
        return not system.residuals.any()
    try:
        search = _Search(system, merged(system, Lines(((), ())), 0), budget)
        return any(True for _one in search.sets(0))
    except StepsUsedUpError:
        return None


def _spread(
    one: SmallSet, lines: Lines, found: dict[frozenset[int], SmallSet], budget: Budget
) -> None:
    """Add a set to those found, with all that come of interchanging lines."""
    ranges = dict(one.values)
    for moved in lines.spread(frozenset(ranges)):
        if len(found) >= MOST_FOUND:
            break
        budget.spend(1 / SWAPS_A_STEP)
        values = {to: ranges[at] for at, to in moved.items()}
        found.setdefault(frozenset(values), SmallSet(tuple(sorted(values.items()))))


class _Search:
    """The search for sets of one size; it holds what all nodes share."""

    def __init__(self, system: System, merged: Merged, budget: Budget) -> None:
        at, signs = merged.columns, system.signs
        turn = np.ones(len(system.weights), np.int64) if signs is None else signs
        weights = system.weights[np.ix_(merged.equations, at)]
        residuals = system.residuals[merged.equations]
        self._start = np.column_stack([weights, residuals]) * turn[merged.equations, None]
        self._columns, self._lines, self._merged = at, merged.lines, merged
        self._figures, self._free = system.figures[at], system.free[at]
        self._choices = [system.choices[column] for column in at]
        self._network, self._budget = signs is not None, budget
        self._bound, self._leap = system.bound, system.leap

    def sets(self, size: int) -> Iterator[SmallSet]:
        """Yield sets of at most `size` cells that solve the system."""
        node = _Node(
            self._start,
            np.full(len(self._start), -1, np.int64),
            (),
            ~self._free,
            ~self._free & (self._figures > 0),
            self._merged.usable,
            size,
        )
        for cell in np.flatnonzero(self._free).tolist():
            node = self._opened(node, cell, 0)
        for cell in np.flatnonzero(~self._free & (self._figures < 0)).tolist():
            node = self._opened(node, cell)
        yield from self._visit(node)

    def _visit(self, node: _Node) -> Iterator[SmallSet]:
        self._budget.spend()
        residuals = node.tableau[:, -1]
        failing = np.flatnonzero((node.basis < 0) & (residuals != 0))
        if len(failing):
            yield from self._mend(node, failing)
        elif node.loose:
            yield from self._loose_end(node)
        else:
            yield from self._end(node)

    def _mend(self, node: _Node, failing: Integers) -> Iterator[SmallSet]:
        """Open a cell of one of the failing equations."""
        residuals = node.tableau[failing, -1]
        if (
            cells_needed(node.tableau[failing], node.rising | node.falling, self._network)
            > node.left
        ):
            return
        wanted = node.tableau[failing, :-1] * -np.sign(residuals)[:, None]
        rising, falling = self._allowed(node)
        rising, falling = (wanted > 0) & rising, (wanted < 0) & falling
        ways = rising.sum(axis=1) + falling.sum(axis=1)
        first = int(ways.argmin())
        if ways[first]:
            hopeful = self._hopeful(node, failing[first])
            yield from self._branch(node, rising[first] & hopeful, falling[first] & hopeful)

    def _hopeful(self, node: _Node, equation: int) -> Flags:
        """Return which cells of a failing equation leave no more failing than can be mended."""
        row = node.tableau[equation]
        if not self._network:
            every: Flags = row[:-1] != 0
            return every
        active = node.basis < 0
        after = node.tableau[active, -1][:, None] - node.tableau[active, :-1] * row[:-1] * row[-1]
        # Of the other cells' columns this says nothing true; they are not asked for.
        hopeful: Flags = (after != 0).sum(axis=0) <= 2 * (node.left - 1)
        return hopeful

    def _end(self, node: _Node) -> Iterator[SmallSet]:
        """The opened cells determine each other: take them, or open one that raises a figure."""
        lines = np.flatnonzero(node.basis >= 0)
        cells = node.basis[lines]
        pivots = node.tableau[lines, cells]
        changes, odd = np.divmod(-node.tableau[lines, -1], pivots)
        values = self._figures[cells] + changes
        low = (values < 0) & (odd == 0)
        other = (odd != 0) | (~low & ~self._choosable(cells, values))
        if not low.any() and not other.any():
            costly = ~self._free[cells] & (changes != 0)
            same = values[costly].tolist()
            yield self._set(zip(cells[costly].tolist(), same, same, strict=True))
        elif node.left and low.any():
            line = lines[low][0]
            raising = -node.tableau[line, :-1] * np.sign(node.tableau[line, node.basis[line]])
            rising, falling = self._allowed(node)
            yield from self._branch(node, (raising > 0) & rising, (raising < 0) & falling)
        elif node.left:
            line = lines[other][0]
            involved = node.tableau[line, :-1] != 0
            rising, falling = self._allowed(node)
            yield from self._branch(node, involved & rising, involved & falling)

    def _loose_end(self, node: _Node) -> Iterator[SmallSet]:
        """Some opened cells may change as they like: try all values, or open any other cell."""
        lines = np.flatnonzero(node.basis >= 0)
        basic, loose = node.basis[lines], np.array(node.loose, np.int64)
        trials = self._trials(loose)
        # One step of whatever can go on for ever leads out of the bound, but not out of the trials.
        near = (trials <= self._bound).all(axis=0)
        pivots = node.tableau[lines, basic][:, None]
        sides = -node.tableau[lines, -1][:, None] - node.tableau[np.ix_(lines, loose)] @ trials
        changes = np.vstack([sides // pivots, trials])
        cells = np.concatenate([basic, loose])
        values = self._figures[cells][:, None] + changes
        costly = ~self._free[cells]
        fits = (sides % pivots == 0).all(axis=0) & (values >= 0).all(axis=0)
        fits &= (changes[costly] != 0).all(axis=0)
        for cell, row in zip(cells, values, strict=True):
            fits &= self._choosable(np.full(len(row), cell), row)
        if fits.any():
            inside, every = values[costly][:, fits & near], values[costly][:, fits]
            yield self._set(
                (cell, least, most if most == farthest else None)
                for cell, least, most, farthest in zip(
                    cells[costly].tolist(),
                    every.min(axis=1).tolist(),
                    inside.max(axis=1).tolist(),
                    every.max(axis=1).tolist(),
                    strict=True,
                )
            )
        elif node.left:
            involved = (node.tableau[:, :-1] != 0).any(axis=0)
            rising, falling = self._allowed(node)
            yield from self._branch(node, involved & rising, involved & falling)

    def _trials(self, cells: Integers) -> Integers:
        """Return all combinations of changes of some cells: (cells, trials).

        They go beyond the bound by as much as one elementary solution can.
        """
        ranges: list[Sequence[int]] = []
        for cell in cells.tolist():
            options, figure = self._choices[cell], int(self._figures[cell])
            if options is not None:
                ranges.append([option - figure for option in options])
            else:
                ranges.append(range(-max(figure, 0), self._bound + self._leap + 1))
        # A range is asked for its ends: its length may be more than a length can be.
        count = prod(one.stop - one.start if isinstance(one, range) else len(one) for one in ranges)
        if count > MOST_VALUES:
            raise StepsUsedUpError
        self._budget.spend(count / VALUES_A_STEP)
        grid = np.meshgrid(*(np.array(one, np.int64) for one in ranges), indexing="ij")
        return np.stack([axis.ravel() for axis in grid])

    def _choosable(self, cells: Integers, values: Integers) -> Flags:
        """Say of each cell whether it may have this value, if it has candidates."""
        return np.array(
            [
                options is None or value in options
                for options, value in (
                    (self._choices[cell], value)
                    for cell, value in zip(cells.tolist(), values.tolist(), strict=True)
                )
            ],
            np.bool_,
        )

    def _set(self, values: Iterable[tuple[int, int, int | None]]) -> SmallSet:
        return SmallSet(
            tuple((int(self._columns[cell]), (least, most)) for cell, least, most in values)
        )

    def _allowed(self, node: _Node) -> tuple[Flags, Flags]:
        """Return which cells may be opened to rise, and to fall."""
        usable = node.usable[self._lines[0]] & node.usable[self._lines[1]]
        return node.rising & usable, node.falling & usable

    def _branch(self, node: _Node, rising: Flags, falling: Flags) -> Iterator[SmallSet]:
        """Open one cell after the other; each is closed in that direction for the later ones."""
        if not node.left:
            return
        up, down = node.rising.copy(), node.falling.copy()
        for way, closed in ((rising, up), (falling, down)):
            for cell in np.flatnonzero(way).tolist():
                closed[cell] = False
                yield from self._visit(
                    self._opened(replace(node, rising=up.copy(), falling=down.copy()), cell)
                )

    def _opened(self, node: _Node, cell: int, cost: int = 1) -> _Node:
        """Return the node with one more cell opened, eliminated from all equations but one."""
        column = node.tableau[:, cell]
        active = np.flatnonzero((column != 0) & (node.basis < 0))
        rising, falling, usable = node.rising.copy(), node.falling.copy(), node.usable.copy()
        rising[cell] = falling[cell] = False
        usable[self._merged.following[self._lines[:, cell]]] = True
        opened = replace(node, rising=rising, falling=falling, usable=usable, left=node.left - cost)
        if not len(active):
            return replace(opened, loose=(*node.loose, cell))
        failing = active[node.tableau[active, -1] != 0]
        pivot = int(failing[0] if len(failing) else active[0])
        basis = node.basis.copy()
        basis[pivot] = cell
        # In a network the weights stay 0 and ±1; elsewhere they can grow by every elimination.
        if not self._network and _may_grow_too_large(node.tableau, pivot, cell):
            raise StepsUsedUpError
        return replace(opened, tableau=_eliminated(node.tableau, pivot, cell), basis=basis)


def _may_grow_too_large(tableau: Integers, pivot: int, cell: int) -> bool:
    """Say whether numbers could pass 64 bits when a column is eliminated."""
    column, row = (float(np.abs(line).max()) for line in (tableau[:, cell], tableau[pivot]))
    every = float(np.abs(tableau).max())
    return column * row + every * abs(float(tableau[pivot, cell])) >= MOST_WHOLE


def _eliminated(tableau: Integers, pivot: int, cell: int) -> Integers:
    """Return the tableau with one column left in the pivot's row only, in whole numbers."""
    row, entry = tableau[pivot], tableau[pivot, cell]
    result = tableau.copy()
    others = np.flatnonzero(tableau[:, cell])
    others = others[others != pivot]
    if abs(entry) == 1:
        result[others] -= np.outer(tableau[others, cell] * entry, row)
        return result
    changed = tableau[others] * entry - np.outer(tableau[others, cell], row)
    divisors = np.maximum(np.gcd.reduce(changed, axis=1), 1)
    result[others] = changed // divisors[:, None]
    return result
