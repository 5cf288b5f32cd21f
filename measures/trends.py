"""One measure of several agencies over years, missing years and all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final, NamedTuple

import pandas as pd

from measures.compare import Figure, completed, difference, known_agencies, total_of
from measures.frames import Frames, counting
from measures.measure import Measure
from measures.values import VALUE_DTYPES, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One measure of several agencies over years.

    `table`: one line an agency and year, missing years too (state `missing_report`), with the
    columns of `measures.values.evaluate`, agencies in the order given, years rising.
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
) -> Trend:
    """Follow agencies, or all that have a report where `agencies` is None, over `years`."""
    chosen = list(dict.fromkeys(known_agencies(frames) if agencies is None else agencies))
    rising = sorted(set(years))
    reports = counting(frames)
    here = reports[reports["year"].isin(rising) & reports["agency"].isin(chosen)]
    values = evaluate(measure, frames, findings, here.index)
    due = pd.DataFrame(list(product(chosen, rising)), columns=["agency", "year"])
    table = completed(measure, values, due)
    return Trend(
        measure,
        tuple(chosen),
        tuple(rising),
        table,
        _changes(measure, table, chosen),
        _totals(measure, table, rising),
    )


def _changes(measure: Measure, table: pd.DataFrame, agencies: Sequence[str]) -> pd.DataFrame:
    caveat, due = measure.caveat, set(table["agency"])
    told = table[table["state"] == "number"]
    ends: dict[str, list[_End]] = defaultdict(list)
    # Column by column: a pandas row for each of thousands of agencies would take seconds.
    for agency, *end in zip(*(told[name].tolist() for name in ("agency", *_END)), strict=True):
        ends[agency].append(_End(*end))
    lines = [_change(measure, caveat, agency, ends[agency]) for agency in agencies if agency in due]
    columns = [
        "agency",
        "first_year",
        "first",
        "last_year",
        "last",
        "change",
        "change_rate",
        "comparable",
    ]
    dtypes = {
        "agency": "string",
        "first_year": "Int64",
        "last_year": "Int64",
        "change_rate": "Float64",
        "comparable": "bool",
    } | dict.fromkeys(("first", "last", "change"), VALUE_DTYPES[measure.kind])
    return pd.DataFrame(lines, columns=columns).astype(dtypes)


class _End(NamedTuple):
    """A year with a number: what a change starts from, or ends with."""

    year: int
    value: Figure
    edition: str


_END: Final = _End._fields


def _change(measure: Measure, caveat: str, agency: str, told: Sequence[_End]) -> dict[str, object]:
    if len(told) < 2:
        return {"agency": agency, "comparable": False}
    first, last = told[0], told[-1]
    gap = difference(last.value, first.value)
    no_rate = measure.kind == "share" or not first.value
    return {
        "agency": agency,
        "first_year": first.year,
        "first": first.value,
        "last_year": last.year,
        "last": last.value,
        "change": gap,
        "change_rate": None if no_rate else float(Fraction(gap) / Fraction(first.value)),
        "comparable": not caveat or first.edition == last.edition,
    }


def _totals(measure: Measure, table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    lines = []
    for year in years:
        here = table[table["year"] == year]
        told = int((here["state"] == "number").sum())
        lines.append((year, total_of(measure, here), told, told == len(here)))
    frame = pd.DataFrame(lines, columns=["year", "value", "agencies", "complete"])
    return frame.astype({"year": "Int64", "value": VALUE_DTYPES[measure.kind], "agencies": "Int64"})


def total_change(found: Trend) -> tuple[Figure, Figure, int] | None:
    """Return first and last year's total of the agencies with a number in both, and their count.

    None where no agency has both, or the trend has fewer than two years.
    """
    if len(found.years) < 2:
        return None
    ends = [found.table[found.table["year"] == year] for year in (found.years[0], found.years[-1])]
    told = [set(end.loc[end["state"] == "number", "agency"]) for end in ends]
    first, last = (
        total_of(found.measure, end[end["agency"].isin(told[0] & told[1])]) for end in ends
    )
    if first is None or last is None:
        return None
    return first, last, len(told[0] & told[1])
