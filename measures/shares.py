"""What something is made of: the results of applications, the outcomes of disputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from measures.compare import in_year, known_agencies
from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS
from measures.frames import Frames

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
    chosen = list(dict.fromkeys(known_agencies(frames) if agencies is None else agencies))
    parts = [
        in_year(MEASURES[key], frames, findings, chosen, year).assign(
            key=key, label=MEASURES[key].label
        )
        for key in keys
    ]
    table = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    sure = table["state"].isin(["number", "blank"]).groupby(table["agency"]).transform("all")
    wholes = table.groupby("agency")["value"].transform("sum").where(sure)
    table["whole"] = wholes.astype("Int64")
    known = table["value"].fillna(0).where(wholes > 0)
    table["share"] = known.astype("Float64") / wholes.where(wholes > 0).astype("Float64")
    return table[list(COLUMNS)].astype({"key": "string", "label": "string"})


_GRAVE: Final = ("missing_report", "table_missing", "unknown", "number")
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
    told = found[found["whole"].fillna(0) > 0]
    sums = told.groupby(["key", "label"], sort=False)["value"].sum().reset_index()
    ordered = sums.sort_values("value", ascending=False, kind="stable")
    return Together(
        agencies=int(told["agency"].nunique()),
        cases=int(told.drop_duplicates("agency")["whole"].sum()),
        parts=tuple(
            (str(line["key"]), str(line["label"]), int(line["value"]))
            for line in ordered.to_dict("records")
        ),
    )


def one_line_each(found: pd.DataFrame) -> pd.DataFrame:
    """Return a line an agency of a composition: its state, and whether any part is in doubt.

    Columns agency, state (the gravest of its parts'), suspect, open_errors, whole.
    """
    groups = found.groupby("agency", sort=False)
    states = _gravest(found, _GRAVE)
    return pd.DataFrame(
        {
            "agency": states.index,
            "state": states.array,
            "suspect": groups["suspect"].any().array,
            "open_errors": groups["open_errors"].max().array,
            "whole": groups["whole"].max().array,
        }
    )


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
    every = pd.concat([found.assign(kind=number) for number, found in enumerate(kinds)])
    of_kinds = every.groupby(["agency", "kind"], sort=False)["whole"].max().fillna(0)
    cases = of_kinds.groupby(level="agency", sort=False).sum()
    ordered = cases[cases > 0].sort_values(ascending=False, kind="stable").index.tolist()
    states = _gravest(every, _STATES).replace("number", "no_cases")
    return Foremost(
        tuple(ordered[:most]), len(ordered[most:]), dict(states[cases <= 0].value_counts())
    )


def _gravest(found: pd.DataFrame, order: Sequence[str]) -> pd.Series[str]:
    """Return the first of these states that any line of an agency has, the last where none is."""
    place = {state: number for number, state in enumerate(order)}
    places = found["state"].map(place).fillna(len(order) - 1).astype("int64")
    gravest = places.groupby(found["agency"], sort=False).min()
    return gravest.map(dict(enumerate(order))).astype("string")
