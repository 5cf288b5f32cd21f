"""What measures say of every report that counts, handed on from one state of the library to the next.

What a measure says of a report follows from its cells and from what is open about it, and from no
report of another agency. So a change costs the agencies that it touches; only what nobody has
asked for yet is computed for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

KEPT: Final = 24
"""Measures whose values are kept: those that were computed last."""

Evaluate = Callable[[Sequence[str], Sequence[int]], Mapping[str, pd.DataFrame]]
"""Evaluates measures, named by their keys, in reports: tables of `measures.values.evaluate`."""


@dataclass(frozen=True, slots=True, eq=False)
class _Handed:
    """A measure's table as it was, and the reports of which it holds no longer."""

    table: pd.DataFrame
    changed: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The tables of measures in one state of the library; many threads may share it."""

    _handed: Mapping[str, _Handed] = field(default_factory=dict)
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def after(self, changed: Collection[int]) -> Measured:
        """Return what the next state may begin with, in which these reports are others."""
        new = frozenset(changed)
        kept = {key: _Handed(own.table, own.changed | new) for key, own in self._handed.items()}
        kept |= {key: _Handed(table, new) for key, table in self._tables.copy().items()}
        return Measured(dict(list(kept.items())[-KEPT:]))

    def tables(
        self, keys: Sequence[str], report_ids: Sequence[int], evaluate: Evaluate
    ) -> dict[str, pd.DataFrame]:
        """Return the tables of these measures, a line for each of all the reports that count."""
        held = self._tables.copy()
        found = {key: held[key] for key in keys if key in held}
        wanted = [key for key in keys if key not in found]
        anew = [key for key in wanted if key not in self._handed]
        if anew:
            found |= evaluate(anew, report_ids)
        for key in wanted:
            if key not in found:
                found[key] = _completed(key, self._handed[key], report_ids, evaluate)
        self._tables.update({key: found[key] for key in wanted})
        for key in list(self._tables)[:-KEPT]:
            self._tables.pop(key, None)
        return found

    def forget(self) -> None:
        """Forget everything, so that it is computed anew."""
        self._tables.clear()


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
