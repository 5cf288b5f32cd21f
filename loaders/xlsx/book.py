"""The parts of a workbook, by the names of ISO/IEC 29500 (SpreadsheetML).

Names are compared without their namespace: its strict and transitional forms differ in little else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Final
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.utils.escape import unescape

from form.report import Oddity
from loaders.document import Piece, Pieces, joined, odd
from loaders.package import parse_xml, read_part
from loaders.xlsx.conditional import Condition, Worn, conditions, worn
from loaders.xlsx.drawings import drawn_over
from loaders.xlsx.sheet import Area, At, Sheet
from loaders.xlsx.styles import Styles, font_oddity, number_format, stored_moment

_TRUE: Final = ("1", "true")
_FALSE: Final = ("0", "false")
_NUMBER: Final = "n"
_LEAST_SEEN: Final = Decimal(2)
"""Points of a row below which nothing of it is seen."""
_LEAST_WIDTH: Final = Decimal("0.5")
"""Letters that a column is wide below which nothing of it is seen."""
_ROOT: Final = "/"


class Book:
    """A workbook; raises ReadError for parts that are torn, and ValueError for what they say."""

    def __init__(self, package: ZipFile, main: str) -> None:
        self._package = package
        self._main = parse_xml(read_part(package, main))
        self._folder = posixpath.dirname(main)
        relations = f"{self._folder}/_rels/{posixpath.basename(main)}.rels"
        self._relations = list(parse_xml(read_part(package, relations)))
        properties = self._main.find("{*}workbookPr")
        is_old_mac = properties is not None and properties.get("date1904") in _TRUE
        self._epoch = MAC_EPOCH if is_old_mac else WINDOWS_EPOCH
        calculating = self._main.find("{*}calcPr")
        self._is_stale = calculating is not None and calculating.get("fullCalcOnLoad") in _TRUE

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets of cells in the order of their tabs, charts left out."""
        parts = {relation.get("Id"): relation for relation in self._relations}
        for sheet in self._main.iterfind("{*}sheets/{*}sheet"):
            relation = parts[_relation_id(sheet)]
            if relation.get("Type", "").endswith("/worksheet"):
                part = self._target(relation)
                root = parse_xml(read_part(self._package, part))
                is_visible = sheet.get("state", "visible") == "visible"
                yield self._sheet(sheet.get("name", ""), is_visible, root, part)

    def _target(self, relation: etree._Element) -> str:
        """Return the name of the part that a relation points to, from the folder or the root."""
        target = posixpath.join(_ROOT, self._folder, relation.get("Target", ""))
        return posixpath.normpath(target).lstrip(_ROOT)

    def _part(self, kind: str) -> etree._Element | None:
        for relation in self._relations:
            if relation.get("Type", "").endswith(f"/{kind}"):
                return parse_xml(read_part(self._package, self._target(relation)))
        return None

    @cached_property
    def _strings(self) -> list[str]:
        return [_rich_text(item) for item in self._items]

    @cached_property
    def _items(self) -> list[etree._Element]:
        root = self._part("sharedStrings")
        return [] if root is None else list(root)

    @cached_property
    def _rich(self) -> frozenset[int]:
        """The numbers of the strings that are in several runs."""
        return frozenset(n for n, item in enumerate(self._items) if item.find("{*}r") is not None)

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._part("styles"), lambda: self._part("theme"))

    def _sheet(self, title: str, is_visible: bool, root: etree._Element, part: str) -> Sheet:
        texts: dict[At, str] = {}
        styles: dict[At, int] = {}
        pieces: dict[At, Pieces] = {}
        looks = conditions(root, self._styles.looks)
        hides_zeros = _hides_zeros(root)
        for at, cell in _stored(root):
            styles[at] = style = int(cell.get("s", "0"))
            texts[at] = text = self._text(cell, style) if len(cell) else ""
            found = self._pieces(cell, style, text) if text else ()
            dressed = self._under(looks, at, cell, text) if looks and text else ()
            if dressed:
                texts[at], found = joined(dressed), odd(dressed)
            if hides_zeros and cell.get("t", _NUMBER) == _NUMBER and _is_zero(cell):
                found = Piece(text, "hidden"), Piece("", "scaled")
            if found:
                pieces[at] = found
                texts[at] = joined(found)
        lines = {style for style in set(styles.values()) if self._styles.draws(style)}
        drawn = frozenset(at for at, style in styles.items() if style in lines)
        merged = root.iterfind("{*}mergeCells/{*}mergeCell")
        areas = tuple(Area.named(area.get("ref", "")) for area in merged)
        over = drawn_over(root, part, self._package)
        rows, columns = _hidden_rows(root), _hidden_columns(root)
        return Sheet(title, is_visible, texts, drawn, areas, pieces, over, rows, columns)

    def _text(self, cell: etree._Element, style: int) -> str:
        """Return what a cell says; a formula whose result the file does not keep says its formula.

        A blank in its place would be a number lost without a word.
        """
        formula = value = ""
        for part in cell:
            match part.tag.rpartition("}")[2]:
                case "v":
                    value = part.text or ""
                    if not value and cell.get("t") == "str":
                        return ""  # The result of a formula that says nothing.
                case "f":
                    formula = f"={part.text or ''}"
                case "is":
                    return unescape(_rich_text(part))
        return self._shown(cell.get("t", "n"), value, style) if value else formula

    def _pieces(self, cell: etree._Element, style: int, text: str) -> Pieces:
        """Return the pieces of a cell that says `text`, () where nothing is odd about it."""
        kind = cell.get("t", "n")
        if self._styles.is_plain(style) and self._is_plain(cell, kind, text):
            return ()
        if self._is_stale and _is_unreckoned(cell, kind):
            return (Piece(text, "form_field", ""),)
        oddity = self._styles.oddity(style)
        format = self._styles.format(style)
        value = cell.find(cell.tag[:-1] + "v")
        kept = value is not None and bool(value.text)
        if kind == "n":
            if not kept:
                return (Piece(text, "form_field", ""),)
            assert value is not None
            pieces = format.pieces(value.text or "", text)
            return _odd_as_a_whole(pieces or (Piece(text),), oddity)
        if kind in ("s", "inlineStr"):
            item = (
                self._items[int(value.text or "0")] if kind == "s" and value is not None else None
            )
            rich = cell.find("{*}is") if item is None else item
            return format.text_pieces(text) or _runs(rich, oddity, text)
        if not kept:
            return (Piece(text, "form_field", ""),)
        return format.text_pieces(text) or _odd_as_a_whole((Piece(text),), oddity)

    def _is_plain(self, cell: etree._Element, kind: str, text: str) -> bool:
        """Say whether a cell in a plain style holds a value in one piece."""
        if kind == "s":
            return not self._rich or int(cell[-1].text or "0") not in self._rich
        if kind == "inlineStr":
            return len(cell) == 1 and len(cell[0]) == 1 and cell[0][0].tag.endswith("}t")
        if self._is_stale and _is_unreckoned(cell, kind):
            return False
        return not text.startswith("=")

    def _under(self, looks: Sequence[Condition], at: At, cell: etree._Element, text: str) -> Pieces:
        """Return the pieces of a cell in the looks that its sheet gives it, () without any.

        Where it cannot be told which it gets, what is seen is its text or nothing of it.
        """
        kind, stored = cell.get("t", _NUMBER), cell.findtext("{*}v")
        is_number = kind == _NUMBER
        if not stored and kind != "inlineStr":
            return ()
        if self._is_stale and _is_unreckoned(cell, kind):
            return ()
        number = Decimal(stored) if is_number and stored else None
        own = self._styles.own(int(cell.get("s", "0")))
        ways = worn(looks, at, number, own, self._styles.palette)
        found = [self._dressed(cell, text, stored if is_number else None, way) for way in ways]
        if any(other != found[0] for other in found):
            return (Piece(joined(_visible(found[0])) or text, "hidden"),)
        return found[0] if found else ()

    def _dressed(self, cell: etree._Element, text: str, stored: str | None, look: Worn) -> Pieces:
        """Return all pieces of a cell in one look; `stored` is its number, None for a text."""
        style = int(cell.get("s", "0"))
        form = self._styles.format(style) if look.code is None else number_format(look.code)
        if stored is not None:
            text = form.shown(stored, self._epoch)
            if look.shows_only_signs:
                return (Piece(text, "hidden"),)
            pieces = form.pieces(stored, text) or (Piece(text),)
            return _odd_as_a_whole(pieces, look.oddity) or pieces
        if look.code is None and look.oddity == self._styles.oddity(style):
            return self._pieces(cell, style, text) or (Piece(text),)
        return form.text_pieces(text) or (Piece(text, look.oddity),)

    def _shown(self, kind: str, value: str, style: int) -> str:
        match kind:
            case "n":
                return self._styles.format(style).shown(value, self._epoch)
            case "s":
                return unescape(self._strings[int(value)])
            case "b":
                return str(bool(int(value))).upper()
            case "d":
                return stored_moment(value)
            case _:
                return unescape(value)


