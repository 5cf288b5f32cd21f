"""OpenDocument spreadsheets (.ods): every sheet is one grid of its used cells.

As with Excel's, a cell says the value it holds and not its rounding on screen; the screen's text
counts only for the unit of money that it adds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from lxml import etree
from openpyxl.utils import get_column_letter

from form.report import Place
from form.values import UNITS
from loaders import refusals
from loaders.document import Document, Grid, GridCell
from loaders.opendocument import (
    attribute,
    content,
    is_of_type,
    members,
    paragraph,
    span,
    stored_cells,
    styles,
)

KIND: Final = "ods"
MAX_CELLS: Final = 200_000

_MIMETYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_ERROR: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_MIDNIGHT: Final = re.compile(r"T00:00:00(?:\.0+)?$")

_At = tuple[int, int]


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are an OpenDocument spreadsheet."""
    del name
    return is_of_type(data, _MIMETYPE)


def read(data: bytes) -> Document:
    """Return one grid a sheet, in the order of the tabs, hidden sheets last; raises ReadError."""
    root = content(data)
    body = next(members(root, "spreadsheet"), None)
    if body is None:
        raise refusals.damaged()
    hidden = styles(root, "table:display", "false")
    sheets = sorted(
        members(body, "table"),
        key=lambda sheet: attribute(sheet, "table:style-name") in hidden,
    )
    grids = tuple(grid for sheet in sheets if (grid := _grid(sheet)) is not None)
    if not grids:
        raise refusals.empty()
    return Document(KIND, grids)


def _grid(sheet: etree._Element) -> Grid | None:
    """Return the used rectangle of a sheet, or None where it says nothing."""
    texts, spans = _contents(sheet)
    if not texts:
        return None
    rows, columns = [row for row, _ in texts], [column for _, column in texts]
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
        raise refusals.too_large()
    spans = {
        (row, column): (min(height, bottom - row + 1), min(width, right - column + 1))
        for (row, column), (height, width) in spans.items()
    }
    if sum(max(0, height) * max(0, width) for height, width in spans.values()) > MAX_CELLS:
        raise refusals.too_large()
    covered = _covered(spans)
    title = attribute(sheet, "table:name") or ""
    return Grid(
        tuple(
            GridCell(
                texts.get((row, column), ""),
                row - top,
                column - left,
                *spans.get((row, column), (1, 1)),
                place=Place(sheet=title, cell=f"{get_column_letter(column + 1)}{row + 1}"),
            )
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) not in covered
        )
    )


def _contents(sheet: etree._Element) -> tuple[dict[_At, str], dict[_At, _At]]:
    """Return the texts of the cells that say something, and the spans of those that have any."""
    texts: dict[_At, str] = {}
    spans: dict[_At, _At] = {}
    for cell in stored_cells(sheet):
        size, text = span(cell.element), _said(cell.element)
        if text.strip() and cell.rows * cell.columns > MAX_CELLS:
            raise refusals.too_large()
        # Blank cells are repeated down to the end of the largest sheet there is.
        for row in range(cell.row, cell.row + cell.rows) if text.strip() else ():
            for column in range(cell.column, cell.column + cell.columns):
                texts[row, column] = text
        if size != (1, 1):
            spans[cell.row, cell.column] = size
        if len(texts) > MAX_CELLS:
            raise refusals.too_large()
    return texts, spans


def _covered(spans: Mapping[_At, _At]) -> frozenset[_At]:
    return frozenset(
        (row + down, column + right)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for right in range(width)
        if (down, right) != (0, 0)
    )


def _said(cell: etree._Element) -> str:
    """Return what a cell says: the value it keeps, else the text it shows."""
    text = "\n".join(paragraph(line) for line in members(cell, "p"))
    value = attribute(cell, "office:value") or ""
    is_error = cell.get(_ERROR) == "error"
    match attribute(cell, "office:value-type"):
        case "float" | "currency" if _NUMBER.fullmatch(value) and not is_error:
            number = _number(value)
            return f"{_digits(number)}{_unit(text, number)}"
        case "percentage" if _NUMBER.fullmatch(value):
            return f"{_digits(_number(value) * 100)}%"
        case "date":
            return _MIDNIGHT.sub("", attribute(cell, "office:date-value") or text)
        case _:
            return text


def _number(value: str) -> Decimal:
    """Return a number at the 15 places that a spreadsheet keeps, without its binary noise."""
    return Decimal(format(Decimal(value), ".15g"))


def _digits(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _unit(text: str, number: Decimal) -> str:
    """Return the unit that the screen adds to a number, where it shows that same number."""
    unit = next((unit for unit in UNITS if unit in text), "")
    match = _NUMBER.search(text.replace(",", "")) if unit else None
    if match is None:
        return ""
    printed = Decimal(match[0])
    places = -int(printed.as_tuple().exponent)
    return unit if abs(printed - number).scaleb(places) * 2 <= 1 else ""
