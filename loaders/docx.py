"""Word files (.docx): what the document shows, read straight from its main part.

Shown means: insertions are kept and deletions left out, field codes, hidden text, list numbers,
headers and footers are not there. Names of elements are those of ISO/IEC 29500 (WordprocessingML),
compared without their namespace, since its strict and transitional forms differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
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
_NOT_SHOWN: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "rt", "tcPr"})
_NOWHERE: Final = Place()
_SIGNS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# What is shown otherwise than by the letters in it.
_NOT_PLAIN: Final = tuple(
    f"{{*}}{name}"
    for name in (
        *_SIGNS,
        *("sym", "vanish", "del", "moveFrom", "rt", "AlternateContent"),
        *("tbl", "drawing", "pict", "object", "txbxContent"),
    )
)


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
            if _name(element.tag) == "tbl":
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
        rows = [(row, list(_members(row, "tc"))) for row in _rows(table)]
        if _is_frame([cells for _row, cells in rows]):
            for _row, cells in rows:
                for cell in cells:
                    yield from self.blocks(cell)
            return
        self._tables += 1
        is_plain = next(table.iterdescendants(*_NOT_PLAIN), None) is None
        found = _cells(rows, _plain_text if is_plain else _cell_text)
        yield tidy_grid(found, self._tables, _column_widths(table))


def _is_frame(rows: list[list[etree._Element]]) -> bool:
    """Say whether a table only frames what it holds: one cell, or one column of tables."""
    if any(len(cells) > 1 for cells in rows):
        return False
    inside = [item for cells in rows for cell in cells for item in _flow(cell)]
    return len(rows) <= 1 or any(_name(item.tag) == "tbl" for item in inside)


def _cells(
    rows: list[tuple[etree._Element, list[etree._Element]]],
    text_of: Callable[[etree._Element], str],
) -> list[GridCell]:
    """Return the cells of a table, vertical merges joined to the cell they start from."""
    cells: list[GridCell] = []
    merging: dict[int, int] = {}  # column → index of the cell that goes on below
    for row_number, (row, elements) in enumerate(rows):
        column = _number(_properties(row, "trPr").get("gridBefore"), 0)
        going_on: dict[int, int] = {}
        for element in elements:
            properties = _properties(element, "tcPr")
            span = max(1, _number(properties.get("gridSpan"), 1))
            merge = _merge(properties.get("vMerge"))
            above = merging.get(column)
            goes_on_right = _merge(properties.get("hMerge")) == "continue"
            if goes_on_right and cells and cells[-1].row == row_number:
                cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + span)
            elif merge == "continue" and above is not None:
                cells[above] = replace(cells[above], row_span=cells[above].row_span + 1)
                going_on[column] = above
            else:
                cells.append(GridCell(text_of(element), row_number, column, 1, span, _NOWHERE))
                if merge:
                    going_on[column] = len(cells) - 1
            column += span
        merging = going_on
    return cells


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(line for line in _lines(cell) if line.strip())


def _plain_text(cell: etree._Element) -> str:
    """Return the text of a cell in a table that holds nothing but letters: far faster."""
    paragraphs = ("".join(_letters(paragraph)) for paragraph in cell.iter("{*}p"))
    return "\n".join(line for line in paragraphs if line.strip())


def _letters(paragraph: etree._Element) -> Iterator[str]:
    return (text.text or "" for text in paragraph.iter("{*}t"))


def _lines(container: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a cell; a table inside it gives one line a row."""
    for element in _flow(container):
        if _name(element.tag) == "tbl":
            for row in _rows(element):
                yield "\t".join(_cell_text(cell) for cell in _members(row, "tc"))
        else:
            yield _text(element)
            for box in _boxes(element):
                yield from _lines(box)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _members(table, "tr") if "del" not in _properties(row, "trPr"))


def _column_widths(table: etree._Element) -> list[float]:
    """Return the widths of the grid's columns in points, or none where any is not given."""
    widths = [_attribute(column, "w") or "0" for column in table.iterfind("{*}tblGrid/{*}gridCol")]
    numbers = [int(width) / _TWIPS_A_POINT if width.isdigit() else 0.0 for width in widths]
    return numbers if all(numbers) else []


def _flow(container: etree._Element) -> Iterator[etree._Element]:
    return _members(container, "p", "tbl")


def _members(container: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, those inside wrappers that show nothing included."""
    for name, child in _shown(container):
        if name in names:
            yield child
        elif name in _WRAPPERS or name == "body":
            yield from _members(child, *names)


def _shown(element: etree._Element) -> list[tuple[str, etree._Element]]:
    """Return the children that count, with their names; of alternatives the first, as Word does."""
    found = []
    for child in element:
        name = _name(child.tag)
        if name == "AlternateContent":
            found += _shown(child[0]) if len(child) else []
        elif name not in _NOT_SHOWN:
            found.append((name, child))
    return found


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    _say(paragraph, pieces)
    return "".join(pieces)


def _say(element: etree._Element, pieces: list[str]) -> None:
    """Add to `pieces` what an element shows of text, that of text boxes left out."""
    for name, child in _shown(element):
        if name == "t":
            pieces.append(child.text or "")
        elif name in _SIGNS:
            pieces.append(_SIGNS[name])
        elif name == "sym":
            pieces.append(chr(int(_attribute(child, "char") or "20", 16)))
        elif name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            _say(child, pieces)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes that are anchored in a paragraph."""
    if next(element.iter("{*}txbxContent"), None) is None:
        return
    for name, child in _shown(element):
        if name == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _is_hidden(run: etree._Element) -> bool:
    vanish = _properties(run, "rPr").get("vanish")
    return vanish is not None and _attribute(vanish, "val") not in ("0", "false", "off")


def _properties(element: etree._Element, name: str) -> dict[str, etree._Element]:
    """Return the properties of an element by name; they stand before its contents."""
    for child in element:
        found = _name(child.tag)
        if found == name:
            return {_name(item.tag): item for item in child}
        if not found.endswith(("Pr", "PrEx")):
            break
    return {}


def _merge(mark: etree._Element | None) -> str | None:
    """Return how a cell is merged: None, "restart", or "continue" (also where no word is given)."""
    return None if mark is None else _attribute(mark, "val") or "continue"


def _number(found: etree._Element | None, default: int) -> int:
    value = _attribute(found, "val") if found is not None else None
    return int(value) if value and value.isdigit() else default


def _attribute(element: etree._Element, name: str) -> str | None:
    return element.get(f"{{{etree.QName(element).namespace}}}{name}")


@lru_cache(maxsize=256)
def _name(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]
