"""PDFs by PDFium, the reader inside Chromium: the first reader, right and fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock
from typing import Any, Final

import pypdfium2  # noqa: F401 # starts the library
from pypdfium2 import raw

from loaders import refusals
from loaders.document import Document
from loaders.pdf.annotations import Form
from loaders.pdf.blocks import document_of
from loaders.pdf.page import MAX_CHARACTERS, MAX_PAGES, PrintedPage
from loaders.pdf.sheet import Sheet, printed

# PDFium keeps a state of its own and may be entered by one thread at a time.
_ENTRANCE: Final = Lock()
_LOCKED: Final = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    with opened(data) as document:
        return document_of(_pages(document))


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give a document of PDFium, which nobody else enters meanwhile; raises ReadError."""
    with _ENTRANCE:
        document = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            locked = raw.FPDF_GetLastError() in _LOCKED
            raise refusals.encrypted() if locked else refusals.damaged()
        try:
            yield document
        finally:
            raw.FPDF_CloseDocument(document)


def _pages(document: Any) -> Iterator[PrintedPage]:
    count = raw.FPDF_GetPageCount(document)
    if count < 1:
        raise refusals.damaged()
    if count > MAX_PAGES:
        raise refusals.too_large()
    room = MAX_CHARACTERS
    with closing(Form(document)) as form:
        for index in range(count):
            with closing(Sheet(document, index, form)) as sheet:
                room -= len(sheet.text.signs)
                if room < 0:
                    raise refusals.too_large()
                yield printed(sheet, index + 1)
