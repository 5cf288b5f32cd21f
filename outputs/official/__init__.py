"""One report in the official layout as a file to hand on, and the blank form that organs fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from form.report import Report
from outputs.official.book import blank_workbook, report_workbook
from outputs.official.document import report_document

WRITERS: Final[Mapping[str, Callable[[Report, datetime], bytes]]] = {
    ".xlsx": report_workbook,
    ".docx": report_document,
}
"""What writes a report, by the ending of the file."""

__all__ = ["WRITERS", "blank_workbook", "report_document", "report_workbook"]
