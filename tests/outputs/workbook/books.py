"""A workbook about hand-made reports, as bytes and opened again. Run as a script it prints a hash."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

from checks.findings import Finding
from form.report import Cell, Report
from outputs.workbook import About, ReportHeader, summary_workbook
from tests.outputs.samples import (
    beidaihe,
    broken_sums,
    liaocheng,
    made_up,
    missing_total,
    with_cell,
)

CHANGED = datetime(2026, 2, 1, 1, 30, 5, tzinfo=UTC)
ABOUT = About("三家机构的年度报告", CHANGED, "0.1.0", "2019 年版、2021 年版表样")
Reports = Sequence[tuple[ReportHeader, Report]]


def headed(*reports: Report) -> list[tuple[ReportHeader, Report]]:
    """Reports with headers, numbered from 1."""
    return [
        (ReportHeader(number, report.agency or "", report.year, f"{number}.txt", 1), report)
        for number, report in enumerate(reports, 1)
    ]


def three_reports() -> Reports:
    """Both editions, blanks, dashes, unknown cells, amounts in 万元 and in 元."""
    in_yuan = with_cell(
        made_up(),
        "disclosure.administrative_fees.amount",
        Cell(
            made_up().cells["disclosure.administrative_fees.amount"].value,
            "number",
            "152790元",
            unit="元",
        ),
    )
    return headed(liaocheng(), beidaihe(), in_yuan)


def three_findings() -> Mapping[int, Sequence[Finding]]:
    """The errors of the first two."""
    return {1: broken_sums(liaocheng()), 2: (missing_total(), missing_total("total"))}


def data() -> bytes:
    """The workbook about the three reports."""
    return summary_workbook(three_reports(), three_findings(), ABOUT)


def opened(content: bytes) -> Workbook:
    """A workbook read back."""
    return load_workbook(BytesIO(content))


if __name__ == "__main__":
    print(hashlib.sha256(data()).hexdigest())
