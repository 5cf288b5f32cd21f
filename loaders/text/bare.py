"""Tables whose cells stand one on a line with nothing to set them off, as copying leaves them.

Prose never prints three lines in a row that are numbers or dashes and nothing else; where that
happens, the short lines around are cells too. Each label is given as a row of its own, and each
run of values as one: which belongs to which is not for a reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, Literal

from form.values import mark_of

_TELLING_RUN: Final = 3
_LONGEST_LABEL: Final = 60
_SENTENCE_END: Final = re.compile(r"[。；！？：，]\s*$")
_HEADING: Final = re.compile(r"\s*[一二三四五六七八九十]\s*、")
_NONE_IN_WORDS: Final = "无"
"""A dash in a cell, and a whole paragraph in section 六."""

Bare = Literal["row", "value"]


def bare_cells(texts: Sequence[str | None], *, parted: bool = True) -> dict[int, Bare]:
    """Return which lines are cells: `row` for a label, `value` for one of a run.

    `texts` are the lines of a text; None stands for one that is known to be of a table.
    Several short lines above a table, with nothing but empty lines between, are its headers.
    Where not even empty lines part tables from what stands above (`parted`), a table begins no
    earlier than the first lines that are surely of one.
    """
    blocks = list(_blocks(texts))
    telling = [at for at, block in enumerate(blocks) if longest_run(texts, block) >= _TELLING_RUN]
    if not telling:
        return {}
    blocks = blocks if parted else blocks[telling[0] :]
    found: dict[int, Bare] = {}
    for block in blocks:
        values = {index for index in block if is_value(texts[index])}
        for index in block:
            if values and index <= max(values):
                found[index] = "value" if index in values else "row"
    for above, below in reversed(list(pairwise(blocks))):
        # Headers can stand apart from the cells below them.
        if below[0] in found and len(above) > 1 and _is_gap(texts[above[-1] + 1 : below[0]]):
            found |= {index: "row" for index in above if index not in found}
    return found


def stands_alone(text: str) -> bool:
    """Say whether a line is a heading or ends a sentence: no piece of a cell with those beside it."""
    return bool(_HEADING.match(text) or _SENTENCE_END.search(text))


def _is_gap(texts: Sequence[str | None]) -> bool:
    return all(text is not None and not text.strip() for text in texts)


def _blocks(texts: Sequence[str | None]) -> Iterator[list[int]]:
    """Yield runs of short lines without an empty line or a sentence between them."""
    indices = range(len(texts))
    for is_inside, run in groupby(indices, key=lambda index: _can_be_cell(texts, index)):
        if is_inside:
            yield list(run)


def _can_be_cell(texts: Sequence[str | None], index: int) -> bool:
    text = texts[index]
    if text is None or not text.strip() or len(text) > _LONGEST_LABEL or _SENTENCE_END.search(text):
        return False
    # A numbered line is a label only with its values below it; else it is a heading.
    return not _HEADING.match(text) or is_value(_at(texts, index + 1))


def _at(texts: Sequence[str | None], index: int) -> str | None:
    return texts[index] if index < len(texts) else None


def longest_run(texts: Sequence[str | None], block: Sequence[int]) -> int:
    """Return how many of the lines with the indices `block` are values in a row, at most."""
    runs = groupby(block, key=lambda index: is_value(texts[index]))
    return max((len(list(run)) for is_value, run in runs if is_value), default=0)


def is_value(text: str | None) -> bool:
    """Say whether a line is a number or a dash and nothing else; None is none."""
    if text is None or text.strip() == _NONE_IN_WORDS:
        return False
    return mark_of(text) in ("number", "dash")
