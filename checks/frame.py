"""Findings as one pandas frame, for lists, filters and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from checks.catalogue import kinds, severity_names
from checks.findings import Finding
from checks.states import Judged, state_names

COLUMNS: Final[Mapping[str, str]] = {
    "report_id": "int64",
    "agency": "string",
    "year": "Int64",
    "table": "string",
    "rule": "string",
    "rule_name": "string",
    "severity": "string",
    "severity_name": "string",
    "place": "string",
    "equation": "string",
    "message": "string",
    "required": "Int64",
    "undecided": "bool",
    "cells": "object",
    "slip": "string",
    "state": "string",
    "state_name": "string",
    "is_printed": "bool",
}
"""Columns and dtypes of `findings_frame`; `cells` holds tuples of addresses, `slip` the printed fault
among those of its agency, `is_printed` whether the print has it or only corrections do."""
OF_REPORTS: Final = ("agency", "year")


def findings_frame(
    findings: Mapping[int, Sequence[Finding | Judged]], reports: pd.DataFrame
) -> pd.DataFrame:
    """Return one line a finding, reports in the order of `findings`.

    One of which nobody said what became of it is open.

    `reports` is indexed by report id and has the columns agency and year; a report that it does
    not hold leaves both NA.
    """
    names, severities, states = kinds(), severity_names(), state_names()
    lines = [
        {
            "report_id": report_id,
            "table": item.table,
            "rule": item.rule,
            "rule_name": names[item.rule].name,
            "severity": item.severity,
            "severity_name": severities[item.severity],
            "place": item.place,
            "equation": item.equation,
            "message": item.message,
            "required": item.required,
            "undecided": item.undecided,
            "cells": item.cells,
            "slip": item.slip or item.key,
            "state": judged.state,
            "state_name": states[judged.state] if judged.is_printed else judged.state_name,
            "is_printed": judged.is_printed,
        }
        for report_id, items in findings.items()
        for judged in map(_judged, items)
        for item in (judged.finding,)
    ]
    frame = pd.DataFrame(lines, columns=[name for name in COLUMNS if name not in OF_REPORTS])
    known = reports[list(OF_REPORTS)]
    joined = frame.merge(known, how="left", left_on="report_id", right_index=True)
    return joined[list(COLUMNS)].astype(dict(COLUMNS))


def _judged(item: Finding | Judged) -> Judged:
    return item if isinstance(item, Judged) else Judged(item, "open")
