"""Text as a person sees it: without signs that no program displays, and honest about damaged ones.

Three kinds of signs are told apart. What only steers the display (marks of direction, joiners,
soft hyphens between digits) is taken out, and the number around it stays. What stands for a sign
that is lost (half an emoji, a letter that could not be decoded) becomes U+FFFD, beside which no
number is sure (`form.values.parse`). And so does what might have parted or changed a number: a
control sign between its digits, a soft hyphen that may be its minus, a mark that turns it around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from form.values import LOST, LOST_SIGNS, joined_halves

_TURNING: Final = "\u202e"
_BREAKS: Final = "\x0b\x0c\u2028\u2029"
# Joiners, marks of direction, variants of a letter, tags: default-ignorable in Unicode's words.
_UNSEEN: Final = (
    "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_CONTROLS: Final = "\x00-\x08\x0e-\x1f\x7f"
# In a page whose encoding was mistaken these are dashes and quotes.
_MISTAKEN: Final = "\x80-\x9f"
_HALVES: Final = "\ud800-\udfff"
_NO_SIGNS: Final = "\ufdd0-\ufdef\ufffe\uffff"
_NUMERIC: Final = r"\d.,．，+\-−－"

_DIRTY: Final = re.compile(
    f"[{_BREAKS}{_UNSEEN}{_CONTROLS}{_MISTAKEN}\xad{_HALVES}{_NO_SIGNS}{LOST_SIGNS}]"
)
_LINE_BREAKS: Final = re.compile(f"[{_BREAKS}]")
_LOST_BEFORE: Final = re.compile(f"[{LOST_SIGNS}]")
_ONLY_UNSEEN: Final = re.compile(rf"[\s{_UNSEEN}]*")
_MISTAKEN_RUN: Final = re.compile(f"[{_MISTAKEN}]+")
# No step looks further than the run of signs that it replaces: lines of strangers can be long.
_STEPS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(f"[{_NO_SIGNS}]"), LOST),
    (re.compile(f"(?!{_TURNING})[{_UNSEEN}]"), ""),
    # What follows is shown from its end to its beginning: 12 looks like 21.
    (re.compile(rf"{_TURNING}(?=[\s+\-−.,]*+[增加减少]*+\d[\d.,．，]*\d)"), LOST),
    (re.compile(f"{_TURNING}+"), ""),
    (re.compile(r"(?<=\d)\xad++(?=\d)"), ""),
    # It may be shown as a hyphen: then this is a minus, or the dash of an empty cell.
    (re.compile(r"(?:(?<=\s)|^)\xad++(?=[\d.\s]|$)"), LOST),
    (re.compile("\xad+"), ""),
    (re.compile(f"(?<=[{_NUMERIC}])[{_CONTROLS}]++(?=[{_NUMERIC}])"), LOST),
    (re.compile(f"[{_CONTROLS}]+"), ""),
    (re.compile(f"(?<=[{_NUMERIC}])[{_MISTAKEN}]+"), LOST),
    (re.compile(f"(?<![{_MISTAKEN}])[{_MISTAKEN}]++(?=[{_NUMERIC}])"), LOST),
)


class Cleaned(NamedTuple):
    """A text to show, and whether the one that was read differed in more than its line breaks."""

    text: str
    damaged: bool


def is_clean(texts: Iterable[str]) -> bool:
    """Say whether there is nothing to do about any of the texts, which is nearly always so."""
    return _DIRTY.search("\n".join(texts)) is None


def cleaned(text: str) -> Cleaned:
    """Return `text` in signs that can be shown and written as UTF-8.

    `damaged` where something was taken out, replaced, or had been lost before; not where all that
    was there is unseen: editors leave such marks in empty cells.
    """
    if _DIRTY.search(text) is None:
        return Cleaned(text, damaged=False)
    broken = _LINE_BREAKS.sub("\n", text)
    shown = joined_halves(broken)
    for pattern, sign in _STEPS:
        shown = pattern.sub(sign, shown)
    rest = _MISTAKEN_RUN.sub("", shown)
    shown = rest if rest.strip() else _MISTAKEN_RUN.sub(LOST, shown)
    is_damaged = shown != broken or _LOST_BEFORE.search(shown) is not None
    return Cleaned(shown, is_damaged and _ONLY_UNSEEN.fullmatch(broken) is None)


def clean(text: str) -> str:
    """Return only the text of `cleaned`."""
    return cleaned(text).text
