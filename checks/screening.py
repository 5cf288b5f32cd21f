"""Which reports of a library have anything to be said about, by matrix arithmetic.

A report is asked too often rather than too seldom: what is wrong `checks.tally.check_report` says.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from checks.arithmetic import failing_sums
from checks.cells import PLAUSIBLE_WAN, misfit
from checks.documents import DOCUMENTS, REGULATION_PLACES, TABLE, lacks_power
from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns
from form.matrix import ABSENT, MARK_LETTERS, CellMatrix, amount_addresses
from form.model import address, split_address
from form.names import address_position

Flags = NDArray[np.bool_]
UNSURE: Final = tuple(ord(MARK_LETTERS[mark]) for mark in ("text", "unknown"))
# Amounts come as floats here; the exact comparison is the report's own.
ROUNDING: Final = 1 - 1e-9
LINES_AT_ONCE: Final = 20_000
"""Lines worked on together: bounds the memory that intermediate arrays take."""


def reports_to_ask(matrix: CellMatrix) -> list[int]:
    """Return the ids of all reports about which there may be findings, in the matrix's order."""
    asked: list[int] = []
    for start in range(0, len(matrix.report_ids), LINES_AT_ONCE):
        part = matrix.lines(slice(start, start + LINES_AT_ONCE))
        asked += part.report_ids[_flags(part)].tolist()
    return asked


def _in_any_column(flags: NDArray[np.bool_]) -> Flags:
    found: Flags = np.any(flags, axis=1)
    return found


def _flags(matrix: CellMatrix) -> Flags:
    if matrix.years is None or matrix.amounts is None or matrix.noted is None:
        return np.ones(len(matrix.report_ids), np.bool_)
    return (
        matrix.noted
        | _failing_sums(matrix)
        | _odd_cells(matrix)
        | _missing_tables(matrix)
        | _misfit_editions(matrix, matrix.years)
        | _odd_amounts(matrix.amounts)
        | _odd_documents(matrix)
    )


def _failing_sums(matrix: CellMatrix) -> Flags:
    failing = np.zeros(len(matrix.report_ids), np.bool_)
    failing[failing_sums(matrix)[0]] = True
    return failing


def codes(marks: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    """Return the letters of (n, m) marks as bytes, which compare faster than strings."""
    return np.ascontiguousarray(marks).view(np.uint8)


def _odd_cells(matrix: CellMatrix) -> Flags:
    counted = np.array([column.kind == "count" for column in all_columns().values()])
    below_zero = (matrix.counts < 0) & counted
    return _in_any_column(below_zero | np.isin(codes(matrix.marks), UNSURE))


def _missing_tables(matrix: CellMatrix) -> Flags:
    present = codes(matrix.marks) != ord(ABSENT)
    tables = np.array([split_address(place)[0] for place in matrix.addresses])
    missing = np.zeros(len(matrix.report_ids), np.bool_)
    for key in TABLE_KEYS:
        missing |= ~_in_any_column(present[:, tables == key])
    return missing


def _misfit_editions(matrix: CellMatrix, years: NDArray[np.int64]) -> Flags:
    found = np.zeros(len(matrix.report_ids), np.bool_)
    for key, editions in matrix.editions.items():
        for edition in EDITION_KEYS:
            told = [year for year in np.unique(years).tolist() if year]
            wrong = [year for year in told if misfit(key, edition, year)]
            found |= (editions == edition) & np.isin(years, wrong)
    return found


def _odd_amounts(amounts: NDArray[np.float64]) -> Flags:
    most = [float(PLAUSIBLE_WAN.get(place, "inf")) for place in amount_addresses()]
    beyond = (amounts > np.array(most) * ROUNDING) | (amounts < 0)
    return _in_any_column(np.isnan(amounts) | beyond)


def _odd_documents(matrix: CellMatrix) -> Flags:
    """Return where 规章 are counted by who may make none, or more is issued than in force."""
    position = address_position()
    found = np.zeros(len(matrix.report_ids), np.bool_)
    for row in DOCUMENTS:
        issued, repealed, in_force = (
            matrix.counts[:, position[address(TABLE, row, column)]]
            for column in ("issued", "repealed", "in_force")
        )
        found |= issued - repealed > in_force
    counted = np.array([position[place] for place in REGULATION_PLACES], np.intp)
    some = np.flatnonzero(_in_any_column(matrix.counts[:, counted] > 0))
    lacking = [_may_lack_power(matrix, line) for line in some.tolist()]
    found[some] |= np.array(lacking, np.bool_)
    return found


def _may_lack_power(matrix: CellMatrix, line: int) -> bool:
    if matrix.agencies is None:
        return True
    whose = matrix.whose.get(int(matrix.report_ids[line]))
    return lacks_power(str(matrix.agencies[line]) or None, whose)
