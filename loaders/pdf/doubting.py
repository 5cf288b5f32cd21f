"""What is sure in a damaged PDF: no blank, and no number that two readers do not agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from form.language import _
from form.report import Note
from form.values import LOST, folded, mark_of
from loaders.document import Document, Grid, GridCell

_Where = tuple[int | None, int, int, int]
"""Page, which grid of its page, and row and column of a cell in it."""


def doubted(document: Document, second: Document | None) -> Document:
    """Return the document of a damaged file; `second` is what another reader makes of it.

    A number that reads otherwise there ends in a sign that is lost, for one of its digits may be;
    where there is no other reader, every number does.
    """
    others = {} if second is None else {at: folded(cell.text) for at, cell in _cells(second)}
    texts = {id(cell): others.get(at) for at, cell in _cells(document)}
    blocks = tuple(
        replace(
            block,
            cells=tuple(_doubted(cell, texts[id(cell)]) for cell in block.cells),
            is_damaged=True,
        )
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    )
    message = _("文件有损坏，有的内容可能丢失；表中的空格和两种读法不一致的数读不准。")
    return replace(document, blocks=blocks, notes=(*document.notes, Note("damaged", message)))


def _cells(document: Document) -> Iterator[tuple[_Where, GridCell]]:
    count: Counter[int | None] = Counter()
    for block in document.blocks:
        if isinstance(block, Grid) and block.cells:
            page = block.cells[0].place.page
            count[page] += 1
            for cell in block.cells:
                yield (page, count[page], cell.row, cell.column), cell


def _doubted(cell: GridCell, other: str | None) -> GridCell:
    if other == folded(cell.text) or mark_of(cell.text) != "number":
        return cell
    return replace(cell, text=cell.text + LOST, pieces=())
