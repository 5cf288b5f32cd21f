"""The official tables as grids to type into, each entry kept at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from form.editions import EDITION_KEYS, table
from form.figures import digits
from form.language import _
from form.model import EditionKey, TableKey, address
from form.names import SEPARATOR, row_name, without_remark
from form.report import Cell, Report, layout_edition
from library.errors import LibraryError
from pages.parts import shelf

_ROUND = "typing-round"
REFUSED = "typing-refused"
MOST_HEAD, MOST_LINE = 3, 23
"""Characters; the whole labels stand in the form that is shown below the grid."""
ROW, HEAD, LABEL, CELL = 28, 40, 284, 68
"""Heights and widths in pixels: section 三 fits beside its source on one screen."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as lines and columns; `places` has the address of each cell, line by line."""

    columns: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]


def grid_of(key: TableKey, edition: EditionKey) -> Grid:
    """Return the grid of a table: as printed where its rows have the same columns, else a list."""
    rows = [row for row in table(key, edition).rows if not row.optional]
    names = [row_name(key, edition, row.key) for row in rows]
    if len({tuple(column.key for column in row.columns) for row in rows}) == 1:
        return Grid(
            tuple(_short_head(column.label) for column in rows[0].columns),
            tuple(map(_short_line, names)),
            tuple(
                tuple(address(key, row.key, column.key) for column in row.columns) for row in rows
            ),
        )
    cells = [
        (name, row, column) for name, row in zip(names, rows, strict=True) for column in row.columns
    ]
    return Grid(
        (_("数"),),
        tuple(
            _short_line(SEPARATOR.join((name, without_remark(column.label))))
            for name, _row, column in cells
        ),
        tuple((address(key, row.key, column.key),) for _name, row, column in cells),
    )


def _short_head(label: str) -> str:
    """Return the first word of a header: 商业 for 商业企业, 法律 for 法律服务机构."""
    return label if len(label) <= MOST_HEAD else label[:2]


def _short_line(name: str) -> str:
    return name if len(name) <= MOST_LINE else f"{name[: MOST_LINE - 1]}…"


def texts_of(grid: Grid, report: Report) -> pd.DataFrame:
    """Return what is entered, as texts; None where nothing is entered yet."""
    lines = [[_text(report.cells[place]) for place in line] for line in grid.places]
    return pd.DataFrame(lines, columns=list(grid.columns), index=list(grid.labels), dtype="string")


def _text(cell: Cell) -> str | None:
    if cell.mark == "unknown":
        return None
    unit = f" {cell.unit}" if cell.unit else ""
    return f"{digits(cell.value)}{unit}" if cell.value is not None else ""


def changes(
    grid: Grid, edits: Mapping[int, Mapping[str, object]], report: Report
) -> dict[str, str]:
    """Return the texts by address that edits of the grid bring; what is entered already is left out.

    An emptied cell gives "": nothing is printed there.
    """
    found = {}
    for line, columns in edits.items():
        for name, value in columns.items():
            place = grid.places[int(line)][grid.columns.index(name)]
            text = "" if value is None else str(value).strip()
            if text != _text(report.cells[place]):
                found[place] = text
    return found


def show_grid(report_id: int, report: Report, key: TableKey) -> None:
    """Show one table to type into."""
    edition = report.editions.get(key) or EDITION_KEYS[-1]
    grid = grid_of(key, edition)
    name = f"type-{report_id}-{key}-{st.session_state.get(_ROUND, 0)}"
    first = st.session_state.setdefault(f"{name}-texts", texts_of(grid, report))
    st.data_editor(
        first,
        key=name,
        width="stretch",
        height=ROW * len(grid.labels) + HEAD + 2,
        row_height=ROW,
        placeholder="",
        disabled=["_index"],
        column_config={
            "_index": st.column_config.Column("", width=LABEL),
            **{column: st.column_config.TextColumn(column, width=CELL) for column in grid.columns},
        },
        on_change=_enter,
        args=(report_id, key, name),
    )


def _enter(report_id: int, key: TableKey, name: str) -> None:
    """Keep what was typed; a callback. What is refused is said, and the grid shows what is kept."""
    report = shelf.library().report(report_id)
    grid = grid_of(key, layout_edition(report, key))
    texts = changes(grid, st.session_state[name]["edited_rows"], report)
    try:
        seen = {place: report.cells[place] for place in texts}
        shelf.library().enter_typed(report_id, texts, seen)
    except LibraryError as error:
        st.session_state[REFUSED] = error.message
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def entered(report: Report) -> tuple[int, int]:
    """Return how many cells are entered, and how many there are."""
    marks = [cell.mark for cell in report.cells.values()]
    return sum(mark != "unknown" for mark in marks), len(marks)


def as_if_blank(report: Report) -> Report:
    """Return the report with blanks for what nobody has entered yet: how the form looks now."""
    blank = Cell(None, "blank")
    cells = {
        place: blank if cell.mark == "unknown" else cell for place, cell in report.cells.items()
    }
    return replace(report, cells=cells)
