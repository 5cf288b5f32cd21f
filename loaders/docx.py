"""Word files (.docx): what the document shows, read straight from its main part.

Shown means: insertions are kept and deletions left out, field codes, hidden text, list numbers,
headers and footers are not there. Names of elements are those of ISO/IEC 29500 (WordprocessingML),
compared without their namespace, since its strict and transitional forms differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from zipfile import ZipFile

from lxml import etree

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.package import (
    ENCRYPTED_STREAM,
    is_compound_with,
    open_package,
    parse_xml,
    part_names,
    read_part,
)
from loaders.slots import tidy_grid

KIND: Final = "docx"

# Office online names the main part document2.xml.
_MAIN_PART: Final = re.compile(r"word/document\d*\.xml")
_MEDIA: Final = "word/media/"
_OLD_STREAM: Final = "WordDocument"
_TWIPS_A_POINT: Final = 20

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
# Field codes and deleted letters are in elements of their own, so only what wraps shown ones counts.
_NOT_SHOWN: Final = frozenset({"del", "moveFrom", "pPr", "rt"})
_SIGNS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a Word file, old and locked ones included (read tells)."""
    if is_compound_with(data, (ENCRYPTED_STREAM,)):
        return name.lower().endswith((".docx", ".docm", ".doc"))
    if is_compound_with(data, (_OLD_STREAM,)):
        return True
    return any(_MAIN_PART.fullmatch(part) for part in part_names(data))


def read(data: bytes) -> Document:
    """Return paragraphs and tables in the order of the body; raises ReadError."""
    if is_compound_with(data, (_OLD_STREAM,)):
        raise refusals.old_format(".docx")
    with open_package(data) as package:
        root = parse_xml(_main_part(package))
        blocks = tuple(_Body().blocks(root))
        if not blocks:
            raise _nothing_said(package)
    return Document(KIND, blocks)


def _main_part(package: ZipFile) -> bytes:
    names = [name for name in package.namelist() if _MAIN_PART.fullmatch(name)]
    if not names:
        raise refusals.damaged()
    return read_part(package, min(names))


def _nothing_said(package: ZipFile) -> Exception:
    pictures = any(name.startswith(_MEDIA) for name in package.namelist())
    return refusals.scanned() if pictures else refusals.empty()


class _Body:
    """Walks a body once and counts its paragraphs and tables."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, container: etree._Element) -> Iterator[TextBlock | Grid]:
        for element in _flow(container):
            if _name(element) == "tbl":
                yield from self._table(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[TextBlock | Grid]:
        self._paragraphs += 1
        text = _text(paragraph)
        if text.strip():
            yield TextBlock(text, Place(line=self._paragraphs))
        for box in _boxes(paragraph):
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[TextBlock | Grid]:
        rows = [list(_members(row, "tc")) for row in _rows(table)]
        if _is_frame(rows):
            for cells in rows:
                for cell in cells:
                    yield from self.blocks(cell)
            return
        self._tables += 1
        yield tidy_grid(_cells(table), self._tables, _column_widths(table))


def _is_frame(rows: list[list[etree._Element]]) -> bool:
    """Say whether a table only frames what it holds: one cell, or one column of tables."""
    if any(len(cells) > 1 for cells in rows):
        return False
    tables = sum(_name(item) == "tbl" for cells in rows for cell in cells for item in _flow(cell))
    return len(rows) <= 1 or tables > 0


def _cells(table: etree._Element) -> list[GridCell]:
    """Return the cells of a table, vertical merges joined to the cell they start from."""
    cells: list[GridCell] = []
    merging: dict[int, int] = {}  # column → index of the cell that goes on below
    for row_number, row in enumerate(_rows(table)):
        column = _number(row, "trPr/gridBefore", 0)
        going_on: dict[int, int] = {}
        for element in _members(row, "tc"):
            span = max(1, _number(element, "tcPr/gridSpan", 1))
            merge = _merge(element, "vMerge")
            above = merging.get(column)
            if _merge(element, "hMerge") == "continue" and cells and cells[-1].row == row_number:
                cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + span)
            elif merge == "continue" and above is not None:
                cells[above] = replace(cells[above], row_span=cells[above].row_span + 1)
                going_on[column] = above
            else:
                cells.append(GridCell(_cell_text(element), row_number, column, 1, span))
                if merge:
                    going_on[column] = len(cells) - 1
            column += span
        merging = going_on
    return cells


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(line for line in _lines(cell) if line.strip())


def _lines(container: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a cell; a table inside it gives one line a row."""
    for element in _flow(container):
        if _name(element) == "tbl":
            for row in _rows(element):
                yield "\t".join(_cell_text(cell) for cell in _members(row, "tc"))
        else:
            yield _text(element)
            for box in _boxes(element):
                yield from _lines(box)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _members(table, "tr") if row.find("{*}trPr/{*}del") is None)


def _column_widths(table: etree._Element) -> list[float]:
    """Return the widths of the grid's columns in points, or none where any is not given."""
    widths = [_attribute(column, "w") or "0" for column in table.iterfind("{*}tblGrid/{*}gridCol")]
    numbers = [int(width) / _TWIPS_A_POINT if width.isdigit() else 0.0 for width in widths]
    return numbers if all(numbers) else []


def _flow(container: etree._Element) -> Iterator[etree._Element]:
    return _members(container, "p", "tbl")


def _members(container: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, those inside wrappers that show nothing included."""
    for child in _shown(container):
        name = _name(child)
        if name in names:
            yield child
        elif name in _WRAPPERS or name == "body":
            yield from _members(child, *names)


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that count; of alternatives only the first, as Word does."""
    for child in element:
        name = _name(child)
        if name == "AlternateContent":
            yield from _shown(child[0]) if len(child) else ()
        elif name not in _NOT_SHOWN:
            yield child


def _text(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in _shown(element):
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield chr(int(_attribute(child, "char") or "20", 16))
        elif name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            yield from _pieces(child)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes that are anchored in a paragraph."""
    for child in _shown(element):
        if _name(child) == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and _attribute(vanish, "val") not in ("0", "false", "off")


def _merge(cell: etree._Element, kind: str) -> str | None:
    """Return how a cell is merged: None, "restart", or "continue" (also where no word is given)."""
    mark = cell.find(f"{{*}}tcPr/{{*}}{kind}")
    return None if mark is None else _attribute(mark, "val") or "continue"


def _number(element: etree._Element, path: str, default: int) -> int:
    found = element.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    value = _attribute(found, "val") if found is not None else None
    return int(value) if value and value.isdigit() else default


def _attribute(element: etree._Element, name: str) -> str | None:
    return element.get(f"{{{etree.QName(element).namespace}}}{name}")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
