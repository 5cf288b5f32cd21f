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
from measures.due import Owes, Values, known_agencies, values_of
from measures.frames import Frames
from measures.measure import Measure
from measures.values import VALUE_DTYPES

FEWEST_CASES: Final = 10
"""A share of fewer cases is shown but not ranked: one case more would move it by over a tenth."""

Figure = int | float | Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One measure of several agencies in one year.

    `table`: one line an agency, ranked ones first; the columns of `measures.values.evaluate`
    (state `missing_report` or `no_report` where an agency has none for the year) and
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
    owing: Owes | None = None,
) -> Comparison:
    """Compare agencies, or all that have a report of any year where `agencies` is None."""
    chosen = known_agencies(frames) if agencies is None else agencies
    return compared(values_of(measure, frames, findings, owing), chosen, year)


def compared(values: Values, agencies: Sequence[str], year: int) -> Comparison:
    """Compare agencies by what is known of every report."""
    measure, chosen = values.measure, list(dict.fromkeys(agencies))
    now, before = (values.lines(chosen, [each]) for each in (year, year - 1))
    table = _ranked(_with_change(measure, now, before))
    total = total_of(measure, table)
    table["share_of_total"] = _share_of_total(measure, table, total)
    ranked = table.loc[table["rank"].notna(), "value"].tolist()
    median = statistics.median(ranked) if ranked else None
    return Comparison(measure, year, table, total, median)


def _with_change(measure: Measure, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Both frames hold the same agencies in the same order."""
    both = (now["state"] == "number") & (before["state"] == "number")
    old_values: list[Figure] = before["value"].tolist()
    gaps = [
        difference(new, old) if told else None
        for new, old, told in zip(now["value"].tolist(), old_values, both.tolist(), strict=True)
    ]
    rates = [
        None if gap is None or measure.kind == "share" or not old else ratio(gap, old)
        for gap, old in zip(gaps, old_values, strict=True)
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
    found: Figure = new - old  # type: ignore[operator] # both of one kind
    return found


def ratio(part: Figure, whole: Figure) -> float:
    """Return how many times one value is another, which is not 0: the float nearest to it."""
    if isinstance(part, int) and isinstance(whole, int):
        return part / whole  # as near, and many times as quick
    return float(Fraction(part) / Fraction(whole))


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    told = table["state"] == "number"
    few = told & (table["whole"] < FEWEST_CASES).fillna(False)
    in_rank = told & ~few
    ranks = competition_ranks(table.loc[in_rank, "value"].tolist())
    rank = [
        ranks[value] if ranked else None
        for value, ranked in zip(table["value"].tolist(), in_rank.tolist(), strict=True)
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
    columns = (told[name].tolist() for name in ("value", "part", "whole"))
    return together(measure, *columns)


def together(
    measure: Measure, values: Sequence[Figure], parts: Sequence[int], wholes: Sequence[int]
) -> Figure | None:
    """Return the sum of values, for shares that of their parts as a share of that of their wholes."""
    if not values:
        return None
    if measure.kind == "share":
        return sum(parts) / sum(wholes)
    return added(values) if measure.kind == "amount" else sum(values)  # type: ignore[arg-type] # counts


def _share_of_total(
    measure: Measure, table: pd.DataFrame, total: Figure | None
) -> pd.Series[float]:
    told = (table["state"] == "number").tolist()
    shares = [
        ratio(value, total) if known and total and measure.kind != "share" else None
        for value, known in zip(table["value"].tolist(), told, strict=True)
    ]
    return pd.Series(shares, index=table.index, dtype="Float64")
