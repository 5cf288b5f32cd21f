"""From printed pages to a Document: text into the cells between rules, the rest into paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Final

from form.language import _
from form.report import Note, Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.pdf.celltext import told, with_cut, with_unread
from loaders.pdf.loose import LooseTable, loose_tables, top_of
from loaders.pdf.page import PrintedPage
from loaders.pdf.painting import visible
from loaders.pdf.ruling import Box, RuledCell, RuledTable, ruled_tables
from loaders.pdf.typesetting import Piece, lines, paragraphs, united
from loaders.slots import SLIVER, seen, widths_between

KIND: Final = "pdf"

_LARGEST_IN_CELL: Final = 26.0
"""Points: no form is set this large; an upright watermark is."""
_WIDEST_PICTURE: Final = 120.0
"""Points: no column of numbers is wider."""


def document_of(pages: Iterable[PrintedPage]) -> Document:
    """Return the text and tables of all pages; raises ReadError where there is no text."""
    blocks: list[TextBlock | Grid] = []
    words = unnamed = pictures = tables = 0
    pictured: list[int] = []
    goes_on = False
    for page in pages:
        words += len(page.words)
        unnamed += page.unnamed
        pictures += len(page.pictures)
        if page.is_picture:
            pictured.append(page.number)
        found = list(_page(page, tables, goes_on))
        goes_on = any(isinstance(block, Grid) and not block.aligned for block in found)
        tables += sum(isinstance(block, Grid) for block in found)
        blocks += found
    if not words:
        raise refusals.scanned() if pictures else refusals.empty()
    if 2 * unnamed > words:
        raise refusals.unmapped_text()
    return Document(KIND, tuple(blocks), tuple(_notes(pictured)))


def _notes(pictured: list[int]) -> Iterator[Note]:
    if pictured:
        pages = "、".join(map(str, pictured))
        message = _("第 {pages} 页只有图片，没有文字；图片里的内容没有读。")
        yield Note("picture_pages", message.format(pages=pages))


def _page(page: PrintedPage, tables_before: int, goes_on: bool) -> Iterator[TextBlock | Grid]:
    """Yield the blocks of one page by their upper edge; `goes_on` behind a table without lines."""
    tables = ruled_tables(page.rules)
    inside: list[list[list[Piece]]] = [[[] for _cell in table.cells] for table in tables]
    outside: list[Piece] = []
    for word, table, cell in _placed(page, tables):
        if cell is None:
            outside.append(word)
        elif word.height <= _LARGEST_IN_CELL:
            inside[table][cell].append(word)
    seen_outside = [*visible(outside), *_pictured(page, tables)]
    loose, outside = loose_tables(seen_outside, after_table=goes_on)
    found: list[tuple[float, Callable[[int], Grid]]] = [
        *(
            (table.ys[0], partial(_grid, page, table, texts))
            for table, texts in zip(tables, inside, strict=True)
        ),
        *((top_of(table), partial(_loose_grid, page, table)) for table in loose),
    ]
    found.sort(key=itemgetter(0))
    grids = [(top, grid(number)) for number, (top, grid) in enumerate(found, tables_before + 1)]
    yield from _in_order(grids, lines(outside), page)


def _pictured(page: PrintedPage, tables: Sequence[RuledTable]) -> Iterator[Piece]:
    """Yield what is drawn outside of all tables and is small enough for a number, as a picture."""
    for box in page.drawn:
        picture = Piece("", *box, "picture")
        is_small = picture.height <= _LARGEST_IN_CELL and box[2] - box[0] <= _WIDEST_PICTURE
        if is_small and _cell_of(picture, tables)[1] is None:
            yield picture


def _placed(
    page: PrintedPage, tables: Sequence[RuledTable]
) -> Iterator[tuple[Piece, int, int | None]]:
    """Yield each word with its table and its cell there, None for one outside of all tables.

    A word that touches several cells is given in the pieces that it consists of.
    """
    if not tables:
        yield from ((word, 0, None) for word in page.words)
        return
    for index, word in enumerate(page.words):
        table, cell = _cell_of(word, tables)
        if _is_whole(word, tables, table, cell):
            yield word, table, cell
        else:
            for piece in page.letters(index):
                yield piece, *_cell_of(piece, tables)


def _cell_of(word: Piece, tables: Sequence[RuledTable]) -> tuple[int, int | None]:
    x, y = word.centre
    for number, table in enumerate(tables):
        cell = table.cell_at(x, y)
        if cell is not None:
            return number, cell
    return 0, None


def _is_whole(word: Piece, tables: Sequence[RuledTable], number: int, cell: int | None) -> bool:
    """Say whether a word lies within its cell, or outside of all tables."""
    if cell is not None:
        left, _, right, _ = tables[number].cells[cell].box
        return left <= word.x0 and word.x1 <= right
    middle = word.centre[1]
    return all(
        word.x1 <= table.xs[0]
        or table.xs[-1] <= word.x0
        or table.cell_at(table.xs[0], middle) is None
        for table in tables
    )


def _grid(page: PrintedPage, table: RuledTable, texts: list[list[Piece]], number: int) -> Grid:
    cells, texts = _without_gaps(table, texts)
    slots = seen([cell[:4] for cell in cells], widths_between(table.xs))
    place_of = partial(_place, rounded=_Rounding())
    boxes = [cell.box for cell in cells]
    texts = with_unread(boxes, texts, page.drawn, page.figures)
    texts = with_cut(boxes, texts, page.ends or (0.0, page.size[0]))
    return Grid(
        tuple(
            _cell(pieces, place_of(cell.box, page, number, slot[0] + 1, slot[1] + 1), *slot)
            for cell, slot, pieces in zip(cells, slots, texts, strict=True)
        )
    )


def _without_gaps(
    table: RuledTable, texts: list[list[Piece]]
) -> tuple[Sequence[RuledCell], list[list[Piece]]]:
    """Return cells and texts without what only lies between the frames of cells.

    Browsers draw a frame around each cell of a table whose borders are not collapsed: what is left
    between two frames is a row or column too narrow for any letter, and nothing stands in it.
    """
    rows = {row for row, size in enumerate(widths_between(table.ys)) if size < SLIVER}
    columns = {column for column, size in enumerate(widths_between(table.xs)) if size < SLIVER}
    if not rows and not columns:
        return table.cells, texts
    told = [cell for cell, pieces in zip(table.cells, texts, strict=True) if pieces]
    for cell in told:
        down, across = _down(cell), _across(cell)
        if rows.issuperset(down):
            rows.difference_update(down)
        if columns.issuperset(across):
            columns.difference_update(across)
    kept = [
        (cell, pieces)
        for cell, pieces in zip(table.cells, texts, strict=True)
        if not (rows.issuperset(_down(cell)) or columns.issuperset(_across(cell)))
    ]
    return [cell for cell, _pieces in kept], [pieces for _cell, pieces in kept]


def _down(cell: RuledCell) -> range:
    return range(cell.row, cell.row + cell.row_span)


def _across(cell: RuledCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _loose_grid(page: PrintedPage, table: LooseTable, number: int) -> Grid:
    cells = (
        _cell(field, _place(united(field).box, page, number, row + 1, column + 1), row, column)
        for row, fields in enumerate(table)
        for column, field in enumerate(fields)
    )
    return Grid(tuple(cells), aligned=False)


def _cell(
    pieces: Sequence[Piece], place: Place, row: int, column: int, rows: int = 1, columns: int = 1
) -> GridCell:
    text, odd = told(pieces)
    return GridCell(text, row, column, rows, columns, place, pieces=odd)


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


class _Rounding(dict[float, float]):
    """Tenths of points: the cells of a table share their few edges, and rounding takes its time."""

    def __missing__(self, exact: float) -> float:
        self[exact] = rounded = round(exact, 1)
        return rounded


def _place(box: Box, page: PrintedPage, *at: int, rounded: _Rounding | None = None) -> Place:
    """Return the place of a box; `at` is table, row and column where it is a cell's."""
    x0, top, x1, bottom = page.shown(box)
    tenths = _Rounding() if rounded is None else rounded
    shown = tenths[x0], tenths[top], tenths[x1], tenths[bottom]
    return Place(None, page.number, shown, None, None, *at)
