"""Plain text: text saved or copied from documents, with their tables in the layouts that leaves.

The layouts are told apart line by line. A line that begins with its only tab, or its only pipe,
is one cell; its row ends at the next empty line, and lines without either before that continue
the cell. Any other line with tabs or pipes is a whole row, one field between two of them. Tabs
are never stripped: a cell that is only a tab is a blank cell of the form. Merged cells are lost
in all of these layouts, so none of their grids is aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Final

from loaders import refusals
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.text.encoding import decode, is_text
from loaders.text.lines import TextLine, lines_of
from loaders.text.shapes import Shape, shapes

KIND: Final = "txt"

_HYPHENS: Final = re.compile(r"\s*:?-+:?\s*")
_MANY_HYPHENS: Final = re.compile(r"\s*:?-{3,}:?\s*")


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are text in a known encoding, damaged ones included (read tells)."""
    del name
    return is_text(data)


def read(data: bytes) -> Document:
    """Return the document of a text file; raises ReadError where it cannot be decoded."""
    return read_text(decode(data))


def read_text(text: str) -> Document:
    """Return the document of pasted text; places carry lines and fields, from 1.

    Raises ReadError where it says nothing.
    """
    found = tuple(blocks(lines_of(text)))
    if not found:
        raise refusals.empty()
    return Document(KIND, found)


def blocks(lines: Sequence[TextLine]) -> Iterator[TextBlock | Grid]:
    """Yield the paragraphs and grids of a text in its order."""
    builder = _Builder()
    for line, shape in zip(lines, shapes(lines), strict=True):
        yield from builder.add(line, shape)
    yield from builder.end_grid()


class _Builder:
    """Collects lines into paragraphs and grids."""

    def __init__(self) -> None:
        self._rows: list[list[GridCell]] = []
        self._piped: set[int] = set()
        self._open_row = False
        self._open_cell = False
        self._loses_blanks = False

    def add(self, line: TextLine, shape: Shape) -> Iterator[TextBlock | Grid]:
        match shape.kind:
            case "cell" | "value":
                self._add_cell(shape.fields[0], line)
                self._open_cell = shape.kind == "cell"
            case "row" | "parted":
                self._loses_blanks = self._loses_blanks or shape.kind == "parted"
                self._add_row(shape, line)
            case "passed":
                pass
            case "text" if self._open_row and self._open_cell:
                self._continue_cell(line.text)
            case "text":
                yield from self.end_grid()
                yield TextBlock(line.text, line.place())
            case _:
                self._open_row = False

    def end_grid(self) -> Iterator[Grid]:
        """Yield the grid under way, if any, and close it."""
        rows = [row for index, row in enumerate(self._rows) if not self._is_rule(index, row)]
        if rows:
            yield Grid(
                tuple(replace(cell, row=index) for index, row in enumerate(rows) for cell in row),
                aligned=False,
                loses_blanks=self._loses_blanks,
            )
        self._rows, self._piped, self._open_row = [], set(), False
        self._loses_blanks = False

    def _is_rule(self, index: int, row: list[GridCell]) -> bool:
        """Say whether a row of hyphens between pipes only rules off a head, as in Markdown.

        The last row of a table has nothing below to be ruled off from: its hyphens are dashes.
        """
        if index not in self._piped or index == len(self._rows) - 1:
            return False
        if index == 1 and all(_HYPHENS.fullmatch(cell.text) for cell in row):
            return True
        texts = [cell.text for cell in row if cell.text]
        return bool(texts) and all(map(_MANY_HYPHENS.fullmatch, texts))

    def _add_row(self, shape: Shape, line: TextLine) -> None:
        self._open_row = False
        if shape.is_piped:
            self._piped.add(len(self._rows))
        starts = [0, *accumulate(shape.spans or (1,) * len(shape.fields))]
        self._rows.append(
            [
                _cell(text, field, line, start, end - start)
                for field, (text, (start, end)) in enumerate(
                    zip(shape.fields, pairwise(starts), strict=True)
                )
            ]
        )

    def _add_cell(self, text: str, line: TextLine) -> None:
        if not self._open_row:
            self._rows.append([])
            self._open_row = True
        row = self._rows[-1]
        row.append(_cell(text, len(row), line, len(row)))

    def _continue_cell(self, text: str) -> None:
        row = self._rows[-1]
        row[-1] = replace(row[-1], text=f"{row[-1].text}\n{text}")


def _cell(text: str, field: int, line: TextLine, column: int, width: int = 1) -> GridCell:
    return GridCell(text, 0, column, 1, width, line.place(field + 1))
