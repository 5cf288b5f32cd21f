"""Tables of a Word file: their cells with what they span, in two ways of different speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from loaders.document import Pieces, in_lines, joined, odd
from loaders.docx.elements import attribute, name_of, number, properties, whole
from loaders.docx.looks import LOOKS, Looks, is_on
from loaders.docx.numbering import Numbering
from loaders.docx.text import PICTURES, SIGNS, cell_lines
from loaders.slots import Drawn

_TWIPS_A_POINT: Final = 20
_LEAST_HEIGHT: Final = 60
"""Twentieths of a point: a row that is no higher shows nothing of its letters."""

_BREAKS: Final = ("br", "cr")
_PARTS: Final = (
    "tr",
    "tc",
    "p",
    "t",
    *_BREAKS,
    "gridBefore",
    "gridSpan",
    "vMerge",
    "hMerge",
    "trHeight",
)
_LOOKS: Final = frozenset(LOOKS)
# What is shown otherwise than by the letters in it, or says what no longer holds.
_NOT_PLAIN: Final = frozenset(
    (
        *SIGNS.keys() - {*_BREAKS},
        *("sym", "del", "moveFrom", "rt", "AlternateContent", "oMath"),
        *("tbl", *PICTURES, "txbxContent", "fldChar", "fldSimple"),
        *("tcPrChange", "trPrChange", "hidden"),
    )
)
_SOUGHT: Final = tuple(f"{{*}}{name}" for name in (*_PARTS, *LOOKS, *sorted(_NOT_PLAIN)))


@dataclass(slots=True)
class StoredCell:
    """A cell as it is stored: one that goes on from above or from the left is a cell of its own."""

    lines: list[str] = field(default_factory=list)
    span: int = 1
    down: str | None = None
    """`restart`, `continue`, or None where it is not merged."""
    right: str | None = None
    pieces: Pieces = ()
    """What its text consists of, where it was looked into; its lines are none then."""

    @property
    def text(self) -> str:
        """What the cell says, lines that say nothing left out."""
        return joined(self.pieces) if self.pieces else "\n".join(filter(str.strip, self.lines))


@dataclass(slots=True)
class StoredRow:
    """A row as it is stored, with how many columns it leaves free at its beginning."""

    before: int = 0
    cells: list[StoredCell] = field(default_factory=list)
    is_hidden: bool = False


def plain_rows(table: etree._Element, numbering: Numbering, looks: Looks) -> list[StoredRow] | None:
    """Return the rows of a table that holds nothing but letters, None where it holds more.

    All of its parts pass by once, in the order of the file: three times as fast as looking into
    each cell.
    """
    rows: list[StoredRow] = []
    cell = StoredCell([""])
    if numbering.numbers_in(table) or looks.is_odd_in(table):
        return None
    for element in table.iterdescendants(*_SOUGHT):
        name = name_of(element.tag)
        if name == "t":
            cell.lines[-1] += element.text or ""
        elif name == "p":
            cell.lines.append("")
        elif name == "tc" and rows:
            cell = StoredCell([])
            rows[-1].cells.append(cell)
        elif name == "tr":
            rows.append(StoredRow())
        elif name in _SETTERS and rows:
            _SETTERS[name](rows[-1], cell, element)
        elif name in _BREAKS:
            cell.lines[-1] += SIGNS[name]
        elif name not in _LOOKS or is_on(name, element):
            return None
    return rows


def _set_before(row: StoredRow, _cell: StoredCell, found: etree._Element) -> None:
    row.before = number(found, 0)


def _set_height(row: StoredRow, _cell: StoredCell, found: etree._Element) -> None:
    row.is_hidden = _is_flat(found)


def _set_span(_row: StoredRow, cell: StoredCell, found: etree._Element) -> None:
    cell.span = _span(found)


def _set_down(_row: StoredRow, cell: StoredCell, found: etree._Element) -> None:
    cell.down = _merge(found)


def _set_right(_row: StoredRow, cell: StoredCell, found: etree._Element) -> None:
    cell.right = _merge(found)


_SETTERS: Final = {
    "gridBefore": _set_before,
    "gridSpan": _set_span,
    "vMerge": _set_down,
    "hMerge": _set_right,
    "trHeight": _set_height,
}


def rows_as_shown(
    rows: Sequence[tuple[etree._Element, Sequence[etree._Element]]],
    numbering: Numbering,
    looks: Looks,
) -> list[StoredRow]:
    """Return the rows of any table from their elements and those of their cells."""
    return [
        StoredRow(
            number(found.get("gridBefore"), 0),
            [_cell(cell, numbering, looks) for cell in cells],
            ("hidden" in found and is_on("hidden", found["hidden"]))
            or _is_flat(found.get("trHeight")),
        )
        for row, cells in rows
        for found in (properties(row, "trPr"),)
    ]


def _cell(element: etree._Element, numbering: Numbering, looks: Looks) -> StoredCell:
    found = properties(element, "tcPr")
    lines = cell_lines(element, numbering, looks, looks.ground(element))
    return StoredCell(
        span=_span(found.get("gridSpan")),
        down=_merge(found.get("vMerge")),
        right=_merge(found.get("hMerge")),
        pieces=tuple(in_lines(lines)),
    )


def _is_flat(height: etree._Element | None) -> bool:
    """Say whether a row is held so low that nobody sees what is in it."""
    if height is None or attribute(height, "hRule") != "exact":
        return False
    return number(height, _LEAST_HEIGHT + 1) <= _LEAST_HEIGHT


def _span(found: etree._Element | None) -> int:
    return max(1, number(found, 1))


def _merge(mark: etree._Element | None) -> str | None:
    """Return how a cell is merged: None, `restart`, or `continue` (also where no word is given)."""
    return None if mark is None else attribute(mark, "val") or "continue"


def drawn_cells(rows: Sequence[StoredRow]) -> list[Drawn]:
    """Return the cells that are seen, those that go on joined to the one they start from."""
    cells: list[Drawn] = []
    merging: dict[int, int] = {}  # column → index of the cell that goes on below
    for row_number, row in enumerate(rows):
        column = row.before
        going_on: dict[int, int] = {}
        first = len(cells)
        for cell in row.cells:
            above = merging.get(column)
            if cell.right == "continue" and len(cells) > first:
                cells[-1] = cells[-1].wider(cell.span)
            elif cell.down == "continue" and above is not None:
                cells[above] = cells[above].taller()
                going_on[column] = above
            else:
                if cell.down:
                    going_on[column] = len(cells)
                drawn = Drawn(cell.text, row_number, column, 1, cell.span, pieces=odd(cell.pieces))
                cells.append(drawn)
            column += cell.span
        merging = going_on
    hidden = frozenset(number for number, row in enumerate(rows) if row.is_hidden)
    return [cell.hidden_in(hidden) for cell in cells] if hidden else cells


def column_widths(table: etree._Element) -> list[float]:
    """Return the widths of the grid's columns in points, or none where any is not given."""
    widths = [attribute(column, "w") or "0" for column in table.iterfind("{*}tblGrid/{*}gridCol")]
    numbers = [(whole(width) or 0) / _TWIPS_A_POINT for width in widths]
    return numbers if all(numbers) else []
