"""Tables as grids of text that a person can read.

A line that begins with a table's key names the columns, every other line is a row:

    disputes  | upheld | corrected | other | pending | total
    review    |      1 |           |     — | ?       | ? 0 _

A cell holds what is printed: a number, nothing, a dash, words. `?` is a cell that the document
does not let us tell, with the numbers it can have behind it, `_` for a blank. Digits with a blank
between them are such a cell too: one number in parts, or several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from form.editions import TABLE_KEYS, table
from form.model import Column, EditionKey, Row, TableKey, address
from form.report import Cell, Oddity, Value
from form.values import parse

UNKNOWN = "?"
BLANK_CANDIDATE = "_"
Editions = Mapping[TableKey, EditionKey]


class GridError(ValueError):
    """A grid that does not fit the official form; the message names the line."""


def cells_of(grid: str, editions: Editions, rest: str) -> dict[str, Cell]:
    """Return every cell of the tables named by `editions`, those not in the grid as `rest`.

    Optional rows are there only where the grid writes them. Raises GridError.
    """
    written = dict(written_cells(grid, editions))
    found: dict[str, Cell] = {}
    for key, edition in editions.items():
        for row in table(key, edition).rows:
            for column in row.columns:
                place = address(key, row.key, column.key)
                if place in written or not row.optional:
                    found[place] = written.get(place) or cell_of(rest, column)
    return found


def written_cells(grid: str, editions: Editions) -> Iterator[tuple[str, Cell]]:
    """Yield address and cell of what a grid writes down, in its order; raises GridError."""
    key: TableKey | None = None
    header: list[str] = []
    for line in filter(str.strip, grid.splitlines()):
        name, *texts = (text.strip() for text in line.split("|"))
        opened = next((item for item in TABLE_KEYS if item == name), None)
        if opened is not None:
            key, header = opened, texts
        elif key is None or key not in editions:
            raise GridError(f"no table for this row: {line.strip()}")
        else:
            yield from _row_cells(key, _row(key, editions[key], name), header, texts)


def _row(key: TableKey, edition: EditionKey, name: str) -> Row:
    try:
        return table(key, edition).row(name)
    except KeyError:
        raise GridError(f"no such row in edition {edition}: {key}.{name}") from None


def _row_cells(
    key: TableKey, row: Row, header: list[str], texts: list[str]
) -> Iterator[tuple[str, Cell]]:
    if header != [column.key for column in row.columns]:
        raise GridError(f"the columns above do not fit this row: {row.key}")
    if len(texts) != len(header):
        raise GridError(f"{len(texts)} cells for {len(header)} columns: {row.key}")
    for column, text in zip(row.columns, texts, strict=True):
        yield address(key, row.key, column.key), cell_of(text, column)


def cell_of(text: str, column: Column) -> Cell:
    """Return the cell that prints `text`; see the module's first lines for `?`."""
    if text.startswith(UNKNOWN):
        return Cell(None, "unknown", candidates=tuple(map(_candidate, text[1:].split())))
    reading = parse(text, column)
    oddities: tuple[Oddity, ...] = ("gap",) if reading.oddity == "gap" else ()
    return Cell(
        reading.value,
        reading.mark,
        text,
        unit=reading.unit,
        candidates=reading.candidates,
        oddities=oddities,
    )


def _candidate(text: str) -> Value:
    return None if text == BLANK_CANDIDATE else int(text)
