"""Many reports at once: their cells as NumPy arrays, one line a report, one column an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from form.agencies.terms import Whose
from form.countable import countable
from form.editions import TABLE_KEYS, all_columns
from form.model import TableKey
from form.report import Cell, Report
from form.values import Mark, screened_wan

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

    What a check needs besides; None where whoever built the matrix left it out, and then every
    report has to be looked at on its own:
    years: (n,) int64, 0 where not known;
    amounts: (n, a) float64 in 万元, in the order of `amount_addresses()`, 0 where no number is
    printed and NaN where a number's unit is not known (floats: for telling sizes, not for sums);
    noted: (n,) bool, True where the reading carries notes, or what does not fit these arrays;
    agencies: (n,) object array of str, "" where not known. Lines of one agency on years that
    follow each other are checked against each other, so a matrix with agencies is to hold the
    versions that count;
    whose: by report id, what is known of its agency besides; reports of which nothing is are left out.
    """

    report_ids: NDArray[np.int64]
    addresses: tuple[str, ...]
    counts: NDArray[np.int64]
    marks: NDArray[np.bytes_]
    editions: Mapping[TableKey, NDArray[np.str_]]
    years: NDArray[np.int64] | None = None
    amounts: NDArray[np.float64] | None = None
    noted: NDArray[np.bool_] | None = None
    agencies: NDArray[np.object_] | None = None
    whose: Mapping[int, Whose] = field(default_factory=dict)

    def lines(self, chosen: slice | NDArray[np.intp]) -> CellMatrix:
        """Return the matrix of some of its lines: a slice, or (k,) places in their order."""
        return CellMatrix(
            report_ids=self.report_ids[chosen],
            addresses=self.addresses,
            counts=self.counts[chosen],
            marks=self.marks[chosen],
            editions={key: values[chosen] for key, values in self.editions.items()},
            years=None if self.years is None else self.years[chosen],
            amounts=None if self.amounts is None else self.amounts[chosen],
            noted=None if self.noted is None else self.noted[chosen],
            agencies=None if self.agencies is None else self.agencies[chosen],
            whose=self.whose,
        )


@cache
def amount_addresses() -> tuple[str, ...]:
    """Return the addresses that hold amounts, in printed order."""
    return tuple(place for place, column in all_columns().items() if column.kind == "amount")


def matrix_of(reports: Mapping[int, Report]) -> CellMatrix:
    """Return the matrix of reports that are at hand, by report id."""
    odd = {number for number, report in reports.items() if countable(report) is not report}
    reports = {number: countable(report) for number, report in reports.items()}
    addresses = tuple(all_columns())
    shape = (len(reports), len(addresses))
    counts, marks = np.zeros(shape, np.int64), np.full(shape, ABSENT, "S1")
    amounts = np.zeros((len(reports), len(amount_addresses())))
    for line, report in enumerate(reports.values()):
        for column, place in enumerate(addresses):
            cell = report.cells.get(place)
            if cell is not None:
                marks[line, column] = MARK_LETTERS[cell.mark]
                counts[line, column] = cell.value if isinstance(cell.value, int) else 0
        amounts[line] = [_amount(report.cells.get(place)) for place in amount_addresses()]
    return CellMatrix(
        report_ids=np.array(list(reports), np.int64),
        addresses=addresses,
        counts=counts,
        marks=marks,
        editions={key: _editions(reports, key) for key in TABLE_KEYS},
        years=np.array([report.year or 0 for report in reports.values()], np.int64),
        amounts=amounts,
        noted=np.array(
            [bool(report.notes) or number in odd for number, report in reports.items()], np.bool_
        ),
        agencies=np.array([report.agency or "" for report in reports.values()], np.object_),
        whose={number: report.whose for number, report in reports.items() if report.whose},
    )


def _editions(reports: Mapping[int, Report], key: TableKey) -> NDArray[np.str_]:
    return np.array([report.editions.get(key) or "" for report in reports.values()], "U4")


def _amount(cell: Cell | None) -> float:
    if cell is None or not isinstance(cell.value, Decimal):
        return 0.0
    return screened_wan(cell.value, cell.unit)
