"""What is seen of letters on a page: what is painted over them, or not at all, or in which colour.

Pure functions on plain coordinates, for any front end that knows in which order a page is painted.
Nothing is decided here about what counts: `loaders.recogniser.seen` does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from form.report import Oddity
from loaders.pdf.ruling import Box
from loaders.pdf.typesetting import Piece, runs, united

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

SIMPLE: Final = 5
"""Parts of a path that is one line or one rectangle, at most."""
FIGURE: Final = 3.0, 40.0
"""Points: the height, from and to, and at most the width of what may be a drawn letter."""
CUT: Final = 3.0
"""Points: what reaches out of what is seen of a page by more is cut off there."""
PAPER: Final[Colour] = (255, 255, 255)
_ALIKE: Final = 10
"""The difference of colours, in each part, that nobody sees on paper."""
_OPAQUE: Final = 250
"""Of 255, from which on nothing is seen through what is painted."""
_SMALLEST: Final = 2.0
"""Points: nobody reads smaller letters."""
_INNER: Final = 0.2
"""Heights of a letter that its box is higher than the letter, at either end."""
_MOST: Final = 0.85
_LEAST: Final = 0.2
"""Parts of a letter: under more than the one it is covered, under less than the other it is not."""
_HALF: Final = 0.5
"""The part of a letter from which on a cut makes it unsure."""
_SCANNED: Final = 0.4
"""The part of a page from which on a picture is a scan of it."""


class Paint(NamedTuple):
    """An opaque surface: when it is painted, where, and its colour, None for a picture."""

    order: int
    box: Box
    colour: Colour | None


class Ink(NamedTuple):
    """How a letter is painted: when, its colour where it is known, and what it is clipped to.

    `is_drawn` is False for text that is only there to be found or copied.
    """

    order: int
    colour: Colour | None
    is_drawn: bool = True
    window: Box | None = None


@dataclass(frozen=True, slots=True)
class Painting:
    """What is painted on a page of a size (width, height), its surfaces in their order."""

    size: tuple[float, float]
    surfaces: Sequence[Paint]

    def seen(self, letter: Piece, ink: Ink) -> Piece:
        """Return a letter with what is odd about how it is seen; `shown` where a part of it is."""
        body = _body(letter)
        if not ink.is_drawn:
            return letter._replace(oddity=self._undrawn(body))
        if letter.height < _SMALLEST:
            return letter._replace(oddity="hidden")
        over = [paint for paint in self.surfaces if paint.order > ink.order]
        if any(self._is_scan(paint) and _part(body, paint.box) > _MOST for paint in over):
            return letter._replace(oddity="recognised")
        clipped = 0.0 if ink.window is None else 1 - _part(body, ink.window)
        if clipped >= _MOST:
            return letter._replace(oddity="hidden")
        # Fields cut a little off their letters, without harm.
        clipped = clipped if clipped > _HALF else 0.0
        covered = max((clipped, *(_part(body, paint.box) for paint in over)))
        if covered > _LEAST:
            return letter._replace(oddity="covered", shown=None if covered > _MOST else letter.text)
        return letter._replace(oddity="hidden") if self._is_lost(body, ink) else letter

    def covered_at(self, letter: Piece, painted: int) -> int:
        """Return when a letter, painted at a time, is covered first."""
        body = _body(letter)
        over = (paint for paint in self.surfaces if paint.order > painted)
        return min(
            (paint.order for paint in over if _part(body, paint.box) > _LEAST), default=painted
        )

    def _undrawn(self, body: Box) -> Oddity:
        pictures = (paint for paint in self.surfaces if paint.colour is None)
        on_picture = any(_part(body, paint.box) > _MOST for paint in pictures)
        return "recognised" if on_picture else "hidden"

    def _is_scan(self, paint: Paint) -> bool:
        width, height = self.size
        x0, top, x1, bottom = paint.box
        return paint.colour is None and (x1 - x0) * (bottom - top) >= _SCANNED * width * height

    def _is_lost(self, body: Box, ink: Ink) -> bool:
        """Say whether a letter has the colour of what is under it."""
        if ink.colour is None:
            return False
        under = [
            paint
            for paint in self.surfaces
            if paint.order < ink.order and _part(body, paint.box) > _MOST
        ]
        ground = under[-1].colour if under else PAPER
        return ground is not None and alike(ink.colour, ground)


def alike(one: Colour, other: Colour) -> bool:
    """Say whether nobody tells two colours apart."""
    return all(abs(here - there) <= _ALIKE for here, there in zip(one, other, strict=True))


def is_opaque(alpha: int) -> bool:
    """Say whether what is painted with `alpha`, from 0 to 255, hides what is under it."""
    return alpha >= _OPAQUE


def in_pieces(letters: Sequence[Piece]) -> list[Piece]:
    """Return the letters of a word, as `seen` gives them, in pieces that touch.

    A word of which a part is covered is one piece, `shown` as what is left of it: where a box ends
    within a number, nobody knows what it was to hide.
    """
    covered = [letter for letter in letters if letter.oddity == "covered"]
    if covered and (len(covered) < len(letters) or any(letter.shown for letter in covered)):
        shown = "".join(letter.text for letter in letters if letter.oddity is None)
        whole = united(letters, "".join(letter.text for letter in letters))
        return [whole._replace(oddity="covered", shown=shown)]
    return runs(letters)


def parted(
    words: Sequence[Piece], pieces: Mapping[int, Sequence[Piece]]
) -> tuple[list[Piece], list[int]]:
    """Return words, some of them in pieces, and which word each one was, -1 for a piece."""
    found: list[Piece] = []
    origins: list[int] = []
    for number, word in enumerate(words):
        own = pieces.get(number)
        if own and word.text[:1].isspace():
            own = [own[0]._replace(text=f" {own[0].text}"), *own[1:]]
        found += [word] if own is None else own
        origins += [number] if own is None else [-1] * len(own)
    return found, origins


def visible(words: Sequence[Piece]) -> list[Piece]:
    """Return the words that a person sees, or all of them where none is seen."""
    return [word for word in words if word.oddity not in ("hidden", "covered", "struck")] or [
        *words
    ]


def _body(letter: Piece) -> Box:
    inset = _INNER * letter.height
    return letter.x0, letter.top + inset, letter.x1, letter.bottom - inset


def _part(inner: Box, outer: Box) -> float:
    """Return how much of one box lies in another, from 0 to 1."""
    x0, top, x1, bottom = inner
    width = min(x1, outer[2]) - max(x0, outer[0])
    height = min(bottom, outer[3]) - max(top, outer[1])
    area = (x1 - x0) * (bottom - top)
    return max(width, 0.0) * max(height, 0.0) / area if area > 0 else 0.0


def _is_outside(box: Box, page: Box) -> bool:
    return box[2] <= page[0] or page[2] <= box[0] or box[3] <= page[1] or page[3] <= box[1]
