"""How far the search for suspects goes before it says that it stopped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the answer, and what bounds the work.

    `sets` is how many explanations are listed. `steps` is how many sets of cells the search may
    look at for one table: a count, not a clock, so that every machine gives the same answer
    (20,000 take one or two seconds). `asked` is the same for the question, put to every single
    cause, whether the sums hold or open cells can make them. `seconds` bounds the solver that is asked for one smallest
    set where the search had to stop before it found any, or for that answer.
    """

    sets: int = 200
    steps: int = 20_000
    asked: int = 20_000
    seconds: float = 2.0
