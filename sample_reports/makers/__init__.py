"""Makers of files: each turns one sample into the bytes of one kind of file."""

from collections.abc import Callable, Mapping
from typing import Final

from sample_reports.makers.pdf import pdf
from sample_reports.makers.sheet import one_sheet, sheet_per_section
from sample_reports.makers.text import cell_a_line, row_a_line
from sample_reports.makers.web import page, page_gbk
from sample_reports.makers.word import word
from sample_reports.samples import Sample

Maker = Callable[[Sample], bytes]

MAKERS: Final[Mapping[str, Maker]] = {
    "cells.txt": lambda sample: cell_a_line(sample).encode("utf-8"),
    "gbk.txt": lambda sample: cell_a_line(sample).encode("gb18030"),
    "tabs.txt": lambda sample: row_a_line(sample).encode("utf-8"),
    "docx": word,
    "xlsx": one_sheet,
    "sheets.xlsx": sheet_per_section,
    "html": page,
    "gbk.html": page_gbk,
    "pdf": pdf,
}
"""Kind → maker; the last part of a kind is the ending of its files."""
