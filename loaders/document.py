"""What every reader makes of a file: paragraphs and grids of text, in reading order.

A Document holds what is printed and where, and no opinion about it. The recogniser alone knows
what an annual report looks like.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from form.report import Note, Place


class ReadError(Exception):
    """A file that cannot be read; shown to people without a traceback.

    `code` is a short English word for programs, `message` a Chinese sentence for people.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph of running text."""

    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell. `row` and `column` count from 0 within its grid; spans are at least 1."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = field(default_factory=Place)


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

    `notes` say what could not be read of a file that otherwise can.
    """

    kind: str
    blocks: tuple[TextBlock | Grid, ...]
    notes: tuple[Note, ...] = ()
