"""What measures say of every report that counts, handed on from one state of the library to the next.

What a measure says of a report follows from its cells and from what is open about it, and from no
report of another agency. So a change costs the agencies that it touches; only a year that nobody
has asked for yet is computed for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

KEPT: Final = 200
"""Tables that are kept, each of a measure in a year: those that were computed last."""

Name = tuple[str, int]
"""A measure, by its key, and a year."""
Evaluate = Callable[[Sequence[str], Sequence[int]], Mapping[str, pd.DataFrame]]
"""Evaluates measures, named by their keys, in reports: tables of `measures.values.evaluate`, a line
for each of the reports in the order in which they are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Handed:
    """A measure's table as it was, and the reports of which it holds no longer."""

    table: pd.DataFrame
    changed: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The tables of measures in years, in one state of the library; many threads may share it."""

    _handed: dict[Name, _Handed] = field(default_factory=dict)
    _tables: dict[Name, pd.DataFrame] = field(default_factory=dict)

    def after(self, changed: Collection[int]) -> Measured:
        """Return what the next state may begin with, in which these reports are others."""
        new = frozenset(changed)
        handed, tables = self._handed.copy(), self._tables.copy()
        kept = {
            name: _Handed(own.table, own.changed | new)
            for name, own in handed.items()
            if name not in tables
        }
        # Last, so that of too many those go that were computed longest ago.
        kept |= {name: _Handed(table, new) for name, table in tables.items()}
        return Measured(dict(list(kept.items())[-KEPT:]))

    def tables(
        self, keys: Sequence[str], years: Mapping[int, Sequence[int]], evaluate: Evaluate
    ) -> dict[str, pd.DataFrame]:
        """Return a table for each of these measures, a line for each of all the reports of years.

        `years` are the ids of the reports that count, by year; the lines stand in their order.
        """
        held, handed = self._tables.copy(), self._handed.copy()
        wanted = [(key, year) for key in keys for year in years if (key, year) not in held]
        anew = [name for name in wanted if name not in handed]
        if anew:
            held |= _evaluated(anew, years, evaluate)
        for key, year in wanted:
            if (key, year) not in held:
                held[key, year] = _completed(key, handed[key, year], years[year], evaluate)
        self._tables.update({name: held[name] for name in wanted})
        for name in list(self._tables)[:-KEPT]:
            self._tables.pop(name, None)
        return {key: _joined([held[key, year] for year in years]) for key in keys}

    def forget(self) -> None:
        """Forget everything, so that it is computed anew."""
        self._handed.clear()
        self._tables.clear()


def _evaluated(
    names: Sequence[Name], years: Mapping[int, Sequence[int]], evaluate: Evaluate
) -> dict[Name, pd.DataFrame]:
    """Return the tables of these measures and years, whose cells are loaded together."""
    asked = {year: years[year] for year in years if any(name[1] == year for name in names)}
    whole = evaluate(
        list(dict.fromkeys(key for key, _year in names)),
        [number for ids in asked.values() for number in ids],
    )
    found, start = {}, 0
    for year, ids in asked.items():
        for key, table in whole.items():
            found[key, year] = table.iloc[start : start + len(ids)].reset_index(drop=True)
        start += len(ids)
    return found


def _joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)


def _completed(
    key: str, handed: _Handed, report_ids: Sequence[int], evaluate: Evaluate
) -> pd.DataFrame:
    """Return a table for all these reports, of which only those that have changed are evaluated."""
    kept = handed.table[~handed.table["report_id"].isin(handed.changed).to_numpy()]
    known = set(kept["report_id"].tolist())
    missing = [number for number in report_ids if number not in known]
    parts = [kept, evaluate([key], missing)[key]] if missing else [kept]
    whole = pd.concat(parts, ignore_index=True)
    place = {number: line for line, number in enumerate(whole["report_id"].tolist())}
    return whole.take([place[number] for number in report_ids]).reset_index(drop=True)
