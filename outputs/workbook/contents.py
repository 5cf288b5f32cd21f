"""What goes into a workbook: reports with their findings, and what is said about the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import pandas as pd

from checks.explanations import Suspects
from checks.findings import Finding
from checks.repairs import for_report
from checks.standing import Standing, standing
from checks.states import Judged
from form.editions import TABLE_KEYS
from form.model import TableKey
from form.report import Report
from outputs.likely import NONE
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


def _no_suspects(_report_id: int) -> Suspects:
    return NONE


@dataclass(frozen=True, slots=True)
class Decided:
    """What people and the search for suspects have to say beside the findings.

    `judged` are all findings by report id with what became of them; a report that it does not
    hold has only open ones. `suspects` gives a report's explanations. `log` are the entries of the
    log, with the columns of `library.log_frame`.
    """

    judged: Mapping[int, Sequence[Judged]] = field(default_factory=dict)
    suspects: Callable[[int], Suspects] = _no_suspects
    log: pd.DataFrame | None = None


@dataclass(frozen=True)
class Item:
    """One report in a workbook; `findings` are those of `judged` that are not settled."""

    header: ReportHeader
    report: Report
    judged: tuple[Judged, ...]
    suspects: Suspects = NONE

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about which something is left to do."""
        return tuple(item.finding for item in self.judged if not item.is_settled)

    @cached_property
    def tables(self) -> Mapping[TableKey, OfficialTable]:
        """The official tables with what is doubtful about their cells."""
        return {
            key: official_table(self.report, key, self.findings, suspects=self.suspects)
            for key in TABLE_KEYS
        }

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

    @cached_property
    def standing(self) -> Standing:
        """How its print stands, counted in slips."""
        return standing(self.judged)

    @property
    def errors(self) -> int:
        """The number of definite errors (slips) of the print that are left to do."""
        return self.standing.errors


def items(
    reports: Sequence[tuple[ReportHeader, Report]],
    findings: Mapping[int, Sequence[Finding]],
    decided: Decided,
) -> tuple[Item, ...]:
    """Return the reports with their findings, in the order given."""
    return tuple(_item(header, report, findings, decided) for header, report in reports)


def _item(
    header: ReportHeader,
    report: Report,
    findings: Mapping[int, Sequence[Finding]],
    decided: Decided,
) -> Item:
    number = header.report_id
    judged = decided.judged.get(number)
    if judged is None:
        judged = [Judged(finding, "open") for finding in findings.get(number, ())]
    open_errors = any(item.finding.is_error and not item.is_settled for item in judged)
    suspects = for_report(decided.suspects(number), report) if open_errors else NONE
    return Item(header, report, tuple(judged), suspects)
