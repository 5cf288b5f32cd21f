"""Corrections laid over the figures of many reports at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from form.matrix import CellMatrix, amount_addresses
from form.names import address_position
from form.values import screened_wan
from library.queries import among
from library.schema import correction

Amount = tuple[Decimal | None, str | None]
"""An amount as printed or typed (None where none is) and its unit."""

_columns: Final = correction.c


@dataclass(frozen=True, slots=True)
class Corrections:
    """n corrected cells: by report id, place in `all_columns()`, letter of the mark, count (0: none).

    `amounts` has those among them that are amounts, by report id and address.
    """

    report_ids: NDArray[np.int64]
    places: NDArray[np.intp]
    marks: NDArray[np.bytes_]
    counts: NDArray[np.int64]
    amounts: dict[tuple[int, str], Amount]

    def __len__(self) -> int:
        return len(self.report_ids)


def load_corrections(
    connection: Connection, report_ids: Sequence[int] | None = None
) -> Corrections:
    """Return the corrections that hold, of all reports or of these."""
    query = sa.select(correction)
    if report_ids is not None:
        query = query.where(among(_columns.report_id, report_ids))
    rows = list(connection.execute(query))
    known = address_position()
    return Corrections(
        report_ids=np.array([row.report_id for row in rows], np.int64),
        places=np.array([known[row.address] for row in rows], np.intp),
        marks=np.array([row.mark.encode() for row in rows], "S1"),
        counts=np.array([row.figure or 0 for row in rows], np.int64),
        amounts={
            (row.report_id, row.address): (row.amount, row.unit)
            for row in rows
            if row.address in amount_addresses()
        },
    )


def overlay(matrix: CellMatrix, corrections: Corrections) -> CellMatrix:
    """Return a matrix, each of whose reports stands in it once, with the corrections laid over it."""
    lines, found = _lines(matrix, corrections)
    if not len(lines):
        return matrix
    places = corrections.places[found]
    counts, marks = matrix.counts.copy(), matrix.marks.copy()
    counts[lines, places] = corrections.counts[found]
    marks[lines, places] = corrections.marks[found]
    return replace(
        matrix, counts=counts, marks=marks, amounts=_amounts(matrix, corrections.amounts)
    )


def corrected_cells(matrix: CellMatrix, corrections: Corrections) -> NDArray[np.bool_]:
    """Return which cells of a matrix are corrected, as an array of its shape."""
    cells = np.zeros(matrix.marks.shape, np.bool_)
    lines, found = _lines(matrix, corrections)
    cells[lines, corrections.places[found]] = True
    return cells


def _lines(
    matrix: CellMatrix, corrections: Corrections
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the lines of corrected cells, and which corrections these are."""
    if not len(corrections) or not len(matrix.report_ids):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    order = np.argsort(matrix.report_ids)
    ordered = matrix.report_ids[order]
    at = np.minimum(np.searchsorted(ordered, corrections.report_ids), len(ordered) - 1)
    found = np.flatnonzero(ordered[at] == corrections.report_ids)
    return order[at[found]], found


def _amounts(matrix: CellMatrix, corrected: dict[tuple[int, str], Amount]) -> Any:
    if matrix.amounts is None or not corrected:
        return matrix.amounts
    amounts = matrix.amounts.copy()
    line_of = {number: line for line, number in enumerate(matrix.report_ids.tolist())}
    for (report_id, address), (amount, unit) in corrected.items():
        if report_id in line_of:
            place = amount_addresses().index(address)
            amounts[line_of[report_id], place] = screened_wan(amount, unit)
    return amounts
