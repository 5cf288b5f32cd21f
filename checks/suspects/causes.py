"""Single slips that would account for a whole table: each a small function over arrays.

A `Guess` says what cells would have to say if it were so; whether the sums then hold is asked of
all guesses of a kind at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from checks.explanations import ExplanationKind
from checks.suspects.system import Flags, Integers

INCLUDED: Final = (
    ("new_received", "carried_over"),
    ("total_processed", "carried_forward"),
    ("granted", "partial"),
)
"""Rows of which the first is at times filled in with the second one counted too."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A slip: what some cells (by their place in the grid, row by row) would have to say.

    None stands for a blank. `lines` are the rows concerned (none: all), `by` how many columns
    the values would have to move to the right.
    """

    kind: ExplanationKind
    cells: tuple[int, ...]
    values: tuple[int | None, ...]
    lines: tuple[int, ...] = ()
    by: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or a part of it, with its sums.

    figures, known: (rows, columns), what each cell counts and whether it says so; weights:
    (sums, rows · columns), one row a sum, which must come to 0. `one_line` where the table is
    printed as a single line of all its cells. `rows`, `columns`: their keys, where slips are asked
    about that only certain rows and columns have.
    """

    figures: Integers
    known: Flags
    weights: Integers
    one_line: bool = False
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def guesses(grid: Grid) -> Iterator[Guess]:
    """Yield every single slip after whose repair all sums of the grid hold."""
    for find in (_numbers, _shifts, _swaps, _swapped_rows, _included, _copied, _left_out, _moved):
        yield from _mending(grid, find(grid))


def _mending(grid: Grid, found: Sequence[Guess]) -> Iterator[Guess]:
    """Yield the guesses that change something, only cells that are known, and mend all sums."""
    figures, known = grid.figures.ravel(), grid.known.ravel()
    sizes = np.array([len(guess.cells) for guess in found])
    for size in np.unique(sizes).tolist():
        alike = [found[at] for at in np.flatnonzero(sizes == size).tolist()]
        cells = np.array([guess.cells for guess in alike])
        values = np.array([[value or 0 for value in guess.values] for guess in alike])
        changes = values - figures[cells]
        fits = (values >= 0).all(axis=1) & (changes != 0).any(axis=1)
        fits &= ~((changes != 0) & ~known[cells]).any(axis=1)
        # One sum after the other: after the first that fails now hardly any guess is left.
        gaps = grid.weights @ figures
        for line in np.argsort(gaps == 0, kind="stable"):
            left = np.flatnonzero(fits)
            made = (grid.weights[line][cells[left]] * changes[left]).sum(axis=1)
            fits[left] = made + gaps[line] == 0
        yield from (alike[at] for at in np.flatnonzero(fits).tolist())


