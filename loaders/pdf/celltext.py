"""What stands in one cell: its text in lines, and its pieces where anything is odd about them.

Pure geometry, for any front end: small letters set higher directly behind others are raised, a
narrow blank between digits is a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from form.values import LOST
from loaders import document
from loaders.document import Pieces, in_lines, joined, odd
from loaders.pdf.painting import CUT
from loaders.pdf.ruling import Box
from loaders.pdf.typesetting import BLANK, GAP, OVERLAP, Piece, is_double_strike, lines, rows

# All in heights of the letter before.
_SAME: Final = 1.05
_SMALLER: Final = 0.92
_MUCH_SMALLER: Final = 0.75
_SHIFTED: Final = 0.08
_WELL_SHIFTED: Final = 0.22
_BESIDE: Final = (-0.3, 0.45)
_EVEN: Final = 0.06
_NEAR: Final = 1.0
"""Heights of a letter that a number ends before the side of a page where it may go on behind it."""
_MOST: Final = 0.5
"""The part of a drawing, or of a cell, from which on the one stands in the other."""
_MARK: Final = re.compile(r"\s*[(\[（〔【*]?[\d*※①-⒇a-z]{1,3}[)\]）〕】]?\s*")


def told(pieces: Sequence[Piece]) -> tuple[str, Pieces]:
    """Return the text of a cell, and its pieces, () where nothing is odd about any of them."""
    if len(pieces) < 2 and not (pieces and pieces[0].oddity):
        # Most cells hold a number or nothing.
        return (pieces[0].text.strip() if pieces else ""), ()
    if not any(piece.oddity or piece.text[-1:].isdecimal() for piece in pieces):
        return "\n".join(line.text for line in lines(pieces)), ()
    printed = (tuple(_said(row)) for row in rows(_raised(pieces)))
    found = tuple(in_lines(map(_stripped, printed)))
    return joined(found), odd(found)


def with_unread(
    cells: Sequence[Box],
    texts: Sequence[list[Piece]],
    drawn: Sequence[Box],
    figures: Sequence[Box] = (),
) -> list[list[Piece]]:
    """Return the pieces of the cells of a table, with one for what is seen there and is no text.

    `drawn` are drawings that may stand in a cell, `figures` shapes that only count where no text
    is: around one they are a frame. Where a table is a scan with recognised text, nobody knows
    what stands in the cells where none was recognised.
    """
    found = [list(pieces) for pieces in texts] if drawn or figures else list(texts)
    for box in (*drawn, *figures):
        for cell, pieces in zip(cells, found, strict=True):
            if _stands_in(box, cell) and not (pieces and box in figures):
                pieces.append(Piece("", *cell, "picture"))
    if any(piece.oddity == "recognised" for pieces in texts for piece in pieces):
        found = [
            pieces or [Piece("", *cell, "recognised")]
            for cell, pieces in zip(cells, found, strict=True)
        ]
    return found


def with_cut(
    cells: Sequence[Box], texts: list[list[Piece]], ends: tuple[float, float]
) -> list[list[Piece]]:
    """Return the pieces of cells, those that may be cut off by the sides of the page with LOST.

    `ends` are where a line of the page begins and ends. What stands well inside is whole.
    """
    first, last = ends
    if all(first - CUT <= x0 and x1 <= last + CUT for x0, _, x1, _ in cells):
        return texts
    return [
        [*pieces, _lost_at(cell, pieces)] if _is_cut(cell, pieces, first, last) else pieces
        for cell, pieces in zip(cells, texts, strict=True)
    ]


def _is_cut(cell: Box, pieces: Sequence[Piece], first: float, last: float) -> bool:
    if cell[2] > last + CUT:
        return not pieces or any(_NEAR * item.height > last - item.x1 for item in pieces)
    if cell[0] < first - CUT:
        return not pieces or any(_NEAR * item.height > item.x0 - first for item in pieces)
    return False


def _lost_at(cell: Box, pieces: Sequence[Piece]) -> Piece:
    return pieces[-1]._replace(text=LOST) if pieces else Piece(LOST, *cell)


def _stands_in(box: Box, cell: Box) -> bool:
    width = min(box[2], cell[2]) - max(box[0], cell[0])
    height = min(box[3], cell[3]) - max(box[1], cell[1])
    if width <= 0 or height <= 0:
        return False
    areas = ((right - left) * (below - above) for left, above, right, below in (box, cell))
    return width * height >= _MOST * min(areas)


def _stripped(line: Pieces) -> Pieces:
    """Return a line without the blanks at its ends."""
    first, last = line[0], line[-1]
    if len(line) == 1:
        return (replace(first, text=first.text.strip()),)
    return (
        replace(first, text=first.text.lstrip()),
        *line[1:-1],
        replace(last, text=last.text.rstrip()),
    )


def _said(row: Sequence[Piece]) -> Iterator[document.Piece]:
    """Yield the pieces of one line of a cell, with the blanks between them."""
    is_even = _is_evenly_spaced(row)
    before: Piece | None = None
    for piece in row:
        if before is not None:
            if is_double_strike(before, piece):
                continue
            if _is_apart(before, piece, is_even):
                yield document.Piece(" ")
            elif _gap(before, piece) < OVERLAP and _are_digits(before, piece):
                piece = piece._replace(oddity="annotation")
        yield document.Piece(piece.text, piece.oddity, piece.shown)
        before = piece


def _is_apart(before: Piece, piece: Piece, is_even: bool) -> bool:
    """Say whether a blank stands between two pieces, be it a narrow one between digits."""
    # Some letters come without room above and below: the higher one gives the size.
    gap = _gap(before, piece)
    return gap > BLANK or (gap > GAP and not is_even and _are_digits(before, piece))


def _gap(before: Piece, piece: Piece) -> float:
    return (piece.x0 - before.x1) / max(before.height, piece.height, 1.0)


def _are_digits(before: Piece, piece: Piece) -> bool:
    counts = before.oddity is None and piece.oddity is None
    return counts and before.text[-1:].isdecimal() and piece.text[:1].isdecimal()


def _is_evenly_spaced(row: Sequence[Piece]) -> bool:
    """Say whether a number is set with room between all its digits."""
    gaps = [_gap(before, piece) for before, piece in pairwise(row)]
    singles = all(len(piece.text) == 1 for piece in row)
    return singles and len(gaps) > 1 and max(gaps) - min(gaps) <= _EVEN


def _raised(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with those that are set higher or lower beside another as such, on its line."""
    found: list[Piece] = []
    for piece in pieces:
        base = next((other for other in pieces if _is_raised(piece, other)), None)
        found.append(
            piece
            if base is None
            else piece._replace(top=base.top, bottom=base.bottom, oddity="raised")
        )
    return found


def _is_raised(piece: Piece, base: Piece) -> bool:
    """Say whether a piece is the mark of a footnote on another."""
    if base is piece or piece.oddity or base.oddity or not _MARK.fullmatch(piece.text):
        return False
    size = base.height
    if size <= 0 or not (piece.top < base.bottom and base.top < piece.bottom):
        return False
    behind, before = (piece.x0 - base.x1) / size, (base.x0 - piece.x1) / size
    is_behind = _BESIDE[0] <= behind <= _BESIDE[1]
    is_before = _BESIDE[0] <= before <= _BESIDE[1] and base.text.lstrip()[:1].isdecimal()
    if not (is_behind or is_before):
        return False
    smaller, shift = piece.height / size, abs(base.bottom - piece.bottom) / size
    if smaller > (_SAME if is_behind else _SMALLER):
        return False
    if is_behind and not base.text[-1:].isdecimal():
        # Digits and words are set in fonts of different heights.
        return smaller <= _MUCH_SMALLER and shift >= _WELL_SHIFTED
    return shift >= (_SHIFTED if smaller <= _SMALLER else _WELL_SHIFTED)
