"""What measures say about the library, from the cells that they need and no more.

A measure is computed once for all reports of a year and brought up to date with them
(`desk.measured`); what
is selected of it is remembered as long as the state of the library is the same: switching between
chart and table must not add up again what thousands of reports say. Nobody may change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from desk.desk import State
from desk.owing import owing
from library.frames import load_cells
from library.store import Library
from measures.compare import Comparison, Figure, compared, total_of
from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS
from measures.due import Places, Values
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
    (values,) = _values(state, library, [key], (year,))
    told = int((values.table["state"] == "number").sum())
    return total_of(values.measure, values.table), told


def _compare(state: State, library: Library, key: str, agencies: Names, year: int) -> Comparison:
    (values,) = _values(state, library, [key], (year - 1, year))
    return compared(values, agencies, year)


def _trend(state: State, library: Library, key: str, agencies: Names, years: Years) -> Trend:
    (values,) = _values(state, library, [key], years)
    return followed(values, agencies, years)


def _outcomes(state: State, library: Library, agencies: Names, year: int) -> pd.DataFrame:
    return composed(_values(state, library, OUTCOME_GROUPS, (year,)), agencies, year)


def _disputes(
    state: State, library: Library, kind: str, agencies: Names, year: int
) -> pd.DataFrame:
    return composed(_values(state, library, DISPUTE_GROUPS[kind], (year,)), agencies, year)


def _values(state: State, library: Library, keys: Sequence[str], years: Years) -> list[Values]:
    """Return measures in every report that counts on these years."""
    known = state.once(_by_year)
    ids = {year: known.get(year, ()) for year in sorted(set(years))}
    tables = state.measured.tables(keys, ids, partial(_evaluated, state, library))
    places = state.remember(_places, tuple(ids))
    return [Values(MEASURES[key], tables[key], places, owing(library, state)) for key in keys]


def _by_year(state: State) -> dict[int, list[int]]:
    """Return the ids of the reports that count, by year."""
    found: dict[int, list[int]] = {}
    for number, year in zip(state.counted.index.tolist(), state.counted["year"], strict=True):
        found.setdefault(int(year), []).append(number)
    return found


def _places(state: State, years: Years) -> Places:
    """Return where reports stand in tables of these years."""
    known = state.once(_by_year)
    names = state.once(_names)
    numbers = (number for year in years for number in known.get(year, ()))
    return {names[number]: place for place, number in enumerate(numbers)}


def _names(state: State) -> dict[int, tuple[str, int]]:
    """Return agency and year of the reports that count, by id."""
    names = zip(state.counted["agency"].tolist(), state.counted["year"].tolist(), strict=True)
    return dict(zip(state.counted.index.tolist(), names, strict=True))


def _evaluated(
    state: State, library: Library, keys: Sequence[str], report_ids: Sequence[int]
) -> dict[str, pd.DataFrame]:
    """Return the tables of measures in these reports, from their cells."""
    measures = [MEASURES[key] for key in keys]
    chosen = state.counted.reindex(list(report_ids))
    frames = load_cells(library, chosen, report_ids, addresses_of(measures))
    return {item.key: evaluate(item, frames, state.open_table) for item in measures}
