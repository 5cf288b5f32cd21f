"""The library's frames, made by hand from small reports; columns as `library.frames` lists them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from checks.frame import findings_frame
from checks.tally import check_report
from form.editions import TABLE_KEYS
from form.model import split_address
from form.report import Report
from form.values import in_wan


@dataclass(frozen=True)
class HandMadeFrames:
    reports: pd.DataFrame
    disclosure: pd.DataFrame
    applications: pd.DataFrame
    disputes: pd.DataFrame


def of(report: Report, agency: str, year: int | None = None) -> Report:
    return replace(report, agency=agency, year=year or report.year)


def frames(reports: Sequence[Report]) -> HandMadeFrames:
    """Report ids are 1, 2, 3 … in the order given."""
    listed = pd.DataFrame(
        {
            "agency": pd.array([report.agency for report in reports], "string"),
            "year": pd.array([report.year for report in reports], "Int64"),
            "edition": pd.array([report.edition for report in reports], "string"),
            "counts": True,
            "sort_key": pd.array([report.agency for report in reports], "string"),
        },
        index=pd.Index(range(1, len(reports) + 1), name="report_id"),
    )
    return HandMadeFrames(listed, *(_cells(reports, key) for key in TABLE_KEYS))


def _cells(reports: Sequence[Report], key: str) -> pd.DataFrame:
    lines = []
    for report_id, report in enumerate(reports, start=1):
        for address, cell in report.cells.items():
            table, row, column = split_address(address)
            if table == key:
                amount = cell.value if column == "amount" else None
                lines.append(
                    {
                        "report_id": report_id,
                        "agency": report.agency,
                        "year": report.year,
                        "edition": report.editions[table] or "",
                        "row": row,
                        "column": column,
                        "count": None if column == "amount" else cell.value,
                        "amount": amount,
                        "unit": cell.unit,
                        "amount_wan": None if amount is None else in_wan(amount, cell.unit),
                        "mark": cell.mark,
                    }
                )
    columns = [
        "report_id",
        "agency",
        "year",
        "edition",
        "row",
        "column",
        "count",
        "amount",
        "unit",
        "amount_wan",
        "mark",
    ]
    frame = pd.DataFrame(lines, columns=columns).astype(
        {
            "report_id": "int64",
            "agency": "string",
            "year": "Int64",
            "edition": "string",
            "row": "string",
            "column": "string",
            "count": "Int64",
            "unit": "string",
            "mark": "category",
            "amount": "object",
            "amount_wan": "object",
        }
    )
    return frame if key == "disclosure" else frame.drop(columns=["amount", "unit", "amount_wan"])


def findings(reports: Sequence[Report]) -> pd.DataFrame:
    """What the checks say about the same reports."""
    found = {number: check_report(report) for number, report in enumerate(reports, start=1)}
    return findings_frame(found, frames(reports).reports)
