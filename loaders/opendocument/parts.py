"""What text documents and spreadsheets of the OpenDocument format (ISO/IEC 26300) have in common.

Both are ZIP packages that say in a part of its own what they are, or one flat XML that says it in
its root; their tables are written alike.
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

NOT_SHOWN: Final = frozenset(
    {
        "annotation",
        "desc",  # of a picture, for those who cannot see it
        "event-listeners",
        "forms",
        "hidden-text",
        "note",
        "placeholder",  # words that ask for what nobody has filled in
        "ruby-text",
        "sequence-decls",
        "shapes",
        "title",
        "tracked-changes",  # what was deleted is kept here
    }
)
_STYLE: Final = f"{_PREFIX}style:1.0}}style"
_STYLES: Final = "styles.xml"
_SETTINGS: Final = "settings.xml"
_CONFIG: Final = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_VIEW: Final = f"{_CONFIG}config-item-map-entry"
_ZEROS: Final = "ShowZeroValues"
_MOST_COLUMNS: Final = 16_384
_HEAD_BYTES: Final = 8192
_FLAT_ROOT: Final = re.compile(rb"<(?:office:)?document[\s>]")
_FLAT_TYPE: Final = re.compile(rb'mimetype="([^"]*)"')
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
    is_hidden: bool = False
    """True where the row that it stands in is not shown."""


def is_of_type(data: bytes, mimetype: str) -> bool:
    """Say whether the bytes are an OpenDocument file of this type or a template of it."""
    if is_flat(data):
        found = _FLAT_TYPE.search(data[:_HEAD_BYTES])
        return found is not None and found[1].startswith(mimetype.encode())
    if _MIMETYPE not in part_names(data):
        return False
    try:
        with open_package(data) as package:
            return read_part(package, _MIMETYPE).startswith(mimetype.encode())
    except ReadError:
        return False


def content(data: bytes) -> etree._Element:
    """Return the root of the part that holds the text; raises ReadError."""
    if is_flat(data):
        return parse_xml(data)
    with open_package(data) as package:
        if _MANIFEST in package.namelist() and _LOCKED in read_part(package, _MANIFEST):
            raise refusals.encrypted()
        return parse_xml(read_part(package, _CONTENT))


def is_flat(data: bytes) -> bool:
    return data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and (
        _FLAT_ROOT.search(data[:_HEAD_BYTES]) is not None
    )


def name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


_COMPATIBLE: Final = {"fo": "xsl-fo-compatible"}


def attribute(element: etree._Element, qualified: str) -> str | None:
    """Return an attribute by its usual name, as in `table:name`."""
    prefix, _, local = qualified.partition(":")
    return element.get(f"{_PREFIX}{_COMPATIBLE.get(prefix, prefix)}:1.0}}{local}")


def count(element: etree._Element, qualified: str, most: int = _MOST_REPEATED) -> int:
    """Return a number that is at least 1, which it also is where it is not written."""
    digits = (attribute(element, qualified) or "1").strip()
    return min(max(1, int(digits)), most) if re.fullmatch(r"\d{1,9}", digits) else 1


def shown(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that a reader sees."""
    return (
        child
        for child in element
        if name(child) not in NOT_SHOWN
        and attribute(child, "text:display") != "none"
        and attribute(child, "text:is-hidden") != "true"
    )


def members(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the nearest shown descendants of these names, whatever groups they stand in."""
    for child in shown(element):
        if name(child) in names:
            yield child
        else:
            yield from members(child, *names)


def all_styles(data: bytes, root: etree._Element) -> Iterator[etree._Element]:
    """Yield the styles of a file, those of the text itself first; raises ReadError."""
    yield from root.iter(_STYLE)
    if not is_flat(data) and _STYLES in part_names(data):
        with open_package(data) as package:
            part = read_part(package, _STYLES)
        yield from parse_xml(part).iter(_STYLE)


def styles(root: etree._Element, properties: str, value: str) -> frozenset[str]:
    """Return the names of the styles that set a property (`text:display`) to a value."""
    found = (
        attribute(style, "style:name")
        for style in root.iter(_STYLE)
        if any(attribute(part, properties) == value for part in style)
    )
    return frozenset(style for style in found if style)


def shows_zeros(data: bytes, root: etree._Element) -> bool:
    """Say whether sheets show a cell that holds 0; the settings say it once for all of them.

    What they say of the view in which the file was seen goes before what they say of the file.
    """
    settings = root if is_flat(data) else _settings(data)
    items = () if settings is None else settings.iter(f"{_CONFIG}config-item")
    said = [item for item in items if item.get(f"{_CONFIG}name") == _ZEROS]
    views = [item for item in said if next(item.iterancestors(_VIEW), None) is not None]
    return all((item.text or "").strip() != "false" for item in views or said)


def _settings(data: bytes) -> etree._Element | None:
    if _SETTINGS not in part_names(data):
        return None
    try:
        with open_package(data) as package:
            part = read_part(package, _SETTINGS)
        return parse_xml(part) if _ZEROS.encode() in part else None
    except ReadError:
        return None  # How sheets are shown is lost then, and not the whole file.


def is_collapsed(element: etree._Element) -> bool:
    """Say whether a row or column is not shown, by itself or by a filter."""
    return attribute(element, "table:visibility") in ("collapse", "filter")


def hidden_columns(table: etree._Element) -> frozenset[int]:
    """Return the columns that a table does not show."""
    found: set[int] = set()
    at = 0
    for column in members(table, "table-column"):
        repeated = count(column, "table:number-columns-repeated", _MOST_COLUMNS)
        if is_collapsed(column):
            found.update(range(at, at + repeated))
        at += repeated
    return frozenset(found)


def stored_cells(table: etree._Element) -> Iterator[Stored]:
    """Yield the cells of a table that no other covers, row by row."""
    row = 0
    for line in members(table, "table-row"):
        rows = count(line, "table:number-rows-repeated")
        column = 0
        for cell in members(line, "table-cell", "covered-table-cell"):
            columns = count(cell, "table:number-columns-repeated")
            if name(cell) == "table-cell":
                yield Stored(cell, row, column, rows, columns, is_collapsed(line))
            column += columns
        row += rows


def span(cell: etree._Element) -> tuple[int, int]:
    """Return how many rows and columns a cell spans."""
    return count(cell, "table:number-rows-spanned"), count(cell, "table:number-columns-spanned")
