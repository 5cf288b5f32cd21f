"""Plain text as it comes out of Word or of a PDF by copying."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sample_reports.samples import GridCell, Line, PrintedTable, Sample, grid_rows

RowsOfTable = Callable[[PrintedTable], Iterator[str]]


def cell_a_line(sample: Sample) -> str:
    """Return the sample with every cell on its own line after a tab, and a blank line after a row."""
    return "\n".join(_lines(sample, _cells_below_each_other))


def row_a_line(sample: Sample) -> str:
    """Return the sample with every row on one line, its cells parted by tabs; spans leave blanks."""
    return "\n".join(_lines(sample, _cells_beside_each_other))


def _lines(sample: Sample, rows: RowsOfTable) -> Iterator[str]:
    for block in sample.blocks:
        if isinstance(block, PrintedTable):
            yield from rows(block)
            yield ""
        else:
            yield _line(block)
            if block.role != "closing":
                yield ""


def _line(line: Line) -> str:
    return f"{' ' * 30}{line.text}" if line.role == "closing" else line.text


def _cells_below_each_other(table: PrintedTable) -> Iterator[str]:
    for row in grid_rows(table):
        yield from (f"\t{cell.text}" for cell in row)
        yield ""


def _cells_beside_each_other(table: PrintedTable) -> Iterator[str]:
    for row in grid_rows(table):
        yield "\t".join(text for cell in row for text in _fields(cell))


def _fields(cell: GridCell) -> list[str]:
    return [cell.text, *[""] * (cell.cell.column_span - 1)]
