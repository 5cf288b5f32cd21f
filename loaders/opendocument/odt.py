"""OpenDocument texts (.odt), as LibreOffice and WPS write them: paragraphs and tables in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from form.report import Place
from loaders import refusals
from loaders.document import (
    Document,
    Grid,
    Piece,
    Pieces,
    TextBlock,
    in_lines,
    joined,
    odd,
    without_hidden,
    written_over,
)
from loaders.opendocument.parts import (
    attribute,
    content,
    hidden_columns,
    is_of_type,
    members,
    name,
    shown,
    span,
    stored_cells,
)
from loaders.opendocument.runs import PLAIN, Look, Looks, looks, pieces, under
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
    blocks = tuple(_Body(looks(data, root)).blocks(body))
    if not blocks:
        pictures = any(part.startswith(_PICTURES) for part in part_names(data))
        raise refusals.scanned() if pictures else refusals.empty()
    return Document(KIND, blocks)


class _Body:
    """Walks a body once and counts its paragraphs and tables."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
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
        found = without_hidden(pieces(element, self._looks))
        text = joined(found)
        if text.strip():
            yield TextBlock(text, Place(line=self._paragraphs), odd(found))
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
        stored = list(stored_cells(table))
        rows = {row for c in stored if c.is_hidden for row in range(c.row, c.row + c.rows)}
        columns = hidden_columns(table)
        for cell in stored:
            total += cell.rows * cell.columns
            if total > MAX_CELLS:
                raise refusals.too_large()
            ground = self._looks.get(attribute(cell.element, "table:style-name"), PLAIN)
            found = tuple(in_lines(self._lines(cell.element, ground)))
            text, odd_ones = joined(found), odd(found)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    drawn = Drawn(text, row, column, *span(cell.element), pieces=odd_ones)
                    yield drawn.hidden_in(rows, columns) if rows or columns else drawn

    def _lines(self, container: etree._Element, outer: Look) -> Iterator[Pieces]:
        """Yield the paragraphs of a cell of this look; a table inside it gives one line a row."""
        for element in members(container, "p", "h", "table"):
            if name(element) == "table":
                for row in members(element, "table-row"):
                    yield tuple(self._row(row, outer))
            else:
                yield pieces(element, self._looks, outer)
                for box in members(element, "text-box"):
                    for line in self._lines(box, PLAIN):
                        yield tuple(map(written_over, line))

    def _row(self, row: etree._Element, outer: Look) -> Iterator[Piece]:
        for number, cell in enumerate(members(row, "table-cell")):
            if number:
                yield Piece("\t")
            own = self._looks.get(attribute(cell, "table:style-name"), PLAIN)
            yield from in_lines(self._lines(cell, under(outer, own)))


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
