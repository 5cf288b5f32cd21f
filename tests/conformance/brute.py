"""Sums and smallest repairs found by trying, to hold the cases' own figures to.

Nothing here knows how the program finds them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from form.editions import TABLE_KEYS, all_columns
from form.model import split_address
from form.report import Cell, Report, layout_edition
from form.rules import Sum, sums

MOST_SUMS_OF_A_CELL = 3
Repair = frozenset[tuple[str, int]]


def all_sums(report: Report) -> list[Sum]:
    return [
        item
        for key in TABLE_KEYS
        if report.has_table(key)
        for item in sums(key, layout_edition(report, key))
    ]


def gap(values: Mapping[str, int], item: Sum) -> int:
    return sum(values[place] for place in item.left) - sum(values[place] for place in item.right)


def counted(cells: Mapping[str, Cell]) -> dict[str, int]:
    """What each cell counts for in a sum."""
    return {place: int(cell.value or 0) for place, cell in cells.items()}


def below_zero(values: Mapping[str, int]) -> list[str]:
    columns = all_columns()
    return [
        place
        for place, value in values.items()
        if value < 0 and columns[place].kind == "count" and split_address(place)[0] != "disclosure"
    ]


@dataclass
class Search:
    """Every set of exactly so many changes that leaves no sum failing and no count below 0."""

    values: dict[str, int]
    checked: list[Sum]
    touching: dict[str, list[tuple[int, int]]]
    gaps: list[int]
    bound: int

    def repairs(self, number: int, changed: frozenset[str] = frozenset()) -> Iterator[Repair]:
        failing = [index for index, residual in enumerate(self.gaps) if residual]
        negative = below_zero(self.values)
        if not number:
            if not failing and not negative:
                yield frozenset((place, self.values[place]) for place in changed)
            return
        if len(failing) > MOST_SUMS_OF_A_CELL * number or len(negative) > number:
            return
        # Whatever mends everything changes one of the cells of the first thing that is wrong.
        options = negative[:1] or (self.checked[failing[0]].addresses if failing else ())
        for place in set(options) - changed:
            for value in self.choices(place, failing[0] if failing and number == 1 else None):
                before = self.change(place, value)
                yield from self.repairs(number - 1, changed | {place})
                self.change(place, before)

    def choices(self, place: str, only: int | None) -> list[int]:
        own = self.values[place]
        if only is not None and any(index == only for index, _weight in self.touching[place]):
            weight = next(weight for index, weight in self.touching[place] if index == only)
            return [value for value in (own - weight * self.gaps[only],) if value >= 0]
        lowest = max(0, own - self.bound)
        return [value for value in range(lowest, own + self.bound + 1) if value != own]

    def change(self, place: str, value: int) -> int:
        before = self.values[place]
        self.values[place] = value
        for index, weight in self.touching[place]:
            self.gaps[index] += weight * (value - before)
        return before


def search(report: Report) -> Search:
    values, checked = counted(report.cells), all_sums(report)
    gaps = [gap(values, item) for item in checked]
    touching: dict[str, list[tuple[int, int]]] = {place: [] for place in values}
    for index, item in enumerate(checked):
        for place in item.left:
            touching[place].append((index, 1))
        for place in item.right:
            touching[place].append((index, -1))
    bound = sum(map(abs, gaps)) + sum(-values[place] for place in below_zero(values))
    return Search(values, checked, touching, gaps, bound)


def best_repairs(report: Report, most: int = 4) -> set[Repair]:
    """All repairs of fewest cells."""
    looking = search(report)
    for number in range(most + 1):
        found = set(looking.repairs(number))
        if found:
            return found
    raise AssertionError(f"no repair of up to {most} cells")
