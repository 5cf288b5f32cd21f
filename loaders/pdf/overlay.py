"""What lies over the print of a page, in the words and the drawings of the page itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from form.report import Oddity
from loaders.pdf.annotations import Over, says_the_same
from loaders.pdf.ruling import Box
from loaders.pdf.typesetting import Piece

_LINE: Final = 8.0
"""Points: the height of a line of what has no letters of its own on the page."""
_GROUND: Final = 0.4
"""The part of a page from which on a picture is its ground."""
_SMALL: Final = 60.0
"""Points: a picture no higher may stand in a cell, whenever it is painted."""


def as_written(letter: Piece, fields: Sequence[Box]) -> Piece:
    """Return a letter that an annotation shows as such; in one of the `fields` it is filled in."""
    if letter.oddity is not None:
        return letter
    in_field = any(_holds(box, letter) for box in fields)
    return letter._replace(oddity="form_field" if in_field else "annotation")


def unshown(items: Sequence[Over], words: Sequence[Piece]) -> list[Piece]:
    """Return what fields and notes, placed on a page, say that none of its words shows.

    A field that shows another value than it has may show either, in another program.
    """
    return list(_unshown(items, words))


def _unshown(items: Sequence[Over], words: Sequence[Piece]) -> Iterator[Piece]:
    for item in items:
        if not item.text:
            continue
        box = item.box
        inside = [word for word in words if word.oddity is not None and _holds(box, word)]
        oddity: Oddity = "form_field" if item.is_field else "annotation"
        shown = "".join(word.text for word in inside if word.oddity == oddity)
        if not shown.strip():
            yield Piece(item.text, *_line(box), oddity)
        elif item.is_field and not says_the_same(shown, item.text):
            yield Piece(item.text, *_line(box), "annotation")


def drawn_over(
    pictures: Sequence[tuple[int, Box]], first_text: int, size: tuple[float, float]
) -> Iterator[Box]:
    """Yield the pictures, each with its time of painting, that are no ground for what is printed."""
    for order, box in pictures:
        x0, top, x1, bottom = box
        is_ground = (x1 - x0) * (bottom - top) >= _GROUND * size[0] * size[1]
        if not is_ground and (order > first_text or bottom - top <= _SMALL):
            yield box


def _holds(box: Box, word: Piece) -> bool:
    x, y = word.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _line(box: Box) -> Box:
    """Return a line of text in the middle of a box."""
    x0, top, x1, bottom = box
    middle, half = (top + bottom) / 2, min(bottom - top, _LINE) / 2
    return x0, middle - half, x1, middle + half
