"""What every reader makes of a file: paragraphs and grids of text, in reading order.

A Document holds what is printed and where, and no opinion about it. The recogniser alone knows
what an annual report looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from form.report import Json, Note, Oddity, Place
from loaders.cleaning import clean, cleaned, is_clean

READER_VERSION: Final = 6
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
class Piece:
    """A run of a cell's text and what is odd about how it is printed, None where nothing is.

    `shown` is how the file displays the run where that differs from `text`: the rounded or scaled
    number of a spreadsheet, what can still be seen of a `covered` run that is covered in part.
    What each oddity means for the number is decided in `loaders.recogniser.seen` alone:

    - `struck`, `raised`, `hidden`, `covered`: printed, and not part of what the cell says;
    - `form_field`: filled in; without text, or `shown` as "", one whose result the file does not
      keep;
    - `annotation`: written over the page; `picture`: something drawn that is no text;
    - `recognised`: text that a program saw in a picture, "" where it saw none;
    - `gap`: a blank that may only part the digits of one number;
    - `scaled`: `text` is the number in the unit in which the format of the cell shows it.
    """

    text: str
    oddity: Oddity | None = None
    shown: str | None = None


Pieces = tuple[Piece, ...]


def odd(pieces: Sequence[Piece]) -> Pieces:
    """Return the pieces of a cell where anything is odd about one of them, else ()."""
    plain = all(piece.oddity is None and piece.shown is None for piece in pieces)
    return () if plain else tuple(pieces)


def without_hidden(pieces: Pieces) -> Pieces:
    """Return the pieces of a paragraph without those that are hidden, unless all of them are."""
    left = tuple(piece for piece in pieces if piece.oddity != "hidden")
    return left if joined(left).strip() else pieces


def joined(pieces: Sequence[Piece]) -> str:
    """Return the text of which these are the pieces."""
    return "".join(piece.text for piece in pieces)


def in_lines(lines: Iterable[Pieces]) -> Iterator[Piece]:
    """Yield the pieces of lines below each other, those that say nothing left out."""
    first = True
    for line in lines:
        if any(piece.text.strip() or piece.oddity for piece in line):
            if not first and joined(line).strip():
                yield Piece("\n")
            yield from line
            first = first and not joined(line).strip()


def written_over(piece: Piece) -> Piece:
    """Return a piece of what lies over the text of a cell, as a box does."""
    return piece if piece.oddity is not None else replace(piece, oddity="annotation")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph of running text; `pieces` as in a cell."""

    text: str
    place: Place = field(default_factory=Place)
    pieces: Pieces = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell. `row` and `column` count from 0 within its grid; spans are at least 1.

    `oddities` are what its text does not show of how it is printed. `pieces` are () where nothing
    is odd about any run of its text, as nearly always; else all runs in order, joined `text`. In a
    row, column, sheet or table that is hidden all pieces of a cell are `hidden`, one without text
    where it is blank; a cell that reaches out of what is hidden is not.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = field(default_factory=Place)
    oddities: tuple[Oddity, ...] = ()
    pieces: Pieces = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangular table: its printed cells, each once, ordered by row, then column.

    `aligned` says whether columns are geometry (drawn lines, `colspan`, sheet columns): the same
    column number in two rows is then the same printed column. It is False for text, where a
    column number only counts the fields of a line and spans are lost.
    """

    cells: tuple[GridCell, ...]
    aligned: bool = True
    is_damaged: bool = False
    """True where the file says itself that what holds the table is damaged: a number may be lost
    wherever a cell is blank."""
    loses_blanks: bool = False
    """True where a blank cell may have left no trace in its row."""


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
    pieces = _cleaned_pieces(block.pieces)
    return replace(block, text=joined(pieces) if pieces else clean(block.text), pieces=pieces)


def _cleaned_pieces(pieces: Pieces) -> Pieces:
    return tuple(replace(piece, text=clean(piece.text)) for piece in pieces)


def _cleaned_cell(cell: GridCell) -> GridCell:
    shown = cleaned(cell.text)
    if shown.text == cell.text and not shown.damaged:
        return cell
    pieces = _cleaned_pieces(cell.pieces)
    text = joined(pieces) if pieces else shown.text
    if not shown.damaged:
        return replace(cell, text=text, pieces=pieces)
    others = (oddity for oddity in cell.oddities if oddity != "damaged")
    return replace(cell, text=text, oddities=(*others, "damaged"), pieces=pieces)
