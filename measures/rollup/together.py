"""Which guesses explain a difference together, where they lie over each other cell for cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from measures.rollup.guesses import RANK, Guess
from measures.rollup.ripples import Gaps

_MOST: Final = 2_000
"""Guesses that are weighed at once."""
_SECONDS: Final = 5.0
_TAKEN: Final = 0.5
_PRICE: Final = 0.01
"""What a guess costs, in cells: of two that explain the same the likelier kind is taken."""


def weighed(every: Sequence[Guess], gaps: Gaps) -> tuple[Guess, ...]:
    """Return the guesses that together leave the least of a difference, one an organ at most.

    By the least sum of what is left, cell by cell in parts of the gap there, which a few cells of
    the parent's own do not disturb (floats: whoever asks takes the guesses off exactly). None
    where there are too many.
    """
    # Loaded when first needed: the solver takes a while, and most sums need none.
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if not every or len(every) > _MOST:
        return ()
    places = list(dict.fromkeys([*gaps, *(place for item in every for place in item.gaps)]))
    row_of = {place: row for row, place in enumerate(places)}
    size = np.array([1.0 + abs(float(gaps.get(place, 0))) for place in places])
    wanted = np.array([float(gaps.get(place, 0)) for place in places]) / size
    guessed, left = len(every), len(places)
    # What is left of a cell's gap has two columns: it can be too little or too much.
    cells = [
        (row_of[place], column, float(gap) / size[row_of[place]])
        for column, item in enumerate(every)
        for place, gap in item.gaps.items()
    ]
    cells += [(row, guessed + row, 1.0) for row in range(left)]
    cells += [(row, guessed + left + row, -1.0) for row in range(left)]
    rows, columns, values = (np.array(part) for part in zip(*cells, strict=True))
    effects = csr_array((values, (rows, columns)), shape=(left, guessed + 2 * left))
    price = [_PRICE * (1 + RANK[item.cause]) for item in every]
    found = milp(
        np.array([*price, *[1.0] * (2 * left)]),
        constraints=LinearConstraint(effects, wanted, wanted),
        bounds=Bounds(0, np.array([*[1.0] * guessed, *[np.inf] * (2 * left)])),
        options={"time_limit": _SECONDS},
    )
    if found.x is None:
        return ()
    shares = found.x[:guessed]
    chosen: dict[str, Guess] = {}
    for number in np.argsort(-shares, kind="stable").tolist():
        if shares[number] > _TAKEN:
            chosen.setdefault(every[number].agency, every[number])
    return tuple(chosen.values())
