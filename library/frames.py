"""The library as tidy pandas frames: what checks, measures and outputs take.

`reports`: index report_id (int64); all reports outside the recycle bin, by agency and year.
    agency string · year Int64 · edition string ("2019", "2021", NA) · version Int64, 1 the oldest
    (NA in the queue) · versions Int64, how many on this agency and year · file, kind, sha256
    string · imported_at datetime64[ns, Asia/Shanghai] · cells_read Int64, cells whose print is
    certain (blanks too) · cells_unknown Int64, cells that are still uncertain, corrected ones
    left out · counts bool, the version that counts · sort_key string, the agency in pinyin ·
    title string · chosen bool, whether a person chose it · corrected Int64, cells that a person
    corrected · typing bool, whether somebody is still typing it in · named string, what
    the agency was called in it where it goes by another name now · batch Int64, the job that brought
    it in · aside string ("dropped", "corrected"), where a person preferred another on its year ·
    undecided bool, nothing counts on its year until a person has chosen among several of one batch ·
    to_confirm bool, it counts only because it came later than others.

`disclosure`, `applications`, `disputes`: a row a cell of the reports that count, in the order of
    `reports` and of the form, only of tables that the report holds.
    report_id int64 · agency string · year Int64 · edition string, of this table · row, column
    string, keys of the form · count Int64, NA where no number is printed: a blank is never 0 ·
    mark category (number, blank, dash, text, unknown, typed) · corrected bool, whether a person
    corrected it · printed Int64, the count as it was read.
    `disclosure` has besides: amount object (Decimal, else None; its count is NA) · unit string ·
    amount_wan object (Decimal in 万元, None where the unit is unknown) · printed_amount object,
    the amount as it was read, in the unit that was read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from form.editions import EDITIONS, TABLE_KEYS, all_columns
from form.matrix import ABSENT, MARK_LETTERS, CellMatrix, amount_addresses
from form.model import TableKey, split_address
from form.values import in_wan
from library.cells import Amounts, in_order_of, load_amounts, load_readings
from library.listing import live
from library.overlay import Corrections, corrected_cells, load_corrections, overlay
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
        return _frames(connection, reports, None, all_columns())


def load_cells(
    library: Library,
    reports: pd.DataFrame,
    report_ids: Sequence[int],
    addresses: Collection[str],
) -> Frames:
    """Return of these reports, which count, these cells alone, as `load_frames` has them.

    `reports` is the list that they are in: the frame of `library.reports()`.
    """
    with library.reading() as connection:
        return _frames(connection, reports, report_ids, addresses)


def _frames(
    connection: Connection,
    reports: pd.DataFrame,
    report_ids: Sequence[int] | None,
    addresses: Collection[str],
) -> Frames:
    readings = load_readings(connection, report_ids, addresses)
    if report_ids is not None:
        readings = in_order_of(readings, report_ids)
    cells = _Cells(readings, load_corrections(connection, report_ids))
    amounts = load_amounts(connection, report_ids, addresses)
    disclosure, applications, disputes = (
        _tidy(cells, reports, key, addresses) for key in TABLE_KEYS
    )
    return Frames(
        reports=reports,
        disclosure=_with_amounts(disclosure, amounts, cells.corrections),
        applications=applications,
        disputes=disputes,
    )


@dataclass(frozen=True)
class _Cells:
    """The cells of the reports that count: as they were read, and with the corrections."""

    as_read: CellMatrix
    corrections: Corrections

    @cached_property
    def as_they_count(self) -> CellMatrix:
        return overlay(self.as_read, self.corrections)

    @cached_property
    def corrected(self) -> NDArray[np.bool_]:
        return corrected_cells(self.as_read, self.corrections)


def _tidy(
    cells: _Cells, reports: pd.DataFrame, table: TableKey, addresses: Collection[str]
) -> pd.DataFrame:
    matrix = cells.as_they_count
    keys = [split_address(address) for address in matrix.addresses]
    where = {address: place for place, address in enumerate(matrix.addresses)}
    wanted = (address for address in _printed(table) if address in addresses)
    places = np.array([where[address] for address in wanted], np.intp)
    marks = matrix.marks[:, places]
    report, cell = np.nonzero(marks != ABSENT.encode())
    marks = marks[report, cell]
    listed = reports.loc[matrix.report_ids]
    amounts = np.isin(np.array(matrix.addresses)[places], amount_addresses())
    counts = _counts(matrix, report, places[cell], amounts[cell])
    changed = matrix is not cells.as_read
    editions = pd.array(matrix.editions[table].tolist(), dtype="string")
    return pd.DataFrame(
        {
            "report_id": matrix.report_ids[report],
            "agency": listed["agency"].array.take(report),
            "year": listed["year"].array.take(report),
            "edition": editions.take(report),
            "row": _labels([keys[place][1] for place in places], cell),
            "column": _labels([keys[place][2] for place in places], cell),
            "count": counts,
            "mark": _categories(marks),
            "corrected": cells.corrected[report, places[cell]] if changed else False,
            "printed": _counts(cells.as_read, report, places[cell], amounts[cell])
            if changed
            else counts,
        }
    )


def _counts(
    matrix: CellMatrix,
    lines: NDArray[np.intp],
    places: NDArray[np.intp],
    is_amount: NDArray[np.bool_],
) -> Any:
    no_number = ~np.isin(matrix.marks[lines, places], _WITH_NUMBER) | is_amount
    return pd.arrays.IntegerArray(matrix.counts[lines, places], no_number)


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


def _with_amounts(frame: pd.DataFrame, amounts: Amounts, corrections: Corrections) -> pd.DataFrame:
    """Add amount, unit, amount_wan before the mark, and the amount as printed."""
    amount, unit, wan, printed = (np.full(len(frame), None, dtype=object) for _ in range(4))
    for address, read in amounts.items():
        _table, row, column = split_address(address)
        here = np.flatnonzero((frame["row"] == row) & (frame["column"] == column))
        for line, report_id in zip(here, frame["report_id"].to_numpy()[here], strict=True):
            told = read[int(report_id)]
            printed[line] = told[0]
            amount[line], unit[line] = corrections.amounts.get((int(report_id), address), told)
            wan[line] = None if amount[line] is None else in_wan(amount[line], unit[line])
    added = {
        "amount": pd.Series(amount, dtype=object),
        "unit": pd.Series(unit, dtype="string"),
        "amount_wan": pd.Series(wan, dtype=object),
    }
    last = ["mark", "corrected", "printed"]
    shown = frame.drop(columns=last).assign(**added, **{name: frame[name] for name in last})
    return shown.assign(printed_amount=pd.Series(printed, dtype=object))
