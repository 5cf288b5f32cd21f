"""PDFs by pdfplumber, in pure Python: the second reader, independent of the first and slow."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from loaders import refusals
from loaders.document import Document
from loaders.pdf.blocks import document_of
from loaders.pdf.page import MAX_PAGES, PrintedPage
from loaders.ruling import Box, is_line, sides
from loaders.typesetting import Piece, runs

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


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return document_of(_pages(pdf))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise refusals.encrypted() from error
        raise refusals.damaged() from error
    except _BROKEN as error:
        raise refusals.damaged() from error


def _pages(pdf: PDF) -> Iterator[PrintedPage]:
    if not pdf.pages:
        raise refusals.damaged()
    if len(pdf.pages) > MAX_PAGES:
        raise refusals.too_large()
    for page in pdf.pages:
        yield _page(page)
        page.close()


def _page(page: Page) -> PrintedPage:
    pieces = runs(_characters(page))
    return PrintedPage(
        page.page_number,
        pieces,
        list(_rules(page)),
        len(page.images),
        sum(piece.text.startswith(_UNMAPPED) for piece in pieces),
        letters=lambda index: [pieces[index]],
        shown=lambda box: box,
    )


def _rules(page: Page) -> Iterator[Box]:
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
