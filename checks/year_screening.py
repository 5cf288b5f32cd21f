"""Which pairs of years give occasion for the questions of `checks.year_doubts`, by matrix arithmetic.

A pair is asked too often rather than too seldom: amounts are floats here, and what a condition needs
besides figures is left to the question itself.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from checks import bounds
from checks import year_doubts as doubts
from checks.screening import LINES_AT_ONCE, ROUNDING, UNSURE, Flags, codes
from form.matrix import ABSENT, MARK_LETTERS, CellMatrix
from form.names import address_position

Lines = NDArray[np.intp]
_CERTAIN: Final = tuple(ord(MARK_LETTERS[mark]) for mark in ("number", "typed"))


def doubtful(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    """Return which pairs of lines (the earlier, the later report) there may be something to ask about."""
    flags = np.zeros(len(before), np.bool_)
    for start in range(0, len(before), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        old, new = before[part], after[part]
        flags[part] = (
            _jumps(matrix, old, new)
            | _lost(matrix, old, new)
            | _without_review(matrix, old, new)
            | _scaled(matrix, old, new)
        )
        flags[part] |= _same(matrix, old, new)
    return flags


class _Cells:
    """The numbers of some cells in some lines, and which of them are certain: (lines × cells)."""

    def __init__(self, matrix: CellMatrix, lines: Lines, places: tuple[str, ...]) -> None:
        columns = np.array([address_position()[place] for place in places], np.intp)
        at = np.ix_(lines, columns)
        self.counts = matrix.counts[at]
        self.certain = np.isin(codes(matrix.marks[at]), _CERTAIN)
        self.zero = self.certain & (self.counts == 0)


def _jumps(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    then, now = (_Cells(matrix, lines, doubts.JUMPING) for lines in (before, after))
    low, high = np.minimum(then.counts, now.counts), np.maximum(then.counts, now.counts)
    # Not five times the lower one: that may be more than an array can hold.
    far = (high // bounds.JUMP_TIMES >= low) & (low >= 0) & (high - low >= bounds.JUMP_BY)
    found: Flags = np.any(far & then.certain & now.certain, axis=1)
    return found


def _lost(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    found = np.zeros(len(before), np.bool_)
    for rows in ((doubts.REVIEW,), doubts.LAWSUITS):
        pending, total = (
            tuple(doubts.of_disputes(row, column) for row in rows)
            for column in ("pending", "total")
        )
        had = np.any(_Cells(matrix, before, pending).counts > 0, axis=1)
        found |= had & np.all(_Cells(matrix, after, total).zero, axis=1)
    return found


def _without_review(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    reviews = (doubts.of_disputes(doubts.REVIEW, "total"),)
    lawsuits = (doubts.of_disputes(doubts.AFTER_REVIEW, "total"),)
    none = [_Cells(matrix, lines, reviews).zero[:, 0] for lines in (before, after)]
    found: Flags = none[0] & none[1] & (_Cells(matrix, after, lawsuits).counts[:, 0] > 0)
    return found


def _scaled(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    if matrix.amounts is None:
        return np.ones(len(before), np.bool_)
    then, now = matrix.amounts[before], matrix.amounts[after]
    low, high = np.minimum(then, now), np.maximum(then, now)
    far = (low > 0) & (high >= bounds.SCALE_LEAST * low * ROUNDING)
    found: Flags = np.any(far & (high >= bounds.SCALE_FROM_WAN * ROUNDING), axis=1)
    return found


def _same(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    then, now = (_Cells(matrix, lines, doubts.JUMPING) for lines in (before, after))
    found: Flags = np.all(then.counts == now.counts, axis=1)
    for used in matrix.editions.values():
        found &= used[before] == used[after]
    chosen = np.flatnonzero(found)
    found[chosen] = _all_same(matrix, before[chosen], after[chosen])
    return found


def _all_same(matrix: CellMatrix, before: Lines, after: Lines) -> Flags:
    marks = [codes(matrix.marks[lines]) for lines in (before, after)]
    counts = [matrix.counts[lines] for lines in (before, after)]
    there = [mark != ord(ABSENT) for mark in marks]
    above = np.sum(counts[1] > 0, axis=1)
    found = np.all((counts[0] == counts[1]) & (there[0] == there[1]), axis=1)
    found &= ~np.any(np.isin(marks[0], UNSURE) | np.isin(marks[1], UNSURE), axis=1)
    if matrix.amounts is not None:
        then, now = (matrix.amounts[lines] for lines in (before, after))
        found &= np.all((then == now) | (np.isnan(then) & np.isnan(now)), axis=1)
        above += np.sum((now > 0) | np.isnan(now), axis=1)
    else:
        above += bounds.LEAST_EQUAL
    same: Flags = found & (above >= bounds.LEAST_EQUAL)
    return same
