"""How many slips some findings are: by agency, by rule, by what became of them.

A slip may break several relations, and a carry stands on two reports: it counts once wherever it is
counted. `found` is everywhere a frame of `checks.frame.findings_frame`, or some lines of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from checks.catalogue import kinds
from checks.states import SETTLED


def slip_keys(found: pd.DataFrame) -> pd.Series[Any]:
    """Return of each line what its slip is known by in the whole library."""
    whose = found["agency"].fillna(found["report_id"].astype("string"))
    # As plain lists: going through a column of text one by one takes ten times as long.
    keys = zip(whose.to_numpy(object), found["slip"].to_numpy(object), strict=True)
    return pd.Series(list(keys), found.index, dtype="object")


def by_rule(found: pd.DataFrame) -> pd.DataFrame:
    """Return how many slips each agency has by rule; columns in the catalogue's order."""
    counts = found.groupby(["agency", "rule_name"])["slip"].nunique().unstack(fill_value=0)
    return counts[rules_in(found)]


def by_agency(found: pd.DataFrame) -> pd.Series[Any]:
    """Return how many slips each agency has: one that breaks two rules counts once."""
    return found.groupby("agency")["slip"].nunique()


def rules_in(found: pd.DataFrame) -> list[str]:
    """Return the names of the rules that have findings, in the order of the catalogue."""
    here = {*found["rule"].unique()}
    return [kind.name for kind in kinds().values() if kind.code in here]


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many slips a rule spoke of, and how many of these a person accepted as no error."""

    slips: int = 0
    accepted: int = 0


def spoken(found: pd.DataFrame) -> dict[str, Spoken]:
    """Return by the codes of rules how often each spoke; one of which a finding is left is not accepted."""
    lines = found.assign(key=slip_keys(found))
    return {str(code): _spoken(own) for code, own in lines.groupby("rule")}


def _spoken(lines: pd.DataFrame) -> Spoken:
    left = {*lines.loc[~lines["state"].isin(SETTLED), "key"]}
    accepted = {*lines.loc[lines["state"] == "accepted", "key"]}
    return Spoken(lines["key"].nunique(), len(accepted - left))
