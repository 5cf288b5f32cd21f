"""Headers of section 二 whose words stand each on a line of their own: one line again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from form.labels import CONTENT_HEADER
from loaders.recogniser.labels import is_whole_label, match_column, match_row
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.tables import header_of

_MOST_PIECES: Final = 8
"""Lines that the headers of one block can take, broken ones included."""


def gather_headers(lines: list[Line]) -> list[Line]:
    """Put the headers of a block of section 二 into one line where each stands on its own.

    All words between 信息内容 and the first row are headers, whether they are known or not: how
    many there are says how wide a row is that has lost nothing.
    """
    if not any(map(_opens, lines)):
        return lines
    return list(_gathered(lines))


def _gathered(lines: Sequence[Line]) -> Iterator[Line]:
    index = 0
    while index < len(lines):
        line = lines[index]
        behind = list(_words(lines[index + 1 : index + 1 + _MOST_PIECES])) if _opens(line) else []
        yield _one(line, behind) if behind else line
        index += 1 + len(behind)


def _opens(line: Line) -> bool:
    return _is_single(line) and line.fields[0].plain == CONTENT_HEADER


def _is_single(line: Line) -> bool:
    return line.grid is not None and not line.aligned and len(line.fields) == 1


def _words(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        is_text = line.grid is not None and not line.aligned
        if not is_text or header_of(line) or any(map(_is_no_header, line.fields)):
            return
        yield line


def _is_no_header(item: Field) -> bool:
    return item.is_value or any(
        is_whole_label("disclosure", match.key, item.text)
        for match in match_row("disclosure", item.text)
    )


def _one(line: Line, behind: Sequence[Line]) -> Line:
    fields = [line.fields[0]]
    for item in chain.from_iterable(other.fields for other in behind):
        joined = _joined(fields[-1], item)
        if len(fields) > 1 and joined is not None:
            fields[-1] = joined
        else:
            fields.append(item)
    placed = (replace(item, column=column) for column, item in enumerate(fields))
    return replace(line, fields=tuple(placed), steps=(*line.steps, gather_headers.__name__))


def _joined(first: Field, second: Field) -> Field | None:
    """Return two pieces of one header's words together, None where they are none."""
    text = f"{first.text}\n{second.text}"
    if any(match_column("disclosure", item.text) for item in (first, second)):
        return None
    known = match_column("disclosure", text)
    return replace(first, text=text, plain=plain(text)) if known else None