def _numbers(grid: Grid) -> list[Guess]:
    """Return what one number may have been misprinted from, alone or with the total of its row.

    With its total only where a sum fails: else nothing but a vague word of the prose speaks for it.
    """
    figures = grid.figures.ravel()
    width = grid.figures.shape[1]
    with_totals = grid.columns[-1:] == ("total",) and bool((grid.weights @ figures).any())
    found = []
    for at in np.flatnonzero(figures).tolist():
        total = (at // width + 1) * width - 1
        for kind, other in misprints(int(figures[at])):
            found.append(Guess(kind, (at,), (other,)))
            if with_totals and at != total:
                summed = int(figures[total]) + other - int(figures[at])
                found.append(Guess(kind, (at, total), (other, summed)))
    return found


def misprints(number: int) -> Iterator[tuple[ExplanationKind, int]]:
    """Yield what a number other than 0 may have been misprinted from, with the kind of slip."""
    if number < 0:
        yield "sign", -number
        return
    yield "factor_ten", number * 10
    if number % 10 == 0:
        yield "factor_ten", number // 10
    digits = str(number)
    for at in range(len(digits) - 1):
        turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if turned != digits and turned[0] != "0":
            yield "transposed", int(turned)


def moves(values: Integers) -> Iterator[tuple[int, tuple[int | None, ...]]]:
    """Yield (k, the values moved k columns to the right) where only zeros leave the line.

    k is below 0 for moves to the left; the columns that become free are None.
    """
    held = np.flatnonzero(values).tolist()
    if not held:
        return
    plain: list[int | None] = values.tolist()
    for by in range(-held[0], len(plain) - held[-1]):
        empty: list[int | None] = [None] * abs(by)
        if by < 0:
            yield by, (*plain[-by:], *empty)
        elif by > 0:
            yield by, (*empty, *plain[:-by])


def _shifts(grid: Grid) -> list[Guess]:
    """Return the guesses that a row, all rows, or the single line of all cells were moved.

    A row may have moved with its total at the end, or without it.
    """
    rows, columns = grid.figures.shape
    places = np.arange(grid.figures.size).reshape(rows, columns)
    found = []
    for width in (columns, columns - 1):
        figures: Integers = grid.figures[:, :width]
        found += [
            Guess("shift", tuple(places[row, :width].tolist()), moved, (row,), by)
            for row in range(rows)
            for by, moved in moves(np.asarray(figures[row], np.int64))
        ]
        if rows > 1 and not grid.one_line:
            found += [
                Guess(
                    "shift",
                    tuple(places[:, :width].ravel().tolist()),
                    _all_moved(figures, by),
                    (),
                    by,
                )
                for by, _moved in moves(np.asarray(figures.any(axis=0), np.int64))
            ]
    if rows > 1 and grid.one_line:
        line = grid.figures.ravel()
        found += [
            Guess("shift", tuple(range(line.size)), moved, (), by) for by, moved in moves(line)
        ]
    return found


def _all_moved(figures: Integers, by: int) -> tuple[int | None, ...]:
    """Return the figures of all rows moved to the right, row by row."""
    moved = np.roll(figures, by, axis=1).astype(object)
    moved[:, slice(by) if by > 0 else slice(by, None)] = None
    return tuple(moved.ravel().tolist())


def _swaps(grid: Grid) -> list[Guess]:
    """Return the guesses that two figures of a row, or of a column, stand in each other's place."""
    places = np.arange(grid.figures.size).reshape(grid.figures.shape)
    figures = grid.figures.ravel()
    lines = [[int(at) for at in line] for turned in (places, places.T) for line in turned]
    return [
        Guess("swap", (a, b), (int(figures[b]), int(figures[a])))
        for line in lines
        for a, b in combinations(line, 2)
        if figures[a] != figures[b]
    ]


def _swapped_rows(grid: Grid) -> list[Guess]:
    """Return the guesses that two rows stand in each other's place.

    A row of zeros changes places with its neighbours only: figures printed one line off.
    """
    places = np.arange(grid.figures.size).reshape(grid.figures.shape)
    rows: list[list[int]] = grid.figures.tolist()
    return [
        Guess("swap", tuple(places[[a, b]].ravel().tolist()), (*rows[b], *rows[a]), (a, b))
        for a, b in combinations(range(len(rows)), 2)
        if rows[a] != rows[b] and (b == a + 1 or (any(rows[a]) and any(rows[b])))
    ]


def _included(grid: Grid) -> list[Guess]:
    """Return the guesses that a row counts another one with it."""
    places = np.arange(grid.figures.size).reshape(grid.figures.shape)
    known = {row: line for line, row in enumerate(grid.rows)}
    lines = [(known[a], known[b]) for a, b in INCLUDED if a in known and b in known]
    return [
        Guess(
            "included",
            tuple(places[a].tolist()),
            tuple((grid.figures[a] - grid.figures[b]).tolist()),
            (a, b),
        )
        for a, b in lines
        if grid.figures[b].any()
    ]


def _totals(grid: Grid, wrong: Integers) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the places and the right figures of all totals; None where `wrong` is not printed.

    wrong: (rows,), what the totals would say after the slip. A row of which it says what its parts
    come to anyway shows nothing: two others at least must show it.
    """
    places = np.arange(grid.figures.size).reshape(grid.figures.shape)
    sums = grid.figures[:, :-1].sum(axis=1)
    if (grid.figures[:, -1] != wrong).any() or not (sums != wrong).any():
        return None
    return tuple(places[:, -1].tolist()), tuple(sums.tolist())


def _copied(grid: Grid) -> list[Guess]:
    """Return the guesses that the totals repeat one column."""
    if grid.columns[-1:] != ("total",) or len(grid.rows) < 2:
        return []
    found = []
    for column in np.flatnonzero(grid.figures[:, :-1].any(axis=0)).tolist():
        totals = _totals(grid, np.asarray(grid.figures[:, column], np.int64))
        if totals is not None:
            found.append(Guess("copied", *totals, by=column))
    return found


def _left_out(grid: Grid) -> list[Guess]:
    """Return the guess that the totals leave out what is still pending."""
    if "pending" not in grid.columns or grid.columns[-1:] != ("total",):
        return []
    pending = grid.figures[:, grid.columns.index("pending")]
    totals = _totals(grid, np.asarray(grid.figures[:, :-1].sum(axis=1) - pending, np.int64))
    return [] if totals is None else [Guess("left_out", *totals)]


def _moved(grid: Grid) -> list[Guess]:
    """Return the guesses that all rows below the first one stand in another column than that."""
    if grid.rows[:1] != ("new_received",) or grid.columns[-1:] != ("total",):
        return []
    places = np.arange(grid.figures.size).reshape(grid.figures.shape)[1:]
    first, below = grid.figures[0, :-1], grid.figures[1:, :-1]
    rows = int(below.any(axis=1).sum())
    return [
        Guess(
            "moved",
            tuple(places[:, [to, at]].ravel().tolist()),
            tuple(below[:, [at, to]].ravel().tolist()),
            (0, at, to),
        )
        for to in np.flatnonzero(first).tolist()
        for at in np.flatnonzero(below.any(axis=0)).tolist()
        if rows > 1 and not first[at] and not below[:, to].any()
    ]
