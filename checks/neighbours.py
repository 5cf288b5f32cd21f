"""Which reports of a library follow each other, and which of these pairs have to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from checks.screening import UNSURE, codes
from checks.year_screening import doubtful
from form.editions import EDITION_KEYS
from form.matrix import ABSENT, CellMatrix
from form.names import address_position
from form.rules import YEAR_RULES, YearOffset, YearRule, YearSum, sums_across

Flags = NDArray[np.bool_]
Lines = NDArray[np.intp]
YEARS_APART: Final = 10_000
"""More than any year: keeps the years of one agency apart from those of the next."""


def neighbours(matrix: CellMatrix) -> tuple[Lines, Lines]:
    """Return the lines of the earlier and of the later report of every two that follow each other.

    Empty where the matrix names no agencies or no years. A year that stands twice is compared
    with none: which of its versions counts, the matrix does not tell.
    """
    lines, keys = _single_years(matrix)
    follows = np.flatnonzero(np.diff(keys) == 1)
    return lines[follows], lines[follows + 1]


def pairs_to_ask(matrix: CellMatrix) -> dict[int, int]:
    """Return the pairs about which there may be findings: the earlier report's id by the later's."""
    before, after = neighbours(matrix)
    asked = np.zeros(len(before), np.bool_)
    for rule in YEAR_RULES:
        asked |= _failing(matrix, before, after, rule)
    asked |= doubtful(matrix, before, after)
    ids = matrix.report_ids
    return dict(zip(ids[after[asked]].tolist(), ids[before[asked]].tolist(), strict=True))


def _known_years(matrix: CellMatrix) -> tuple[Lines, NDArray[np.int64]]:
    """Return the lines with agency and year, and their keys (agency and year in one), rising."""
    if matrix.agencies is None or matrix.years is None:
        return np.empty(0, np.intp), np.empty(0, np.int64)
    agencies = pd.factorize(matrix.agencies)[0].astype(np.int64)
    keys = agencies * YEARS_APART + matrix.years
    known = np.flatnonzero(
        (matrix.agencies != "") & (matrix.years > 0) & (matrix.years < YEARS_APART)
    )
    order = known[np.argsort(keys[known], kind="stable")]
    return order, keys[order]


def _single_years(matrix: CellMatrix) -> tuple[Lines, NDArray[np.int64]]:
    lines, keys = _known_years(matrix)
    same_as_last = np.diff(keys, prepend=-1) == 0
    same_as_next = np.diff(keys, append=-1) == 0
    single = ~(same_as_last | same_as_next)
    return lines[single], keys[single]


def _failing(matrix: CellMatrix, before: Lines, after: Lines, rule: YearRule) -> Flags:
    """Return which pairs fail a rule or have cells in it without a certain number."""
    used = matrix.editions[rule.table]
    asked = _asks(rule, used[before]) & _asks(rule, used[after])
    before, after = before[asked], after[asked]
    found = sums_across(rule)
    residuals, unsure, absent = (
        np.zeros((len(before), len(found)), kind) for kind in (int, bool, bool)
    )
    years: tuple[tuple[YearOffset, Lines], ...] = ((-1, before), (0, after))
    for offset, lines in years:
        places, weights = _weights(found, offset)
        cells = np.ix_(lines, places)
        marks, takes_part = codes(matrix.marks[cells]), weights != 0
        residuals += matrix.counts[cells] @ weights
        unsure |= np.isin(marks, UNSURE) @ takes_part
        absent |= (marks == ord(ABSENT)) @ takes_part
    flags = np.zeros(len(asked), np.bool_)
    flags[asked] = np.any(((residuals != 0) | unsure) & ~absent, axis=1)
    return flags


def _asks(rule: YearRule, used: NDArray[np.str_]) -> Flags:
    untold: list[str] = [] if rule.editions != EDITION_KEYS else [""]
    return np.isin(used, [*rule.editions, *untold])


def _weights(found: Sequence[YearSum], offset: YearOffset) -> tuple[Lines, NDArray[np.int64]]:
    """Return the positions of one year's cells and the sums as (cells × sums) weights over them."""
    weights = [item.weights for item in found]
    places = sorted({place for each in weights for year, place in each if year == offset})
    table = [[each.get((offset, place), 0) for each in weights] for place in places]
    positions = np.array([address_position()[place] for place in places], np.intp)
    return positions, np.array(table, np.int64)
