"""From placed characters to text: runs, lines and paragraphs, as a person reads them.

Pure functions on plain coordinates (points, x to the right, y downwards), for any reader that
knows where characters stand. The printed characters are kept; blanks are added where there is a
gap, so that two numbers never become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from form.report import Oddity
from loaders.pdf.ruling import Box

_MARKS: Final = "([*"
# All in heights of a character.
SAME_BASELINE: Final = 0.1
_TOUCHING: Final = (-0.3, 0.1)
OVERLAP: Final = -0.1
"""Heights of a character: digits that lie over each other by more are two numbers in one place."""
GAP: Final = 0.12
"""Heights of a character: digits further apart may be two numbers."""
BLANK: Final = 0.35
"""Heights of a character: what is further apart has a blank between."""
_SAME_LINE: Final = 0.5
_DOUBLE_STRIKE: Final = 0.15
_INDENT: Final = 0.5
_SHORT: Final = 1.5
_LEADING: Final = 1.3
_FIELD_GAP: Final = 0.7


class Piece(NamedTuple):
    """A character, a run of characters, or a line, with the box it fills.

    `oddity` and `shown` are those of `loaders.document.Piece`.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    oddity: Oddity | None = None
    shown: str | None = None

    @property
    def box(self) -> Box:
        return self[1:5]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def runs(characters: Iterable[Piece]) -> list[Piece]:
    """Join characters that touch, in the order of the file; blanks and others stay apart.

    A run is the smallest thing that can stand in a cell: a number too wide for its column is
    still one number.
    """
    return [
        run
        for group in touching(characters)
        for _, letters in groupby(group, key=lambda letter: letter.oddity)
        for run in [_run(list(letters))]
    ]


def touching(characters: Iterable[Piece]) -> list[list[Piece]]:
    """Return characters by what touches, in the order of the file, whatever is odd about them."""
    found: list[list[Piece]] = []
    for character in characters:
        before = found[-1][-1] if found else None
        if before is not None and is_double_strike(before, character):
            continue
        if before is not None and _touches(before, character):
            found[-1].append(character)
        else:
            found.append([character])
    return found


def _run(run: Sequence[Piece]) -> Piece:
    whole = united(run, "".join(piece.text for piece in run))
    return whole if run[0].oddity is None else whole._replace(oddity=run[0].oddity)


def _touches(left: Piece, right: Piece) -> bool:
    gap = (right.x0 - left.x1) / max(right.height, 1.0)
    return (
        abs(right.top - left.top) <= SAME_BASELINE * right.height
        and _TOUCHING[0] <= gap <= _TOUCHING[1]
        and left.text.isspace() == right.text.isspace()
        and not is_set_apart(left, right)
        and not (gap < OVERLAP and left.text.isdecimal() and right.text.isdecimal())
    )


def is_set_apart(one: Piece, other: Piece) -> bool:
    """Say whether what is behind a digit is set smaller, or higher, than that: a footnote's mark."""
    if not (one.text[-1:].isdecimal() and (other.text[:1].isdecimal() or other.text[:1] in _MARKS)):
        return False
    size = SAME_BASELINE * max(one.height, other.height)
    return abs(one.bottom - other.bottom) > size or abs(one.top - other.top) > size


def lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Return runs as lines from the top down, each with its runs from left to right."""
    read = (_line(row) for row in rows(pieces))
    return [line for line in read if line.text]


def rows(pieces: Iterable[Piece], closeness: float = _SAME_LINE) -> list[list[Piece]]:
    """Return runs by line from the top down, in each line from left to right.

    Middles of one line are less than `closeness` heights of a character apart.
    """
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.centre[1]):
        if found and _on_line(found[-1][0], piece, closeness):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in found]


def apart(line: Iterable[Piece]) -> list[list[Piece]]:
    """Return what stands side by side on one line with a gap between, from left to right.

    So do pieces that overlap: they were printed over each other, and are no one's neighbours.
    """
    found: list[list[Piece]] = []
    for piece in sorted(line, key=lambda piece: piece.x0):
        before = found[-1][-1] if found else None
        if before is not None and _goes_with(before, piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _goes_with(before: Piece, piece: Piece) -> bool:
    gap = (piece.x0 - before.x1) / max(before.height, piece.height)
    return _TOUCHING[0] <= gap < _FIELD_GAP or is_double_strike(before, piece)


def _on_line(first: Piece, piece: Piece, closeness: float) -> bool:
    distance = abs(piece.centre[1] - first.centre[1])
    return distance < closeness * max(first.height, piece.height)


def _line(row: Sequence[Piece]) -> Piece:
    text, before = "", None
    for piece in row:
        if before is not None:
            if is_double_strike(before, piece):
                continue
            # Some letters come without room above and below: the higher one gives the size.
            apart = piece.x0 - before.x1 > BLANK * max(before.height, piece.height)
            text += " " if apart else ""
        text, before = text + piece.text, piece
    return united([piece for piece in row if not piece.text.isspace()] or row, text.strip())


def is_double_strike(before: Piece, piece: Piece) -> bool:
    """Say whether a piece repeats the one before in the same place, which some files do for bold."""
    near = _DOUBLE_STRIKE * piece.height
    return (
        before.text == piece.text
        and before.oddity == piece.oddity
        and abs(piece.x0 - before.x0) < near
        and abs(piece.top - before.top) < near
    )


def united(pieces: Sequence[Piece], text: str = "") -> Piece:
    """Return one piece that fills the room of all."""
    return Piece(
        text,
        min(piece.x0 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.x1 for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def paragraphs(page_lines: Sequence[Piece], left: float, right: float) -> Iterator[Piece]:
    """Join the lines of a column of text that reaches from `left` to `right`.

    A line goes on where the one before was full and it is not indented itself; lines of several
    fields, as in a table without rules, are never joined.
    """
    paragraph: list[Piece] = []
    for line in page_lines:
        if paragraph and not _goes_on(paragraph[-1], line, left, right):
            yield united(paragraph, _running([piece.text for piece in paragraph]))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield united(paragraph, _running([piece.text for piece in paragraph]))


def _goes_on(before: Piece, line: Piece, left: float, right: float) -> bool:
    size = line.height
    return (
        before.x1 > right - _SHORT * size
        and line.x0 < left + _INDENT * size
        and line.top - before.bottom < _LEADING * size
        and abs(before.height - size) < 0.2 * size
    )


def _running(texts: Sequence[str]) -> str:
    """Join lines; only where both sides are Latin letters was the break a blank."""
    text = texts[0]
    for following in texts[1:]:
        blank = text[-1:].isascii() and following[:1].isascii()
        blank = blank and text[-1:].isalpha() and following[:1].isalpha()
        text += (" " if blank else "") + following
    return text
