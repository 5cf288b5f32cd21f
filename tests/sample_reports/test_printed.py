"""Every file prints its truth: read back with the plainest tool for its kind."""

from collections.abc import Callable, Iterator
from io import BytesIO

import docx
import openpyxl
import pdfplumber
import pytest
from lxml import html

from sample_reports.invented import Invented, invented_reports
from sample_reports.makers import MAKERS
from sample_reports.samples import PrintedTable, grid_rows

Matrix = list[list[str]]

REPORTS = list(invented_reports())


def tables(report: Invented) -> list[PrintedTable]:
    return [block for block in report.sample.blocks if isinstance(block, PrintedTable)]


def values(table: PrintedTable) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of every cell for a value."""
    for row in grid_rows(table):
        for cell in row:
            if cell.cell.address is not None:
                yield cell.row, cell.column, cell.text


def from_word(data: bytes) -> list[Matrix]:
    document = docx.Document(BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def from_pdf(data: bytes) -> list[Matrix]:
    with pdfplumber.open(BytesIO(data)) as document:
        found = [table for page in document.pages for table in page.extract_tables()]
    joined: list[Matrix] = []
    for table in found:
        rows = [padded(["".join((text or "").split()) for text in row]) for row in table]
        if joined and len(joined[-1][0]) == len(rows[0]):
            joined[-1] += rows
        else:
            joined.append(rows)
    return joined


def padded(row: list[str]) -> list[str]:
    """Where a page ends before the finer labels begin, section 三 has fewer columns for labels."""
    labels = len(row) - 7
    return [*row[:labels], *[""] * (3 - labels), *row[labels:]] if labels in (1, 2) else row


def from_html(data: bytes) -> list[Matrix]:
    return [spread(table) for table in html.fromstring(data).iterfind(".//table")]


def spread(table: html.HtmlElement) -> Matrix:
    placed: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table.iterfind(".//tr")):
        column = 0
        for cell in row.iterfind("td"):
            while (number, column) in placed:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    placed[number + down, column + right] = cell.text_content().strip()
    height, width = (1 + max(places) for places in zip(*placed, strict=True))
    return [[placed[row, column] for column in range(width)] for row in range(height)]


def from_tabs(data: bytes) -> list[Matrix]:
    blocks = data.decode("utf-8").split("\n\n")
    return [[line.split("\t") for line in block.split("\n")] for block in blocks if "\t" in block]


def from_workbook(data: bytes) -> list[Matrix]:
    """The rows of all sheets, from each table's first row on."""
    rows = [
        ["" if value is None else str(value) for value in row]
        for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    return [
        cut
        for start in ("第二十条第（一）项", "（本列数据", "行政复议")
        for cut in [from_row(rows, start)]
    ]


def from_row(rows: Matrix, start: str) -> Matrix:
    first = next(number for number, row in enumerate(rows) if row[0].startswith(start))
    return rows[first:]


READERS: dict[str, Callable[[bytes], list[Matrix]]] = {
    "docx": from_word,
    "pdf": from_pdf,
    "html": from_html,
    "gbk.html": from_html,
    "tabs.txt": from_tabs,
    "xlsx": from_workbook,
    "sheets.xlsx": from_workbook,
}


@pytest.mark.parametrize(
    "report",
    [report for report in REPORTS if report.sample.kind in READERS],
    ids=lambda report: report.file_name,
)
def test_every_value_stands_at_its_place(report: Invented) -> None:
    read = READERS[report.sample.kind](MAKERS[report.sample.kind](report.sample))
    expected = tables(report)
    assert len(read) == len(expected)
    for matrix, table in zip(read, expected, strict=True):
        for row, column, text in values(table):
            assert matrix[row][column] == text, (table.key, row, column)


@pytest.mark.parametrize(
    "report",
    [report for report in REPORTS if report.sample.kind in ("cells.txt", "gbk.txt")],
    ids=lambda report: report.file_name,
)
def test_every_cell_stands_on_its_own_line(report: Invented) -> None:
    encoding = {"cells.txt": "utf-8", "gbk.txt": "gb18030"}[report.sample.kind]
    text = MAKERS[report.sample.kind](report.sample).decode(encoding)
    printed = [line[1:] for line in text.split("\n") if line.startswith("\t")]
    assert printed == [
        cell.text for table in tables(report) for row in grid_rows(table) for cell in row
    ]


def test_every_kind_is_read_back() -> None:
    assert {*READERS, "cells.txt", "gbk.txt"} == set(MAKERS)


def test_an_official_table_is_really_merged() -> None:
    report = next(report for report in REPORTS if report.sample.kind == "docx")
    table = docx.Document(BytesIO(MAKERS["docx"](report.sample))).tables[1]
    corners = {cell._tc for row in table.rows for cell in row.cells}
    assert len(corners) == sum(len(row) for row in tables(report)[1].rows)


def test_every_pdf_tears_section_three_between_pages() -> None:
    for report in REPORTS:
        if report.sample.kind == "pdf":
            with pdfplumber.open(BytesIO(MAKERS["pdf"](report.sample))) as document:
                pages = [page.extract_text() for page in document.pages]
            begins = next(n for n, text in enumerate(pages) if "一、本年新收" in text)
            ends = next(n for n, text in enumerate(pages) if "四、结转下年度" in text)
            assert begins < ends, report.file_name
