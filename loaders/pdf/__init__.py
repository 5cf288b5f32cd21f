"""PDF files with a text layer: the tables between drawn lines, and the text around them.

Two front ends (`pdfium`, `plumber`) say what is printed where; `blocks` makes cells and paragraphs
of it. PDFium is the first reader, pdfplumber the second opinion.
"""

from __future__ import annotations

from typing import Final

from loaders import refusals
from loaders.document import Document
from loaders.pdf import pdfium
from loaders.pdf.blocks import KIND
from loaders.pdf.page import MAX_PAGES

__all__ = ["KIND", "MAX_PAGES", "read", "read_with_pdfplumber", "recognises"]

_HEAD_BYTES: Final = 1024
_TAIL_BYTES: Final = 4096


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a PDF; the standard lets its mark come a little late."""
    del name
    return b"%PDF-" in data[:_HEAD_BYTES]


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    _refuse_cut(data)
    return pdfium.read(data)


def read_with_pdfplumber(data: bytes) -> Document:
    """Return what the second reader makes of the file; raises ReadError."""
    # pdfplumber takes longer to load than PDFium to read: it is loaded where it is asked for.
    from loaders.pdf import plumber

    _refuse_cut(data)
    return plumber.read(data)


def _refuse_cut(data: bytes) -> None:
    # A file cut short still opens, with the pages at its end lost without a word.
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise refusals.damaged()
