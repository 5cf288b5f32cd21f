"""Which column a number stands in, by where it stands across the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from loaders.recogniser.unruled.atoms import Atom

_REACH: Final = 0.4
"""Of the way to the next column: a number this far from its own is nobody's."""
_SPREAD: Final = 0.3
"""Of the narrowest column: full rows whose numbers stand no further apart agree."""
_SLACK: Final = 1.5
"""Points: an edge that is this much less even than the evenest is as likely the true one."""
_WIDTH: Final = 0.9

Edge = Callable[[Atom], float]
_EDGES: Final[tuple[Edge, ...]] = (
    lambda atom: atom.x,
    lambda atom: atom.x0,
    lambda atom: atom.x1,
)
"""Numbers are set by their middles, from the left, or to the right."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table stand, for each edge by which its numbers may be set."""

    at: tuple[tuple[Edge, tuple[float, ...]], ...]

    def of(self, atoms: Sequence[Atom]) -> list[int] | None:
        """Return the column of each number of a row, None unless all edges say the same."""
        found = {tuple(_nearest(edge, at, atoms)) for edge, at in self.at}
        if len(found) != 1 or self._reach_over(atoms):
            return None
        columns = found.pop()
        if None in columns or any(a >= b for a, b in pairwise(columns)):  # type: ignore[operator] # no None among them
            return None
        return [column for column in columns if column is not None]

    def _reach_over(self, atoms: Sequence[Atom]) -> bool:
        """Say whether a piece stands in two columns: it may be two numbers that touch.

        Where each column has a piece of its own, it is only a wide one.
        """
        return any(
            len(atoms) < len(at) and _is_over_other(edge(atom), atom, at)
            for edge, at in self.at
            for atom in atoms
        )


def columns_of(rows: Sequence[Sequence[Atom]], heads: Sequence[Atom] = ()) -> Columns | None:
    """Return the columns of rows that have a number in each; None where they do not agree.

    `heads` are the columns' headers, () where these are not known. A single row shows its columns
    only if the headers stand above them.
    """
    rows = _agreeing(rows)
    if not rows:
        return None
    if len(rows) == 1 and not _stand_below(rows[0], heads):
        return None
    spreads = [(_spread(edge, rows), edge) for edge in _EDGES]
    least = min(spread for spread, _edge in spreads)
    edges = [edge for spread, edge in spreads if spread <= least + _SLACK]
    at = tuple((edge, tuple(_medians(edge, rows))) for edge in edges)
    return Columns(at)


def columns_below(heads: Sequence[Atom], rows: Sequence[Sequence[Atom]]) -> Columns | None:
    """Return the columns of rows that are nowhere full, by their headers; None where unsure.

    Every number must stand below one header and reach below no other.
    """
    for row in rows:
        for atom in row:
            if sum(min(atom.x1, head.x1) > max(atom.x0, head.x0) for head in heads) != 1:
                return None
    return Columns(((_EDGES[0], tuple(head.x for head in heads)),))


def _stand_below(row: Sequence[Atom], heads: Sequence[Atom]) -> bool:
    if len(heads) != len(row):
        return False
    gap = min(b.x - a.x for a, b in pairwise(row)) if len(row) > 1 else float("inf")
    return all(abs(atom.x - head.x) < _REACH * gap for atom, head in zip(row, heads, strict=True))


def _agreeing(rows: Sequence[Sequence[Atom]]) -> list[Sequence[Atom]]:
    """Return the rows of which all numbers stand below each other, the few that do not left out."""
    if len(rows) < 2:
        return list(rows)
    middles = _medians(_EDGES[0], rows)
    gap = min((b - a for a, b in pairwise(middles)), default=float("inf"))
    same = [
        row
        for row in rows
        if all(_is_at(atom, middle, gap) for atom, middle in zip(row, middles, strict=True))
    ]
    return same if 2 * len(same) > len(rows) else []


def _is_at(atom: Atom, middle: float, gap: float) -> bool:
    # Numbers of different widths set from one side have their middles apart.
    return abs(atom.x - middle) <= _SPREAD * gap or atom.x0 < middle < atom.x1


def _spread(edge: Edge, rows: Sequence[Sequence[Atom]]) -> float:
    return max(
        max(map(edge, column)) - min(map(edge, column)) for column in zip(*rows, strict=True)
    )


def _medians(edge: Edge, rows: Sequence[Sequence[Atom]]) -> list[float]:
    return [median(map(edge, column)) for column in zip(*rows, strict=True)]


def _nearest(edge: Edge, at: Sequence[float], atoms: Sequence[Atom]) -> list[int | None]:
    return [_column(edge(atom), at) for atom in atoms]


def _is_over_other(x: float, atom: Atom, at: Sequence[float]) -> bool:
    own = min(at, key=lambda column: abs(column - x))
    return any(atom.x0 + _SLACK < column < atom.x1 - _SLACK for column in at if column != own)


def _column(x: float, at: Sequence[float]) -> int | None:
    best = min(range(len(at)), key=lambda index: abs(at[index] - x))
    gaps = [abs(at[best] - at[other]) for other in (best - 1, best + 1) if 0 <= other < len(at)]
    return best if abs(at[best] - x) <= _REACH * min(gaps, default=float("inf")) else None
