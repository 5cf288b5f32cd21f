"""What a paragraph or a cell of a Word file shows of text, in pieces where anything is odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from form.report import Oddity
from form.values import LOST
from loaders.document import Piece, Pieces, in_lines, joined, written_over
from loaders.docx.elements import attribute, flow, members, name_of, properties, shown, whole
from loaders.docx.fields import Open, lacks_result, opened
from loaders.docx.looks import Look, Looks
from loaders.docx.numbering import Numbering

_SIGN: Final = re.compile("0{0,8}(?:10|[0-9a-f])?[0-9a-f]{1,4}", re.IGNORECASE)

SIGNS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}

PICTURES: Final = ("drawing", "pict", "object")
_DRAWN: Final = ("{*}pic", "{*}imagedata", "{*}chart", "{*}OLEObject", "{*}control")
_LEAST_SEEN: Final = 30_000
"""English metric units, about three pixels: what is smaller only holds a place."""
_MATHS: Final = ("sup", "sub")
_OBJECTS: Final = (*PICTURES, "fldChar", "fldSimple", "instrText", "f")

_PICTURE: Final = Piece("", "picture")
_UNKEPT: Final = Piece("", "form_field")


def pieces_of(paragraph: etree._Element, looks: Looks, ground: str | None = None) -> Pieces:
    """Return the text of a paragraph in runs, that of text boxes left out.

    `ground` is the colour that its cell states for its ground.
    """
    ground = looks.ground(paragraph, "pPr") or ground
    walker = _Walker(looks, looks.of_paragraph(paragraph), ground)
    walker.say(paragraph, None)
    return tuple(walker.pieces)


class _Walker:
    """Walks a paragraph and gathers what it shows."""

    def __init__(self, looks: Looks, above: Look, ground: str | None) -> None:
        self.pieces: list[Piece] = []
        self._looks = looks
        self._above = above
        self._ground = ground
        self._open: list[Open] = []

    def say(self, element: etree._Element, oddity: Oddity | None) -> None:
        """Add what an element shows; `oddity` is what is odd about the run that it stands in."""
        for name, child in shown(element):
            text = _letters(name, child)
            if text is not None:
                self.pieces.append(Piece(text, oddity))
            elif name == "r":
                self.say(child, self._looks.of_run(child, self._above, self._ground) or oddity)
            elif name in _OBJECTS:
                self._object(name, child, oddity)
            elif name != "txbxContent":
                self.say(child, "raised" if name in _MATHS else oddity)

    def _object(self, name: str, element: etree._Element, oddity: Oddity | None) -> None:
        """Add what is no letters: pictures, fields, and fractions, which are no digits in a row."""
        if name in PICTURES:
            self._picture(element, oddity)
        elif name == "fldChar":
            self._field(element)
        elif name == "fldSimple":
            self._simple(element, oddity)
        elif name == "instrText":
            if self._open:
                self._open[-1].code += element.text or ""
        else:
            self.pieces.append(_PICTURE)

    def _picture(self, element: etree._Element, oddity: Oddity | None) -> None:
        if oddity != "hidden" and _is_seen(element):
            self.pieces.append(_PICTURE)

    def _field(self, mark: etree._Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._open.append(opened(mark, len(self.pieces)))
        elif kind == "separate" and self._open:
            # What a field is made of is not shown, be it the result of a field inside it.
            del self.pieces[self._open[-1].begins :]
            self._open[-1].has_result = True
            self._open[-1].at = len(self.pieces)
        elif kind == "end" and self._open:
            self._close(self._open.pop())

    def _close(self, field: Open) -> None:
        if not field.has_result:
            del self.pieces[field.begins :]
        result = self.pieces[field.at :] if field.has_result else []
        if field.choice is not None:
            if not joined(result).strip():
                self.pieces.append(Piece(field.choice, "form_field"))
        elif not result and lacks_result(field.code):
            self.pieces.append(_UNKEPT)

    def _simple(self, element: etree._Element, oddity: Oddity | None) -> None:
        before = len(self.pieces)
        self.say(element, oddity)
        if len(self.pieces) == before and lacks_result(attribute(element, "instr") or ""):
            self.pieces.append(_UNKEPT)


def _letters(name: str, element: etree._Element) -> str | None:
    """Return the letters that an element stands for itself, None where it stands for none."""
    if name == "t":
        return element.text or ""
    if name == "sym":
        return _sign(attribute(element, "char") or "20")
    return SIGNS.get(name)


def _is_seen(element: etree._Element) -> bool:
    """Say whether a drawing shows a picture: not a line or a frame, and not too small to be seen."""
    if next(element.iter(*_DRAWN), None) is None:
        return False
    sizes = [whole(found.get(side, "")) for found in element.iter("{*}extent") for side in _SIDES]
    return all(size is None or size > _LEAST_SEEN for size in sizes)


_SIDES: Final = ("cx", "cy")


def _sign(code: str) -> str:
    """Return the sign of a hexadecimal number, LOST where it is none."""
    return chr(int(code, 16)) if _SIGN.fullmatch(code) else LOST


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes that are anchored in a paragraph."""
    if next(element.iter("{*}txbxContent"), None) is None:
        return
    for name, child in shown(element):
        if name == "txbxContent":
            yield child
        else:
            yield from boxes(child)


def cell_lines(
    container: etree._Element, numbering: Numbering, looks: Looks, ground: str | None = None
) -> Iterator[Pieces]:
    """Yield the paragraphs of a cell; a table inside it gives one line a row."""
    for element in flow(container):
        if name_of(element.tag) == "tbl":
            for row in shown_rows(element):
                yield tuple(_row_pieces(row, numbering, looks))
        else:
            label = numbering.label(element)
            pieces = pieces_of(element, looks, ground)
            yield (Piece(label), *pieces) if label else pieces
            for box in boxes(element):
                for line in cell_lines(box, numbering, looks):
                    yield tuple(map(written_over, line))


def _row_pieces(row: etree._Element, numbering: Numbering, looks: Looks) -> Iterator[Piece]:
    for number, cell in enumerate(members(row, "tc")):
        if number:
            yield Piece("\t")
        yield from in_lines(cell_lines(cell, numbering, looks))


def shown_rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, deleted ones left out."""
    return (row for row in members(table, "tr") if "del" not in properties(row, "trPr"))
