"""OpenDocument texts (.odt), as LibreOffice and WPS write them: paragraphs and tables in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, TextBlock
from loaders.opendocument import (
    attribute,
    content,
    is_of_type,
    members,
    name,
    paragraph,
    shown,
    span,
    stored_cells,
    styles,
)
from loaders.package import part_names
from loaders.slots import Drawn, tidy_grid

KIND: Final = "odt"
MAX_CELLS: Final = 200_000

_MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
_PICTURES: Final = "Pictures/"


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are an OpenDocument text."""
    del name
    return is_of_type(data, _MIMETYPE)


def read(data: bytes) -> Document:
    """Return paragraphs and tables in the order of the body; raises ReadError."""
    root = content(data)
    body = next(members(root, "text"), None)
    if body is None:
        raise refusals.damaged()
    blocks = tuple(_Body(styles(root, "text:display", "none")).blocks(body))
    if not blocks:
        pictures = any(part.startswith(_PICTURES) for part in part_names(data))
        raise refusals.scanned() if pictures else refusals.empty()
    return Document(KIND, blocks)


class _Body:
    """Walks a body once and counts its paragraphs and tables."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, container: etree._Element) -> Iterator[TextBlock | Grid]:
        for element in shown(container):
            match name(element):
                case "p" | "h":
                    yield from self._paragraph(element)
                case "table":
                    yield from self._table(element)
                case _:
                    yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[TextBlock | Grid]:
        self._paragraphs += 1
        text = paragraph(element, self._hidden)
        if text.strip():
            yield TextBlock(text, Place(line=self._paragraphs))
        for box in members(element, "text-box"):
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[TextBlock | Grid]:
        if _is_frame(table):
            for cell in members(table, "table-cell"):
                yield from self.blocks(cell)
            return
        self._tables += 1
        yield tidy_grid(list(self._cells(table)), self._tables)

    def _cells(self, table: etree._Element) -> Iterator[Drawn]:
        total = 0
        for cell in stored_cells(table):
            total += cell.rows * cell.columns
            if total > MAX_CELLS:
                raise refusals.too_large()
            text = "\n".join(line for line in self._lines(cell.element) if line.strip())
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    yield Drawn(text, row, column, *span(cell.element))

    def _lines(self, container: etree._Element) -> Iterator[str]:
        """Yield the paragraphs of a cell; a table inside it gives one line a row."""
        for element in members(container, "p", "h", "table"):
            if name(element) == "table":
                for row in members(element, "table-row"):
                    cells = members(row, "table-cell")
                    yield "\t".join("\n".join(self._lines(cell)) for cell in cells)
            else:
                yield paragraph(element, self._hidden)
                for box in members(element, "text-box"):
                    yield from self._lines(box)


def _is_frame(table: etree._Element) -> bool:
    """Say whether a table only frames what it holds: one cell, or one column of tables."""
    cells = list(stored_cells(table))
    if sum(cell.rows * cell.columns for cell in cells) == 1:
        return True
    one_column = all(cell.column == 0 for cell in cells)
    return one_column and any(
        name(inner) == "table" and attribute(inner, "table:is-sub-table") != "true"
        for cell in cells
        for inner in shown(cell.element)
    )
