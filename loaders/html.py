"""Saved web pages: what a browser shows of the text, and the tables in it.

Tables follow the HTML standard's table model (rows in groups, `colspan`, `rowspan`). A table that
holds other tables, or has a single cell, only arranges the page: its contents are given in order.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from email import policy
from typing import Final, cast

from lxml import etree

from form.report import Place
from loaders import refusals
from loaders.document import Document, Grid, TextBlock
from loaders.slots import Drawn, tidy_grid
from loaders.text.encoding import is_mostly_utf8

KIND: Final = "html"

_HEAD_BYTES: Final = 8192
_LEAST_SIGNS_A_ZERO: Final = 100
"""A few zero bytes in a page are passed over; in other files they are many."""
_MARKUP: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|div|section|article|p|span|h[1-6])\b[^<]*>",
    re.IGNORECASE,
)
_MHTML: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Those of the WHATWG's Encoding Standard that Python has, by Python's names.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Those of the WHATWG's Encoding Standard that Python has, by Python's names.
_ENCODINGS: Final = _names(
    "utf-8 gb2312 gbk gb18030 hz big5 big5hkscs cp950 shift_jis cp932 euc_jp iso2022_jp euc_kr cp949"
    " ascii koi8-r koi8-u mac-roman mac-cyrillic cp866 cp874"
) | {
    *(f"iso8859-{part}" for part in (*range(1, 9), 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in range(1250, 1259)),
}
_DROPPED: Final = _names(
    "script style noscript template head nav iframe object svg canvas select option datalist"
    " button audio video map"
)
_BLOCKS: Final = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre"
    " section summary table tbody td tfoot th thead tr ul"
)
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Unlike str.split, these leave no-break and ideographic spaces alone, as a browser does.
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_EDGE: Final = " \t\r\n\f"
_SPAN: Final = re.compile(r"\s*(\d{1,5})")
_MAX_COLUMN_SPAN: Final = 1_000
_GROUP_ORDER: Final = {"thead": 0, "tfoot": 2}


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are a web page, alone or with its pictures in one file (.mhtml)."""
    head = data[:_HEAD_BYTES]
    if _MHTML.search(head):
        return True
    text = _decoded(head, strict=False)
    named = name.lower().endswith((".html", ".htm")) and "<" in text and "\0" not in text
    is_text = text.count("\0") * _LEAST_SIGNS_A_ZERO <= len(text)
    return named or (is_text and _MARKUP.search(text) is not None)


def read(data: bytes) -> Document:
    """Return paragraphs and tables in page order; raises ReadError."""
    root = _parsed(_decoded(_page_of(data)))
    page = _Flow()
    if root is not None:
        page.walk(root)
        page.end_paragraph()
    if not page.blocks:
        raise refusals.empty()
    return Document(KIND, tuple(page.blocks))


def _page_of(data: bytes) -> bytes:
    """Return the page inside a web archive, or the bytes themselves."""
    if not _MHTML.search(data[:_HEAD_BYTES]):
        return data
    # Parts nest as deep as a stranger likes, and say of themselves what they like.
    with refusals.told_as():
        for part in email.message_from_bytes(data, policy=policy.default).walk():
            if part.get_content_type() == "text/html":
                charset = f'<meta charset="{part.get_content_charset() or "utf-8"}">'
                return charset.encode() + bytes(part.get_payload(decode=True))
        raise refusals.damaged()


