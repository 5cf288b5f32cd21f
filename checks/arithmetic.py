"""All sums of all reports of a library at once, as one product of matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from form.editions import EDITION_KEYS, TABLE_KEYS
from form.matrix import CellMatrix
from form.model import TableKey
from form.names import address_position
from form.rules import Sum, sums

Lines = NDArray[np.intp]
LINES_AT_ONCE: Final = 512
"""Lines multiplied at a time: what stays in a processor's cache, and bounds the memory taken."""
SMALL: Final = 2**26
"""Counts below it are added up in 32 bits: no sum has as many as 32 of them."""


@dataclass(frozen=True, slots=True)
class SumMatrix:
    """Every sum of every edition, each once, as weights over a span of the matrix's columns.

    `sums` are k sums, `span` the c columns of `form.matrix.CellMatrix` that they lie in, `weights`
    (k, c) sparse: +1 on the left side, −1 on the right; `short` the same in 32 bits. `asks` says by table which of the sums
    an edition asks: (k, editions + 1) bool, in the order of EDITION_KEYS; the last column is for a
    table that does not tell its edition, which is tried by the sums of every one.
    """

    sums: tuple[Sum, ...]
    span: slice
    weights: csr_array[np.int64, tuple[int, int]]
    short: csr_array[np.int32, tuple[int, int]]
    asks: dict[TableKey, NDArray[np.bool_]]


@cache
def sum_matrix() -> SumMatrix:
    """Return the sums of both editions; one that both have stands once."""
    found = list(dict.fromkeys(item for each in _by_edition() for item in each))
    position = address_position()
    places = [position[place] for item in found for place in item.addresses]
    first, last = min(places), max(places)
    weights = np.zeros((len(found), last - first + 1), np.int64)
    for row, item in enumerate(found):
        for place, weight in item.weights.items():
            weights[row, position[place] - first] = weight
    return SumMatrix(
        tuple(found),
        slice(first, last + 1),
        csr_array(weights),
        csr_array(weights.astype(np.int32)),
        {
            key: _asks(key, found)
            for key in TABLE_KEYS
            if any(item.rule.table == key for item in found)
        },
    )


def _by_edition() -> Iterator[tuple[Sum, ...]]:
    for key in TABLE_KEYS:
        yield from (sums(key, edition) for edition in EDITION_KEYS)


def _asks(key: TableKey, found: Sequence[Sum]) -> NDArray[np.bool_]:
    of_editions = [[item in sums(key, edition) for item in found] for edition in EDITION_KEYS]
    return np.array([*of_editions, np.any(of_editions, axis=0)]).T


def failing_sums(matrix: CellMatrix) -> tuple[Lines, Lines]:
    """Return the line, and the place in `sum_matrix().sums`, of every sum that does not hold.

    Both (f,), by line. Cells without a certain number count as 0 here, like blanks.
    """
    lines, failed = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for start in range(0, len(matrix.report_ids), LINES_AT_ONCE):
        which, here = np.nonzero(_wrong(matrix.counts[start : start + LINES_AT_ONCE]))
        lines.append(here + start)
        failed.append(which)
    asked = _asked(matrix, np.concatenate(lines), np.concatenate(failed))
    found, which = np.concatenate(lines)[asked], np.concatenate(failed)[asked]
    by_line = np.lexsort((which, found))
    return found[by_line], which[by_line]


def _wrong(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which sums do not come to 0: (k, n) of (n, m) counts.

    By whole numbers, so that no count is too large to be exact, and the shorter ones where they
    do. A row of the sparse weights times columns that lie in one piece is as fast as a dense
    product of floats, and is not held up where another program keeps one of the processors busy.
    """
    matrix = sum_matrix()
    counted = counts[:, matrix.span]
    # All bits of all counts: at least the largest, and below 0 where any is.
    bits = int(np.bitwise_or.reduce(np.bitwise_or.reduce(counted, axis=0)))
    if 0 <= bits < SMALL:
        residuals = np.asarray(matrix.short @ counted.T.astype(np.int32, order="C"))
    else:
        residuals = np.asarray(matrix.weights @ np.ascontiguousarray(counted.T))
    return np.not_equal(residuals, 0)


def _asked(matrix: CellMatrix, lines: Lines, failed: Lines) -> NDArray[np.bool_]:
    """Return which of some sums, each of a line, the editions of that line's tables ask: (f,)."""
    asked = np.zeros(len(lines), np.bool_)
    for key, of_editions in sum_matrix().asks.items():
        numbers = _numbered(matrix.editions[key])
        np.logical_or(asked, of_editions[failed, numbers[lines]], out=asked)
    return asked


def _numbered(used: NDArray[np.str_]) -> NDArray[np.intp]:
    """Return editions by their place in EDITION_KEYS, −1 where a table does not tell."""
    numbers = np.full(len(used), -1, np.intp)
    for place, edition in enumerate(EDITION_KEYS):
        numbers[used == edition] = place
    return numbers
