"""What something is made of: the results of applications, the outcomes of disputes."""

from __future__ import annotations

from collections.abc import Sequence
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
