"""Plain text, with tables in the layouts that copying and converters leave."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from io import StringIO
from typing import Final

from benchmarks.synthetic.draft import Draft
from form.layout import LayoutCell
from sample_reports.samples import GridCell, Line, PrintedTable

_BLANKS: Final = " \t\n\u3000"

Layout = Callable[[PrintedTable], Iterator[str]]
"""A table's lines."""


def maker(layout: Layout) -> Callable[[Draft], bytes]:
    """Return the maker of text files whose tables have one layout."""

    def make(draft: Draft) -> bytes:
        lines = (line for block in draft.blocks for line in (*_block(block, layout), ""))
        return reduce(lambda text, edit: edit(text), draft.style.text, "\n".join(lines)).encode()

    return make


def csv_file(draft: Draft) -> bytes:
    """Return the draft as Excel saves it: what a merged cell covers is blank."""
    return _separated(draft, _padded).encode("gb18030")


def repeated_csv(draft: Draft) -> bytes:
    """Return the draft as programs save it that print a merged cell's text in all it covers."""
    return _separated(draft, _repeated).encode("utf-8-sig")


def _separated(draft: Draft, rows: Callable[[PrintedTable], Iterator[list[str]]]) -> str:
    target = StringIO()
    writer = csv.writer(target)
    for block in draft.blocks:
        lines = rows(block) if isinstance(block, PrintedTable) else iter([[block.text]])
        writer.writerows(lines)
    return target.getvalue()


def _block(block: Line | PrintedTable, layout: Layout) -> Iterator[str]:
    if isinstance(block, PrintedTable):
        yield from layout(block)
    else:
        yield block.text


def _grid_rows(table: PrintedTable) -> Iterator[list[GridCell]]:
    """Yield each row's cells, with what reaches into it from above; a row can lack or add cells."""
    above: dict[int, tuple[LayoutCell, int]] = {}
    """Column → the cell that reaches down from above, and its last row."""
    for number, printed in enumerate(table.rows):
        row, column, cells = [], 0, list(printed)
        while cells or number <= above.get(column, (None, -1))[1]:
            cell, last = above.get(column, (cells[0] if cells else None, -1))
            continues = number <= last
            if not continues:
                cell = cells.pop(0)
                above[column] = (cell, number + cell.row_span - 1)
            assert cell is not None
            row.append(GridCell(cell, number, column, continues))
            column += cell.column_span
        yield row


def _printed(table: PrintedTable) -> Iterator[list[str]]:
    """Yield each row's printed cells, each once, none for what a span covers."""
    for row in table.rows:
        yield [cell.text for cell in row]


def _padded(table: PrintedTable) -> Iterator[list[str]]:
    """Yield each row's fields, one a grid column: what a span covers is blank."""
    for row in _grid_rows(table):
        yield [text for cell in row for text in (cell.text, *[""] * (cell.cell.column_span - 1))]


def _repeated(table: PrintedTable) -> Iterator[list[str]]:
    """Yield each row's fields, one a grid column: what a span covers repeats its text."""
    for row in _grid_rows(table):
        yield [text for cell in row for text in [cell.cell.text] * cell.cell.column_span]


def _down(cells: list[str], before: str) -> Iterator[str]:
    yield from (f"{before}{text}" for text in cells)
    yield ""


def cells(table: PrintedTable) -> Iterator[str]:
    """Yield one cell a line after a tab, an empty line after each row."""
    for row in _printed(table):
        yield from _down(row, "\t")


def covered_cells(table: PrintedTable) -> Iterator[str]:
    """Yield one cell a line after a tab, also for what a cell covers from the rows above."""
    for row in _grid_rows(table):
        yield from _down([cell.text for cell in row], "\t")


def tabs(table: PrintedTable) -> Iterator[str]:
    """Yield a row a line, printed cells between tabs; a row of one cell is a line of its own."""
    yield from ("\t".join(row) for row in _printed(table))


def padded_tabs(table: PrintedTable) -> Iterator[str]:
    """Yield a row a line, a field for each grid column between tabs."""
    yield from ("\t".join(row) for row in _padded(table))


def pipes(table: PrintedTable) -> Iterator[str]:
    """Yield a row a line, printed cells between pipes."""
    yield from (_between_pipes(row) for row in _printed(table))


def span_pipes(table: PrintedTable) -> Iterator[str]:
    """Yield a row a line; as many pipes stand behind a cell as it has columns."""
    for row in _grid_rows(table):
        yield "|" + "".join(_spanning(cell) for cell in row)


def _spanning(cell: GridCell) -> str:
    return f" {cell.text} " + "|" * cell.cell.column_span


def pipe_lines(table: PrintedTable) -> Iterator[str]:
    """Yield one cell a line after a pipe, an empty line after each row."""
    for row in _printed(table):
        yield from _down(row, "| ")


def paragraph_cells(table: PrintedTable) -> Iterator[str]:
    """Yield one cell a paragraph, as a browser copies cells that hold some; blanks leave none."""
    for row in _printed(table):
        for text in row:
            yield from (text.strip(_BLANKS), "")


def piped_cells(table: PrintedTable) -> Iterator[str]:
    """Yield one cell a line before a pipe, and a pipe alone after each row."""
    for row in _printed(table):
        yield from (f"{text} |" for text in row)
        yield "|"


def pipes_below_cells(table: PrintedTable) -> Iterator[str]:
    """Yield each cell above a pipe on a line of its own."""
    for row in _printed(table):
        for text in row:
            yield from (text, "|")


def parted(table: PrintedTable) -> Iterator[str]:
    """Yield a row a line with a blank between cells, as viewers of PDF files copy it."""
    for row in _printed(table):
        yield " ".join(found for text in row if (found := "".join(text.split())))


def markdown(table: PrintedTable) -> Iterator[str]:
    """Yield a Markdown table; what a span covers is blank."""
    yield from _markdown(list(_padded(table)))


def repeated_markdown(table: PrintedTable) -> Iterator[str]:
    """Yield a Markdown table; what a span covers repeats its text."""
    yield from _markdown(list(_repeated(table)))


def _markdown(rows: list[list[str]]) -> Iterator[str]:
    yield _between_pipes(rows[0])
    yield _between_pipes(["---"] * len(rows[0]))
    yield from (_between_pipes(row) for row in rows[1:])


def _between_pipes(row: list[str]) -> str:
    return "| " + " | ".join(row) + " |"


LAYOUTS: Final[Mapping[str, Layout]] = {
    "cells": cells,
    "covered-cells": covered_cells,
    "tabs": tabs,
    "padded-tabs": padded_tabs,
    "pipes": pipes,
    "span-pipes": span_pipes,
    "pipe-lines": pipe_lines,
    "markdown": markdown,
    "repeated-markdown": repeated_markdown,
}
"""Name → layout; the plain layouts come first."""
COPIED: Final[Mapping[str, Layout]] = {
    "paragraphs": paragraph_cells,
    "end-pipes": piped_cells,
    "pipes-below": pipes_below_cells,
    "parted": parted,
}
"""Those that keep no blank cells, nor where rows end."""