def _hides_zeros(root: etree._Element) -> bool:
    """Say whether a sheet shows nothing where a cell holds 0."""
    view = root.find("{*}sheetViews/{*}sheetView")
    return view is not None and view.get("showZeros") in _FALSE


def _is_zero(cell: etree._Element) -> bool:
    stored = cell.findtext("{*}v")
    return bool(stored) and Decimal(stored or "1") == 0


def _is_unreckoned(cell: etree._Element, kind: str) -> bool:
    """Say whether a cell holds a formula and the 0 that programs write which do not reckon.

    What is seen is what the office program makes of it when it opens the file.
    """
    # Most cells hold a value and nothing else, which is quickly seen.
    return len(cell) > 1 and kind == _NUMBER and cell.find("{*}f") is not None and _is_zero(cell)


def _visible(pieces: Pieces) -> Pieces:
    return tuple(piece for piece in pieces if piece.oddity in (None, "scaled"))


def _odd_as_a_whole(pieces: Pieces, oddity: Oddity | None) -> Pieces:
    """Return the pieces of a cell whose font is odd, as odd; else () where none of them is."""
    if oddity is None:
        return odd(pieces)
    return tuple(replace(piece, oddity=oddity) for piece in pieces)


def _runs(item: etree._Element | None, oddity: Oddity | None, text: str) -> Pieces:
    """Return the runs of a string, those without a look of their own in that of the cell."""
    if item is None or item.find("{*}r") is None:
        return _odd_as_a_whole((Piece(text),), oddity)
    pieces = []
    for part in item:
        kind = part.tag.rpartition("}")[2]
        if kind == "t":
            pieces.append(Piece(unescape(part.text or ""), oddity))
        elif kind == "r":
            look = part.find("{*}rPr")
            own = oddity if look is None else font_oddity(look)
            words = "".join(text.text or "" for text in part.iterchildren("{*}t"))
            pieces.append(Piece(unescape(words), own))
    return odd(pieces)


