"""The rules of some cells as a system of linear equations over whole numbers.

One row a rule, one column a cell. Blank and dash count as 0. A cell that the document leaves open
(`unknown`, `text`) is *free*: to fill it in is a reading and no change, so it costs nothing; an
unknown cell may only take its candidates. An unknown cell that can have but one figure is a
constant, and never a suspect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from checks.suspects.evidence import Evidence
from form.model import TableKey
from form.report import Cell, Report, layout_edition
from form.rules import Sum, sums

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
REMEMBERED: Final = 256
"""Sets of equations whose structure is remembered: with prose among them there is no end of them."""
SLACK = ""
"""Stands for the address of what a sum has beyond its bound; it is no cell."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ weight · cell = value (≥, ≤); `joined` where it is none of the form's own sums."""

    terms: tuple[tuple[str, int], ...]
    value: int = 0
    bound: str = "="
    joined: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The addresses that take part."""
        return tuple(place for place, _weight in self.terms)


@dataclass(frozen=True, slots=True)
class System:
    """m equations over n cells: `weights @ (figures + changes) + constants` must be 0.

    weights: (m, n); constants: (m,); figures: (n,) as printed, for a free cell its least;
    free: (n,); choices: by column, the figures that a free cell can have, None for any;
    signs: (m,), see `oriented`; joined: how many cells each equation beyond the form's own sums
    has (see `bound`).
    """

    addresses: tuple[str, ...]
    weights: Integers
    constants: Integers
    figures: Integers
    free: Flags
    choices: tuple[tuple[int, ...] | None, ...]
    signs: Integers | None
    joined: tuple[int, ...] = ()

    @property
    def residuals(self) -> Integers:
        """How far the left side of each equation is from the right: (m,)."""
        found: Integers = self.weights @ self.figures + self.constants
        return found

    @property
    def bound(self) -> int:
        """How much a cell of a smallest set can change at most, unless it can go on for ever.

        A solution (change, residual) of the homogeneous system is a sum, without cancelling, of
        elementary ones. The form's own sums are a network (see `checks.suspects.search`), hence
        totally unimodular: every elementary solution has entries 0 and ±1. One without a part in
        the residuals could be taken away until some cell no longer changes at all, against the
        set being smallest (no figure falls below 0 by it, since it only undoes changes); so there
        are at most Σ|residual| of them, and no change is greater. A figure below 0 must
        rise, and a free cell with candidates may start elsewhere: both add to the residuals.

        Those with a free cell may stay: until another cell reaches 0, which adds the greatest
        figure, or for ever.

        Rules that are joined (prose, other years) can have subdeterminants up to the product of
        the numbers of their cells, Δ, and elementary solutions entries up to it; by Carathéodory
        at most n of those without a part in the residuals remain, each less than once:
        Δ · (Σ|residual| + n).
        """
        ranges = [max(options) - min(options) if options else 0 for options in self.choices]
        reach = int(
            np.abs(self.residuals).sum()
            - np.minimum(self.figures, 0).sum()
            + np.abs(self.weights).sum(axis=0) @ np.array(ranges, np.int64)
        )
        if self.free.any():
            reach += int(self.figures.max())
        return reach if self.leap == 1 else self.leap * (reach + len(self.addresses))

    @property
    def leap(self) -> int:
        """The greatest entry of an elementary solution; many joined rules make it a long number."""
        return prod(self.joined)


def own_equations(report: Report, key: TableKey) -> tuple[Equation, ...]:
    """Return the sums of one table that can be asked of the report, without those that follow."""
    checked = sums(key, layout_edition(report, key))
    return _independent(
        tuple(item for item in checked if all(place in report.cells for place in item.addresses))
    )


@lru_cache(REMEMBERED)
def _independent(checked: tuple[Sum, ...]) -> tuple[Equation, ...]:
    """Return the sums as equations, without one that follows from others and joins three.

    In section 三 that is `applicants` in 三（七）总计: without it every cell stands in at most two
    equations, and the system is a network.
    """
    found = tuple(Equation(_terms(item)) for item in checked)
    kept = list(found)
    for item in found:
        others = [other for other in kept if other is not item]
        if len(others) < len(kept) and _crowded(item, kept) and _rank(others) == _rank(kept):
            kept = others
    return tuple(kept)


def _terms(item: Sum) -> tuple[tuple[str, int], ...]:
    return (*((place, 1) for place in item.left), *((place, -1) for place in item.right))


def _crowded(item: Equation, kept: Sequence[Equation]) -> bool:
    """Say whether every cell of an equation stands in two others."""
    return all(
        sum(place == other for one in kept for other, _weight in one.terms) > 2
        for place, _weight in item.terms
    )


def _rank(equations: Sequence[Equation]) -> int:
    places = {place: at for at, place in enumerate(_places(equations))}
    return int(np.linalg.matrix_rank(_matrix(equations, places)))


def _places(equations: Iterable[Equation]) -> list[str]:
    return list(dict.fromkeys(place for item in equations for place, _weight in item.terms))


def _matrix(equations: Sequence[Equation], places: Mapping[str, int]) -> Integers:
    weights = np.zeros((len(equations), len(places)), np.int64)
    for line, item in enumerate(equations):
        for place, weight in item.terms:
            weights[line, places[place]] += weight
    return weights


def oriented(weights: Integers) -> Integers | None:
    """Return a sign for each equation with which every column adds up to 0 or has one entry.

    None where there are no such signs: the equations are no network then.
    """
    if (np.abs(weights) > 1).any() or ((weights != 0).sum(axis=0) > 2).any():
        return None
    near: dict[int, list[tuple[int, int]]] = {}
    for column in weights.T:
        ends = np.flatnonzero(column).tolist()
        if len(ends) == 2:
            turn = -int(column[ends].prod())
            near.setdefault(ends[0], []).append((ends[1], turn))
            near.setdefault(ends[1], []).append((ends[0], turn))
    signs: dict[int, int] = {}
    for start in range(len(weights)):
        waiting = [] if start in signs else [start]
        signs.setdefault(start, 1)
        while waiting:
            at = waiting.pop()
            waiting += [other for other, _turn in near.get(at, ()) if other not in signs]
            signs |= {
                other: signs[at] * turn for other, turn in near.get(at, ()) if other not in signs
            }
    if any(signs[other] != signs[at] * turn for at in near for other, turn in near[at]):
        return None
    return np.array([signs[at] for at in range(len(weights))], np.int64)


def joined(evidence: Iterable[Evidence], figures: Mapping[str, int]) -> tuple[Equation, ...]:
    """Return evidence as equations, each over the sum that it means with these figures."""
    meant = ((item, item.meant(figures) or item.sums[0]) for item in evidence)
    found = (
        Equation(tuple((place, 1) for place in places), item.value, item.bound, True)
        for item, places in meant
    )
    return tuple(dict.fromkeys(found))


@lru_cache(REMEMBERED)
def components(equations: tuple[Equation, ...]) -> tuple[tuple[Equation, ...], ...]:
    """Return the equations in groups that share no cell.

    What one group needs says nothing about another: the smallest sets of all are the unions of
    smallest sets of each.
    """
    groups: list[tuple[set[str], tuple[Equation, ...]]] = []
    for item in equations:
        apart = [group for group in groups if group[0].isdisjoint(item.places)]
        touching = [group for group in groups if group not in apart]
        places = set(item.places).union(*(group[0] for group in touching))
        groups = [*apart, (places, (*(one for group in touching for one in group[1]), item))]
    return tuple(group[1] for group in groups)


@dataclass(frozen=True, slots=True)
class _Structure:
    """What equations have whatever the figures are: cells, weights, orientation."""

    places: tuple[str, ...]
    weights: Integers
    signs: Integers | None


@lru_cache(REMEMBERED)
def _structure(equations: tuple[Equation, ...]) -> _Structure:
    places = _places(equations)
    weights = _matrix(equations, {place: at for at, place in enumerate(places)})
    weights.setflags(write=False)
    return _Structure(tuple(places), weights, oriented(weights))


def system(cells: Mapping[str, Cell], equations: tuple[Equation, ...]) -> System:
    """Return equations over the cells of a report as a system."""
    structure = _structure(equations)
    every, weights = structure.places, structure.weights
    options = [_options(cells[place]) for place in every]
    figures = np.array([0 if some is None else some[0] for some in options], np.int64)
    constant = np.array(
        [
            is_open(cells[place]) and some is not None and len(some) == 1
            for place, some in zip(every, options, strict=True)
        ],
        np.bool_,
    )
    wanted = np.array([item.value for item in equations], np.int64)
    slack, beyond = _slack(equations, weights @ figures - wanted)
    kept = np.flatnonzero(~constant)
    return System(
        addresses=(*(every[at] for at in kept), *[SLACK] * len(beyond)),
        weights=np.hstack([weights[:, kept], slack]),
        constants=weights[:, constant] @ figures[constant] - wanted,
        figures=np.concatenate([figures[kept], beyond]),
        free=np.array(
            [*(is_open(cells[every[at]]) for at in kept), *[True] * len(beyond)], np.bool_
        ),
        choices=(
            *(options[at] if is_open(cells[every[at]]) else None for at in kept),
            *[None] * len(beyond),
        ),
        signs=structure.signs,
        joined=tuple(len(item.terms) for item in equations if item.joined),
    )


def is_open(cell: Cell) -> bool:
    """Say whether the document leaves open what figure a cell has."""
    return cell.mark in ("unknown", "text")


def _options(cell: Cell) -> tuple[int, ...] | None:
    """Return the figures that a cell can have, least first; None for any."""
    if not is_open(cell):
        return (int(cell.in_sums or 0),)
    return tuple(sorted({int(value or 0) for value in cell.candidates})) or None


def _slack(equations: Sequence[Equation], gaps: Integers) -> tuple[Integers, Integers]:
    """Return a column for each lower or upper bound, and how far its sum is beyond it now."""
    bounded = [line for line, item in enumerate(equations) if item.bound != "="]
    signs = np.array([-1 if equations[line].bound == ">=" else 1 for line in bounded], np.int64)
    columns = np.zeros((len(equations), len(bounded)), np.int64)
    columns[bounded, range(len(bounded))] = signs
    return columns, np.maximum(-signs * gaps[bounded], 0)
