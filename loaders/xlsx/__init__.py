"""Excel workbooks (.xlsx): every sheet is one grid of its used cells.

A cell says the value it holds, not its rounding on screen: 39.3156 stays 39.3156 under the format
0.00. Formats count where they change what a number means (per cent, dates, a unit of money that
only the format prints, a thousandth), and where they show a word or nothing in its place: what is
stored is then not seen. Rows, columns and sheets that are hidden are given as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, Piece, Pieces, joined
from loaders.package import ENCRYPTED_STREAM, is_compound_with, open_package, part_names
from loaders.xlsx.book import Book
from loaders.xlsx.sheet import Area, At, Sheet

__all__ = ["KIND", "MAX_CELLS", "read", "recognises"]

KIND: Final = "xlsx"
MAX_CELLS: Final = 200_000

_MAIN_PART: Final = re.compile(r"xl/workbook\d*\.xml")
_OLD_STREAMS: Final = ("Workbook",)

_MOST_BLANK_ROWS: Final = 50
"""Rows of lines below the last text beyond these are no table but a sheet drawn to its end."""


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are an Excel workbook, old and locked ones included (read tells)."""
    if is_compound_with(data, (ENCRYPTED_STREAM,)):
        return name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    if is_compound_with(data, _OLD_STREAMS):
        return True
    return any(_MAIN_PART.fullmatch(part) for part in part_names(data))


def read(data: bytes) -> Document:
    """Return one grid a sheet, in the order of the tabs, hidden sheets last; raises ReadError."""
    if is_compound_with(data, _OLD_STREAMS):
        raise refusals.old_format(".xlsx")
    with open_package(data) as package:
        mains = [name for name in package.namelist() if _MAIN_PART.fullmatch(name)]
        if not mains:
            raise refusals.damaged()
        # Numbers, references and dates may break the standard anywhere.
        with refusals.told_as():
            book = Book(package, min(mains))
            sheets = sorted(book.sheets(), key=lambda sheet: not sheet.is_visible)
            grids = tuple(grid for sheet in sheets if (grid := _grid(sheet)) is not None)
    if not grids:
        raise refusals.empty()
    return Document(KIND, grids)


def _grid(sheet: Sheet) -> Grid | None:
    """Return the used rectangle of a sheet, or None where it says nothing."""
    inner = {at for area in sheet.merged for at in area.inner_of(sheet.texts)}
    texts = {at: text for at, text in sheet.texts.items() if at not in inner}
    used = [at for at, text in texts.items() if text.strip()]
    if not used:
        return None
    rows, columns = [row for row, _ in used], [column for _, column in used]
    area = Area(min(rows), min(columns), _last_drawn(sheet, max(rows), inner), max(columns))
    merged = [cut for whole in sheet.merged if (cut := whole.within(area))]
    if max(area.size, sum(part.size for part in merged)) > MAX_CELLS:
        raise refusals.too_large()
    cells = _cells(sheet.title, area, texts, merged)
    hides = not sheet.is_visible or sheet.hidden_rows or sheet.hidden_columns or sheet.over
    return Grid(tuple(_seen(sheet, area, cells) if hides or sheet.pieces else cells))


def _seen(sheet: Sheet, area: Area, cells: list[GridCell]) -> Iterator[GridCell]:
    """Yield the cells of a rectangle of a sheet with what is odd about some of them."""
    for cell in cells:
        top, left = area.top + cell.row, area.left + cell.column
        own = Area(top, left, top + cell.row_span - 1, left + cell.column_span - 1)
        if sheet.hides(own):
            yield replace(cell, pieces=(Piece(cell.text, "hidden"),))
        else:
            pieces = sheet.pieces.get((top, left), ())
            drawn = _drawn_over(sheet, own)
            whole = (*(pieces or (Piece(cell.text),)), *drawn) if drawn else pieces
            yield replace(cell, text=joined(whole), pieces=whole) if whole else cell


def _drawn_over(sheet: Sheet, area: Area) -> Pieces:
    return tuple(piece for at, piece in sheet.over if at.within(area))


def _last_drawn(sheet: Sheet, bottom: int, inner: set[At]) -> int:
    """Return the last row below the last text that still has lines: a row of the form left blank."""
    drawn = {at[0] for at in sheet.drawn if at[0] > bottom and at not in inner}
    rows = range(bottom, bottom + _MOST_BLANK_ROWS)
    return next((row for row in rows if row + 1 not in drawn), bottom)


def _cells(title: str, area: Area, texts: dict[At, str], merged: list[Area]) -> list[GridCell]:
    """Return the cells of a rectangle, a merged one once."""
    spans = {(part.top, part.left): part for part in merged}
    inner = {at for part in merged for at in part.places()} - spans.keys()
    letters = {column: get_column_letter(column) for column in area.columns}
    cells = []
    for row in area.rows:
        for column in area.columns:
            at = row, column
            if at in inner:
                continue
            height, width = spans[at].shape if at in spans else (1, 1)
            place = Place(sheet=title, cell=f"{letters[column]}{row}")
            text = texts.get(at, "")
            cells.append(GridCell(text, row - area.top, column - area.left, height, width, place))
    return cells
