"""What every reader makes of a file: paragraphs and grids of text, in reading order.

A Document holds what is printed and where, and no opinion about it. The recogniser alone knows
what an annual report looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from form.report import Json, Note, Oddity, Place
from loaders.cleaning import clean, cleaned, is_clean

READER_VERSION: Final = 1
"""Goes up with each change by which a file may read otherwise than it did."""


class ReadError(Exception):
    """A file that cannot be read; shown to people without a traceback.

    `code` is a short English word for programs, `message` a Chinese sentence for people. `id` is
    what the log has more under, None where it has nothing.
    """

    def __init__(self, code: str, message: str, id: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.id = id

    def to_json(self) -> Json:
        """Return what is said of the file, as the interface gives it."""
        said: Json = {"code": self.code, "message": self.message}
        return said if self.id is None else {**said, "id": self.id}


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph of running text."""

    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell. `row` and `column` count from 0 within its grid; spans are at least 1.

    `oddities` are what its text does not show of how it is printed.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = field(default_factory=Place)
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangular table: its printed cells, each once, ordered by row, then column.

    `aligned` says whether columns are geometry (drawn lines, `colspan`, sheet columns): the same
    column number in two rows is then the same printed column. It is False for text, where a
    column number only counts the fields of a line and spans are lost.
    """

    cells: tuple[GridCell, ...]
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One file as text: blocks in reading order, and the kind of file they came from.

    `notes` say what could not be read of a file that otherwise can. Whatever its reader gives, its
    text is cleaned (`loaders.cleaning`): here, once, for all kinds of files.
    """

    kind: str
    blocks: tuple[TextBlock | Grid, ...]
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        """Clean the text; most documents hold nothing to be cleaned, and stay as they are."""
        if not is_clean(_texts(self.blocks)):
            object.__setattr__(self, "blocks", tuple(map(_cleaned, self.blocks)))


def _texts(blocks: tuple[TextBlock | Grid, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _cleaned(block: TextBlock | Grid) -> TextBlock | Grid:
    if isinstance(block, Grid):
        return replace(block, cells=tuple(map(_cleaned_cell, block.cells)))
    return replace(block, text=clean(block.text))


def _cleaned_cell(cell: GridCell) -> GridCell:
    shown = cleaned(cell.text)
    if not shown.damaged:
        return cell if shown.text == cell.text else replace(cell, text=shown.text)
    others = (oddity for oddity in cell.oddities if oddity != "damaged")
    return replace(cell, text=shown.text, oddities=(*others, "damaged"))
