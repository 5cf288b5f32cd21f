"""How many more cells it takes at least to mend equations that fail.

In a network (`system.oriented`) a cell joins two equations and moves an amount from one to the
other. A group of failing equations that is mended by itself is joined by at least one cell less
than it has members, and then adds up to 0; one that is not all of one piece (no cells join some
of its members to the others) takes one cell more, through an equation that held. So it takes as
many cells as equations fail, less the greatest number of groups of one piece that add up to 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from checks.suspects.system import Flags, Integers


def cells_needed(failing: Integers, allowed: Flags, network: bool) -> int:
    """Return a lower bound of the cells that mend some equations.

    failing: (f, n + 1), the last column what they lack; allowed: (n,) the cells that may change.
    """
    count, residuals = len(failing), failing[:, -1].tolist()
    used = (failing[:, :-1] != 0) & allowed
    if not network:
        return -(-count // max(int(used.sum(axis=0).max(initial=0)), 1))
    if groups(residuals) == 0:
        return count
    near = used.astype(np.float32)
    return count - sum(
        groups([residuals[at] for at in members]) for members in connected(near @ near.T > 0)
    )


def groups(residuals: list[int]) -> int:
    """Return at most how many groups of these can add up to 0 each."""
    often = Counter(residuals)
    above = sum(residual > 0 for residual in residuals)
    pairs = sum(min(times, often[-value]) for value, times in often.items() if value > 0)
    return min(pairs + (len(residuals) - 2 * pairs) // 3, above, len(residuals) - above)


def connected(near: Flags) -> Iterator[list[int]]:
    """Yield the members of each connected part of a graph given by its adjacency."""
    waiting = set(range(len(near)))
    while waiting:
        members = [waiting.pop()]
        for at in members:
            found = waiting.intersection(np.flatnonzero(near[at]).tolist())
            waiting -= found
            members += found
        yield members