def _hidden_rows(root: etree._Element) -> frozenset[int]:
    """Return the numbers of the rows that a sheet does not show, those of a filter among them."""
    found, row = set(), 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r", row + 1))
        if line.get("hidden") in _TRUE or _is_below(line.get("ht"), _LEAST_SEEN):
            found.add(row)
    return frozenset(found)


def _hidden_columns(root: etree._Element) -> tuple[range, ...]:
    return tuple(
        range(int(column.get("min", "1")), int(column.get("max", "1")) + 1)
        for column in root.iterfind("{*}cols/{*}col")
        if column.get("hidden") in _TRUE or _is_below(column.get("width"), _LEAST_WIDTH)
    )


def _is_below(size: str | None, least: Decimal) -> bool:
    return size is not None and Decimal(size) < least


def _relation_id(sheet: etree._Element) -> str | None:
    return next((sheet.get(name) for name in sheet.attrib if str(name).endswith("}id")), None)


def _stored(root: etree._Element) -> Iterator[tuple[At, etree._Element]]:
    """Yield the cells that a sheet stores, most of them only styled, with their places.

    Places may be left out where they follow from the order.
    """
    row = 0
    name = root.tag.replace("worksheet", "c")
    for line in root.iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r", row + 1))
        column = 0
        for cell in line.iterchildren(name):
            reference = cell.get("r")
            if reference is None:
                column += 1
            else:
                letters = reference.rstrip("0123456789")
                column = column_index_from_string(letters)
                row = int(reference[len(letters) :])
            yield (row, column), cell


def _rich_text(item: etree._Element) -> str:
    """Return a string in one piece or in several, without how it is pronounced."""
    pieces = []
    for part in item:
        kind = part.tag.rpartition("}")[2]
        if kind == "t":
            pieces.append(part.text or "")
        elif kind == "r":
            pieces += [text.text or "" for text in part.iterchildren("{*}t")]
    return "".join(pieces)
