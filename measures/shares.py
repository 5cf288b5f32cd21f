"""What something is made of: the results of applications, the outcomes of disputes."""

from __future__ import annotations

from collections.abc import Sequence
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
    states = groups["state"].agg(_gravest)
    return pd.DataFrame(
        {
            "agency": states.index,
            "state": states.array,
            "suspect": groups["suspect"].any().array,
            "open_errors": groups["open_errors"].max().array,
            "whole": groups["whole"].max().array,
        }
    )


def with_cases(found: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """Return the lines of at most so many agencies with cases, those with most first.

    Beside them how many agencies are left out.
    """
    lines = one_line_each(found)
    cases = lines[lines["whole"].fillna(0) > 0].sort_values("whole", ascending=False, kind="stable")
    names = cases["agency"].tolist()[:most]
    place = {name: number for number, name in enumerate(names)}
    own = found[found["agency"].isin(names)]
    ordered = own.assign(place=own["agency"].map(place)).sort_values("place", kind="stable")
    return ordered.drop(columns="place"), len(lines) - len(names)


def _gravest(states: pd.Series) -> str:
    order = ("missing_report", "table_missing", "unknown")
    return next((state for state in order if (states == state).any()), "number")
