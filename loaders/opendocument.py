"""What text documents and spreadsheets of the OpenDocument format (ISO/IEC 26300) have in common.

Both are ZIP packages that say in a part of its own what they are; their tables are written alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from loaders import refusals
from loaders.document import ReadError
from loaders.package import open_package, parse_xml, part_names, read_part

_CONTENT: Final = "content.xml"
_MIMETYPE: Final = "mimetype"
_MANIFEST: Final = "META-INF/manifest.xml"
_LOCKED: Final = b"encryption-data"
_PREFIX: Final = "{urn:oasis:names:tc:opendocument:xmlns:"

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SIGNS: Final = {"tab": "\t", "line-break": "\n"}
_NOT_SHOWN: Final = frozenset(
    {
        "annotation",
        "desc",  # of a picture, for those who cannot see it
        "event-listeners",
        "forms",
        "hidden-text",
        "note",
        "ruby-text",
        "sequence-decls",
        "shapes",
        "title",
        "tracked-changes",  # what was deleted is kept here
    }
)
_MOST_REPEATED: Final = 1_048_576
"""Rows of the longest sheet there is."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A cell as written: where it is first, and how many rows and columns it is repeated over."""

    element: etree._Element
    row: int
    column: int
    rows: int
    columns: int


def is_of_type(data: bytes, mimetype: str) -> bool:
    """Say whether the bytes are an OpenDocument package of this type or a template of it."""
    if _MIMETYPE not in part_names(data):
        return False
    try:
        with open_package(data) as package:
            return read_part(package, _MIMETYPE).startswith(mimetype.encode())
    except ReadError:
        return False


def content(data: bytes) -> etree._Element:
    """Return the root of the part that holds the text; raises ReadError."""
    with open_package(data) as package:
        if _MANIFEST in package.namelist() and _LOCKED in read_part(package, _MANIFEST):
            raise refusals.encrypted()
        return parse_xml(read_part(package, _CONTENT))


def name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, qualified: str) -> str | None:
    """Return an attribute by its usual name, as in `table:name`."""
    prefix, _, local = qualified.partition(":")
    return element.get(f"{_PREFIX}{prefix}:1.0}}{local}")


def count(element: etree._Element, qualified: str, most: int = _MOST_REPEATED) -> int:
    """Return a number that is at least 1, which it also is where it is not written."""
    digits = (attribute(element, qualified) or "1").strip()
    return min(max(1, int(digits)), most) if re.fullmatch(r"\d{1,9}", digits) else 1


def shown(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that a reader sees."""
    return (
        child
        for child in element
        if name(child) not in _NOT_SHOWN and attribute(child, "text:display") != "none"
    )


def members(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the nearest shown descendants of these names, whatever groups they stand in."""
    for child in shown(element):
        if name(child) in names:
            yield child
        else:
            yield from members(child, *names)


def styles(root: etree._Element, properties: str, value: str) -> frozenset[str]:
    """Return the names of the styles that set a property (`text:display`) to a value."""
    found = (
        attribute(style, "style:name")
        for style in root.iter(f"{_PREFIX}style:1.0}}style")
        if any(attribute(part, properties) == value for part in style)
    )
    return frozenset(style for style in found if style)


def paragraph(element: etree._Element, hidden: frozenset[str] = frozenset()) -> str:
    """Return the text of a paragraph as shown; `hidden` are the styles of text that is not."""
    return "".join(_pieces(element, hidden)).strip(" ")


def _pieces(element: etree._Element, hidden: frozenset[str]) -> Iterator[str]:
    yield _BLANKS.sub(" ", element.text or "")
    for child in element:
        kind = name(child)
        if kind == "s":
            yield " " * count(child, "text:c", 1_000)
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind not in _NOT_SHOWN | {"text-box"} and not _is_hidden(child, hidden):
            yield from _pieces(child, hidden)
        yield _BLANKS.sub(" ", child.tail or "")


def _is_hidden(element: etree._Element, hidden: frozenset[str]) -> bool:
    return attribute(element, "text:style-name") in hidden


def stored_cells(table: etree._Element) -> Iterator[Stored]:
    """Yield the cells of a table that no other covers, row by row."""
    row = 0
    for line in members(table, "table-row"):
        rows = count(line, "table:number-rows-repeated")
        column = 0
        for cell in members(line, "table-cell", "covered-table-cell"):
            columns = count(cell, "table:number-columns-repeated")
            if name(cell) == "table-cell":
                yield Stored(cell, row, column, rows, columns)
            column += columns
        row += rows


def span(cell: etree._Element) -> tuple[int, int]:
    """Return how many rows and columns a cell spans."""
    return count(cell, "table:number-rows-spanned"), count(cell, "table:number-columns-spanned")
