"""A measure's values in every report that counts, and a line for each that is asked for.

Only the roster says which of those that are not there were due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from form.roster import Roster
from measures.frames import Frames, Listed, counting
from measures.measure import Measure
from measures.values import evaluate


class Owes(Protocol):
    """Who says whose report was due: a roster, or what is left of it once something came."""

    def is_due(self, agency: str, year: int) -> bool:
        """Say whether an agency's report on a year, if it is not there, is missing."""


NOBODY: Final[Owes] = Roster()
"""Without a roster nobody owes anything."""
Places = Mapping[tuple[str, int], int]
"""Where an agency's report on a year stands among those that count."""
_FOUND: Final = ("report_id", "edition", "value", "part", "whole")
"""Columns that have nothing to say where there is no report."""


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """Agencies and years, a line each, and where their reports stand: -1 where there is none.

    `absent` are the states of those that are not there, in their order: whether they were due.
    """

    agencies: Any
    years: Any
    places: NDArray[np.intp]
    absent: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """One measure in every report that counts.

    `table` is that of `measures.values.evaluate`; `places` says in which of its lines an agency's
    year stands; `owing` whose report would be missing.
    """

    measure: Measure
    table: pd.DataFrame
    places: Places
    owing: Owes = field(default_factory=lambda: NOBODY)

    def lines(self, agencies: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
        """Return a line for each of these agencies and years, the years of an agency together.

        Where there is no report the state is `missing_report` if the roster says that it was due,
        else `no_report`; columns as in `table`.
        """
        return self.at(self.due(agencies, years))

    def due(self, agencies: Sequence[str], years: Sequence[int]) -> Due:
        """Return where these lines stand, in this measure and in every other of the same reports."""
        names = list(product(agencies, years))
        return Due(
            pd.array([agency for agency, _year in names], dtype="string"),
            pd.array([year for _agency, year in names], dtype="Int64"),
            np.array([self.places.get(name, -1) for name in names], dtype=np.intp),
            [
                "missing_report" if self.owing.is_due(*name) else "no_report"
                for name in names
                if name not in self.places
            ],
        )

    def at(self, due: Due) -> pd.DataFrame:
        """Return the lines that are due, as `lines` has them."""
        places, missing, table = due.places, due.places < 0, self.table
        lines: dict[str, object] = {
            name: table[name].array.take(places, allow_fill=True) for name in _FOUND
        }
        states = table["state"].array.take(places, allow_fill=True)
        if missing.any():
            states[missing] = list(due.absent)
        errors = table["open_errors"].array.take(places, allow_fill=True)
        errors[missing] = 0
        suspect = np.zeros(len(places), dtype=bool)
        suspect[~missing] = table["suspect"].to_numpy()[places[~missing]]
        lines |= {
            "agency": due.agencies,
            "year": due.years,
            "state": states,
            "suspect": suspect,
            "open_errors": errors,
        }
        return pd.DataFrame({name: lines[name] for name in table.columns})


def places_of(reports: pd.DataFrame) -> Places:
    """Return where each of these reports stands; all of them count."""
    names = zip(reports["agency"].tolist(), reports["year"].tolist(), strict=True)
    return {name: place for place, name in enumerate(names)}


def values_of(
    measure: Measure,
    frames: Frames,
    findings: pd.DataFrame | None = None,
    owing: Owes | None = None,
) -> Values:
    """Return a measure in every report that counts; `findings` as `evaluate` has them."""
    table = evaluate(measure, frames, findings)
    return Values(measure, table, places_of(counting(frames)), owing or NOBODY)


def known_agencies(frames: Listed) -> list[str]:
    """Return the agencies that have a report that counts, as a reader expects them sorted."""
    reports = counting(frames).sort_values("sort_key", kind="stable")
    names: list[str] = reports["agency"].dropna().drop_duplicates().tolist()
    return names
