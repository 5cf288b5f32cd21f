"""Rows and columns that are interchangeable: most of a table is rows of zeros.

Two rows are interchangeable where they hold the same figures and stand in the same sums: what can
be said of one can be said of the other. The search looks at as few of them as a set of `size`
cells can use, in their order, and its answers are spread over all of them afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

import numpy as np

from checks.suspects.system import SLACK, Flags, Integers, System
from form.model import split_address

Line = tuple[int, ...]
"""The columns of a System that make up a row or a column of the form."""
AXES: Final = (1, 2)
"""The parts of an address that name a row and a column."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Classes of interchangeable lines, by axis: rows of the form, columns of the form."""

    classes: tuple[tuple[tuple[Line, ...], ...], ...]

    def spread(self, cells: frozenset[int]) -> Iterator[dict[int, int]]:
        """Yield every way to put interchangeable lines in each other's place, for a set of cells.

        Each is a mapping of columns of the System; the sets that come out may repeat.
        """
        choices = [list(_swaps(lines, cells)) for classes in self.classes for lines in classes]
        for chosen in product(*choices):
            moved = {at: at for at in cells}
            for swap in chosen:
                moved = {at: swap.get(to, to) for at, to in moved.items()}
            yield moved


def interchangeable(system: System) -> Lines:
    """Return the classes of more than one line."""
    return Lines(tuple(tuple(_classes(system, axis)) for axis in AXES))


def _classes(system: System, axis: int) -> Iterator[tuple[Line, ...]]:
    found: dict[object, list[Line]] = {}
    sizes = (system.weights != 0).sum(axis=1)
    failing = system.residuals != 0
    for line in _lines(system.addresses, axis):
        signature = _signature(system, line, axis, sizes, failing)
        if signature is not None:
            found.setdefault(signature, []).append(line)
    return (tuple(lines) for lines in found.values() if len(lines) > 1)


def _lines(addresses: Sequence[str], axis: int) -> list[Line]:
    found: dict[tuple[str, str], list[int]] = {}
    for at, place in enumerate(addresses):
        if place != SLACK:
            parts = split_address(place)
            found.setdefault((parts[0], parts[axis]), []).append(at)
    return [tuple(line) for line in found.values()]


def _signature(system: System, line: Line, axis: int, sizes: Integers, failing: Flags) -> object:
    """Return what interchangeable lines have in common, None for a line that is like no other.

    Its own sums must hold and reach every cell: then no smallest set has only one cell of it.
    `sizes` are the numbers of cells of the equations.
    """
    at = list(line)
    inside = system.weights[:, at] != 0
    counts = inside.sum(axis=1)
    involved, own = counts > 0, (counts > 0) & (counts == sizes)
    if system.free[at].any() or not inside[own].any(axis=0).all() or failing[own].any():
        return None
    places = [split_address(system.addresses[cell]) for cell in line]
    shared = np.flatnonzero(involved & ~own)
    return (
        tuple((place[0], place[3 - axis]) for place in places),
        tuple(system.figures[at].tolist()),
        tuple((row, tuple(system.weights[row, at].tolist())) for row in shared.tolist()),
        tuple(sorted(tuple(row) for row in system.weights[np.ix_(own, at)].tolist())),
    )


def _swaps(lines: Sequence[Line], cells: frozenset[int]) -> Iterator[Mapping[int, int]]:
    """Yield where the cells of the lines in use can go."""
    used = [line for line in lines if not cells.isdisjoint(line)]
    for others in permutations(lines, len(used)):
        yield {
            cell: to
            for line, other in zip(used, others, strict=True)
            for cell, to in zip(line, other, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """A System with no more interchangeable lines than a set of some size can use.

    columns: the columns that are kept; equations: the equations; lines: (2, kept columns), the
    number of the line in a class that a cell stands in, by axis, 0 where in none; following: by
    number of a line, the one that may be used once it is in use; usable: by number of a line,
    whether it may be used from the start.
    """

    columns: Integers
    equations: Integers
    lines: Integers
    following: Integers
    usable: Flags


def merged(system: System, lines: Lines, size: int) -> Merged:
    """Return what of a system the sets of `size` cells need, up to interchanging lines."""
    numbers = np.zeros((len(AXES), len(system.addresses)), np.int64)
    kept = np.ones(len(system.addresses), np.bool_)
    following, usable = [0], [True]
    for axis, classes in enumerate(lines.classes):
        for members in classes:
            used = members[: size // 2]
            for rank, line in enumerate(used):
                numbers[axis, list(line)] = len(following)
                last = rank + 1 == len(used)
                following.append(0 if last else len(following) + 1)
                usable.append(rank == 0)
            for line in members[size // 2 :]:
                kept[list(line)] = False
    columns = np.flatnonzero(kept)
    # An equation that lost all its cells held: it was a line's own, or one between such lines.
    equations = np.flatnonzero(
        (system.weights[:, columns] != 0).any(axis=1) | (system.residuals != 0)
    )
    return Merged(
        columns,
        equations,
        numbers[:, columns],
        np.array(following, np.int64),
        np.array(usable, np.bool_),
    )
