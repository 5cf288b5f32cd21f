"""The library as tidy pandas frames: what checks, measures and outputs take.

`reports`: index report_id (int64); all reports outside the recycle bin, by agency and year.
    agency string · year Int64 · edition string ("2019", "2021", NA) · version Int64, 1 the oldest
    (NA in the queue) · versions Int64, how many on this agency and year · file, kind, sha256
    string · imported_at datetime64[ns, Asia/Shanghai] · cells_read Int64, cells whose print is
    certain (blanks too) · cells_unknown Int64 · counts bool, the version that counts · sort_key
    string, the agency in pinyin · title string · chosen bool, whether a person chose it.

`disclosure`, `applications`, `disputes`: a row a cell of the reports that count, in the order of
    `reports` and of the form, only of tables that the report holds.
    report_id int64 · agency string · year Int64 · edition string, of this table · row, column
    string, keys of the form · count Int64, NA where no number is printed: a blank is never 0 ·
    mark category (number, blank, dash, text, unknown, typed).
    `disclosure` has besides: amount object (Decimal as printed, else None; its count is NA) · unit
    string · amount_wan object (Decimal in 万元, None where the unit is unknown).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from form.editions import EDITIONS, all_columns
from form.matrix import ABSENT, MARK_LETTERS, CellMatrix, amount_addresses
from form.model import TableKey, split_address
from form.values import in_wan
from library.cells import Amounts, load_amounts, load_matrix
from library.listing import live
from library.store import Library

_WITH_NUMBER: Final = [MARK_LETTERS["number"].encode(), MARK_LETTERS["typed"].encode()]


@dataclass(frozen=True, slots=True)
class Frames:
    """The four frames, all of one state of the library."""

    reports: pd.DataFrame
    disclosure: pd.DataFrame
    applications: pd.DataFrame
    disputes: pd.DataFrame


def load_frames(library: Library) -> Frames:
    """Return the library as frames; the module's own text lists columns and dtypes."""
    with library.reading() as connection:
        reports = live(connection)
        matrix = load_matrix(connection)
        amounts = load_amounts(connection)
    return Frames(
        reports=reports,
        disclosure=_with_amounts(_tidy(matrix, reports, "disclosure"), amounts),
        applications=_tidy(matrix, reports, "applications"),
        disputes=_tidy(matrix, reports, "disputes"),
    )


def _tidy(matrix: CellMatrix, reports: pd.DataFrame, table: TableKey) -> pd.DataFrame:
    keys = [split_address(address) for address in matrix.addresses]
    where = {address: place for place, address in enumerate(matrix.addresses)}
    places = np.array([where[address] for address in _printed(table)])
    marks = matrix.marks[:, places]
    report, cell = np.nonzero(marks != ABSENT.encode())
    marks = marks[report, cell]
    listed = reports.loc[matrix.report_ids]
    amounts = np.isin(np.array(matrix.addresses)[places], amount_addresses())
    no_number = ~np.isin(marks, _WITH_NUMBER) | amounts[cell]
    counts = matrix.counts[report, places[cell]]
    editions = pd.array(matrix.editions[table].tolist(), dtype="string")
    return pd.DataFrame(
        {
            "report_id": matrix.report_ids[report],
            "agency": listed["agency"].array.take(report),
            "year": listed["year"].array.take(report),
            "edition": editions.take(report),
            "row": _labels([keys[place][1] for place in places], cell),
            "column": _labels([keys[place][2] for place in places], cell),
            "count": pd.arrays.IntegerArray(counts, no_number),
            "mark": _categories(marks),
        }
    )


def _printed(table: TableKey) -> list[str]:
    """Return a table's addresses in an order that is the printed one in every edition."""
    rows: list[str] = []
    for edition in EDITIONS:
        last = -1
        for row in edition.table(table).rows:
            if row.key not in rows:
                rows.insert(last + 1, row.key)
            last = rows.index(row.key)
    # Within a row, stored order is printed order already.
    return sorted(
        (address for address in all_columns() if split_address(address)[0] == table),
        key=lambda address: rows.index(split_address(address)[1]),
    )


def _labels(labels: Sequence[str], places: NDArray[np.intp]) -> Any:
    return pd.array(labels, dtype="string").take(places)


def _categories(marks: NDArray[np.bytes_]) -> Any:
    letters = np.array([letter.encode() for letter in MARK_LETTERS.values()])
    order = np.argsort(letters)
    codes = order[np.searchsorted(letters[order], marks)]
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(MARK_LETTERS)))


def _with_amounts(frame: pd.DataFrame, amounts: Amounts) -> pd.DataFrame:
    """Add amount, unit and amount_wan before the mark."""
    amount, unit, wan = (np.full(len(frame), None, dtype=object) for _column in range(3))
    for address, printed in amounts.items():
        _table, row, column = split_address(address)
        here = np.flatnonzero((frame["row"] == row) & (frame["column"] == column))
        for line, report_id in zip(here, frame["report_id"].to_numpy()[here], strict=True):
            amount[line], unit[line] = printed[int(report_id)]
            wan[line] = None if amount[line] is None else in_wan(amount[line], unit[line])
    added = {
        "amount": pd.Series(amount, dtype=object),
        "unit": pd.Series(unit, dtype="string"),
        "amount_wan": pd.Series(wan, dtype=object),
    }
    marks = frame["mark"]
    return frame.drop(columns="mark").assign(**added, mark=marks)
