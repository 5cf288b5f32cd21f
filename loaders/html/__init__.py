"""Saved web pages: what a browser shows of the text, and the tables in it.

Tables follow the HTML standard's table model (rows in groups, `colspan`, `rowspan`). A table that
holds other tables, or has a single cell, only arranges the page: its contents are given in order.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email import policy
from typing import Final, cast

from lxml import etree

from form.report import Oddity, Place
from form.values import LOST
from loaders import refusals
from loaders.document import (
    Document,
    Grid,
    Piece,
    Pieces,
    TextBlock,
    joined,
    odd,
    without_hidden,
)
from loaders.html.css import MARKED, SEEN, may_be_odd
from loaders.html.css import mark as mark_what_is_seen
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
    " button audio video map title progress meter"
)
_BLOCKS: Final = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre"
    " section summary table tbody td tfoot th thead tr ul"
)
_PICTURES: Final = _names("img svg canvas object iframe video embed")
_NOT_TYPED: Final = _names(
    "hidden checkbox radio button submit reset image file password range color"
)
"""Kinds of form fields that do not show their value in letters."""
_LEAST_SEEN: Final = 3
"""Pixels: a picture no larger only holds a place."""
# Unlike str.split, these leave no-break and ideographic spaces alone, as a browser does.
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_EDGE: Final = " \t\r\n\f"
_SPAN: Final = re.compile(r"\s*(\d{1,5})")
_MAX_COLUMN_SPAN: Final = 1_000
_HIDES_SOME: Final = etree.XPath("boolean(.//*[@hidden])")
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
    source = _decoded(_page_of(data)).replace("\0", LOST)
    root = _parsed(source)
    page = _Flow()
    if root is not None:
        if may_be_odd(source):
            mark_what_is_seen(root)
        page.walk(root)
        page.end_paragraph()
    if not page.blocks:
        raise refusals.empty()
    return Document(KIND, tuple(_with_damage(page.blocks, source)))


def _with_damage(blocks: Sequence[TextBlock | Grid], source: str) -> Iterator[TextBlock | Grid]:
    """Yield the blocks; a table in which letters are lost, or the page ends, is damaged."""
    last = next((block for block in reversed(blocks) if isinstance(block, Grid)), None)
    torn = last if _ends_in_table(source) else None
    for block in blocks:
        if isinstance(block, Grid) and (block is torn or _lost_some(block)):
            yield replace(block, is_damaged=True)
        else:
            yield block


def _lost_some(grid: Grid) -> bool:
    return any(LOST in cell.text for cell in grid.cells)


def _ends_in_table(source: str) -> bool:
    """Say whether a page was cut off within a table."""
    folded = source.lower()
    opened, closed = folded.rfind("<table"), folded.rfind("</table")
    return opened > closed and "</html" not in folded[opened:] and "</body" not in folded[opened:]


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
    """Text as it runs down a page or a cell: pieces gather into paragraphs, blocks end them."""

    def __init__(self, oddity: Oddity | None = None, *, in_cell: bool = False) -> None:
        self.blocks: list[TextBlock | Grid] = []
        self._pieces: list[Piece] = []
        self._line: int | None = None
        self._tables = 0
        self._oddity = oddity
        self._in_cell = in_cell
        self._in_hidden = False

    def walk(self, element: etree._Element) -> None:
        """Take in one element with everything in it, but not the text that follows it."""
        if element.tag in _DROPPED or element.tag == "img":
            if self._in_cell:
                self._object(element)
            return
        if _is_hidden(element) and not self._in_cell:
            self._hidden(element)
            return
        outer = self._oddity
        said = element.get(SEEN)
        if said is not None:
            self._oddity = cast("Oddity | None", said or None)
        self._shown(element)
        self._oddity = outer

    def _shown(self, element: etree._Element) -> None:
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

    def _hidden(self, element: etree._Element) -> None:
        """Take in what is not displayed, if it holds a table: a report may stand there alone."""
        if self._in_hidden or next(element.iter("table"), None) is None:
            return
        self.end_paragraph()
        outer, self._oddity, self._in_hidden = self._oddity, "hidden", True
        del element.attrib["hidden"]
        self.walk(element)
        self.end_paragraph()
        self._oddity, self._in_hidden = outer, False

    def end_paragraph(self) -> None:
        """Close the paragraph under way; one without a visible letter is none."""
        if not self._pieces:
            return
        pieces = odd(self._pieces)
        if pieces and not self._in_cell:
            pieces = without_hidden(pieces)
        text = joined(pieces or self._pieces)
        unseen = all(piece.oddity == "hidden" for piece in pieces) if pieces else False
        if not unseen or self._in_cell or self._in_hidden:
            self._close(pieces, text)
        self._pieces.clear()
        self._line = None

    def _close(self, pieces: Pieces, text: str) -> None:
        if pieces and (text.strip() or self._in_cell):
            self.blocks.append(TextBlock(text, Place(line=self._line), odd(pieces)))
        elif text.strip():
            lines = (_BLANKS.sub(" ", line).strip(_EDGE) for line in text.split("\n"))
            self.blocks.append(TextBlock("\n".join(lines).strip("\n"), Place(line=self._line)))

    def _own_text(self, element: etree._Element) -> None:
        if element.tag == "br":
            self._add("\n", self._oddity)
        elif element.tag == "input":
            self._fill(_typed(element))
        elif element.tag == "textarea" and self._in_cell:
            self._fill(element.text or "")
        else:
            self._say(element.text, element)

    def _object(self, element: etree._Element) -> None:
        """Take in what a cell holds that is no running text: a picture, or a choice of a list."""
        if _is_hidden(element) or self._oddity == "hidden":
            return
        if element.tag == "select":
            self._fill(_chosen(element))
        elif element.tag in _PICTURES and not _is_tiny(element):
            self._add("", "picture")

    def _fill(self, text: str) -> None:
        """Take in what a form's field shows; in a cell it is known that it is a field's."""
        if text:
            is_plain = not self._in_cell or self._oddity is not None
            self._add(text, self._oddity if is_plain else "form_field")

    def _say(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        if self._line is None and text.strip():
            self._line = _line(element)
        spoken = text if element.tag == "pre" else _BLANKS.sub(" ", text)
        self._add(spoken, self._oddity)

    def _add(self, text: str, oddity: Oddity | None) -> None:
        self._pieces.append(Piece(text, oddity))

    def _table(self, table: etree._Element) -> None:
        self.end_paragraph()
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        self._tables += 1
        grid = tidy_grid(list(_all_cells(table)), self._tables)
        if self._in_hidden:
            unseen = (replace(c, pieces=(Piece(c.text, "hidden"),)) for c in grid.cells)
            grid = replace(grid, cells=tuple(unseen))
        self.blocks.append(grid)


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)


def _typed(element: etree._Element) -> str:
    """Return what a form's field shows; some sites publish their table as fields."""
    kind = element.get("type", "text").strip().lower()
    return "" if kind in _NOT_TYPED else element.get("value", "")


