"""Smallest repairs found by trying every set of cells, to hold the search to.

Written from the rules alone: nothing of `checks.suspects` is used here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

Repair = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Puzzle:
    """Equations (weights by cell, and the value they must come to), figures, readings.

    `readings` are what open cells can have, None for anything; they may be filled in freely.
    """

    equations: Sequence[tuple[Mapping[str, int], int]]
    figures: Mapping[str, int]
    readings: Mapping[str, Sequence[int] | None]
    most: int
    """The greatest figure that is tried where a figure is free."""

    def filled(self) -> Iterator["Puzzle"]:
        """Yield the puzzle with every reading of its open cells."""
        places = list(self.readings)
        options = [self.readings[place] or range(self.most + 1) for place in places]
        for values in product(*options):
            figures = {**self.figures, **dict(zip(places, values, strict=True))}
            yield Puzzle(self.equations, figures, {}, self.most)

    def gaps(self) -> list[int]:
        return [
            sum(weight * self.figures[place] for place, weight in weights.items()) - value
            for weights, value in self.equations
        ]

    def repairs(self, cells: Sequence[str]) -> Iterator[dict[str, int]]:
        """Yield all values of these cells, each changed, with which everything holds."""
        rows = [
            [Fraction(weights.get(cell, 0)) for cell in cells] + [Fraction(-gap)]
            for (weights, _value), gap in zip(self.equations, self.gaps(), strict=True)
        ]
        pivots = reduced(rows)
        if len(cells) in pivots:
            return
        loose = [at for at in range(len(cells)) if at not in pivots]
        ranges = [range(-self.figures[cells[at]], self.most + 1) for at in loose]
        for chosen in product(*ranges):
            changes = dict(zip(loose, map(Fraction, chosen), strict=True))
            for line, at in enumerate(pivots):
                changes[at] = rows[line][-1] - sum(rows[line][k] * changes[k] for k in loose)
            values = {cell: self.figures[cell] + changes[at] for at, cell in enumerate(cells)}
            if all(value.denominator == 1 and value >= 0 for value in values.values()) and all(
                values[cell] != self.figures[cell] for cell in cells
            ):
                yield {cell: int(value) for cell, value in values.items()}


def reduced(rows: list[list[Fraction]]) -> list[int]:
    """Bring rows into reduced echelon form in place; return the pivots' columns."""
    pivots: list[int] = []
    for column in range(len(rows[0])):
        line = next((n for n in range(len(pivots), len(rows)) if rows[n][column]), None)
        if line is None:
            continue
        top = len(pivots)
        rows[top], rows[line] = rows[line], rows[top]
        rows[top] = [entry / rows[top][column] for entry in rows[top]]
        for other in range(len(rows)):
            if other != top and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[top], strict=True)]
        pivots.append(column)
    return pivots


def smallest(puzzle: Puzzle, most_cells: int) -> dict[frozenset[str], dict[str, set[int]]]:
    """Return every smallest set of cells that can be repaired, with all values of each cell."""
    closed = [cell for cell in puzzle.figures if cell not in puzzle.readings]
    fillings = list(puzzle.filled())
    for size in range(most_cells + 1):
        found: dict[frozenset[str], dict[str, set[int]]] = {}
        for filled in fillings:
            failing = [
                weights
                for (weights, _value), gap in zip(filled.equations, filled.gaps(), strict=True)
                if gap
            ]
            below = {cell for cell in closed if filled.figures[cell] < 0}
            for cells in combinations(closed, size):
                # Every sum that fails needs a cell, and so does every figure below 0.
                if below <= set(cells) and all(
                    any(cell in weights for cell in cells) for weights in failing
                ):
                    for values in filled.repairs(cells):
                        seen = found.setdefault(frozenset(cells), {cell: set() for cell in cells})
                        for cell, value in values.items():
                            seen[cell].add(value)
        if found:
            return found
    raise AssertionError(f"no repair of up to {most_cells} cells")
