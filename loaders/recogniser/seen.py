"""What a person sees in a cell: the one rule for the text that counts, whatever reader read it.

Readers hand over the pieces of a cell with what is odd about each (`loaders.document.Piece`) and
decide nothing. Here is decided what the cell says: struck, raised, hidden and covered digits are
no part of it; what is filled in or chosen is; and where nobody could tell, or where something is
seen that is no text, the cell is in doubt. What the text of a single piece says, marks of
footnotes in it and blanks between its digits included, is `form.values.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from form.report import Oddity
from form.values import has_marks, marks_in
from loaders.document import Piece, Pieces, joined

_GONE: Final[frozenset[Oddity]] = frozenset({"struck", "raised", "hidden", "covered"})
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]")
_SAYS: Final = re.compile(r"[\w\-‐‑‒–—―─−/\\]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts of a cell's text.

    `oddities` are what its pieces have, in their order; `reasons` the same with the text of each;
    `shown` is the text as the file displays it. `doubt` is None where the text is sure; else the
    texts that the cell may say, "" standing for a blank, and () where it can be anything.
    """

    text: str
    shown: str
    oddities: tuple[Oddity, ...] = ()
    doubt: tuple[str, ...] | None = None
    reasons: tuple[tuple[Oddity, str], ...] = ()


def pieces_of(text: str) -> Pieces:
    """Return the pieces of a text whose signs alone say that some are marks of footnotes, else ()."""
    if not has_marks(text):
        return ()
    return tuple(Piece(run, "raised" if is_mark else None) for run, is_mark in marks_in(text))


def is_hidden(pieces: Pieces) -> bool:
    """Say whether nothing of a cell is seen, as in a hidden row or column."""
    return bool(pieces) and all(piece.oddity == "hidden" for piece in pieces)


def seen(pieces: Pieces, *, revealed: bool = False) -> Seen:
    """Return what counts of a cell in these pieces.

    `revealed` reads a cell that is hidden as if it were not, in doubt: for rows and tables of the
    form that are printed nowhere else.
    """
    odd = tuple(dict.fromkeys(piece.oddity for piece in pieces if piece.oddity is not None))
    reasons = tuple((code, _text_of(pieces, code)) for code in odd)
    if revealed and is_hidden(pieces):
        text = joined(pieces).strip()
        return Seen(text, text, odd, (text,), reasons)
    left = [piece for piece in pieces if _counts(piece)]
    doubt = _doubt(pieces, left, frozenset(odd))
    if doubt is not None and "annotation" in odd:
        left = [piece for piece in left if piece.oddity != "annotation"]
    shown = _joined([_as_shown(piece) for piece in left])
    return Seen(_joined(left).strip(), shown.strip(), odd, doubt, reasons)


def _doubt(pieces: Pieces, left: Sequence[Piece], odd: frozenset[Oddity]) -> tuple[str, ...] | None:
    """Return the texts that a cell may say, None where there is no doubt."""
    text = _joined(left)
    if "picture" in odd:
        return ()
    if "recognised" in odd:
        return (text,) if text.strip() else ()
    partly = [piece for piece in pieces if piece.oddity == "covered" and piece.shown is not None]
    if partly:
        return _rivals(text, joined(partly))
    if "annotation" in odd:
        return _beside(left, "annotation")
    if any(map(_is_unkept, pieces)):
        return ()
    if "form_field" in odd:
        return _in_field(left, text)
    return None if _SAYS.search(text) or any(map(_is_kept, left)) else _nothing_left(pieces)


def _counts(piece: Piece) -> bool:
    """Say whether a piece is part of what its cell says; words that are covered in part still are."""
    if piece.oddity == "covered" and piece.shown is not None:
        return _DIGIT.search(piece.text) is None and _WORD.search(piece.text) is not None
    return piece.oddity not in _GONE and not _is_unkept(piece)


def _is_unkept(piece: Piece) -> bool:
    """Say whether a piece is a field of which the file keeps no result."""
    return piece.oddity == "form_field" and not (piece.text and piece.shown is None)


def _is_kept(piece: Piece) -> bool:
    """Say whether a blank piece is what the file shows: a format that shows nothing."""
    return piece.oddity == "scaled"


def _nothing_left(pieces: Pieces) -> tuple[str, ...] | None:
    """Return what a cell may say whose whole text does not count: each kind of it, or nothing.

    Signs that are no number leave a blank, which then is sure.
    """
    kinds = dict.fromkeys(piece.oddity for piece in pieces if piece.oddity in _GONE)
    texts = [_text_of(pieces, kind) for kind in kinds]
    numbers = [said for said in texts if _DIGIT.search(said)]
    return (*numbers, "") if numbers else None


def _beside(left: Sequence[Piece], kind: Oddity) -> tuple[str, ...] | None:
    """Return what a cell may say where both it and what is written over it do, else None."""
    printed, written = _text_without(left, kind), _text_of(left, kind)
    return _rivals(printed, written) if printed.strip() and written.strip() else None


def _in_field(left: Sequence[Piece], text: str) -> tuple[str, ...] | None:
    """Return what a cell with a field may say where digits stand beside it, else None."""
    printed = _text_without(left, "form_field")
    if not _DIGIT.search(printed):
        return None
    return _rivals(text, printed, _text_of(left, "form_field"))


def _rivals(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts))


def _text_of(pieces: Sequence[Piece], kind: Oddity | None) -> str:
    return joined([piece for piece in pieces if piece.oddity == kind])


def _text_without(pieces: Sequence[Piece], kind: Oddity) -> str:
    return joined([piece for piece in pieces if piece.oddity != kind])


def _joined(pieces: Sequence[Piece]) -> str:
    """Return the text of pieces; a gap is a blank, though its reader saw none."""
    return "".join(
        " " if piece.oddity == "gap" and not piece.text else piece.text for piece in pieces
    )


def _as_shown(piece: Piece) -> Piece:
    return piece if piece.shown is None else Piece(piece.shown, piece.oddity)
