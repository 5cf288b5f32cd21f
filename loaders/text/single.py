"""Tables of which each line, or each paragraph, is one cell, whatever set the cells off.

Browsers copy an empty line between cells that hold paragraphs; converters end each cell with a
pipe, or put the pipe on a line of its own. Where blank cells stood, and where rows end, is lost in
all of these or not to be relied on: what is left is cells in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from loaders.text.bare import is_value, longest_run, stands_alone
from loaders.text.lines import TextLine

_PIPE: Final = "|│┃｜"
_PIPES: Final = re.compile(f"[{_PIPE}]")
_ONLY_PIPES: Final = re.compile(rf"[\s{_PIPE}]*")
_LED: Final = re.compile(rf"\s*[{_PIPE}]")
_ENDS: Final = f" \t{_PIPE}"
_LEAST_PIPES: Final = 6
_RARE: Final = 4
"""Another layout is rare where at most one of so many lines has it."""
_TELLING_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class Single:
    """What may be one cell, over one line or several: the first line's index, how many, its text."""

    first: int
    count: int
    text: str


def single_cells(lines: Sequence[TextLine]) -> list[Single] | None:
    """Return what would be the cells of a text of one cell a line or paragraph, None if it is none.

    A pipe or two may part words of a page around the table.

    Prose is among them; empty lines, and those of pipes only, are left out.
    """
    if any("\t" in line.text for line in lines):
        return None
    piped = [line.text for line in lines if _PIPES.search(line.text)]
    if _ends_cells(piped):
        found = list(_between_pipes(lines))
    elif len(piped) < _LEAST_PIPES and not any(map(_LED.match, piped)):
        found = list(_paragraphs(lines))
    else:
        return None
    return found if _is_told(found, lines) else None


def _ends_cells(piped: Sequence[str]) -> bool:
    """Say whether the lines with pipes are single cells that end in one, or only pipes."""
    alone = sum(_ONLY_PIPES.fullmatch(text) is not None for text in piped)
    said = [text.strip() for text in piped if not _ONLY_PIPES.fullmatch(text)]
    ended = sum(len(list(filter(str.strip, _PIPES.split(text)))) == 1 for text in said)
    led = sum(_PIPES.match(text) is not None for text in said)
    others = led + len(said) - ended
    return alone + ended >= _LEAST_PIPES and others * _RARE <= alone + ended


def _between_pipes(lines: Sequence[TextLine]) -> Iterator[Single]:
    for index, line in enumerate(lines):
        text = line.text
        several = len(list(filter(str.strip, _PIPES.split(text)))) > 1
        if not _ONLY_PIPES.fullmatch(text):
            yield Single(index, 1, text if several else text.strip(_ENDS))


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[Single]:
    """Yield what stands between empty lines, line by line where a number is one of several.

    Browsers leave no empty line between a heading, or a sentence, and the first cell below it.
    """
    indices = range(len(lines))
    for is_blank, run in groupby(indices, key=lambda index: lines[index].is_blank):
        found = list(run)
        if is_blank:
            continue
        if len(found) == 1 or any(is_value(lines[index].text) for index in found):
            yield from (Single(index, 1, lines[index].text.strip()) for index in found)
            continue
        for alone, near in groupby(found, key=lambda index: stands_alone(lines[index].text)):
            beside = list(near)
            pieces = [[index] for index in beside] if alone else [beside]
            for piece in pieces:
                text = "\n".join(lines[index].text.strip() for index in piece)
                yield Single(piece[0], len(piece), text)


def _is_told(found: Sequence[Single], lines: Sequence[TextLine]) -> bool:
    """Say whether numbers follow each other with pipes or empty lines between, and nothing else."""
    texts = [item.text for item in found]
    if longest_run(texts, range(len(texts))) < _TELLING_RUN:
        return False
    apart = [
        one.first + one.count < two.first or bool(_PIPES.search(lines[one.first].text))
        for one, two in pairwise(found)
        if is_value(one.text) and is_value(two.text)
    ]
    return sum(apart) * 2 > len(apart)
