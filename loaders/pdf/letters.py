"""The text layer of an open page, by PDFium.

A call into PDFium costs as much as ten lines of Python, and a page has a thousand letters: only
the first and last letter of a word are looked up, unless what lies between them matters.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_ushort
from functools import cached_property
from itertools import pairwise
from typing import Final

from pypdfium2 import raw

from loaders.pdf import calls
from loaders.pdf.page import NAMELESS, UNNAMED, Placing
from loaders.pdf.ruling import Box
from loaders.pdf.typesetting import GAP, OVERLAP, SAME_BASELINE, Piece, runs, touching

# A hyphen at the end of a line comes back as a sign of its own, which swallows the line's end.
_HYPHENS: Final = "\ufffe\x02"
_WORD: Final = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_READABLE: Final = str.maketrans({**dict.fromkeys(f"{_HYPHENS}\xad", "-"), "\0": UNNAMED})
_MARK_END: Final = re.compile(r"[\d)\]*]")
_PREFIXES: Final = "+-−＋－增减"
"""What may stand before a number."""
_PRINTED_BLANKS: Final = " \u3000\xa0"
_FIRST_SIGNS: Final = 64
_RIGHT_ANGLE: Final = math.pi / 2
_SLANT: Final = 0.05
"""Right angles: letters turned by more than this from one are a watermark's."""
_ALIKE: Final = 0.01
"""Points: lengths that differ by less are the same."""
_SAME_LINE: Final = 0.5
"""Heights of a letter."""


