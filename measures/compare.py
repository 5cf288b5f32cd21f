"""Agencies side by side in one year: ranks, sum, median, shares, change on the year before."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pandas as pd

from form.values import LONG, added
from measures.frames import Frames, Listed, counting
from measures.measure import Measure
from measures.values import DTYPES, VALUE_DTYPES, evaluate

FEWEST_CASES: Final = 10
"""A share of fewer cases is shown but not ranked: one case more would move it by over a tenth."""

Figure = int | float | Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One measure of several agencies in one year.

    `table`: one line an agency, ranked ones first; the columns of `measures.values.evaluate`
    (state `missing_report` where an agency has none for the year) and
        rank Int64, 1 the largest value, equal values share one (1, 1, 3); NA where unranked;
        few_cases bool, a share of fewer than FEWEST_CASES;
        share_of_total Float64, NA for shares and where the sum is 0;
        previous, its state in previous_state, of the year before; change, in the measure's unit (for
        shares as a fraction: 0.05 is five percentage points), and change_rate Float64, NA where
        there is no number in either year, or 0 in the year before;
        comparable bool, False where the two years' editions differ and the measure has a caveat.
    `total` is the sum, for shares the share of all cases together; `median` that of the ranked
    values; both None where there is no number.
    """

    measure: Measure
    year: int
    table: pd.DataFrame
    total: Figure | None
    median: Figure | None


def compare(
    measure: Measure,
    frames: Frames,
    findings: pd.DataFrame | None,
    agencies: Sequence[str] | None,
    year: int,
) -> Comparison:
    """Compare agencies, or all that have a report of any year where `agencies` is None."""
    chosen = list(dict.fromkeys(known_agencies(frames) if agencies is None else agencies))
    now = in_year(measure, frames, findings, chosen, year)
    table = _with_change(measure, now, in_year(measure, frames, findings, chosen, year - 1))
    table = _ranked(table)
    total = total_of(measure, table)
    table["share_of_total"] = _share_of_total(measure, table, total)
    ranked = table.loc[table["rank"].notna(), "value"].tolist()
    median = statistics.median(ranked) if ranked else None
    return Comparison(measure, year, table, total, median)


def known_agencies(frames: Listed) -> list[str]:
    """Return the agencies that have a report that counts, as a reader expects them sorted."""
    reports = counting(frames).sort_values("sort_key", kind="stable")
    names: list[str] = reports["agency"].dropna().drop_duplicates().tolist()
    return names


def in_year(
    measure: Measure,
    frames: Frames,
    findings: pd.DataFrame | None,
    agencies: Sequence[str],
    year: int,
) -> pd.DataFrame:
    """Return one line an agency, in their order; those without a report have `missing_report`."""
    reports = counting(frames)
    here = reports[(reports["year"] == year) & reports["agency"].isin(list(agencies))]
    values = evaluate(measure, frames, findings, here.index)
    return completed(measure, values, pd.DataFrame({"agency": list(agencies), "year": year}))


def completed(measure: Measure, values: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    """Return a line for each agency and year that is due, whether or not there is a report."""
    due = due.astype({"agency": DTYPES["agency"], "year": DTYPES["year"]})
    table = due.merge(values, how="left", on=["agency", "year"])
    table["state"] = table["state"].fillna("missing_report")
    table["suspect"] = table["suspect"].eq(True)
    table["open_errors"] = table["open_errors"].fillna(0)
    return table.astype({**DTYPES, "value": VALUE_DTYPES[measure.kind]})[list(values.columns)]


def _with_change(measure: Measure, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Both frames hold the same agencies in the same order."""
    both = (now["state"] == "number") & (before["state"] == "number")
    gaps = [
        difference(new, old) if told else None
        for new, old, told in zip(now["value"], before["value"], both, strict=True)
    ]
    rates = [
        None
        if gap is None or measure.kind == "share" or not old
        else float(Fraction(gap) / Fraction(old))
        for gap, old in zip(gaps, before["value"], strict=True)
    ]
    same = (now["edition"] == before["edition"]).fillna(False)
    dtype = VALUE_DTYPES[measure.kind]
    return now.assign(
        previous=before["value"],
        previous_state=before["state"],
        change=pd.Series(gaps, index=now.index, dtype=dtype),
        change_rate=pd.Series(rates, index=now.index, dtype="Float64"),
        comparable=both & (same | (measure.caveat == "")),
    )


def difference(new: Figure, old: Figure) -> Figure:
    """Return what one value is more than another of its kind, amounts exactly."""
    if isinstance(new, Decimal) and isinstance(old, Decimal):
        return LONG.subtract(new, old)
    found: Figure = new - old  # type: ignore[operator]
    return found


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    told = table["state"] == "number"
    few = told & (table["whole"] < FEWEST_CASES).fillna(False)
    in_rank = told & ~few
    ranks = competition_ranks(table.loc[in_rank, "value"].tolist())
    rank = [
        ranks[value] if ranked else None
        for value, ranked in zip(table["value"], in_rank, strict=True)
    ]
    table = table.assign(few_cases=few, rank=pd.Series(rank, index=table.index, dtype="Int64"))
    # Stable: equal ranks, and those without one, stay in the order in which agencies were named.
    order = table.assign(untold=~told).sort_values(["rank", "untold"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def competition_ranks(values: Sequence[Figure]) -> dict[Figure, int]:
    """Return the rank of every value, the largest first; equal ones share a rank: 1, 1, 3."""
    ranks: dict[Figure, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        ranks.setdefault(value, place)
    return ranks


def total_of(measure: Measure, table: pd.DataFrame) -> Figure | None:
    """Return the sum of the values told, for shares the share of all their cases together."""
    told = table[table["state"] == "number"]
    if told.empty:
        return None
    if measure.kind == "share":
        return int(told["part"].sum()) / int(told["whole"].sum())
    values = told["value"].tolist()
    return added(values) if measure.kind == "amount" else sum(values)


def _share_of_total(
    measure: Measure, table: pd.DataFrame, total: Figure | None
) -> pd.Series[float]:
    shares = [
        float(Fraction(value) / Fraction(total))
        if told and total and measure.kind != "share"
        else None
        for value, told in zip(table["value"], table["state"] == "number", strict=True)
    ]
    return pd.Series(shares, index=table.index, dtype="Float64")
