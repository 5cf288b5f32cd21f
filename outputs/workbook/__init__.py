"""The summary workbook: reports, their figures and findings as one XLSX file."""

from __future__ import annotations

from outputs.workbook.contents import About, Decided, Item, ReportHeader
from outputs.workbook.selection import app_version, selection_sentence, workbook_of, years_of
from outputs.workbook.summary import summary_workbook

__all__ = [
    "About",
    "Decided",
    "Item",
    "ReportHeader",
    "app_version",
    "selection_sentence",
    "summary_workbook",
    "workbook_of",
    "years_of",
]