def _chosen(element: etree._Element) -> str:
    """Return the entry of a list that is shown: the last that is chosen, else the first."""
    entries = list(element.iter("option"))
    chosen = [entry for entry in entries if entry.get("selected") is not None]
    shown = chosen[-1:] or entries[:1]
    return "".join((entry.text or "").strip() for entry in shown)


def _is_tiny(picture: etree._Element) -> bool:
    """Say whether a picture is too small to be seen, or none."""
    if picture.tag == "img" and not any("src" in str(name) for name in picture.attrib):
        return True
    sizes = (_SPAN.match(picture.get(side, "")) for side in ("width", "height"))
    return any(size is not None and int(size[1]) <= _LEAST_SEEN for size in sizes)


def _is_dropped(element: etree._Element) -> bool:
    return element.tag in _DROPPED or _is_hidden(element)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None


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


def _own(
    element: etree._Element, *names: str, with_hidden: bool = False
) -> Iterator[etree._Element]:
    """Yield the nearest visible descendants of these names that are in no inner table."""
    for child in element:
        tag = child.tag
        is_dropped = tag in _DROPPED or child.get("hidden") is not None
        if is_dropped and not (with_hidden and tag in names):
            continue
        if tag in names:
            yield child
        elif child.tag != "table":
            yield from _own(child, *names)


