"""Random numbers that are the same in every process and every version of Python.

Only `random.Random.random` is used: its sequence for a seed is promised, that of the other
methods is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from random import Random
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Draws:
    """A sequence of draws, fixed by a text."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def near(self, mean: float, spread: float = 0.15) -> int:
        """Return a whole number of at least 0, evenly within `spread` (a share) of `mean`."""
        return max(0, round(mean * (1 + spread * (2 * self._random.random() - 1))))

    def cents(self, mean: float) -> int:
        """Return hundredths near `mean` whole units."""
        return self.near(mean * 100)

    def some(self, count: int, share: float) -> int:
        """Return how many of `count` things happen, each with probability `share`."""
        return sum(self._random.random() < share for _ in range(count))

    def deal(self, count: int, weights: Mapping[Key, float]) -> Counter[Key]:
        """Return `count` things dealt out by weight; keys that get none are absent."""
        whole = sum(weights.values())
        return Counter(self._one(weights, whole) for _ in range(count))

    def _one(self, weights: Mapping[Key, float], whole: float) -> Key:
        point = self._random.random() * whole
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return next(reversed(list(weights)))
