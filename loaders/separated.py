"""Tables saved as separated values (.csv, .tsv) by Excel, WPS or LibreOffice.

Columns are those of the sheet, so the grid is aligned. Merged cells are lost: most programs leave
all but the first blank, some print the text in each. Neighbours with the same words are taken for
one; the same figure only where the words above it stand in just these columns too.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, ReadError, TextBlock
from loaders.text.bare import is_value
from loaders.text.encoding import decode

KIND: Final = "csv"

MAX_CELLS: Final = 200_000
_SEPARATORS: Final = ",;\t"
_LEAST_FIELDS: Final = 4
_LEAST_ROWS: Final = 5
_LEAST_FIGURES: Final = 3
_OTHERS: Final = (b"<", b"{", b"%PDF", b"PK")
"""What files of other kinds begin with, which may be full of commas too."""
_HEAD: Final = 200
"""Lines by which a file is told."""

Row = tuple[int, list[str]]
"""The line, from 1, in which a row begins, and its fields."""


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are text whose lines have equally many fields, figures among them."""
    named = name.lower().endswith((".csv", ".tsv"))
    if not named and (data.count(b",") + data.count(b";") < _LEAST_ROWS * (_LEAST_FIELDS - 1)):
        return False
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OTHERS):
        return False
    try:
        text = decode(data)
    except ReadError:
        return False
    return _separator(text, named=named) is not None


def read(data: bytes) -> Document:
    """Return the document; raises ReadError where it cannot be decoded or says nothing."""
    text = decode(data)
    found = tuple(_blocks(_rows(text, _separator(text, named=True) or ",")))
    if not found:
        raise refusals.empty()
    return Document(KIND, found)


def _separator(text: str, *, named: bool) -> str | None:
    """Return what parts the fields; tabs only of a file whose name says so."""
    head = "".join(text.splitlines(keepends=True)[:_HEAD])
    able = (sign for sign in _SEPARATORS if named or sign != "\t")
    told = [(count, sign) for sign in able if (count := _telling(_rows(head, sign)))]
    return max(told)[1] if told else None


def _telling(rows: Iterator[Row]) -> int:
    """Return how many rows have the usual number of fields, 0 where that tells nothing."""
    wide = [fields for _, fields in rows if len(fields) >= _LEAST_FIELDS]
    if len(wide) < _LEAST_ROWS:
        return 0
    (_, usual), *_others = Counter(map(len, wide)).most_common(1)
    figures = sum(sum(map(is_value, fields)) >= _LEAST_FIGURES for fields in wide)
    return usual if usual >= _LEAST_ROWS and figures >= _LEAST_FIGURES else 0


def _rows(text: str, separator: str) -> Iterator[Row]:
    # newline="": a field may hold line ends of its own.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    first = 1
    cells = 0
    try:
        for fields in reader:
            yield first, fields
            first = reader.line_num + 1
            cells += len(fields)
            if cells > MAX_CELLS:
                raise refusals.too_large()
    except csv.Error as error:
        raise refusals.damaged() from error


def _blocks(rows: Iterator[Row]) -> Iterator[TextBlock | Grid]:
    """Yield lines of one field as text, all others as the rows of grids."""
    table = 0
    for is_row, group in groupby(rows, key=lambda row: len(row[1]) > 1):
        if is_row:
            cells = tuple(_cells(list(group), table + 1))
            if any(cell.text.strip() for cell in cells):
                table += 1
                yield Grid(cells)
        else:
            for line, fields in group:
                if "".join(fields).strip():
                    yield TextBlock(fields[0], Place(line=line))


def _cells(rows: Sequence[Row], table: int) -> Iterator[GridCell]:
    heads: set[tuple[int, int]] = set()
    for at, (line, fields) in enumerate(rows):
        spans = list(_spans(fields, heads))
        worded = {(start, width) for start, width in spans if _is_worded(fields[start])}
        covered = {column for start, width in worded for column in range(start, start + width)}
        heads = worded | {
            (start, width)
            for start, width in heads
            if covered.isdisjoint(range(start, start + width))
        }
        for start, width in spans:
            place = Place(line=line, table=table, row=at + 1, column=start + 1)
            yield GridCell(fields[start], at, start, 1, width, place)


def _is_worded(text: str) -> bool:
    return bool(text.strip()) and not is_value(text)


def _spans(fields: Sequence[str], heads: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first column of each cell and how many it covers."""
    start = 0
    for text, group in groupby(fields):
        width = len(list(group))
        if width > 1 and (_is_worded(text) or (text.strip() and (start, width) in heads)):
            yield start, width
        else:
            yield from ((column, 1) for column in range(start, start + width))
        start += width