def _all_cells(table: etree._Element) -> Iterator[Drawn]:
    """Yield the cells of a table, below them those of rows that are not displayed, as hidden.

    Cells that are not displayed are hidden where whole columns of them are; else they only hold
    a place that another cell spans.
    """
    if table.getroottree().getroot().get(MARKED) is None:
        yield from _cells(_groups(table), marked=False)
        return
    if not _HIDES_SOME(table):
        yield from _cells(_groups(table))
        return
    every = list(_cells(_groups(table), with_hidden=True))
    hidden = {cell.column for cell in every if _is_unseen(cell)}
    is_whole = hidden.isdisjoint(cell.column for cell in every if not _is_unseen(cell))
    shown = every if is_whole else list(_cells(_groups(table)))
    yield from shown
    below = max((cell.row + cell.row_span for cell in shown), default=0)
    rows = [row for row in table.iterdescendants("tr") if _is_in_hidden(row, table)]
    for cell in _cells([rows]):
        unseen = (Piece(cell.text, "hidden"),)
        yield cell._replace(row=cell.row + below, pieces=unseen)


def _is_unseen(cell: Drawn) -> bool:
    return bool(cell.pieces) and all(piece.oddity == "hidden" for piece in cell.pieces)


def _is_in_hidden(row: etree._Element, table: etree._Element) -> bool:
    """Say whether a row of this very table is not displayed, itself or its group."""
    above = row
    while above is not table:
        if _is_hidden(above) and above.tag in ("tr", "tbody", "thead", "tfoot"):
            own = next(row.iterancestors("table"), None)
            return own is table
        parent = above.getparent()
        if parent is None:
            return False
        above = parent
    return False


def _cells(
    groups: Iterable[list[etree._Element]], *, with_hidden: bool = False, marked: bool = True
) -> Iterator[Drawn]:
    """Yield the cells at their places; spans end with their row group and never overlap."""
    free_from: dict[int, int] = {}  # column → first row that no span from above covers
    first = 0
    for group in groups:
        end = first + len(group)
        for row, line in enumerate(group, first):
            column = 0
            oddity = _oddity(line) if marked else None
            for element in _own(line, "td", "th", with_hidden=with_hidden):
                while free_from.get(column, 0) > row:
                    column += 1
                width = _free_width(free_from, row, column, _span(element, "colspan") or 1)
                height = min(_span(element, "rowspan") or end, end - row)
                text, pieces = _cell_text(element, oddity)
                yield Drawn(text, row, column, height, width, _line(element), pieces)
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


def _cell_text(cell: etree._Element, outer: Oddity | None) -> tuple[str, Pieces]:
    """Return the text of a cell, a line for each paragraph, and its pieces where any is odd.

    `outer` is what is odd about the row that it stands in.
    """
    said = cell.get(SEEN)
    oddity = outer if said is None else cast("Oddity | None", said or None)
    if len(cell) == 0 and oddity is None:
        # Most cells hold a number or nothing, and their own text is all there is of them.
        return (_BLANKS.sub(" ", cell.text or "").strip(_EDGE) if _says(cell.text) else ""), ()
    flow = _Flow(oddity, in_cell=True)
    flow.walk(cell)
    flow.end_paragraph()
    blocks = [block for block in flow.blocks if isinstance(block, TextBlock)]
    if not any(block.pieces for block in blocks):
        text = "\n".join(block.text for block in blocks)
        return text, (Piece(text, "hidden"),) if oddity == "hidden" else ()
    pieces: list[Piece] = []
    for block in blocks:
        if pieces:
            pieces.append(Piece("\n"))
        pieces += block.pieces or (Piece(block.text),)
    return joined(pieces), tuple(pieces)


def _oddity(row: etree._Element) -> Oddity | None:
    """Return what is odd about the text of a row by itself or by what it stands in."""
    found: etree._Element | None = row
    while found is not None:
        if _is_hidden(found):
            return "hidden"
        said = found.get(SEEN)
        if said is not None:
            return cast("Oddity | None", said or None)
        found = found.getparent()
    return None
