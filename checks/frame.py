"""Findings as one pandas frame, for lists, filters and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from checks.catalogue import kinds, severity_names
from checks.findings import Finding

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
}
"""Columns and dtypes of `findings_frame`; `cells` holds tuples of addresses."""
OF_REPORTS: Final = ("agency", "year")


def findings_frame(
    findings: Mapping[int, Sequence[Finding]], reports: pd.DataFrame
) -> pd.DataFrame:
    """Return one line a finding, reports in the order of `findings`.

    `reports` is indexed by report id and has the columns agency and year; a report that it does
    not hold leaves both NA.
    """
    names, severities = kinds(), severity_names()
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
        }
        for report_id, items in findings.items()
        for item in items
    ]
    frame = pd.DataFrame(lines, columns=[name for name in COLUMNS if name not in OF_REPORTS])
    known = reports[list(OF_REPORTS)]
    joined = frame.merge(known, how="left", left_on="report_id", right_index=True)
    return joined[list(COLUMNS)].astype(dict(COLUMNS))
