"""Many reports at once: their cells as NumPy arrays, one line a report, one column an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from form.model import TableKey
from form.values import Mark

MARK_LETTERS: Final[Mapping[Mark, str]] = {
    "number": "n",
    "blank": "b",
    "dash": "d",
    "text": "t",
    "unknown": "u",
    "typed": "y",
}
"""One letter a mark, as stored in a report's string of marks; `.` is a cell of no found table."""
ABSENT: Final = "."


@dataclass(frozen=True, slots=True)
class CellMatrix:
    """n reports × m addresses, in the order of `form.editions.all_columns()`.

    counts: (n, m) int64, 0 wherever the mark is not a number or typed, and for amounts;
    marks: (n, m) array of single letters (dtype "S1", see MARK_LETTERS, b"." where absent);
    editions: by table, (n,) array of strings "2019", "2021" or "" where not told;
    report_ids: (n,) int64.
    """

    report_ids: NDArray[np.int64]
    addresses: tuple[str, ...]
    counts: NDArray[np.int64]
    marks: NDArray[np.bytes_]
    editions: Mapping[TableKey, NDArray[np.str_]]
