"""Two ways timed in turns, file by file: what slows the computer down slows both.

Processor time is measured, not the clock: other programs take less part in it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import process_time

from benchmarks.speed.files import File
from benchmarks.speed.rivals import Rival
from loaders import read
from loaders.kinds import read_document

_THOUSAND = 1e3


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds for one file: read whole, only as far as the Document, by the rival."""

    whole: float
    document: float
    rival: float

    @property
    def ratio(self) -> float:
        """How many times as long as the rival the whole reading took."""
        return self.whole / self.rival


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of files against one rival."""

    kind: str
    rival: Rival
    pairs: tuple[Pair, ...]

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios."""
        return median(pair.ratio for pair in self.pairs)

    @property
    def spread(self) -> tuple[float, float]:
        """The ratios between which the middle half of the pairs lies."""
        ratios = [pair.ratio for pair in self.pairs]
        if len(ratios) < 2:
            return ratios[0], ratios[0]
        first, _middle, last = quantiles(ratios, n=4, method="inclusive")
        return first, last

    @property
    def is_met(self) -> bool | None:
        """Say whether the aim is met, None where there is none."""
        return None if self.rival.aim is None else self.ratio <= self.rival.aim


def compare(kind: str, files: Sequence[File], warming: Sequence[File], rival: Rival) -> Comparison:
    """Return how long both ways take; `warming` is read before and not timed.

    Every file is timed once: nothing that is remembered of a file can help to read it again. Only
    the step to the Document has seen it before, or the whole reading has, in turns.
    """
    for file in warming:
        read(file.data, file.name)
        rival.parse(file.data)
    pairs = (_pair(file, rival, turn) for turn, file in enumerate(files))
    return Comparison(kind, rival, tuple(pairs))


def _pair(file: File, rival: Rival, turn: int) -> Pair:
    ways: list[Callable[[], object]] = [
        lambda: read(file.data, file.name),
        lambda: read_document(file.data, file.name),
        lambda: rival.parse(file.data),
    ]
    taken = [0.0] * len(ways)
    for step in range(len(ways)):
        way = (turn + step) % len(ways)
        taken[way] = _timed(ways[way])
    return Pair(*taken)


def _timed(way: Callable[[], object]) -> float:
    # Else one way would clear up what the other one left.
    gc.collect()
    start = process_time()
    way()
    return (process_time() - start) * _THOUSAND
