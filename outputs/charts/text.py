"""Text inside figures: made harmless for plotly's markup, broken into lines, measured."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from outputs.escape import escaped

LINE_BREAK: Final = "<br>"
_NARROW: Final = 0.56
"""Width of a small Latin letter or digit in widths of a Chinese one."""
_CAPITAL: Final = 0.72
_THIN_SPACE: Final = "\u2009"
# Words stay whole, and numbers with their unit; a sign that may not open a line stays with what
# stands before it.
_PIECE: Final = re.compile(
    rf"(?:[+−]?\d[\d.,—{_THIN_SPACE}]*%? ?(?:万元|[件家份年处个]|(?=\W)|$)|[\w.%+\-−/]+|.)"
    r"[，。；：、！？）》」』”％,.;:!?)]*\s?",
    re.ASCII | re.DOTALL,
)
# Not every blank: the one between groups of digits must not become a place to break.
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\u3000]+")


def width(text: str) -> float:
    """Return the width of a line of text in full-width characters, or a little more."""
    return sum(map(_width, text))


@cache
def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return _CAPITAL if character.isupper() else _NARROW


def unmarked(text: str) -> str:
    """Return a text as it is read, without the marks that make a part of it bold."""
    return text.replace("<b>", "").replace("</b>", "")


def lines(text: object, room: float) -> list[str]:
    """Return text broken into lines of about equal length, each at most about `room` wide."""
    whole = _BLANKS.sub(" ", str(text)).strip()
    count = max(math.ceil(width(whole) / room), 1)
    aim = width(whole) / count
    broken = [""]
    for piece in _PIECE.findall(whole):
        full = width(broken[-1]) + width(piece.rstrip()) / 2 > aim and len(broken) < count
        if broken[-1] and (full or width(broken[-1] + piece.rstrip()) > room + 1):
            broken.append("")
        broken[-1] += piece
    return [line.strip() for line in broken]


def plain(text: object, room: float | None = None) -> str:
    """Return text fit for plotly, which reads some markup; broken into lines where `room` is given."""
    if room is None:
        return escaped(text)
    return LINE_BREAK.join(escaped(line) for line in lines(text, room))


def widest(texts: Iterable[object], room: float) -> float:
    """Return the width of the widest line when each text is broken to fit `room`."""
    return max((width(line) for text in texts for line in lines(text, room)), default=0)


def tallest(texts: Iterable[object], room: float) -> int:
    """Return the largest number of lines among texts broken to fit `room`."""
    return max((len(lines(text, room)) for text in texts), default=1)
