"""Tables whose cells are parted by blanks only, as viewers of PDF files copy them.

A row is its label with its numbers behind, a blank between any two; a blank cell leaves no trace.
Prose never ends several lines in three numbers each: where that happens, the short lines around
are rows, headers and pieces of labels too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from form.labels import SECTION_WORDS
from loaders.text.bare import is_value

_TELLING_NUMBERS: Final = 3
_TELLING_LINES: Final = 2
_LONGEST_LABEL: Final = 60
_AHEAD: Final = 5
"""Lines: headers and pieces of labels stand no further above a row than this."""
_HEADING: Final = re.compile(r"\s*[一二三四五六七八九十]\s*、")
_NUMBERED: Final = re.compile(r"[(（][一二三四五六七八九十][)）]|[一二三四]、|\d{1,2}[.．、]")
_PROSE: Final = re.compile(r"[。；！？]|[：，]\s*$")
_WORD: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SECTIONS: Final = tuple(word for words in SECTION_WORDS.values() for word in words)


@dataclass(frozen=True, slots=True)
class _Split:
    words: tuple[str, ...]
    numbers: tuple[str, ...]


def parted_rows(texts: Sequence[str | None]) -> dict[int, tuple[str, ...]]:
    """Return the fields of the lines that are rows, by index, {} where there is no such table.

    `texts` are the lines of a text; None stands for one that is known to be of another table.
    """
    split = [_split(text) for text in texts]
    telling = [at for at, item in enumerate(split) if len(item.numbers) >= _TELLING_NUMBERS]
    if len(telling) < _TELLING_LINES:
        return {}
    rows = {at for at in range(len(texts)) if at in telling or _is_row(texts[at], split[at])}
    rows = {at for at in rows if at >= telling[0]}
    pieces = {at for at, item in enumerate(split) if _is_piece(texts[at], item)}
    near = set(_beside(rows, pieces, texts))
    return {at: (*_labels(split[at].words), *split[at].numbers) for at in sorted(rows)} | {
        at: tuple(_labels(split[at].words, each=True)) for at in near - rows
    }


def _split(text: str | None) -> _Split:
    tokens = (text or "").split()
    behind = list(takewhile(is_value, reversed(tokens)))
    words = tokens[: len(tokens) - len(behind)]
    if len(tokens) > len(behind) == 0 or (words and not _WORD.search("".join(words))):
        return _Split(tuple(tokens), ())
    return _Split(tuple(words), tuple(reversed(behind)))


def _is_row(text: str | None, split: _Split) -> bool:
    """Say whether a line with few numbers is a row of a table that is known to be there."""
    if text is None or not split.numbers or not split.words:
        return False
    return len(text) <= _LONGEST_LABEL and not (_PROSE.search(text) or _HEADING.match(text))


def _beside(rows: set[int], pieces: set[int], texts: Sequence[str | None]) -> Iterator[int]:
    """Yield the pieces right above rows, and the one below each, empty lines not counted."""
    said = [at for at, text in enumerate(texts) if text is None or text.strip()]
    order = {at: place for place, at in enumerate(said)}
    for row in rows:
        place = order[row]
        yield from takewhile(pieces.__contains__, reversed(said[max(0, place - _AHEAD) : place]))
        yield from filter(pieces.__contains__, said[place + 1 : place + 2])


def _is_piece(text: str | None, split: _Split) -> bool:
    """Say whether a line without numbers may be of a table: headers, or a piece of a label."""
    if text is None or not text.strip() or len(text) > _LONGEST_LABEL or _PROSE.search(text):
        return False
    if split.numbers or any(map(is_value, split.words)):
        return False
    return not (_HEADING.match(text) and any(word in text for word in _SECTIONS))


def _labels(words: Sequence[str], *, each: bool = False) -> Iterator[str]:
    """Yield the labels of a row: a number begins one, and never stands alone.

    In a line without figures (`each`) all words are headers, or pieces, of their own.
    """
    label = ""
    for word in words:
        begins = each or _NUMBERED.match(word) is not None
        if label and begins and not _NUMBERED.fullmatch(label):
            yield label
            label = word
        else:
            label = f"{label} {word}" if label else word
    if label:
        yield label
