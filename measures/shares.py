"""What something is made of: the results of applications, the outcomes of disputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS
from measures.due import Values, known_agencies, values_of
from measures.frames import Frames
from measures.values import WITHOUT_REPORT

COLUMNS: Final = (
    "agency",
    "year",
    "report_id",
    "key",
    "label",
    "value",
    "share",
    "whole",
    "state",
    "suspect",
    "open_errors",
)
"""Of a composition: a line an agency and part. `value` Int64; `share` Float64 of `whole`, the sum
of the parts; both NA unless every part is a number or blank (a blank counts nothing)."""


def outcome_shares(
    frames: Frames, findings: pd.DataFrame | None, agencies: Sequence[str] | None, year: int
) -> pd.DataFrame:
    """Return how the applications that agencies dealt with ended, in six groups; see COLUMNS."""
    return composition(OUTCOME_GROUPS, frames, findings, agencies, year)


def dispute_shares(
    kind: str,
    frames: Frames,
    findings: pd.DataFrame | None,
    agencies: Sequence[str] | None,
    year: int,
) -> pd.DataFrame:
    """Return how disputes ended, `kind` review or litigation, in four parts; see COLUMNS."""
    return composition(DISPUTE_GROUPS[kind], frames, findings, agencies, year)


def composition(
    keys: Sequence[str],
    frames: Frames,
    findings: pd.DataFrame | None,
    agencies: Sequence[str] | None,
    year: int,
) -> pd.DataFrame:
    """Return the measures `keys` of each agency and each one's share of their sum; see COLUMNS."""
    chosen = known_agencies(frames) if agencies is None else agencies
    return composed([values_of(MEASURES[key], frames, findings) for key in keys], chosen, year)


def composed(parts: Sequence[Values], agencies: Sequence[str], year: int) -> pd.DataFrame:
    """Return the same by what is known of every report, a measure a part."""
    chosen = list(dict.fromkeys(agencies))
    # Part by part, each with the same agencies; told apart and put in order by their places.
    due = parts[0].due(chosen, [year])
    stacked = pd.concat([part.at(due) for part in parts], ignore_index=True)
    shape = len(parts), len(chosen)
    sure = stacked["state"].isin(["number", "blank"]).to_numpy().reshape(shape).all(axis=0)
    counts = stacked["value"].fillna(0).to_numpy(np.int64).reshape(shape)
    wholes = np.tile(counts.sum(axis=0), len(parts))
    unsure, caseless = np.tile(~sure, len(parts)), np.tile(counts.sum(axis=0) <= 0, len(parts))
    shares = counts.ravel() / np.where(caseless, 1, wholes)
    table = stacked.assign(
        key=pd.array(np.repeat([part.measure.key for part in parts], len(chosen)), "string"),
        label=pd.array(np.repeat([part.measure.label for part in parts], len(chosen)), "string"),
        whole=pd.arrays.IntegerArray(wholes, unsure),
        share=pd.arrays.FloatingArray(shares, unsure | caseless),
    )
    by_agency = np.arange(len(table)).reshape(shape).T.ravel()
    return table[list(COLUMNS)].take(by_agency).reset_index(drop=True)


_GRAVE: Final = (*WITHOUT_REPORT, "table_missing", "unknown", "number")
_STATES: Final = (*_GRAVE, "blank")
"""What a whole without cases is, by the states of its parts: only if all are blank it is blank."""


@dataclass(frozen=True, slots=True)
class Together:
    """What the agencies of a composition have together, those without cases left out.

    `parts` has each part's key, label and sum, the largest first.
    """

    agencies: int
    cases: int
    parts: tuple[tuple[str, str, int], ...]

    def cases_of(self, ending: str) -> int:
        """Return the sum of the parts whose key ends so."""
        return sum(count for key, _label, count in self.parts if key.endswith(ending))


def together(found: pd.DataFrame) -> Together:
    """Return the sums over all agencies of a composition (see COLUMNS)."""
    told = (found["whole"].fillna(0) > 0).to_numpy(bool)
    if not told.any():
        return Together(0, 0, ())
    agencies, _names = _agencies(found)
    first = np.unique(agencies, return_index=True)[1]
    keys, names = pd.factorize(found["key"].array)
    labels = found["label"].array.take(np.unique(keys, return_index=True)[1])
    sums = np.zeros(len(names), np.int64)
    np.add.at(sums, keys[told], found["value"].fillna(0).to_numpy(np.int64)[told])
    parts = list(zip(map(str, names), map(str, labels), sums.tolist(), strict=True))
    return Together(
        agencies=int(told[first].sum()),
        cases=sum(found["whole"].array[first[told[first]]].tolist()),
        parts=tuple(sorted(parts, key=lambda part: -part[2])),
    )


def one_line_each(found: pd.DataFrame) -> pd.DataFrame:
    """Return a line an agency of a composition: its state, and whether any part is in doubt.

    Columns agency, state (the gravest of its parts'), suspect, open_errors, whole.
    """
    codes, names = _agencies(found)
    groups = found[["suspect", "open_errors", "whole"]].groupby(codes)
    return pd.DataFrame(
        {
            "agency": names,
            "state": _gravest(found, codes, _GRAVE).array,
            "suspect": groups["suspect"].any().array,
            "open_errors": groups["open_errors"].max().array,
            "whole": groups["whole"].max().array,
        }
    )


def _agencies(found: pd.DataFrame) -> tuple[NDArray[np.intp], Any]:
    """Return every line's agency by number, and the names by number, in their order.

    Grouping by numbers takes a tenth of what it takes by names.
    """
    codes, names = pd.factorize(found["agency"].array)
    return codes, names


@dataclass(frozen=True, slots=True)
class Foremost:
    """The agencies with most cases, and what became of the others.

    `agencies` have most cases first; `beyond` more have cases too; of those without any, `without`
    counts how many there are by their state (`no_cases` where it is told that there are none).
    """

    agencies: tuple[str, ...]
    beyond: int
    without: Mapping[str, int]

    def lines(self, found: pd.DataFrame) -> pd.DataFrame:
        """Return the lines of these agencies in their order."""
        place = {name: number for number, name in enumerate(self.agencies)}
        own = found[found["agency"].isin(place)]
        return own.iloc[own["agency"].map(place).argsort(kind="stable")]


def foremost(kinds: Sequence[pd.DataFrame], most: int) -> Foremost:
    """Return at most so many agencies with cases of any of these kinds, and count the others.

    `kinds` are compositions (see COLUMNS) of the same agencies; their cases are added up.
    """
    every = pd.concat(kinds, ignore_index=True)
    codes, names = _agencies(every)
    kind = np.repeat(np.arange(len(kinds)), [len(found) for found in kinds])
    of_kinds = every["whole"].groupby([codes, kind]).max().fillna(0)
    cases = of_kinds.groupby(level=0).sum()
    ordered = cases[cases > 0].sort_values(ascending=False, kind="stable").index
    states = _gravest(every, codes, _STATES).replace("number", "no_cases")
    return Foremost(
        tuple(names.take(ordered[:most])),
        len(ordered[most:]),
        dict(states[cases <= 0].value_counts()),
    )


def _gravest(found: pd.DataFrame, codes: NDArray[np.intp], order: Sequence[str]) -> pd.Series[str]:
    """Return the first of these states that any line of an agency has, the last where none is."""
    place = {state: number for number, state in enumerate(order)}
    kinds, states = pd.factorize(found["state"].array)
    places = np.array([place.get(state, len(order) - 1) for state in states], np.int64)[kinds]
    gravest = pd.Series(places).groupby(codes).min()
    return gravest.map(dict(enumerate(order))).astype("string")
