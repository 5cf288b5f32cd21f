"""Tables without vertical lines: rows of fields, of which nobody knows the columns.

Their blanks are lost, so nothing is said here about where a field belongs: the recogniser takes
a row that has as many fields as the form has columns, and lets sums decide about the others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from loaders.ruling import Box, across
from loaders.typesetting import Piece, fields, lines, rows

_NUMBER: Final = re.compile(r"[-+−–—―/]|[-+]*\d[\d.,]*(?:[%件项条个]|[亿万]?元)?")
_FEWEST_NUMBERS: Final = 5
_FEWEST_ROWS: Final = 2

Field = list[Piece]
LooseTable = list[list[Field]]
"""Rows from the top down, each with its fields from left to right."""


def loose_tables(
    words: Sequence[Piece], rules: Sequence[Box]
) -> tuple[list[LooseTable], list[Piece]]:
    """Return the tables among words that stand in no cell, and the words that are in none.

    A page without several lines of many numbers has no tables.
    """
    if not _has_rows_of_numbers(words):
        return [], list(words)
    tables: list[LooseTable] = []
    rest: list[Piece] = []
    printed = map(fields, _printed_rows(words, across(rules)))
    for is_split, run in groupby(printed, key=lambda row: len(row) > 1):
        table = list(run)
        if is_split and len(table) >= _FEWEST_ROWS and any(map(_numbers, table)):
            tables.append(table)
        else:
            rest += [word for row in table for field in row for word in field]
    return tables, rest


def top_of(table: LooseTable) -> float:
    """Return where a table begins on its page."""
    return min(word.top for field in table[0] for word in field)


def _has_rows_of_numbers(words: Sequence[Piece]) -> bool:
    # Most pages have hardly a number outside of their tables, and are done here.
    if _numbers([[word] for word in words]) < _FEWEST_NUMBERS * _FEWEST_ROWS:
        return False
    full = (_numbers(fields(row)) >= _FEWEST_NUMBERS for row in rows(words))
    return sum(full) >= _FEWEST_ROWS


def _numbers(row: Sequence[Field]) -> int:
    """Return how many fields of a row are numbers or dashes."""
    texts = ("".join(word.text.strip() for word in field) for field in row)
    return sum(_NUMBER.fullmatch(text) is not None for text in texts)


def _printed_rows(words: Sequence[Piece], edges: Sequence[float]) -> Iterator[list[Piece]]:
    """Yield words by row: what stands between two lines across, elsewhere a line of text."""
    bands: defaultdict[int, list[Piece]] = defaultdict(list)
    for word in words:
        bands[bisect_right(edges, word.centre[1])].append(word)
    for number, band in sorted(bands.items()):
        if 0 < number < len(edges) and not any(map(_is_column, fields(band))):
            yield band
        else:
            yield from rows(band)


def _is_column(field: Field) -> bool:
    """Say whether a field holds numbers one below the other, so that no line parts its rows."""
    return len(lines(field)) > 1 and all(_numbers([[word]]) for word in field)
