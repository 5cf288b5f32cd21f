"""PDF files with ruled tables; section 三 runs over a page break."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as RuledTable

from form.layout import LayoutRow
from form.model import TableKey
from sample_reports.samples import Line, PrintedTable, Role, Sample, grid_rows

_FONT: Final = "STSong-Light"
_COLUMN_WIDTHS: Final[dict[TableKey, list[float]]] = {
    "disclosure": [60 * mm, 38 * mm, 38 * mm, 38 * mm],
    "applications": [14 * mm, 20 * mm, 52 * mm, *[12.5 * mm] * 7],
    "disputes": [11.6 * mm] * 15,
}
_RULES: Final = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]


def _style(name: str, size: float, alignment: int, indent: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=_FONT,
        fontSize=size,
        leading=size * 1.5,
        alignment=alignment,
        firstLineIndent=indent,
        wordWrap="CJK",
        spaceAfter=size / 2,
    )


_LINES: Final[dict[Role, ParagraphStyle]] = {
    "title": _style("title", 17, TA_CENTER),
    "heading": _style("heading", 13, TA_LEFT),
    "text": _style("text", 11, TA_LEFT, 22),
    "closing": _style("closing", 11, TA_RIGHT),
}
_CELL: Final = ParagraphStyle(
    "cell", fontName=_FONT, fontSize=8, leading=10.5, alignment=TA_CENTER, wordWrap="CJK"
)


def pdf(sample: Sample) -> bytes:
    """Return the sample as a PDF; its font is the reader's own, so that the file stays small."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=sample.title,
        author=sample.truth.agency,
        invariant=1,
        # Uncompressed, the bytes do not depend on the compressor at hand.
        pageCompression=0,
    )
    story = [part for block in sample.blocks for part in _flowables(block, sample.truth.year)]
    document.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return target.getvalue()


def _flowables(block: Line | PrintedTable, year: int) -> list[Flowable]:
    if isinstance(block, Line):
        return [Paragraph(block.text, _LINES[block.role])]
    if block.key != "applications":
        return [_ruled(block), Spacer(1, 4 * mm)]
    # Where the page ends differs from year to year, as it does in life.
    above, below = _torn(block, 12 + year % 7)
    return [_ruled(above), PageBreak(), _ruled(below), Spacer(1, 4 * mm)]


def _torn(table: PrintedTable, height: int) -> tuple[PrintedTable, PrintedTable]:
    """Return the table's first `height` rows and the rest; cells that reach over are cut in two."""
    above = tuple(
        tuple(
            replace(cell.cell, row_span=min(cell.cell.row_span, height - cell.row))
            for cell in row
            if not cell.continues
        )
        for row in grid_rows(table)[:height]
    )
    reaching = tuple(
        replace(cell.cell, text="", row_span=_rows_below(table, cell.column, height))
        if cell.continues
        else cell.cell
        for cell in grid_rows(table)[height]
    )
    rest: tuple[LayoutRow, ...] = (reaching, *table.rows[height + 1 :])
    return replace(table, rows=above), replace(table, rows=rest)


def _rows_below(table: PrintedTable, column: int, height: int) -> int:
    """Return how many rows from row `height` on the cell at this column still covers."""
    count = 0
    for row in grid_rows(table)[height:]:
        if not any(cell.column == column and cell.continues for cell in row):
            break
        count += 1
    return count


def _ruled(table: PrintedTable) -> RuledTable:
    rows: list[list[Any]] = [[""] * table.width for _ in table.rows]
    rules: list[tuple[Any, ...]] = list(_RULES)
    for printed in grid_rows(table):
        for cell in printed:
            if cell.continues:
                continue
            rows[cell.row][cell.column] = Paragraph(cell.text, _CELL) if cell.text else ""
            last = (cell.column + cell.cell.column_span - 1, cell.row + cell.cell.row_span - 1)
            if last != (cell.column, cell.row):
                rules.append(("SPAN", (cell.column, cell.row), last))
    return RuledTable(rows, colWidths=_COLUMN_WIDTHS[table.key], style=rules, splitByRow=0)


def _page_number(canvas: Canvas, _document: SimpleDocTemplate) -> None:
    canvas.setFont(_FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"— {canvas.getPageNumber()} —")
