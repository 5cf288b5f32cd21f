"""What measures say about the library, from the cells that they need and no more.

What was computed is remembered as long as the state of the library is the same: switching between
chart and table must not compute again what thousands of reports say. Nobody may change it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from desk.desk import State
from library.frames import Frames, load_cells
from library.store import Library
from measures import compare as comparing
from measures import shares, trends
from measures.compare import Comparison
from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS
from measures.trends import Trend
from measures.values import addresses_of

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


def _compare(state: State, library: Library, key: str, agencies: Names, year: int) -> Comparison:
    frames = _frames(state, library, [key], agencies, [year - 1, year])
    return comparing.compare(MEASURES[key], frames, state.open_table, agencies, year)


def _trend(state: State, library: Library, key: str, agencies: Names, years: Years) -> Trend:
    frames = _frames(state, library, [key], agencies, years)
    return trends.trend(MEASURES[key], frames, state.open_table, agencies, years)


def _outcomes(state: State, library: Library, agencies: Names, year: int) -> pd.DataFrame:
    frames = _frames(state, library, OUTCOME_GROUPS, agencies, [year])
    return shares.outcome_shares(frames, state.open_table, agencies, year)


def _disputes(
    state: State, library: Library, kind: str, agencies: Names, year: int
) -> pd.DataFrame:
    frames = _frames(state, library, DISPUTE_GROUPS[kind], agencies, [year])
    return shares.dispute_shares(kind, frames, state.open_table, agencies, year)


def _frames(
    state: State,
    library: Library,
    keys: Iterable[str],
    agencies: Collection[str],
    years: Collection[int],
) -> Frames:
    """Return the cells of these measures in the reports that count of agencies on years."""
    reports = state.counted
    chosen = reports[reports["year"].isin(list(years)) & reports["agency"].isin(list(agencies))]
    addresses = addresses_of(MEASURES[key] for key in keys)
    return load_cells(library, chosen, chosen.index.tolist(), addresses)
