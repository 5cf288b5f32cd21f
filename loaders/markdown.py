"""Markdown (.md): its tables between pipes, and the HTML tables that converters put into it.

Markdown has no merged cells, so converters of reports often write tables as HTML between lines of
text. Those are read as a web page's; everything else is plain text with its markup taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from form.report import Place
from loaders import html, refusals
from loaders.document import Document, Grid, GridCell, ReadError, TextBlock
from loaders.text import blocks
from loaders.text.encoding import LINE_END, decode
from loaders.text.lines import lines_of

KIND: Final = "md"

# Every repetition that could start anywhere has an end: lines of strangers can be long.
_TABLE_TAG: Final = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_PAGE: Final = re.compile(
    r"<(?:!doctype|html|head|body|meta|p|div|section|article|h[1-6]|t[drh])\b", re.IGNORECASE
)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6} +(.*)$", re.MULTILINE)
_RULED_HEAD: Final = re.compile(r"^(?: *\|)? *:?-{3,}:? *(?:\| *:?-{3,}:? *)+\|? *$", re.MULTILINE)
# Lines that are only markup: breaks, underlined headings, fences of code.
_BARE_MARKUP: Final = re.compile(r"^ {0,3}(?:-{3,}|={3,}|\*{3,}|_{3,}|`{3,}\w*) *$", re.MULTILINE)
_INLINE: Final = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"</?(?:span|font|a|b|i|u|s|em|strong|sup|sub|center)\b[^<>\n]{0,500}>", re.I), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n|]{0,300}?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^\n|*]{0,300}[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE), ""),
)
# Not the escape of a pipe: where it stands, the fields are still to be parted.
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{}~])")


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are text with Markdown's own signs, or so named and no web page."""
    try:
        text = decode(data)
    except ReadError:
        return False
    pieces = list(_pieces(text))
    outside = "".join(piece for _, piece, is_table in pieces if not is_table)
    if _PAGE.search(outside):
        return False
    return (
        len(pieces) > 1
        or name.lower().endswith((".md", ".markdown"))
        or _HEADING.search(outside) is not None
        or _RULED_HEAD.search(outside) is not None
    )


def read(data: bytes) -> Document:
    """Return paragraphs and tables in their order; raises ReadError."""
    return read_markdown(decode(data))


def read_markdown(text: str) -> Document:
    """Return the document of pasted Markdown; raises ReadError where it says nothing."""
    found: list[TextBlock | Grid] = []
    for first, piece, is_table in _pieces(text):
        if is_table:
            tables = sum(isinstance(block, Grid) for block in found)
            found += _html_table(piece, first, tables)
        else:
            found += blocks(lines_of(_without_markup(piece), first))
    if not found:
        raise refusals.empty()
    return Document(KIND, tuple(found))


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the text in pieces: number of the first line, the piece, whether it is a table."""
    line = 1
    for piece, is_table in _parted(text):
        if piece.strip():
            yield line, piece, is_table
        line += len(LINE_END.findall(piece))


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    start = depth = 0
    for tag in _TABLE_TAG.finditer(text):
        is_end = bool(tag[1])
        if not is_end and not depth:
            yield text[start : tag.start()], False
            start = tag.start()
        if is_end and depth == 1:
            yield text[start : tag.end()], True
            start = tag.end()
        depth = max(0, depth + (-1 if is_end else 1))
    yield text[start:], depth > 0


def _html_table(piece: str, first: int, tables_before: int) -> Iterator[TextBlock | Grid]:
    try:
        found = html.read(piece.encode()).blocks
    except ReadError as error:
        if error.code == "empty":
            return
        raise

    def moved(place: Place) -> Place:
        return place._replace(
            line=place.line and place.line + first - 1,
            table=place.table and place.table + tables_before,
        )

    def moved_cell(cell: GridCell) -> GridCell:
        return replace(cell, place=moved(cell.place))

    for block in found:
        if isinstance(block, Grid):
            yield replace(block, cells=tuple(map(moved_cell, block.cells)))
        else:
            yield replace(block, place=moved(block.place))


def _without_markup(text: str) -> str:
    """Return the text as it is shown, every line in its place."""
    text = LINE_END.sub("\n", text)
    text = _HEADING.sub(_heading, _BARE_MARKUP.sub("", text))
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return unescape(_ESCAPE.sub(r"\1", text))


def _heading(match: re.Match[str]) -> str:
    text = match[1].rstrip()
    opened = text.rstrip("#")
    return opened.rstrip() if opened.endswith(" ") else text
