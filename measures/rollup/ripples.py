"""Which cells of a difference belong together: one change runs on into totals and balances."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from form.editions import TABLE_KEYS
from form.model import EditionKey
from form.report import Cell
from form.rules import Outcome, Sum, evaluate, sums
from measures.rollup.model import Number, minus, plus

Gaps = Mapping[str, Number]
"""By address, what one side has more than the other; never 0."""


@cache
def all_sums(edition: EditionKey) -> tuple[Sum, ...]:
    """Return all sums of the tables of an edition."""
    return tuple(item for key in TABLE_KEYS for item in sums(key, edition))


def ripples(gaps: Gaps, edition: EditionKey) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a difference in groups that can have come about by one change each.

    Cells are linked where a sum takes them in and holds for the difference by itself: a number
    and the totals that it runs into, or what came in and what became of it. Groups and cells are
    in the order of the gaps.
    """
    leader = {place: place for place in gaps}

    def lead(place: str) -> str:
        while leader[place] != place:
            place = leader[place]
        return place

    for item in all_sums(edition):
        touched = [place for place in item.addresses if place in gaps]
        if len(touched) > 1 and not residual(item, gaps):
            for place in touched[1:]:
                leader[lead(place)] = lead(touched[0])
    groups: dict[str, list[str]] = {}
    for place in gaps:
        groups.setdefault(lead(place), []).append(place)
    return tuple(map(tuple, groups.values()))


def residual(item: Sum, gaps: Gaps) -> Number:
    """Return by how much a sum does not hold for a difference by itself."""
    total: Number = 0
    for place, weight in item.weights.items():
        gap = gaps.get(place, 0)
        total = plus(total, gap) if weight > 0 else minus(total, gap)
    return total


def outcomes_at(
    cells: Mapping[str, Cell], places: tuple[str, ...], edition: EditionKey
) -> tuple[Outcome, ...]:
    """Return what the sums say that take in any of these cells."""
    asked = [item for item in all_sums(edition) if not set(places).isdisjoint(item.addresses)]
    return tuple(evaluate(cells, asked))
