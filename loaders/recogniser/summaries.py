"""Tables of many agencies' figures, which use the words of the form and are no report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final

from form.labels import SUMMARY_WORDS
from form.values import folded, mark_of
from loaders.document import Document, Grid, GridCell
from loaders.recogniser.identity import is_agency

_LEAST_AGENCIES: Final = 3
_LEAST_FIGURES: Final = 2
"""In the line of each agency: less may be anything beside a name."""
_LEAST_WORDS: Final = 2
_LONGEST_NAME: Final = 30
_ENDS: Final = frozenset("局委会厅部办室府心院站所队处社司区县市州旗镇乡道学")
"""Last characters of agencies' names: nearly no other cell ends in one of them."""


def without_summaries(document: Document) -> Document:
    """Return a document without its tables of many agencies; itself where it has none."""
    blocks = tuple(block for block in document.blocks if not _is_summary(block))
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)


def _is_summary(block: object) -> bool:
    """Say whether a grid gives an agency's figures a line or a column, under the form's words."""
    if not isinstance(block, Grid):
        return False
    names = [cell for cell in block.cells if _is_name(cell.text)]
    if len({folded(cell.text) for cell in names}) < _LEAST_AGENCIES:
        return False
    words = sum(any(word in folded(cell.text) for word in SUMMARY_WORDS) for cell in block.cells)
    if words < _LEAST_WORDS:
        return False
    by_row = {row: list(cells) for row, cells in groupby(block.cells, key=lambda cell: cell.row)}
    return _in_a_column(names, by_row) or _in_a_row(names, by_row)


def _is_name(text: str) -> bool:
    end = text.rstrip()[-1:]
    return end in _ENDS and 2 <= len(text) <= _LONGEST_NAME and is_agency(folded(text))


def _in_a_column(names: Iterable[GridCell], by_row: dict[int, list[GridCell]]) -> bool:
    columns = groupby(sorted(names, key=lambda c: (c.column, c.row)), key=lambda cell: cell.column)
    for _column, cells in columns:
        with_figures = {
            folded(cell.text) for cell in cells if _figures(by_row[cell.row]) >= _LEAST_FIGURES
        }
        if len(with_figures) >= _LEAST_AGENCIES:
            return True
    return False


def _in_a_row(names: Iterable[GridCell], by_row: dict[int, list[GridCell]]) -> bool:
    for row, cells in groupby(sorted(names, key=lambda c: (c.row, c.column)), key=lambda c: c.row):
        heads = {folded(cell.text) for cell in cells}
        below = (_figures(others) for at, others in by_row.items() if at > row)
        full = sum(count >= _LEAST_AGENCIES for count in below)
        if len(heads) >= _LEAST_AGENCIES and full >= _LEAST_FIGURES:
            return True
    return False


def _figures(cells: Iterable[GridCell]) -> int:
    return sum(mark_of(cell.text) == "number" for cell in cells)
