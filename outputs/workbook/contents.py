"""What goes into a workbook: reports with their findings, and what is said about the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from checks.findings import Finding
from form.editions import TABLE_KEYS
from form.model import TableKey
from form.report import Report
from outputs.official_table import OfficialTable, TableCell, official_table


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """Whose report of which year, and the file it came from, as the library knows them."""

    report_id: int
    agency: str
    year: int | None
    file: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the sheet 说明 says.

    `selection` is the sentence that says which reports these are, `changed_at` the time of the
    library's last change (with a time zone), which also stands for the file's own time: the same
    contents always make the same file.
    """

    selection: str
    changed_at: datetime
    app_version: str
    rules_version: str


@dataclass(frozen=True)
class Item:
    """One report in a workbook."""

    header: ReportHeader
    report: Report
    findings: tuple[Finding, ...]

    @cached_property
    def tables(self) -> Mapping[TableKey, OfficialTable]:
        """The official tables with what is doubtful about their cells."""
        return {key: official_table(self.report, key, self.findings) for key in TABLE_KEYS}

    @cached_property
    def cells(self) -> Mapping[str, TableCell]:
        """The cells of the tables that were found, by address."""
        return {
            cell.address: cell
            for table in self.tables.values()
            if table.found
            for cell in table.values
            if cell.address is not None
        }

    @property
    def errors(self) -> int:
        """The number of definite errors."""
        return sum(finding.is_error for finding in self.findings)


def items(
    reports: Sequence[tuple[ReportHeader, Report]], findings: Mapping[int, Sequence[Finding]]
) -> tuple[Item, ...]:
    """Return the reports with their findings, in the order given."""
    return tuple(
        Item(header, report, tuple(findings.get(header.report_id, ())))
        for header, report in reports
    )
