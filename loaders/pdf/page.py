"""What a front end finds on a page of a PDF, and how pages are turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from loaders.pdf.ruling import Box
from loaders.pdf.typesetting import Piece

MAX_PAGES: Final = 200
MAX_CHARACTERS: Final = 2_000_000
UNNAMED: Final = "\ufffd"
"""Stands for a letter that is drawn, but of which the file does not say which it is."""

NAMELESS: Final = str.maketrans(
    {
        chr(code): UNNAMED
        for code in (*range(9), *range(14, 32), *range(127, 160))
        if code not in (0, 2)
    }
)
"""Control signs in a PDF are letters with their number in a font for a name, and are drawn."""

_PAGE_NUMBER: Final = 8
"""Letters: — 12 —."""
_PICTURED: Final = 0.3
"""The part of a page that pictures cover where they are its contents."""

Placing = Callable[[float, float, float, float], Box]
"""Left, bottom, right, top in a PDF, where y goes up → the box on the page as it is read."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page; coordinates are points from its top left corner when its text is upright.

    `words` are what stands between blanks, with a blank in front of those that follow a printed
    one; `letters(n)` gives word n in pieces that touch. `unnamed` counts the words whose letters
    have no names. `drawn` are pictures and other drawings, no ground among them, that may stand in
    cells for what they say, `figures` drawn shapes that may say something where no text is. `ends`
    are where the page begins and ends along a line for what is cut off. `shown` gives a box where people see it: text may lie on its side.
    """

    number: int
    size: tuple[float, float]
    words: Sequence[Piece]
    rules: Sequence[Box]
    pictures: Sequence[Box]
    unnamed: int
    letters: Callable[[int], Sequence[Piece]]
    shown: Callable[[Box], Box]
    drawn: Sequence[Box] = ()
    figures: Sequence[Box] = ()
    ends: tuple[float, float] | None = None

    @property
    def is_picture(self) -> bool:
        """Say whether pictures take the room, with hardly more than a page number for text."""
        letters = sum(len(word.text) for word in self.words)
        width, height = self.size
        covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in self.pictures)
        return letters <= _PAGE_NUMBER and covered >= _PICTURED * width * height


def placing(page: Box, quarters: int) -> Placing:
    """Return how what lies on a page is placed when the page is turned clockwise.

    `page` is its left, bottom, right and top edge.
    """
    left, bottom, right, top = page
    ways: tuple[Placing, ...] = (
        lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    )
    return ways[quarters % 4]


def turning(width: float, height: float, quarters: int) -> Callable[[Box], Box]:
    """Return how a box moves when the page it is placed on is turned clockwise."""
    if quarters % 4 == 0:
        return lambda box: box
    place = placing((0.0, -height, width, 0.0), quarters)
    return lambda box: place(box[0], -box[3], box[2], -box[1])
