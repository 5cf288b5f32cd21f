"""One measure of several agencies over years, missing years and all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from measures.compare import Figure, difference, ratio, together
from measures.due import Owes, Values, known_agencies, values_of
from measures.frames import Frames
from measures.measure import Measure
from measures.values import VALUE_DTYPES


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One measure of several agencies over years.

    `table`: one line an agency and year, missing years too (state `missing_report` or
    `no_report`), with the columns of `measures.values.evaluate`, agencies in the order given, years rising.
    `changes`: one line an agency: agency, first_year, first, last_year, last (of the first and
    the last year with a number), change, change_rate (NA for shares, and from 0), comparable (False
    where the two editions differ and the measure has a caveat); NA with fewer than two numbers.
    `totals`: one line a year: year, value (as `Comparison.total`), agencies (how many have a
    number), complete (whether all have).
    """

    measure: Measure
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    table: pd.DataFrame
    changes: pd.DataFrame
    totals: pd.DataFrame


def trend(
    measure: Measure,
    frames: Frames,
    findings: pd.DataFrame | None,
    agencies: Sequence[str] | None,
    years: Sequence[int],
    owing: Owes | None = None,
) -> Trend:
    """Follow agencies, or all that have a report where `agencies` is None, over `years`."""
    chosen = known_agencies(frames) if agencies is None else agencies
    return followed(values_of(measure, frames, findings, owing), chosen, years)


def followed(values: Values, agencies: Sequence[str], years: Sequence[int]) -> Trend:
    """Follow agencies by what is known of every report."""
    chosen, rising = tuple(dict.fromkeys(agencies)), tuple(sorted(set(years)))
    table = values.lines(chosen, rising)
    columns = _Columns.of(values.measure, table, len(rising))
    return Trend(
        values.measure,
        chosen,
        rising,
        table,
        _changes(values.measure, columns, chosen),
        _totals(values.measure, columns, rising),
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a trend's table as lists: pandas would take seconds, agency by agency.

    A column that the measure does not need is all None. `told` says which lines have a number; `years` is how many lines an agency has.
    """

    told: Sequence[bool]
    year: Sequence[int]
    value: Sequence[Figure]
    edition: Sequence[str]
    part: Sequence[int]
    whole: Sequence[int]
    years: int

    @classmethod
    def of(cls, measure: Measure, table: pd.DataFrame, years: int) -> _Columns:
        """Return those that a measure needs of a table in which an agency has so many lines."""
        told = (table["state"] == "number").tolist()
        needed = {"year", "value"}
        needed |= {"part", "whole"} if measure.kind == "share" else set()
        needed |= {"edition"} if measure.caveat else set()
        columns: dict[str, Any] = {
            name: _listed(table[name]) if name in needed else [None] * len(table)
            for name in ("year", "value", "edition", "part", "whole")
        }
        return cls(told=told, years=years, **columns)

    def ends(self, first: int) -> tuple[int, int] | None:
        """Return the first and the last line with a number of an agency whose lines begin here."""
        told = [line for line in range(first, first + self.years) if self.told[line]]
        return (told[0], told[-1]) if len(told) > 1 else None

    def total(self, measure: Measure, lines: Sequence[int]) -> Figure | None:
        """Return what these lines come to, all of which have a number."""
        return together(
            measure,
            [self.value[line] for line in lines],
            [self.part[line] for line in lines],
            [self.whole[line] for line in lines],
        )


def _listed(column: pd.Series[Any]) -> list[Any]:
    # Going through a column of text one by one takes ten times as long.
    return list(column.to_numpy(object)) if column.dtype == "string" else column.tolist()


_CHANGES: Final[Mapping[str, str]] = {
    "agency": "string",
    "first_year": "Int64",
    "first": "",
    "last_year": "Int64",
    "last": "",
    "change": "",
    "change_rate": "Float64",
    "comparable": "bool",
}
"""Columns and dtypes of `Trend.changes`, "" for that of the measure's values."""


def _changes(measure: Measure, columns: _Columns, agencies: Sequence[str]) -> pd.DataFrame:
    caveat = measure.caveat
    lines = [
        (agency, *_change(measure, caveat, columns, columns.ends(number * columns.years)))
        for number, agency in enumerate(agencies if columns.years else ())
    ]
    own = VALUE_DTYPES[measure.kind]
    dtypes = {name: dtype or own for name, dtype in _CHANGES.items()}
    return pd.DataFrame(lines, columns=list(_CHANGES)).astype(dtypes)


def _change(
    measure: Measure, caveat: str, columns: _Columns, ends: tuple[int, int] | None
) -> tuple[object, ...]:
    """Return what stands behind an agency in `Trend.changes`."""
    if ends is None:
        return (*[None] * 6, False)
    start, end = ends
    first, last = columns.value[start], columns.value[end]
    gap = difference(last, first)
    rate = None if measure.kind == "share" or not first else ratio(gap, first)
    comparable = not caveat or columns.edition[start] == columns.edition[end]
    return columns.year[start], first, columns.year[end], last, gap, rate, comparable


def _totals(measure: Measure, columns: _Columns, years: Sequence[int]) -> pd.DataFrame:
    lines = []
    for number, year in enumerate(years):
        here = range(number, len(columns.told), columns.years)
        told = [line for line in here if columns.told[line]]
        lines.append((year, columns.total(measure, told), len(told), len(told) == len(here)))
    frame = pd.DataFrame(lines, columns=["year", "value", "agencies", "complete"])
    return frame.astype({"year": "Int64", "value": VALUE_DTYPES[measure.kind], "agencies": "Int64"})


def total_change(found: Trend) -> tuple[Figure, Figure, int] | None:
    """Return first and last year's total of the agencies with a number in both, and their count.

    None where no agency has both, or the trend has fewer than two years.
    """
    span = len(found.years)
    if span < 2:
        return None
    columns = _Columns.of(found.measure, found.table, span)
    told = [
        first
        for first in range(0, len(columns.told), span)
        if columns.told[first] and columns.told[first + span - 1]
    ]
    if not told:
        return None
    start = columns.total(found.measure, told)
    end = columns.total(found.measure, [first + span - 1 for first in told])
    assert start is not None
    assert end is not None
    return start, end, len(told)
