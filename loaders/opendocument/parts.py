"""What text documents and spreadsheets of the OpenDocument format (ISO/IEC 26300) have in common.

Both are ZIP packages that say in a part of its own what they are, or one flat XML that says it in
its root; their tables are written alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from form.report import Oddity
from loaders import refusals
from loaders.document import Piece, Pieces, ReadError, joined, odd
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
        "placeholder",  # words that ask for what nobody has filled in
        "ruby-text",
        "sequence-decls",
        "shapes",
        "title",
        "tracked-changes",  # what was deleted is kept here
    }
)
_NOT_SAID: Final = _NOT_SHOWN | {"text-box"}
_STYLES: Final = "styles.xml"
_SETTINGS: Final = "settings.xml"
_CONFIG: Final = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_ZEROS: Final = "ShowZeroValues"
_ODD_WORDS: Final = (
    *(b"line-through", b"text-position", b'display="none"'),
    *(b"background-color", b'font-size="0', b'font-size="1p'),
)
_TINY: Final = re.compile(r"(?:0|1|[01]\.\d+)pt")
"""Letters smaller than two points, as on a page of a PDF."""
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_HIDDEN_PARAGRAPH: Final = "hidden-paragraph"
_RAISED: Final = re.compile(r"super|sub|-?(?!0%)\d")
_DEEPEST: Final = 20
"""Styles upon styles."""
_MOST_COLUMNS: Final = 16_384
_HEAD_BYTES: Final = 8192
_FLAT_ROOT: Final = re.compile(rb"<(?:office:)?document[\s>]")
_FLAT_TYPE: Final = re.compile(rb'mimetype="([^"]*)"')
NO_LOOKS: Final[Mapping[str | None, Oddity]] = {}
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
    if _is_flat(data):
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
    if _is_flat(data):
        return parse_xml(data)
    with open_package(data) as package:
        if _MANIFEST in package.namelist() and _LOCKED in read_part(package, _MANIFEST):
            raise refusals.encrypted()
        return parse_xml(read_part(package, _CONTENT))


def _is_flat(data: bytes) -> bool:
    return data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and (
        _FLAT_ROOT.search(data[:_HEAD_BYTES]) is not None
    )


def looks(data: bytes, root: etree._Element) -> Mapping[str | None, Oddity]:
    """Return what is odd about the text of each style of a file: struck, raised, hidden."""
    roots = [root]
    if not _is_flat(data) and _STYLES in part_names(data):
        with open_package(data) as package:
            part = read_part(package, _STYLES)
        if any(word in part for word in _ODD_WORDS):
            roots.append(parse_xml(part))
    own: dict[str | None, Oddity | None] = {}
    above: dict[str | None, str | None] = {}
    for style in (style for found in roots for style in found.iter(f"{_PREFIX}style:1.0}}style")):
        known = attribute(style, "style:name")
        own.setdefault(known, _oddity(style))
        above.setdefault(known, attribute(style, "style:parent-style-name"))
    found: dict[str | None, Oddity] = {}
    for known in own:
        at, steps = known, 0
        while at is not None and own.get(at) is None and steps < _DEEPEST:
            at, steps = above.get(at), steps + 1
        oddity = own.get(at)
        if oddity is not None:
            found[known] = oddity
    return found


def _oddity(style: etree._Element) -> Oddity | None:
    if _is_blended(style):
        return "hidden"
    for part in style:
        if _TINY.fullmatch(attribute(part, "fo:font-size") or ""):
            return "hidden"
        if attribute(part, "text:display") == "none":
            return "hidden"
        line = attribute(part, "style:text-line-through-style")
        kind = attribute(part, "style:text-line-through-type")
        if (line or kind or "none") != "none" and "none" not in (line, kind):
            return "struck"
        if _RAISED.match(attribute(part, "style:text-position") or ""):
            return "raised"
    return None


def _is_blended(style: etree._Element) -> bool:
    """Say whether a style states one colour for letters and for the ground under them."""
    letters = {colour for part in style if (colour := attribute(part, "fo:color"))}
    grounds = [colour for part in style if (colour := attribute(part, "fo:background-color"))]
    # What the letters themselves stand on lies over the ground of their cell or paragraph.
    own = grounds[-1:]
    return bool(own) and own[0] in letters and _COLOUR.fullmatch(own[0]) is not None


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
        if name(child) not in _NOT_SHOWN
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


def styles(root: etree._Element, properties: str, value: str) -> frozenset[str]:
    """Return the names of the styles that set a property (`text:display`) to a value."""
    found = (
        attribute(style, "style:name")
        for style in root.iter(f"{_PREFIX}style:1.0}}style")
        if any(attribute(part, properties) == value for part in style)
    )
    return frozenset(style for style in found if style)


def pieces(element: etree._Element, looks: Mapping[str | None, Oddity] = NO_LOOKS) -> Pieces:
    """Return the text of a paragraph as it is kept; `looks` are what is odd about its styles."""
    oddity = looks.get(attribute(element, "text:style-name"))
    if any(name(part) == _HIDDEN_PARAGRAPH and _is_off(part) for part in element):
        oddity = "hidden"
    found = tuple(_pieces(element, looks, oddity))
    if odd(found):
        return found
    text = joined(found).strip(" ")
    return (Piece(text),) if text else ()


def _pieces(
    element: etree._Element, looks: Mapping[str | None, Oddity], oddity: Oddity | None
) -> Iterator[Piece]:
    yield Piece(_BLANKS.sub(" ", element.text or ""), oddity)
    for child in element:
        kind = name(child)
        if kind == "s":
            yield Piece(" " * count(child, "text:c", 1_000), oddity)
        elif kind in _SIGNS:
            yield Piece(_SIGNS[kind], oddity)
        elif kind in ("image", "math"):
            yield Piece("", "picture")
        elif kind == "control":
            yield Piece("", "form_field")
        elif attribute(child, "text:display") == "none":
            yield Piece("")
        elif kind not in _NOT_SAID:
            own = looks.get(attribute(child, "text:style-name"))
            yield from _pieces(child, looks, own or oddity)
        yield Piece(_BLANKS.sub(" ", child.tail or ""), oddity)


def _is_off(part: etree._Element) -> bool:
    return attribute(part, "text:is-hidden") == "true"


def sheets_without_zeros(data: bytes, root: etree._Element) -> Callable[[str | None], bool]:
    """Return what says of a sheet by its name whether it shows nothing where a cell holds 0."""
    settings = root if _is_flat(data) else _settings(data)
    items = () if settings is None else settings.iter(f"{_CONFIG}config-item")
    found: dict[str | None, bool] = {}
    for item in items:
        if item.get(f"{_CONFIG}name") == _ZEROS:
            entry = item.getparent()
            sheet = entry.get(f"{_CONFIG}name") if entry is not None else None
            is_own = entry is not None and name(entry) == "config-item-map-entry"
            found[sheet if is_own else None] = (item.text or "").strip() == "false"
    usual = found.get(None, False)
    return lambda sheet: found.get(sheet, usual)


def _settings(data: bytes) -> etree._Element | None:
    if _SETTINGS not in part_names(data):
        return None
    with open_package(data) as package:
        part = read_part(package, _SETTINGS)
    try:
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
