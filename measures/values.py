"""A measure's value in every report, and how far it can be trusted.

States: `number`; `blank` (no source cell holds a number); `unknown` (a source cell cannot be read,
or holds a text); `unit_unknown` (an amount's unit is not known); `no_cases` (a share of nothing);
`not_in_edition`; `table_missing`. In `compare` and `trends` also `missing_report` where the roster
says that a report was due, and `no_report` where it does not. Their words stand in `form.figures`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

import pandas as pd

from form import figures
from form.editions import EDITION_KEYS, table
from form.model import TableKey, split_address
from form.values import added
from measures.frames import Frames, counting, table_frame
from measures.measure import Measure

DTYPES: Final[Mapping[str, str]] = {
    "report_id": "Int64",
    "agency": "string",
    "year": "Int64",
    "edition": "string",
    "state": "string",
    "part": "Int64",
    "whole": "Int64",
    "suspect": "bool",
    "open_errors": "Int64",
}
"""Columns of `evaluate` besides `value`, whose dtype is told by `VALUE_DTYPES`."""
VALUE_DTYPES: Final[Mapping[str, str]] = {
    kind.key: kind.dtype for kind in (figures.COUNT, figures.AMOUNT, figures.SHARE)
}
WITHOUT_REPORT: Final = ("missing_report", "no_report")
"""The states of lines for which there is no report."""
UNSURE_MARKS: Final = ("unknown", "text")
NUMBER_MARKS: Final = ("number", "typed")


def addresses_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the addresses that `evaluate` looks at for measures, in whatever edition.

    Among them one of each table that every edition has: a table is found where it has a cell.
    """
    found: dict[str, None] = {}
    for measure in measures:
        found |= dict.fromkeys((_in_every_edition(measure.table),))
        for source in measure.sources:
            found |= dict.fromkeys(source.addresses)
    return tuple(found)


@cache
def _in_every_edition(key: TableKey) -> str:
    first, *others = (tuple(table(key, edition).addresses()) for edition in EDITION_KEYS)
    return next(address for address in first if all(address in other for other in others))


def evaluate(
    measure: Measure,
    frames: Frames,
    findings: pd.DataFrame | None = None,
    report_ids: Collection[int] | None = None,
) -> pd.DataFrame:
    """Return a measure's value in every report that counts, or in those of `report_ids`.

    One line a report, in the order of `frames.reports`: the columns of DTYPES and `value` (counts
    Int64, amounts exact Decimals in 万元 or None, shares Float64 from 0 to 1). `part` and `whole`
    are a share's two sides. `findings` is a frame of open findings (report_id, severity, table,
    cells): `suspect` says whether an error among them touches a cell that the value is made of,
    `open_errors` how many errors there are in the measure's table.
    """
    reports = counting(frames)
    if report_ids is not None:
        reports = reports[reports.index.isin(list(report_ids))]
    cells = table_frame(frames, measure.table)
    cells = cells[cells["report_id"].isin(reports.index)]
    editions = _editions(cells, reports)
    found = _share if measure.kind == "share" else _added
    values = found(measure, cells, editions).reindex(reports.index)
    return _finished(measure, reports, editions, values, findings)


def _editions(cells: pd.DataFrame, reports: pd.DataFrame) -> pd.Series[str]:
    """Return the edition of a table by report id; reports without the table are left out.

    A table that does not tell is read like the report's other tables, else like the newest form.
    """
    told = cells.drop_duplicates("report_id").set_index("report_id")["edition"]
    told = told.mask(told == "")
    known = reports["edition"].reindex(told.index)
    return told.fillna(known).fillna(EDITION_KEYS[-1]).astype("string")


def _added(measure: Measure, cells: pd.DataFrame, editions: pd.Series[str]) -> pd.DataFrame:
    return _sums(measure, cells, editions, over=False)


