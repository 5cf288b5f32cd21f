"""PDF files with a text layer: the tables between drawn lines, and the text around them.

pdfplumber gives characters, lines and rectangles; what they mean is worked out in `ruling`
(cells and spans) and `typesetting` (lines and paragraphs).
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.ruling import Box, RuledTable, is_line, ruled_tables, sides
from loaders.slots import tidy_grid, widths_between
from loaders.typesetting import Piece, lines, paragraphs, runs

KIND: Final = "pdf"
MAX_PAGES: Final = 200

_HEAD_BYTES: Final = 1024
_TAIL_BYTES: Final = 4096
_LARGEST_IN_CELL: Final = 26.0
"""Points: no form is set this large; an upright watermark is."""
_UNMAPPED: Final = "(cid:"

# pdfminer warns of every oddity of a font, hundreds of times a file.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# pdfminer lets through whatever a page's broken operators raise.
_BROKEN: Final = (
    PdfminerException,
    PDFException,
    PSException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    OSError,
    EOFError,
    RecursionError,
    struct.error,
    zlib.error,
)


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a PDF; the standard lets its mark come a little late."""
    del name
    return b"%PDF-" in data[:_HEAD_BYTES]


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    # A file cut short still opens, with the pages at its end lost without a word.
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise refusals.damaged()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return Document(KIND, tuple(_blocks(pdf)))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise refusals.encrypted() from error
        raise refusals.damaged() from error
    except _BROKEN as error:
        raise refusals.damaged() from error


def _blocks(pdf: PDF) -> list[TextBlock | Grid]:
    if not pdf.pages:
        raise refusals.damaged()
    if len(pdf.pages) > MAX_PAGES:
        raise refusals.too_large()
    blocks: list[TextBlock | Grid] = []
    characters = unmapped = pictures = tables = 0
    for page in pdf.pages:
        characters += len(page.chars)
        unmapped += sum(character["text"].startswith(_UNMAPPED) for character in page.chars)
        pictures += len(page.images)
        found = list(_page(page, tables))
        tables += sum(isinstance(block, Grid) for block in found)
        blocks += found
        page.close()
    if not characters:
        raise refusals.scanned() if pictures else refusals.empty()
    if 2 * unmapped > characters:
        raise refusals.unmapped_text()
    return blocks


def _page(page: Page, tables_before: int) -> Iterator[TextBlock | Grid]:
    """Yield the blocks of one page by their upper edge."""
    tables = ruled_tables(_drawn_lines(page))
    inside: list[list[list[Piece]]] = [[[] for _ in table.cells] for table in tables]
    outside: list[Piece] = []
    for run in runs(_characters(page)):
        table, cell = _cell_of(run, tables)
        if cell is None:
            outside.append(run)
        elif run.height <= _LARGEST_IN_CELL:
            inside[table][cell].append(run)
    grids = [
        (table.ys[0], _grid(table, texts, page.page_number, number))
        for number, (table, texts) in enumerate(zip(tables, inside, strict=True), tables_before + 1)
    ]
    yield from _in_order(grids, lines(outside), page.page_number)


def _drawn_lines(page: Page) -> Iterator[Box]:
    """Yield what is drawn as a line: strokes, thin rectangles, the sides of stroked ones."""
    for drawn in (*page.lines, *page.curves, *page.rects):
        box = _box(drawn)
        if is_line(box):
            yield box
        elif drawn["object_type"] == "rect" and drawn["stroke"]:
            yield from sides(box)


def _characters(page: Page) -> Iterator[Piece]:
    return (
        Piece(character["text"], *_box(character))
        for character in page.chars
        if not _is_slanted(character["matrix"])
    )


def _is_slanted(matrix: tuple[float, ...]) -> bool:
    """Say whether a character is turned by no right angle, as only watermarks are."""
    a, b, *_ = matrix
    return min(abs(a), abs(b)) > 0.05 * max(abs(a), abs(b))


def _box(drawn: dict[str, Any]) -> Box:
    return (drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"])


def _cell_of(run: Piece, tables: Iterable[RuledTable]) -> tuple[int, int | None]:
    for number, table in enumerate(tables):
        cell = table.cell_at(*run.centre)
        if cell is not None:
            return number, cell
    return 0, None


def _grid(table: RuledTable, texts: list[list[Piece]], page: int, number: int) -> Grid:
    cells = [
        GridCell(
            "\n".join(line.text for line in lines(pieces)),
            *cell[:4],
            place=Place(page=page, box=_rounded(cell.box)),
        )
        for cell, pieces in zip(table.cells, texts, strict=True)
    ]
    return tidy_grid(cells, number, widths_between(table.xs))


def _in_order(
    grids: list[tuple[float, Grid]], page_lines: list[Piece], page: int
) -> Iterator[TextBlock | Grid]:
    """Yield grids and paragraphs from the top down; no paragraph runs across a grid."""
    left = min((line.x0 for line in page_lines), default=0.0)
    right = max((line.x1 for line in page_lines), default=0.0)
    for top, grid in [*grids, (float("inf"), None)]:
        above = [line for line in page_lines if line.top < top]
        page_lines = [line for line in page_lines if line.top >= top]
        for paragraph in paragraphs(above, left, right):
            yield TextBlock(paragraph.text, Place(page=page, box=_rounded(paragraph.box)))
        if grid is not None:
            yield grid


def _rounded(box: Box) -> Box:
    x0, top, x1, bottom = (round(value, 1) for value in box)
    return (x0, top, x1, bottom)
