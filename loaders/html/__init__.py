"""Saved web pages: what a browser shows of the text, and the tables in it.

Tables follow the HTML standard's table model (rows in groups, `colspan`, `rowspan`). A table that
holds other tables, or has a single cell, only arranges the page: its contents are given in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from form.values import LOST
from loaders import refusals
from loaders.document import Document, Grid, TextBlock
from loaders.html.css import mark, may_be_odd
from loaders.html.filled import mark_filled
from loaders.html.flow import Flow
from loaders.html.source import HEAD_BYTES, decoded, is_web_archive, page_of, parsed

KIND: Final = "html"

_LEAST_SIGNS_A_ZERO: Final = 100
"""A few zero bytes in a page are passed over; in other files they are many."""
_MARKUP: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|div|section|article|p|span|h[1-6])\b[^<]*>",
    re.IGNORECASE,
)


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a web page, alone or with its pictures in one file (.mhtml)."""
    head = data[:HEAD_BYTES]
    if is_web_archive(head):
        return True
    text = decoded(head, strict=False)
    named = name.lower().endswith((".html", ".htm")) and "<" in text and "\0" not in text
    is_text = text.count("\0") * _LEAST_SIGNS_A_ZERO <= len(text)
    return named or (is_text and _MARKUP.search(text) is not None)


def read(data: bytes) -> Document:
    """Return paragraphs and tables in page order; raises ReadError."""
    source = decoded(page_of(data)).replace("\0", LOST)
    root = parsed(source)
    page = Flow()
    if root is not None:
        if may_be_odd(source):
            mark(root)
        mark_filled(root)
        page.walk(root)
        page.end_paragraph()
    if not page.blocks:
        raise refusals.empty()
    return Document(KIND, tuple(_with_damage(page.blocks, source)))


def _with_damage(blocks: Sequence[TextBlock | Grid], source: str) -> Iterator[TextBlock | Grid]:
    """Yield the blocks; a table in which letters are lost, or the page ends, is damaged."""
    last = next((block for block in reversed(blocks) if isinstance(block, Grid)), None)
    torn = last if _ends_in_table(source) else None
    for block in blocks:
        if isinstance(block, Grid) and (block is torn or _lost_some(block)):
            yield replace(block, is_damaged=True)
        else:
            yield block


def _lost_some(grid: Grid) -> bool:
    return any(LOST in cell.text for cell in grid.cells)


def _ends_in_table(source: str) -> bool:
    """Say whether a page was cut off within a table."""
    folded = source.lower()
    opened, closed = folded.rfind("<table"), folded.rfind("</table")
    return opened > closed and "</html" not in folded[opened:] and "</body" not in folded[opened:]