def _share(measure: Measure, cells: pd.DataFrame, editions: pd.Series[str]) -> pd.DataFrame:
    """Return part ÷ whole; a part left blank of a whole that is told counts as 0."""
    part = _sums(measure, cells, editions, over=False)
    whole = _sums(measure, cells, editions, over=True)
    counted = whole["state"] == "number"
    unknown = (part["state"] == "unknown") | (whole["state"] == "unknown")
    state = whole["state"].mask(counted & (whole["value"] == 0).fillna(False), "no_cases")
    state = state.mask(unknown, "unknown")
    told = state == "number"
    parts = part["value"].astype("Int64").fillna(0).where(counted)
    wholes = whole["value"].astype("Int64")
    value = parts.where(told).astype("Float64") / wholes.where(told).astype("Float64")
    return pd.DataFrame({"value": value, "state": state, "part": parts, "whole": wholes})


def _sums(
    measure: Measure, cells: pd.DataFrame, editions: pd.Series[str], *, over: bool
) -> pd.DataFrame:
    """Return value and state by report id, for the reports whose edition has the figure."""
    pieces = []
    for source in measure.sources:
        ids = editions.index[editions == source.edition]
        own = cells[cells["report_id"].isin(ids)]
        pieces.append(_at(own, source.over if over else source.cells))
    picked = pd.concat(pieces)
    amounts = measure.kind == "amount"
    picked = picked.assign(
        number=picked["amount_wan"] if amounts else picked["count"],
        unsure=picked["mark"].isin(UNSURE_MARKS),
        unmeasured=_unmeasured(picked) if amounts else False,
    )
    groups = picked.groupby("report_id", sort=False)
    value = groups["number"].agg(_exact_sum) if amounts else groups["number"].sum(min_count=1)
    state = pd.Series("blank", index=value.index, dtype="string")
    state = state.mask(value.notna(), "number").mask(groups["unmeasured"].any(), "unit_unknown")
    state = state.mask(groups["unsure"].any(), "unknown")
    return pd.DataFrame({"value": value.where(state == "number", None), "state": state})


def _at(cells: pd.DataFrame, addresses: Iterable[str]) -> pd.DataFrame:
    keys = [split_address(place)[1:] for place in addresses]
    rows, columns = {row for row, _column in keys}, {column for _row, column in keys}
    # Every measure adds up a rectangle: each of its rows in each of its columns.
    return cells[cells["row"].isin(rows) & cells["column"].isin(columns)]


def _unmeasured(cells: pd.DataFrame) -> pd.Series[bool]:
    return cells["mark"].isin(NUMBER_MARKS) & cells["amount_wan"].isna()


def _exact_sum(numbers: pd.Series[Decimal]) -> Decimal | None:  # type: ignore[type-var] # the stubs of pandas know no decimals
    known = numbers.dropna()
    return added(known) if len(known) else None


def _finished(
    measure: Measure,
    reports: pd.DataFrame,
    editions: pd.Series[str],
    values: pd.DataFrame,
    findings: pd.DataFrame | None,
) -> pd.DataFrame:
    state = values["state"].fillna("not_in_edition")
    state = state.mask(~reports.index.isin(editions.index), "table_missing")
    doubts = _doubts(measure, editions, findings)
    frame = pd.DataFrame(
        {
            "report_id": reports.index,
            "agency": reports["agency"].array,
            "year": reports["year"].array,
            "edition": editions.reindex(reports.index).array,
            "value": values["value"].array,
            "state": state.array,
            "part": values["part"].array if "part" in values else pd.NA,
            "whole": values["whole"].array if "whole" in values else pd.NA,
            "suspect": reports.index.isin([number for number, touches in doubts if touches]),
            "open_errors": pd.Series([number for number, _ in doubts], dtype="int64")
            .value_counts()
            .reindex(reports.index, fill_value=0)
            .array,
        }
    )
    return frame.astype({**DTYPES, "value": VALUE_DTYPES[measure.kind]})


def _doubts(
    measure: Measure, editions: pd.Series[str], findings: pd.DataFrame | None
) -> list[tuple[int, bool]]:
    """Return, for every open error in the measure's table, its report and whether it touches."""
    if findings is None:
        return []
    errors = findings[(findings["severity"] == "error") & (findings["table"] == measure.table)]
    sources: dict[str, set[str]] = {
        source.edition: set(source.addresses) for source in measure.sources
    }
    used = {number: sources.get(edition, set()) for number, edition in editions.items()}
    return [
        (number, not used.get(number, set()).isdisjoint(cells))
        for number, cells in zip(errors["report_id"], errors["cells"], strict=True)
    ]
