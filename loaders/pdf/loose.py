"""Tables without vertical lines: printed lines of fields, of which nobody knows the columns.

Their blanks are lost, so nothing is said here about where a field belongs. Every line of such a
table is given as it is printed, each field with its box: the recogniser knows the form's labels,
and tells from these which lines are one row and which column a number stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from form.editions import table as form_table
from form.labels import APPLICANT_HEADER, CONTENT_HEADER, ORGANISATIONS_HEADER
from form.values import UNIT_WORDS
from loaders.pdf.typesetting import Piece, apart, rows, united

_NUMBER: Final = re.compile(r"[-+−–—―/]|[-+]*\d[\d.,]*(?:%|" + UNIT_WORDS + ")?")
_FEWEST_NUMBERS: Final = 5
_FEWEST_ROWS: Final = 2
_MOST_HEADERS: Final = 3
"""Lines at a page's head that are its header."""
_MANY: Final = 12
"""Numbers on one line that are a table by themselves: section 四's."""
_DISPUTES: Final = tuple(row.label for row in form_table("disputes", "2021").rows[1:])
_HEADERS: Final = frozenset({CONTENT_HEADER, APPLICANT_HEADER, ORGANISATIONS_HEADER, *_DISPUTES})
"""Words that a page prints once a table, and prose does not."""
_HEADING: Final = re.compile(r"[一二三四五六]、")
_FURNITURE: Final = re.compile(r"[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d+\s*页.*")
_ENDS_SENTENCE: Final = re.compile(r"[。；！]")
_EVEN: Final = 0.25
"""Heights of a letter: words of one line stand no further apart than this up and down."""
_LARGER: Final = 1.25
"""A line set larger than a table's by this is a heading."""
_NEAR: Final = 3.0
"""Heights of a letter between lines of one table, at most."""
_WIDE: Final = 0.8
"""Of the page's width of text: a line of prose fills it."""

Field = list[Piece]
LooseTable = list[list[Field]]
"""Lines from the top down, each with its fields from left to right."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of text, its fields, and what it says."""

    fields: list[Field]
    box: Piece
    numbers: int

    @property
    def is_split(self) -> bool:
        return len(self.fields) > 1


def loose_tables(
    words: Sequence[Piece], *, after_table: bool = False
) -> tuple[list[LooseTable], list[Piece]]:
    """Return the tables among words that stand in no cell, and the words that are in none.

    A page without several lines of many numbers and without headers of the form has no tables.
    Where one stood on the page before, `after_table`, digits that begin the page may be its rest.
    """
    is_told = _has_headers(words) or _has_rows_of_numbers(words)
    if not (is_told or after_table):
        return [], list(words)
    printed = [_printed(line) for line in rows(words, _EVEN)]
    if not is_told and sum(line.is_split and line.numbers > 0 for line in printed) < _FEWEST_ROWS:
        return _rest_of_table(printed, words)
    tables: list[LooseTable] = []
    rest: list[Piece] = []
    for is_table, run in groupby(_told(printed), key=lambda item: item[0]):
        found = [line for _is_table, line in run]
        if is_table and _is_table_of_numbers(found):
            tables.append([line.fields for line in found])
        else:
            rest += [word for line in found for field in line.fields for word in field]
    return tables, rest


def _rest_of_table(
    printed: Sequence[_Printed], words: Sequence[Piece]
) -> tuple[list[LooseTable], list[Piece]]:
    """Return the line of digits that a page begins with, if it does, below its header at most."""
    for line in printed[:_MOST_HEADERS]:
        if line.numbers == len(line.fields) and not _FURNITURE.fullmatch(line.box.text):
            own = {id(word) for field in line.fields for word in field}
            return [[line.fields]], [word for word in words if id(word) not in own]
    return [], list(words)


def top_of(table: LooseTable) -> float:
    """Return where a table begins on its page."""
    return min(word.top for field in table[0] for word in field)


def _printed(line: Sequence[Piece]) -> _Printed:
    fields = apart(line)
    text = "".join(word.text for word in line).strip()
    return _Printed(fields, united(line, text), _numbers(fields))


def _told(printed: Sequence[_Printed]) -> Iterator[tuple[bool, _Printed]]:
    """Yield each line with whether it belongs to a table: it is split, or stands by one that is.

    Headings and prose stand in no table, and between tables.
    """
    left = min(line.box.x0 for line in printed)
    width = max(line.box.x1 for line in printed) - left
    size = _size(printed)
    barred = [_is_barred(line, width, size) for line in printed]
    split = [line.is_split and not bar for line, bar in zip(printed, barred, strict=True)]
    for index, line in enumerate(printed):
        yield (
            not barred[index] and (split[index] or _is_beside(index, printed, barred, split)),
            line,
        )


def _is_beside(
    index: int, printed: Sequence[_Printed], barred: Sequence[bool], split: Sequence[bool]
) -> bool:
    """Say whether lines without a gap between lead from a line to one that is split."""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(printed) and not barred[at + step]:
            upper, lower = sorted((printed[at].box, printed[at + step].box), key=lambda b: b.top)
            if lower.top - upper.bottom > _NEAR * max(upper.height, lower.height):
                break
            at += step
            if split[at]:
                return True
    return False


def _size(printed: Sequence[_Printed]) -> float:
    """Return the height of the lines that are split, most of which stand in tables."""
    heights = sorted(line.box.height for line in printed if line.is_split)
    return heights[len(heights) // 2] if heights else 0.0


def _is_barred(line: _Printed, width: float, size: float) -> bool:
    """Say whether a line is a heading, prose, or a page's number."""
    if line.is_split:
        # Larger digits behind a heading's words part nothing.
        return not line.numbers and _is_heading(line, size)
    text = line.box.text
    if _FURNITURE.fullmatch(text):
        return True
    is_full = line.box.x1 - line.box.x0 > _WIDE * width
    return bool(_ENDS_SENTENCE.search(text)) or is_full or _is_heading(line, size)


def _is_heading(line: _Printed, size: float) -> bool:
    is_larger = line.box.height > _LARGER * size
    return (
        is_larger
        and len(line.fields) < _FEWEST_NUMBERS
        and _HEADING.match(line.box.text) is not None
    )


def _is_table_of_numbers(found: Sequence[_Printed]) -> bool:
    split = [line for line in found if line.is_split]
    if any(_has_headers(field) for line in found for field in line.fields):
        return True
    return any(line.numbers for line in split)


def _has_headers(words: Sequence[Piece]) -> bool:
    # Alone, as in a cell: prose speaks of 信息内容 too.
    return any(word.text.strip() in _HEADERS for word in words)


def _has_rows_of_numbers(words: Sequence[Piece]) -> bool:
    # Most pages have hardly a number outside of their tables, and are done here.
    if _numbers([[word] for word in words]) < _FEWEST_NUMBERS * _FEWEST_ROWS:
        return False
    found = [_numbers(apart(row)) for row in rows(words)]
    return sum(count >= _FEWEST_NUMBERS for count in found) >= _FEWEST_ROWS or max(found) >= _MANY


def _numbers(row: Sequence[Field]) -> int:
    """Return how many fields of a row are numbers or dashes."""
    texts = ("".join(word.text.strip() for word in field) for field in row)
    return sum(_NUMBER.fullmatch(text) is not None for text in texts)
