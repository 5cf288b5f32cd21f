"""Lines through the middle of letters: those that strike them out, and those that only cross them.

Pure geometry, for any front end. A line of about the length of the words that it runs through
strikes them out. A longer one, or one that is a side of a table's cells, is drawn for another
reason (rows lower than their letters, tables over each other) and only makes the words unsure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from loaders.pdf.ruling import REACH, SNAP, THICKEST, Box
from loaders.pdf.typesetting import Piece, runs

# Heights of a letter above its lower edge, which is that of its descenders.
_LOWEST: Final = 0.28
_HIGHEST: Final = 0.66
_LEAST: Final = 0.25
"""Heights of a letter that a line must run along a word at least."""
_THIN: Final = 0.3
"""Of a word's box: of a dash or a 一 no more is drawn, and a line through it may be beside it."""
_EDGE: Final = 0.1
"""Of what is drawn of a word: a line so near to its edge is above or below it."""
_FILLED: Final = 0.5
_SPARE: Final = 2.0
"""Heights of a letter that a line may be longer than what it strikes out."""


class _Bar(NamedTuple):
    """A horizontal line: its height, its ends, and which of the rules it is."""

    y: float
    x0: float
    x1: float
    rule: int


def through(
    words: Sequence[Piece],
    letters: Callable[[int], Sequence[Piece]],
    rules: Sequence[Box],
    strokes: Sequence[Box] = (),
    inked: Callable[[int], Box] | None = None,
) -> tuple[dict[int, list[Piece]], Sequence[Box]]:
    """Return the words with lines through them, by their number and in pieces, and the other rules.

    `letters(n)` gives the letters of word n, `inked(n)` the box of what is drawn of it where that
    is known; `strokes` are lines that are no rules. A word that is only crossed is one that is
    covered in part, of which everything can be seen.
    """
    drawn = [*rules, *strokes] if strokes else rules
    crossed = _crossed(words, drawn)
    if inked is not None:
        crossed = _in_ink(crossed, words, inked)
    if not crossed:
        return {}, rules
    strikes = [bar for bar, found in crossed.items() if _strikes(bar, found, words, drawn)]
    struck: defaultdict[int, list[_Bar]] = defaultdict(list)
    for bar in strikes:
        for number in crossed[bar]:
            struck[number].append(bar)
    pieces = {number: _pieces(letters(number), bars) for number, bars in struck.items()}
    for number in {number for found in crossed.values() for number in found}:
        if number not in pieces:
            word = words[number]
            pieces[number] = [word._replace(oddity="covered", shown=word.text)]
    gone = {bar.rule for bar in strikes}
    return pieces, [rule for number, rule in enumerate(rules) if number not in gone]


def middle(box: Box) -> Box:
    """Return the line that strikes out what is in a box."""
    x0, top, x1, bottom = box
    return x0, (top + bottom) / 2, x1, (top + bottom) / 2


def _crossed(words: Sequence[Piece], rules: Sequence[Box]) -> dict[_Bar, list[int]]:
    """Return the words that each line runs through; most pages have no such line.

    Many lines share their height, which is told here by the sum of its edges.
    """
    heights = sorted({top + bottom for x0, top, x1, bottom in rules if bottom - top < x1 - x0})
    most = len(heights)
    hit: defaultdict[float, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        bottom = word[4]
        height = bottom - word[2]
        first = bisect_left(heights, 2 * (bottom - _HIGHEST * height))
        while first < most and heights[first] <= 2 * (bottom - _LOWEST * height):
            hit[heights[first]].append(number)
            first += 1
    found: dict[_Bar, list[int]] = {}
    for number, (x0, top, x1, bottom) in enumerate(rules) if hit else ():
        if top + bottom in hit and bottom - top <= THICKEST and bottom - top < x1 - x0:
            bar = _Bar((top + bottom) / 2, x0, x1, number)
            through = [at for at in hit[top + bottom] if _runs_along(bar, words[at])]
            if through:
                found[bar] = through
    return found


def _in_ink(
    crossed: dict[_Bar, list[int]], words: Sequence[Piece], inked: Callable[[int], Box]
) -> dict[_Bar, list[int]]:
    """Return the words of which a line runs through what is drawn, not only through their boxes.

    Fonts may give their letters boxes twice as high, into which lines of the next row then reach.
    """
    found = {
        bar: [number for number in numbers if _is_inside(bar.y, inked(number), words[number])]
        for bar, numbers in crossed.items()
    }
    return {bar: numbers for bar, numbers in found.items() if numbers}


def _is_inside(y: float, ink: Box, word: Piece) -> bool:
    height = ink[3] - ink[1]
    if height < _THIN * word.height:
        return True
    return ink[1] + _EDGE * height < y < ink[3] - _EDGE * height


def _runs_along(bar: _Bar, word: Piece) -> bool:
    return min(bar.x1, word.x1) - max(bar.x0, word.x0) > _LEAST * word.height


def _strikes(bar: _Bar, found: Sequence[int], words: Sequence[Piece], rules: Sequence[Box]) -> bool:
    along = sum(min(bar.x1, words[n].x1) - max(bar.x0, words[n].x0) for n in found)
    length = bar.x1 - bar.x0
    spare = _SPARE * max(words[n].height for n in found)
    if along < _FILLED * length and length - along > spare:
        return False
    return not all(_goes_on(bar, end, rules) for end in (bar.x0, bar.x1))


def _goes_on(bar: _Bar, end: float, rules: Sequence[Box]) -> bool:
    """Say whether another line begins where one ends, or crosses it there."""
    return any(
        x0 - REACH <= end <= x1 + REACH and top - SNAP <= bar.y <= bottom + SNAP
        for number, (x0, top, x1, bottom) in enumerate(rules)
        if number != bar.rule
        and (x1 - x0 < bottom - top or x0 >= bar.x1 - REACH or x1 <= bar.x0 + REACH)
    )


def _pieces(letters: Sequence[Piece], bars: Sequence[_Bar]) -> list[Piece]:
    return runs(
        letter._replace(oddity="struck")
        if any(bar.x0 <= letter.centre[0] <= bar.x1 for bar in bars)
        else letter
        for letter in letters
    )
