"""What measures say about the library, from the cells that they need and no more.

A measure is computed once for all reports and brought up to date with them (`desk.measured`); what
is selected of it is remembered as long as the state of the library is the same: switching between
chart and table must not add up again what thousands of reports say. Nobody may change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from desk.desk import State
from library.frames import load_cells
from library.store import Library
from measures.compare import Comparison, Figure, compared, total_of
from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS
from measures.due import Places, Values, places_of
from measures.shares import composed
from measures.trends import Trend, followed
from measures.values import addresses_of, evaluate

Names = tuple[str, ...]
Years = tuple[int, ...]


def compare(
    library: Library, state: State, key: str, agencies: Sequence[str], year: int
) -> Comparison:
    """Return the comparison of a measure, named by its key."""
    return state.remember(_compare, library, key, tuple(agencies), year)


def trend(
    library: Library, state: State, key: str, agencies: Sequence[str], years: Sequence[int]
) -> Trend:
    """Return a measure, named by its key, over years."""
    return state.remember(_trend, library, key, tuple(agencies), tuple(years))


def outcome_shares(
    library: Library, state: State, agencies: Sequence[str], year: int
) -> pd.DataFrame:
    """Return how applications ended (see `measures.shares`)."""
    return state.remember(_outcomes, library, tuple(agencies), year)


def dispute_shares(
    library: Library, state: State, kind: str, agencies: Sequence[str], year: int
) -> pd.DataFrame:
    """Return how reviews or lawsuits ended (see `measures.shares`)."""
    return state.remember(_disputes, library, kind, tuple(agencies), year)


def known_total(library: Library, state: State, key: str, year: int) -> tuple[Figure | None, int]:
    """Return what a measure comes to in a year over the whole library, and how many tell it."""
    values = _values(state, library, [key])[0]
    table = values.table[values.table["year"] == year]
    return total_of(values.measure, table), int((table["state"] == "number").sum())


def _compare(state: State, library: Library, key: str, agencies: Names, year: int) -> Comparison:
    return compared(_values(state, library, [key])[0], agencies, year)


def _trend(state: State, library: Library, key: str, agencies: Names, years: Years) -> Trend:
    return followed(_values(state, library, [key])[0], agencies, years)


def _outcomes(state: State, library: Library, agencies: Names, year: int) -> pd.DataFrame:
    return composed(_values(state, library, OUTCOME_GROUPS), agencies, year)


def _disputes(
    state: State, library: Library, kind: str, agencies: Names, year: int
) -> pd.DataFrame:
    return composed(_values(state, library, DISPUTE_GROUPS[kind]), agencies, year)


def _values(state: State, library: Library, keys: Sequence[str]) -> list[Values]:
    """Return measures in every report that counts."""
    ids = state.counted.index.tolist()
    tables = state.measured.tables(keys, ids, partial(_evaluated, state, library))
    places = state.once(_places)
    return [Values(MEASURES[key], tables[key], places) for key in keys]


def _places(state: State) -> Places:
    return places_of(state.counted)


def _evaluated(
    state: State, library: Library, keys: Sequence[str], report_ids: Sequence[int]
) -> dict[str, pd.DataFrame]:
    """Return the tables of measures in these reports, from their cells."""
    measures = [MEASURES[key] for key in keys]
    chosen = state.counted[state.counted.index.isin(list(report_ids))]
    frames = load_cells(library, chosen, report_ids, addresses_of(measures))
    return {item.key: evaluate(item, frames, state.open_table) for item in measures}
