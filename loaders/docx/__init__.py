"""Word files (.docx): what the document shows, read straight from its main part.

Shown means: insertions are kept and deletions left out, the numbers of lists stand before their
paragraphs, and field codes, hidden text, headers and footers are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from zipfile import ZipFile

from lxml import etree

from form.language import _
from form.report import Note, Place
from loaders import refusals
from loaders.document import (
    Document,
    Grid,
    GridCell,
    Piece,
    ReadError,
    TextBlock,
    joined,
    odd,
    without_hidden,
)
from loaders.docx.chunks import Chunks
from loaders.docx.elements import flow, members, name_of
from loaders.docx.fields import drop_placeholders
from loaders.docx.looks import Looks
from loaders.docx.numbering import Numbering
from loaders.docx.tables import column_widths, drawn_cells, plain_rows, rows_as_shown
from loaders.docx.text import boxes, pieces_of, shown_rows
from loaders.package import (
    ENCRYPTED_STREAM,
    is_compound_with,
    open_package,
    parse_xml,
    part_names,
    read_part,
)
from loaders.slots import tidy_grid

KIND: Final = "docx"

# Office online names the main part document2.xml.
_MAIN_PART: Final = re.compile(r"word/document\d*\.xml")
_PLACEHOLDER: Final = b"showingPlcHdr"
_MEDIA: Final = "word/media/"
_OLD_STREAM: Final = "WordDocument"

Row = tuple[etree._Element, list[etree._Element]]
"""The elements of a row and of its cells."""


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a Word file, old and locked ones included (read tells)."""
    if is_compound_with(data, (ENCRYPTED_STREAM,)):
        return name.lower().endswith((".docx", ".docm", ".doc"))
    if is_compound_with(data, (_OLD_STREAM,)):
        return True
    return any(_MAIN_PART.fullmatch(part) for part in part_names(data))


def read(data: bytes) -> Document:
    """Return paragraphs and tables in the order of the body; raises ReadError."""
    if is_compound_with(data, (_OLD_STREAM,)):
        raise refusals.old_format(".docx")
    with open_package(data) as package:
        part, name = partial(_part, package), _main_part(package)
        main = read_part(package, name)
        body = _Body(Numbering(main, part), Looks(main, part), Chunks(name, part))
        root = parse_xml(main)
        if _PLACEHOLDER in main:
            drop_placeholders(root)
        blocks = tuple(body.blocks(root))
        if not blocks:
            raise _nothing_said(package)
    return Document(KIND, blocks, tuple(body.notes))


def _main_part(package: ZipFile) -> str:
    names = [name for name in package.namelist() if _MAIN_PART.fullmatch(name)]
    if not names:
        raise refusals.damaged()
    return min(names)


def _part(package: ZipFile, name: str) -> bytes:
    return read_part(package, name) if name in package.NameToInfo else b""


def _nothing_said(package: ZipFile) -> Exception:
    pictures = any(name.startswith(_MEDIA) for name in package.namelist())
    return refusals.scanned() if pictures else refusals.empty()


class _Body:
    """Walks a body once and counts its paragraphs and tables."""

    def __init__(self, numbering: Numbering, looks: Looks, chunks: Chunks) -> None:
        self.notes: list[Note] = []
        self._numbering = numbering
        self._looks = looks
        self._chunks = chunks
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, container: etree._Element) -> Iterator[TextBlock | Grid]:
        for element in members(container, "p", "tbl", "altChunk"):
            match name_of(element.tag):
                case "tbl":
                    yield from self._table(element)
                case "altChunk":
                    yield from self._chunk(element)
                case _:
                    yield from self._paragraph(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[TextBlock | Grid]:
        self._paragraphs += 1
        pieces = without_hidden(pieces_of(paragraph, self._looks))
        label = self._numbering.label(paragraph)
        text = joined(pieces)
        if text.strip():
            place = Place(line=self._paragraphs)
            yield TextBlock(label + text, place, odd((Piece(label), *pieces) if label else pieces))
        for box in boxes(paragraph):
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[TextBlock | Grid]:
        stored = plain_rows(table, self._numbering, self._looks)
        if stored is None or len(stored) <= 1:
            rows = [(row, list(members(row, "tc"))) for row in shown_rows(table)]
            if _is_frame(rows):
                for _row, cells in rows:
                    for cell in cells:
                        yield from self.blocks(cell)
                return
            stored = rows_as_shown(rows, self._numbering, self._looks)
        self._tables += 1
        yield tidy_grid(drawn_cells(stored), self._tables, column_widths(table))

    def _chunk(self, element: etree._Element) -> Iterator[TextBlock | Grid]:
        """Yield what a file inside the file says, its paragraphs and tables counted with the others."""
        try:
            inner = self._chunks.document(element)
        except ReadError as error:
            message = _("文件里嵌着另一个文件，没有读出来：{why}").format(why=error.message)
            self.notes.append(Note("part_unread", message))
            return
        for block in inner.blocks if inner is not None else ():
            if isinstance(block, TextBlock):
                self._paragraphs += 1
                yield replace(block, place=Place(line=self._paragraphs))
            else:
                self._tables += 1
                yield replace(block, cells=tuple(map(self._moved, block.cells)))

    def _moved(self, cell: GridCell) -> GridCell:
        place = Place(table=self._tables, row=cell.row + 1, column=cell.column + 1)
        return replace(cell, place=place)


def _is_frame(rows: Sequence[Row]) -> bool:
    """Say whether a table only frames what it holds: one cell, or one column of tables."""
    if any(len(cells) > 1 for _row, cells in rows):
        return False
    inside = [item for _row, cells in rows for cell in cells for item in flow(cell)]
    return len(rows) <= 1 or any(name_of(item.tag) == "tbl" for item in inside)