def _decoded(data: bytes, *, strict: bool = True) -> str:
    """Return the text by its byte order mark, as UTF-8, by the page's own word, or as GB 18030.

    UTF-8 comes before the page's word, even with a few letters broken: hardly any other text
    passes for it by chance, while most of it would pass for GB 18030, which converted pages often
    still claim to be.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in _encodings(data):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data, final=strict)
        except UnicodeDecodeError:
            if encoding == "utf-8" and is_mostly_utf8(data):
                return data.decode("utf-8", "replace")
    return data.decode("gb18030", "replace")


def _encodings(data: bytes) -> Iterator[str]:
    yield "utf-8"
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    encoding = _known(declared[1].decode("ascii", "ignore")) if declared else None
    if encoding is not None:
        yield encoding
    # Pages that say GB 2312 use letters of its larger successor.
    yield "gb18030"


def _known(label: str) -> str | None:
    """Return Python's name for a page's encoding, None for what no browser takes for one.

    Python knows by name too how to unpack, to shift letters by 13, to read domain names.
    """
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return found if found in _ENCODINGS else None


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = None
    if text.strip():
        with refusals.told_as():
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise refusals.too_deep()
    return root


class _Flow:
    """Text as it runs down a page: inline pieces gather into paragraphs, blocks end them."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock | Grid] = []
        self._pieces: list[str] = []
        self._line: int | None = None
        self._tables = 0

    def walk(self, element: etree._Element) -> None:
        """Take in one element with everything in it, but not the text that follows it."""
        if _is_dropped(element):
            return
        if element.tag == "table" and not _only_arranges(element):
            self._table(element)
            return
        is_block = element.tag in _BLOCKS
        if is_block:
            self.end_paragraph()
        self._own_text(element)
        for child in element:
            self.walk(child)
            self._say(child.tail, element)
        if is_block:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Close the paragraph under way; one without a visible letter is none."""
        if not self._pieces:
            return
        lines = "".join(self._pieces).split("\n")
        text = "\n".join(_BLANKS.sub(" ", line).strip(_EDGE) for line in lines).strip("\n")
        if text.strip():
            self.blocks.append(TextBlock(text, Place(line=self._line)))
        self._pieces.clear()
        self._line = None

    def _own_text(self, element: etree._Element) -> None:
        if element.tag == "br":
            self._pieces.append("\n")
        elif element.tag == "input":
            self._say(_typed(element), element)
        else:
            self._say(element.text, element)

    def _say(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        if self._line is None and text.strip():
            self._line = _line(element)
        self._pieces.append(text if element.tag == "pre" else _BLANKS.sub(" ", text))

    def _table(self, table: etree._Element) -> None:
        self.end_paragraph()
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        self._tables += 1
        self.blocks.append(tidy_grid(list(_cells(table)), self._tables))


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)


def _typed(element: etree._Element) -> str:
    """Return what a form's field shows; some sites publish their table as fields."""
    return element.get("value", "") if element.get("type", "text") in ("text", "number") else ""


def _is_dropped(element: etree._Element) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _INVISIBLE.search(style) is not None


def _only_arranges(table: etree._Element) -> bool:
    """Say whether a table is only there to place other things on the page."""
    return _cell_count(table) < 2 or any(_cell_count(inner) > 1 for inner in _inner_tables(table))


def _inner_tables(table: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in table.iterdescendants("table") if not _is_dropped(inner))


def _cell_count(table: etree._Element) -> int:
    return sum(1 for group in _groups(table) for row in group for _ in _own(row, "td", "th"))


def _groups(table: etree._Element) -> list[list[etree._Element]]:
    """Return the table's rows by row group: heads first, feet last, as they are shown."""
    groups: dict[etree._Element, list[etree._Element]] = {}
    for row in _own(table, "tr"):
        parent = row.getparent()
        groups.setdefault(table if parent is None else parent, []).append(row)
    return [
        rows
        for _, rows in sorted(groups.items(), key=lambda item: _GROUP_ORDER.get(item[0].tag, 1))
    ]


def _own(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the nearest visible descendants of these names that are in no inner table."""
    for child in element:
        if _is_dropped(child):
            continue
        if child.tag in names:
            yield child
        elif child.tag != "table":
            yield from _own(child, *names)


def _cells(table: etree._Element) -> Iterator[Drawn]:
    """Yield the cells at their places; spans end with their row group and never overlap."""
    free_from: dict[int, int] = {}  # column → first row that no span from above covers
    first = 0
    for group in _groups(table):
        end = first + len(group)
        for row, line in enumerate(group, first):
            column = 0
            for element in _own(line, "td", "th"):
                while free_from.get(column, 0) > row:
                    column += 1
                width = _free_width(free_from, row, column, _span(element, "colspan") or 1)
                height = min(_span(element, "rowspan") or end, end - row)
                yield Drawn(_cell_text(element), row, column, height, width, _line(element))
                free_from.update(dict.fromkeys(range(column, column + width), row + height))
                column += width
        first = end


def _free_width(free_from: dict[int, int], row: int, column: int, wanted: int) -> int:
    """Return how many columns from `column` on are free in `row`, `wanted` at most."""
    for width in range(1, min(wanted, _MAX_COLUMN_SPAN)):
        if free_from.get(column + width, 0) > row:
            return width
    return min(wanted, _MAX_COLUMN_SPAN)


def _span(element: etree._Element, name: str) -> int:
    """Return a span as a number; 0 stands for "to the end", and what is no number for 1."""
    stated = element.get(name)
    digits = _SPAN.match(stated) if stated is not None else None
    return int(digits[1]) if digits else 1


def _says(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _cell_text(cell: etree._Element) -> str:
    """Return the text of a cell, a line for each paragraph."""
    if len(cell) == 0:
        # Most cells hold a number or nothing, and their own text is all there is of them.
        return _BLANKS.sub(" ", cell.text or "").strip(_EDGE) if _says(cell.text) else ""
    flow = _Flow()
    flow.walk(cell)
    return "\n".join(block.text for block in flow.blocks if isinstance(block, TextBlock))
