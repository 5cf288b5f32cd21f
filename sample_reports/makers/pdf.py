"""PDF files with ruled tables, which run over the end of a page as they do in print."""

from __future__ import annotations

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
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as RuledTable

from form.model import TableKey
from sample_reports.samples import Line, PrintedTable, Role, Sample, grid_rows, torn

_FONT: Final = "STSong-Light"
_COLUMN_WIDTHS: Final[dict[TableKey, list[float]]] = {
    "disclosure": [60 * mm, 38 * mm, 38 * mm, 38 * mm],
    "applications": [11 * mm, 17 * mm, 60 * mm, *[12.2 * mm] * 7],
    "disputes": [11.6 * mm] * 15,
}
_FEWEST_ROWS: Final = 5
"""Rows of a table that must fit at the end of a page; fewer go to the next one."""
_BELOW_HEADING: Final = 52 * mm
"""Room that a heading needs below itself on its page: enough for a table's first rows."""
_ENDLESS: Final = 1e6
"""Room to measure in; in less, reportlab measures no row beyond its end."""
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
    story = [part for block in sample.blocks for part in _flowables(block)]
    document.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return target.getvalue()


def _flowables(block: Line | PrintedTable) -> list[Flowable]:
    if isinstance(block, PrintedTable):
        return [_Ruled(block)]
    paragraph = Paragraph(block.text, _LINES[block.role])
    return [CondPageBreak(_BELOW_HEADING), paragraph] if block.role == "heading" else [paragraph]


class _Ruled(Flowable):  # type: ignore[misc] # reportlab publishes no types
    """A table that tears between two rows where the page ends, even within merged cells.

    reportlab's own table moves whole merged cells to the next page, which no printed report does.
    """

    def __init__(self, table: PrintedTable) -> None:
        super().__init__()
        self.spaceAfter = 4 * mm
        self._table = table
        self._drawn = _ruled(table)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = self._drawn.wrap(width, height)
        return float(wide), float(high)

    def split(self, width: float, height: float) -> list[Flowable]:
        # Measured piece by piece: a label in fewer rows can make them higher.
        for rows in range(len(self._table.rows) - 1, _FEWEST_ROWS - 1, -1):
            parts = [_Ruled(part) for part in torn(self._table, rows)]
            if parts[0].wrap(width, _ENDLESS)[1] <= height:
                return parts
        return []

    def draw(self) -> None:
        self._drawn.drawOn(self.canv, 0, 0)


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
