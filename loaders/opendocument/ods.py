"""OpenDocument spreadsheets (.ods): every sheet is one grid of its used cells.

As with Excel's, a cell says the value it holds and not its rounding on screen; the screen's text
counts only for the unit of money that it adds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from typing import Final

from lxml import etree
from openpyxl.utils import get_column_letter

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, Piece, Pieces, in_lines, joined, odd
from loaders.opendocument.parts import (
    attribute,
    content,
    hidden_columns,
    is_of_type,
    members,
    shows_zeros,
    span,
    stored_cells,
    styles,
)
from loaders.opendocument.runs import PLAIN, Looks, looks, oddity_of, pieces
from loaders.units import lead_of, unit_of

KIND: Final = "ods"
MAX_CELLS: Final = 200_000

_MIMETYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_ERROR: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_TOO_NARROW: Final = re.compile("#+")
"""What stands in the place of a number that is wider than its column."""
_DIGITS: Final = re.compile(r"\d")
_MOST_POWERS: Final = 9
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
    unseen = styles(root, "table:display", "false")
    found = looks(data, root)
    hidden = [attribute(sheet, "table:style-name") in unseen for sheet in members(body, "table")]
    if not shows_zeros(data, root):
        _without_zeros(body)
    sheets = sorted(zip(hidden, members(body, "table"), strict=True), key=itemgetter(0))
    grids = tuple(
        grid for is_hidden, sheet in sheets if (grid := _grid(sheet, found, is_hidden)) is not None
    )
    if not grids:
        raise refusals.empty()
    return Document(KIND, grids)


def _without_zeros(body: etree._Element) -> None:
    """Empty the shown text of the cells that hold 0, where sheets show nothing of them."""
    for cell in members(body, "table-cell"):
        value = attribute(cell, "office:value") or ""
        if _NUMBER.fullmatch(value) and Decimal(value) == 0:
            for line in members(cell, "p"):
                del line[:]
                line.text = ""


def _grid(sheet: etree._Element, looks: Looks, is_hidden: bool) -> Grid | None:
    """Return the used rectangle of a sheet, or None where it says nothing."""
    texts, spans, hidden_rows = _contents(sheet, looks)
    unseen = hidden_columns(sheet)
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

    def pieces(at: _At) -> Pieces:
        own, (height, width) = texts.get(at, ()), spans.get(at, (1, 1))
        across = range(at[1], at[1] + width)
        if (
            is_hidden
            or hidden_rows.issuperset(range(at[0], at[0] + height))
            or unseen.issuperset(across)
        ):
            return (Piece(joined(own), "hidden"),)
        return odd(own)

    return Grid(
        tuple(
            GridCell(
                joined(texts.get((row, column), ())),
                row - top,
                column - left,
                *spans.get((row, column), (1, 1)),
                place=Place(sheet=title, cell=f"{get_column_letter(column + 1)}{row + 1}"),
                pieces=pieces((row, column)),
            )
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) not in covered
        )
    )


def _contents(
    sheet: etree._Element, looks: Looks
) -> tuple[dict[_At, Pieces], dict[_At, _At], set[int]]:
    """Return the texts of the cells that say something, the spans of those that have any, and the
    rows that are hidden."""
    texts: dict[_At, Pieces] = {}
    spans: dict[_At, _At] = {}
    rows: set[int] = set()
    for cell in stored_cells(sheet):
        if cell.is_hidden and cell.rows <= MAX_CELLS:
            rows.update(range(cell.row, cell.row + cell.rows))
        size, found = span(cell.element), _said(cell.element, looks)
        text = joined(found) or ("picture" if odd(found) else "")
        if text.strip() and cell.rows * cell.columns > MAX_CELLS:
            raise refusals.too_large()
        # Blank cells are repeated down to the end of the largest sheet there is.
        for row in range(cell.row, cell.row + cell.rows) if text.strip() else ():
            for column in range(cell.column, cell.column + cell.columns):
                texts[row, column] = found
        if size != (1, 1):
            spans[cell.row, cell.column] = size
        if len(texts) > MAX_CELLS:
            raise refusals.too_large()
    return texts, spans, rows


def _covered(spans: Mapping[_At, _At]) -> frozenset[_At]:
    return frozenset(
        (row + down, column + right)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for right in range(width)
        if (down, right) != (0, 0)
    )


def _said(cell: etree._Element, looks: Looks) -> Pieces:
    """Return what a cell says: the value it keeps, else the text it shows."""
    look = looks.get(attribute(cell, "table:style-name"), PLAIN)
    lines = [pieces(line, looks, look) for line in members(cell, "p")]
    drawn = (Piece("", "picture"),) if next(members(cell, "image"), None) is not None else ()
    shown = tuple(in_lines(lines))
    kept = _kept(cell, joined(shown) if lines else None)
    whole = oddity_of(look)
    has_own = any(p.oddity != whole for p in shown if p.oddity or p.text.strip())
    found = shown
    if kept is not None and not has_own:
        found = tuple(replace(piece, oddity=piece.oddity or whole) for piece in kept)
    return (*found, *drawn) if not any(p.oddity == "picture" for p in found) else found


def _kept(cell: etree._Element, text: str | None) -> Pieces | None:
    """Return what a cell says by the value that it keeps, None where it keeps only its text.

    `text` is what an office program shows of it, "" where its format shows nothing; files that
    other programs make may leave it out (None).
    """
    value = attribute(cell, "office:value") or ""
    is_error = cell.get(_ERROR) == "error"
    match attribute(cell, "office:value-type"):
        case "float" | "currency" if _NUMBER.fullmatch(value) and not is_error:
            return _shown(_number(value), text)
        case "percentage" if _NUMBER.fullmatch(value):
            return (Piece(f"{_digits(_number(value) * 100)}%"),)
        case "date":
            return (Piece(_MIDNIGHT.sub("", attribute(cell, "office:date-value") or text or "")),)
        case _:
            return None


def _shown(number: Decimal, text: str | None) -> Pieces:
    """Return the pieces of a number that is shown as `text`: rounded, scaled, or not at all."""
    plain = _digits(number)
    if text is None:
        return (Piece(plain),)
    said = _in_words(plain, text, number)
    match = _NUMBER.search(text.replace(",", ""))
    if _TOO_NARROW.fullmatch(text.strip()):
        return (Piece(said, "hidden"),)
    if match is None:
        return Piece(said, "hidden"), Piece(text.strip(), "scaled")
    if _DIGITS.findall(text) == _DIGITS.findall(said) or _rounds(Decimal(match[0]), abs(number)):
        return (Piece(said, None, None if text.strip() == said else text.strip()),)
    for powers in range(1, _MOST_POWERS):
        scaled = number.scaleb(-powers)
        if _rounds(Decimal(match[0]), abs(scaled)):
            return (Piece(_in_words(_digits(scaled), text, scaled), "scaled", text.strip()),)
    return (Piece(said),)


def _rounds(printed: Decimal, number: Decimal) -> bool:
    """Say whether a number is printed so at its places."""
    places = -int(printed.as_tuple().exponent)
    return abs(abs(printed) - number).scaleb(places) * 2 <= 1


def _number(value: str) -> Decimal:
    """Return a number at the 15 places that a spreadsheet keeps, without its binary noise."""
    return Decimal(format(Decimal(value), ".15g"))


def _digits(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _in_words(digits: str, text: str, number: Decimal) -> str:
    """Return a number with the words that the screen sets beside it, where it shows that number."""
    shown = text.replace(",", "")
    match = _NUMBER.search(shown)
    if match is None or not _rounds(Decimal(match[0]), abs(number)):
        return digits
    return f"{lead_of(shown[: match.start()])}{digits}{unit_of(shown[match.end() :])}"
