"""Word files with really merged cells."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from form.layout import LayoutCell
from sample_reports.makers.archive import MADE_AT, without_time
from sample_reports.samples import Line, PrintedTable, Role, Sample, grid_rows

_FONT: Final = "宋体"
_SIZES: Final[dict[Role, float]] = {"title": 18, "heading": 14, "text": 12, "closing": 12}
_TABLE_SIZE: Final = 9
_ALIGNMENTS: Final = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "closing": WD_ALIGN_PARAGRAPH.RIGHT,
}


def word(sample: Sample) -> bytes:
    """Return the sample as a .docx."""
    document = Document()
    _set_up(document, sample)
    for block in sample.blocks:
        if isinstance(block, PrintedTable):
            _table(document, block)
        else:
            _line(document, block)
    target = BytesIO()
    document.save(target)
    return without_time(target.getvalue())


def _set_up(document: WordDocument, sample: Sample) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = sample.truth.agency
    properties.title = sample.title
    properties.comments = ""
    properties.created = properties.modified = MADE_AT
    style = document.styles["Normal"]
    style.font.name = _FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    _drop_unused(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)


def _drop_unused(document: WordDocument) -> None:
    """Leave out two parts of python-docx's template that nothing uses and that are most of its size."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del relations[key]


def _line(document: WordDocument, line: Line) -> None:
    paragraph = document.add_paragraph()
    if line.role in _ALIGNMENTS:
        paragraph.alignment = _ALIGNMENTS[line.role]
    if line.role == "text":
        paragraph.paragraph_format.first_line_indent = Pt(24)
    _write(paragraph, line.text, _SIZES[line.role], bold=line.role in ("title", "heading"))


def _write(paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = bold


def _table(document: WordDocument, table: PrintedTable) -> None:
    drawn = document.add_table(len(table.rows), table.width, style="Table Grid")
    # python-docx builds all cells anew at every look, so look once.
    cells = [row.cells for row in drawn.rows]
    for row in grid_rows(table):
        for cell in row:
            if not cell.continues:
                corner = cells[cell.row][cell.column]
                _merge(corner, cell.cell, cells, cell.row, cell.column)
                _fill(corner, cell.text)


def _merge(
    corner: _Cell, cell: LayoutCell, cells: list[tuple[_Cell, ...]], row: int, column: int
) -> None:
    if cell.row_span > 1 or cell.column_span > 1:
        corner.merge(cells[row + cell.row_span - 1][column + cell.column_span - 1])


def _fill(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if text:
        _write(paragraph, text, _TABLE_SIZE)
