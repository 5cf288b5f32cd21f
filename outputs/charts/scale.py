"""Round numbers for axes that start at zero."""

from __future__ import annotations

import math
from typing import Final

_STEPS: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def round_ticks(highest: float, intervals: int = 3, *, whole: bool = True) -> list[float]:
    """Return 0 and `intervals` evenly spaced round numbers, the last at least `highest`.

    `whole` allows whole numbers only.
    """
    least = highest / intervals if highest > 0 else 1.0
    size = 10.0 ** math.floor(math.log10(least))
    fitting = (step * size for step in _STEPS if step * size >= least * (1 - 1e-9))
    step = next(value for value in fitting if not whole or value >= 1)
    if whole and step != round(step):
        step = math.ceil(step)
    return [step * number for number in range(intervals + 1)]
