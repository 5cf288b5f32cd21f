"""PDF files with a text layer: the tables between drawn lines, and the text around them.

Two front ends (`pdfium`, `plumber`) say what is printed where; `blocks` makes cells and paragraphs
of it. PDFium is the first reader, pdfplumber the second opinion.
"""

from __future__ import annotations

from typing import Final

from loaders import refusals
from loaders.document import Document, Grid, ReadError
from loaders.pdf import pdfium
from loaders.pdf.blocks import KIND
from loaders.pdf.damage import is_damaged
from loaders.pdf.doubting import doubted
from loaders.pdf.page import MAX_PAGES

__all__ = ["KIND", "MAX_PAGES", "read", "read_with_pdfium", "read_with_pdfplumber", "recognises"]

_HEAD_BYTES: Final = 1024
_TAIL_BYTES: Final = 4096


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a PDF; the standard lets its mark come a little late."""
    del name
    return b"%PDF-" in data[:_HEAD_BYTES]


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError.

    Where the first reader finds rows of numbers but no lines between them, the second is asked,
    and also where the first would need fonts that this computer does not have.
    """
    return _told_damaged(data, _best(data), ask=True)


def _best(data: bytes) -> Document:
    _refuse_cut(data)
    try:
        document = pdfium.read(data)
    except ReadError as error:
        if error.code != "fonts_missing":
            raise
        return _second(data)
    if not _has_loose_tables(document):
        return document
    try:
        second = _second(data)
    except ReadError:
        return document
    return document if _has_loose_tables(second) else second


def read_with_pdfium(data: bytes) -> Document:
    """Return what the first reader makes of the file; raises ReadError."""
    _refuse_cut(data)
    return _told_damaged(data, pdfium.read(data))


def read_with_pdfplumber(data: bytes) -> Document:
    """Return what the second reader makes of the file; raises ReadError."""
    _refuse_cut(data)
    return _told_damaged(data, _second(data))


def _second(data: bytes) -> Document:
    # Loading pdfplumber takes longer than reading a file by PDFium, and is seldom needed.
    from loaders.pdf import plumber

    return plumber.read(data)


def _told_damaged(data: bytes, document: Document, *, ask: bool = False) -> Document:
    """Return a document that says that its file is damaged, if it is.

    Its numbers stand only where the second reader, if there is to `ask` one, finds them too.
    """
    if not is_damaged(data):
        return document
    if not ask:
        return doubted(document, document)
    try:
        return doubted(document, _second(data))
    except ReadError:
        return doubted(document, None)


def _has_loose_tables(document: Document) -> bool:
    return any(isinstance(block, Grid) and not block.aligned for block in document.blocks)


def _refuse_cut(data: bytes) -> None:
    # A file cut short still opens, with the pages at its end lost without a word.
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise refusals.damaged()
