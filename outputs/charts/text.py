"""Text inside figures: made harmless for plotly's markup, broken into lines, measured."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from outputs.escape import escaped

LINE_BREAK: Final = "<br>"
_NARROW: Final = 0.56
"""Width of a Latin letter or digit in widths of a Chinese one."""
# Words and numbers stay whole; a sign that may not open a line stays with what stands before it.
_PIECE: Final = re.compile(
    r"(?:[\w.,%+\-−/]+|.)[，。；：、！？）》」』”％,.;:!?)]*\s?", re.ASCII | re.DOTALL
)


def width(text: str) -> float:
    """Return the width of a line of text in full-width characters."""
    return sum(
        1 if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text
    )


def lines(text: object, room: float) -> list[str]:
    """Return text broken into lines of about equal length, each at most about `room` wide."""
    whole = " ".join(str(text).split())
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