class PageText:
    """The words of one page, and the direction in which they are read."""

    def __init__(self, text_page: int) -> None:
        self._page = text_page
        self._rectangle = raw.FS_RECTF()
        self._target = byref(self._rectangle)
        self.signs = _signs(text_page)
        self._spans = [match.span() for match in _WORD.finditer(self.signs)]
        self._angles = [self._angle(start, end) for start, end in self._spans]
        self.unnamed = sum(map(self._has_no_name, (start for start, _ in self._spans)))
        """How many words begin with a letter that the file gives no name."""
        if self.unnamed:
            self.signs = "".join(
                UNNAMED if self._has_no_name(at) else sign for at, sign in enumerate(self.signs)
            )
        self._readable = self.signs.translate(_READABLE)

    @cached_property
    def quarters(self) -> int:
        """How many quarters clockwise the page is to be turned for its text to be upright."""
        upright = Counter(round(angle) % 4 for angle in self._angles if angle is not None)
        return upright.most_common(1)[0][0] if upright else 0

    def words(self, place: Placing) -> tuple[list[Piece], list[tuple[int, int]]]:
        """Return the words, letters of watermarks left out, and where each one's letters are."""
        words: list[Piece] = []
        spans: list[tuple[int, int]] = []
        for (start, end), angle in zip(self._spans, self._angles, strict=True):
            word = None if angle is None else self._word(start, end, place)
            if word is not None:
                words.append(word)
                spans.append((start, end))
            else:
                pieces = list(self._pieces(start, end, place))
                if pieces and self._is_after_blank(start):
                    first, span = pieces[0]
                    pieces[0] = first._replace(text=f" {first.text}"), span
                words += (piece for piece, _ in pieces)
                spans += (span for _, span in pieces)
        return words, spans

    def _pieces(
        self, start: int, end: int, place: Placing
    ) -> Iterator[tuple[Piece, tuple[int, int]]]:
        """Yield letters in pieces that touch, and where each one's letters are."""
        letters = self.signs_of(start, end, place)
        at = {id(letter): index for letter, index in letters}
        for group in touching(letter for letter, _ in letters):
            for run in runs(group):
                yield run, (at[id(group[0])], at[id(group[-1])] + 1)

    def letters(self, start: int, end: int, place: Placing) -> list[Piece]:
        """Return the letters from `start` up to `end` in pieces that touch."""
        return runs(letter for letter, _ in self.signs_of(start, end, place))

    def signs_of(self, start: int, end: int, place: Placing) -> list[tuple[Piece, int]]:
        """Return the letters from `start` up to `end`, each with its place in the text."""
        return [
            (Piece(self._readable[at], *self._box(at, place)), at)
            for at in range(start, end)
            if self._angle(at, at + 1) is not None
        ]

    def object_of(self, at: int) -> int:
        """Return the handle of the piece of text that a letter is in, 0 for a made up one."""
        return int(calls.letter_object(self._page, at) or 0)

    def _word(self, start: int, end: int, place: Placing) -> Piece | None:
        """Return a word by its first and last letter, None where these are not on one line."""
        x0, top, x1, bottom = self._box(start, place)
        if end - start > 1:
            width = x1 - x0
            _, over, x1, under = self._box(end - 1, place)
            apart = abs(top + bottom - over - under) / 2
            if x1 < x0 or apart > _SAME_LINE * max(bottom - top, under - over):
                return None
            if self._is_uneven(start, end - 1, bottom - top, top - over, bottom - under):
                return None
            height = bottom - top
            spare = x1 - x0 - (end - start) * width
            if spare > GAP * height and self._has_gap(start, end, height, place):
                return None
            if spare < OVERLAP * height and self._is_piled(start, end, height):
                return None
            top, bottom = min(top, over), max(bottom, under)
        text = self._readable[start:end]
        if self._is_after_blank(start):
            text = f" {text}"
        return Piece(text, x0, top, x1, bottom)

    def _is_uneven(self, start: int, end: int, height: float, above: float, below: float) -> bool:
        """Say whether a number ends in a sign that is set smaller or higher than its first digit."""
        if max(abs(above), abs(below)) <= SAME_BASELINE * height:
            return False
        first = self.signs[start + 1] if self.signs[start] in _PREFIXES else self.signs[start]
        return first.isdecimal() and _MARK_END.fullmatch(self.signs[end]) is not None

    def _has_gap(self, start: int, end: int, height: float, place: Placing) -> bool:
        """Say whether a number, wider than its digits, has more room at one place than at others.

        Of two digits nobody can tell whether they are set wide, or apart.
        """
        start += self.signs[start] in _PREFIXES
        if end - start < 2 or not self.signs[start:end].isdecimal():
            return False
        if end - start == 2:
            return not self._is_tight(start)
        origins = [self._origin(at, place) for at in range(start, end)]
        steps = [other - one for one, other in pairwise(origins)]
        return max(steps) - min(steps) > GAP * height

    def _origin(self, at: int, place: Placing) -> float:
        """Return where a letter begins on its line."""
        x, y = c_double(), c_double()
        calls.char_origin(self._page, at, byref(x), byref(y))
        return place(x.value, y.value, x.value, y.value)[0]

    def _is_tight(self, at: int) -> bool:
        """Say whether the box of a letter has no room around it, so that gaps look wider."""
        left, _, right, _ = self._tight_box(at)
        calls.char_box(self._page, at, self._target)
        loose = self._rectangle.right - self._rectangle.left
        return bool(abs(right - left - loose) < _ALIKE)

    def _is_piled(self, start: int, end: int, height: float) -> bool:
        """Say whether digits of a number lie over each other; the widths of fonts are no proof."""
        start += self.signs[start] in _PREFIXES
        if not self.signs[start:end].isdecimal():
            return False
        boxes = [self._tight_box(at) for at in range(start, end)]
        size = OVERLAP * height
        return any(
            max(other[0] - one[2], other[1] - one[3]) < size for one, other in pairwise(boxes)
        )

    def _tight_box(self, at: int) -> Box:
        """Return left, bottom, right and top edge of what is drawn of a letter."""
        left, right, bottom, top = edges = [c_double() for _ in range(4)]
        calls.tight_box(self._page, at, *map(byref, edges))
        return left.value, bottom.value, right.value, top.value

    def ink(self, start: int, end: int, place: Placing) -> Box:
        """Return the box of what is drawn of the letters from `start` up to `end`."""
        boxes = [place(*self._tight_box(at)) for at in range(start, end)]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return min(x0), min(top), max(x1), max(bottom)

    def is_blank(self, text_object: int) -> bool:
        """Say whether a piece of text on the page says nothing."""
        units = (c_ushort * _FIRST_SIGNS)()
        calls.object_text(text_object, self._page, units, _FIRST_SIGNS)
        return not bytes(units).decode("utf-16-le", "replace").strip("\0 \u3000\xa0\r\n\t")

    def _is_after_blank(self, start: int) -> bool:
        """Say whether a printed blank stands before a word."""
        return (
            start > 0 and self.signs[start - 1] in _PRINTED_BLANKS and not self._is_made(start - 1)
        )

    def _is_made(self, at: int) -> bool:
        """Say whether PDFium made up a sign from the distance of its neighbours."""
        return bool(calls.is_generated(self._page, at) == 1)

    def _has_no_name(self, at: int) -> bool:
        return bool(calls.has_no_name(self._page, at) == 1)

    def _angle(self, start: int, end: int) -> float | None:
        """Return the direction of a word in quarters clockwise, None for that of a watermark."""
        first = calls.char_angle(self._page, start)
        last = calls.char_angle(self._page, end - 1) if end - start > 1 else first
        if first == last == 0.0:
            return 0.0
        angle = -first / _RIGHT_ANGLE
        if abs(angle + last / _RIGHT_ANGLE) > _SLANT:
            return None
        return angle if abs(angle - round(angle)) <= _SLANT else None

    def _box(self, at: int, place: Placing) -> Box:
        calls.char_box(self._page, at, self._target)
        box = self._rectangle
        return place(box.left, box.bottom, box.right, box.top)


def _signs(text_page: int) -> str:
    """Return the signs of a page, as many as PDFium counts letters."""
    count = calls.count_chars(text_page)
    units = (c_ushort * (count + 1))()
    calls.text(text_page, 0, count, units)
    signs = bytes(units)[:-2].decode("utf-16-le", "replace")
    if len(signs) != count or "\0" in signs:
        signs = "".join(chr(calls.unicode(text_page, at)) for at in range(count))
    return signs.translate(NAMELESS)
