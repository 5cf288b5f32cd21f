"""PDFs by PDFium, the reader inside Chromium: the first reader, right and fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import pypdfium2  # noqa: F401 # starts the library
from pypdfium2 import raw

from loaders import refusals
from loaders.document import Document
from loaders.pdf.blocks import document_of
from loaders.pdf.calls import handle
from loaders.pdf.drawings import Drawings
from loaders.pdf.letters import PageText
from loaders.pdf.page import MAX_CHARACTERS, MAX_PAGES, PrintedPage, placing, turning
from loaders.ruling import Box

# PDFium keeps a state of its own and may be entered by one thread at a time.
_ENTRANCE: Final = Lock()
_LOCKED: Final = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read(data: bytes) -> Document:
    """Return text and tables from the first page to the last; raises ReadError."""
    with _ENTRANCE, _opened(data) as document:
        return document_of(_pages(document))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
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
    for index in range(count):
        with _loaded(document, index) as (page, text_page):
            text = PageText(handle(text_page))
            room -= len(text.signs)
            if room < 0:
                raise refusals.too_large()
            yield _page(page, text, index + 1)


@contextmanager
def _loaded(document: Any, index: int) -> Iterator[tuple[Any, Any]]:
    """Give a page and its text layer, open for as long as both are needed."""
    page = raw.FPDF_LoadPage(document, index)
    text_page = raw.FPDFText_LoadPage(page) if page else None
    try:
        if not text_page:
            raise refusals.damaged()
        yield page, text_page
    finally:
        if text_page:
            raw.FPDFText_ClosePage(text_page)
        if page:
            raw.FPDF_ClosePage(page)


def _page(page: Any, text: PageText, number: int) -> PrintedPage:
    left, bottom, right, top = bounds = _bounds(page)
    place = placing(bounds, text.quarters)
    words, spans = text.words(place)
    drawings = Drawings(handle(page), place)
    if not all(map(text.is_blank, drawings.shapeless)):
        # Of such text PDFium drops what stands alone: a 无, a full-width number of one digit.
        raise refusals.fonts_missing()
    width, height = right - left, top - bottom
    size = (width, height) if text.quarters % 2 == 0 else (height, width)
    return PrintedPage(
        number,
        size,
        words,
        drawings.rules,
        drawings.pictures,
        text.unnamed,
        letters=lambda index: text.letters(*spans[index], place),
        shown=turning(*size, raw.FPDFPage_GetRotation(page) - text.quarters),
    )


def _bounds(page: Any) -> Box:
    """Return left, bottom, right and top edge of what is seen of a page that is not turned."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top
