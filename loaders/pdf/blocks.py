"""From printed pages to a Document: text into the cells between rules, the rest into paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.pdf.page import PrintedPage
from loaders.ruling import Box, RuledTable, ruled_tables
from loaders.slots import tidy_grid, widths_between
from loaders.typesetting import Piece, lines, paragraphs

KIND: Final = "pdf"

_LARGEST_IN_CELL: Final = 26.0
"""Points: no form is set this large; an upright watermark is."""


def document_of(pages: Iterable[PrintedPage]) -> Document:
    """Return the text and tables of all pages; raises ReadError where there is no text."""
    blocks: list[TextBlock | Grid] = []
    words = unnamed = pictures = tables = 0
    for page in pages:
        words += len(page.words)
        unnamed += page.unnamed
        pictures += page.pictures
        found = list(_page(page, tables))
        tables += sum(isinstance(block, Grid) for block in found)
        blocks += found
    if not words:
        raise refusals.scanned() if pictures else refusals.empty()
    if 2 * unnamed > words:
        raise refusals.unmapped_text()
    return Document(KIND, tuple(blocks))


def _page(page: PrintedPage, tables_before: int) -> Iterator[TextBlock | Grid]:
    """Yield the blocks of one page by their upper edge."""
    tables = ruled_tables(page.rules)
    inside: list[list[list[Piece]]] = [[[] for _ in table.cells] for table in tables]
    outside: list[Piece] = []
    for word in _pieces(page, tables):
        place = _cell_of(word, tables)
        if place is None:
            outside.append(word)
        elif word.height <= _LARGEST_IN_CELL:
            inside[place[0]][place[1]].append(word)
    grids = [
        (table.ys[0], _grid(table, texts, page, number))
        for number, (table, texts) in enumerate(zip(tables, inside, strict=True), tables_before + 1)
    ]
    yield from _in_order(grids, lines(outside), page)


def _pieces(page: PrintedPage, tables: Sequence[RuledTable]) -> Iterator[Piece]:
    """Yield the words, those that begin and end in different cells in the pieces that touch."""
    for index, word in enumerate(page.words):
        if any(_crosses(word, table) for table in tables):
            yield from page.letters(index)
        else:
            yield word


def _crosses(word: Piece, table: RuledTable) -> bool:
    middle = (word.top + word.bottom) / 2
    return table.cell_at(word.x0, middle) != table.cell_at(word.x1, middle)


def _cell_of(word: Piece, tables: Sequence[RuledTable]) -> tuple[int, int] | None:
    for number, table in enumerate(tables):
        cell = table.cell_at(*word.centre)
        if cell is not None:
            return number, cell
    return None


def _grid(table: RuledTable, texts: list[list[Piece]], page: PrintedPage, number: int) -> Grid:
    cells = [
        GridCell(
            "\n".join(line.text for line in lines(pieces)),
            *cell[:4],
            place=_place(cell.box, page),
        )
        for cell, pieces in zip(table.cells, texts, strict=True)
    ]
    return tidy_grid(cells, number, widths_between(table.xs))


def _in_order(
    grids: list[tuple[float, Grid]], page_lines: list[Piece], page: PrintedPage
) -> Iterator[TextBlock | Grid]:
    """Yield grids and paragraphs from the top down; no paragraph runs across a grid."""
    left = min((line.x0 for line in page_lines), default=0.0)
    right = max((line.x1 for line in page_lines), default=0.0)
    for top, grid in [*grids, (float("inf"), None)]:
        above = [line for line in page_lines if line.top < top]
        page_lines = [line for line in page_lines if line.top >= top]
        for paragraph in paragraphs(above, left, right):
            yield TextBlock(paragraph.text, _place(paragraph.box, page))
        if grid is not None:
            yield grid


def _place(box: Box, page: PrintedPage) -> Place:
    x0, top, x1, bottom = page.shown(box)
    return Place(
        page=page.number, box=(round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
    )
