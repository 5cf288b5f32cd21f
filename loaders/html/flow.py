"""Text as it runs down a page or a cell, and the tables that it comes to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, cast

from lxml import etree

from form.report import Oddity, Place
from form.values import mark_of
from loaders.document import Grid, Piece, Pieces, TextBlock, joined, odd, without_hidden
from loaders.html.css import BLOCKS, SEEN, WRITTEN
from loaders.html.filled import FILLED
from loaders.html.tables import DROPPED, all_cells, is_hidden, line_of, names, only_arranges
from loaders.slots import tidy_grid

_PICTURES: Final = names("img svg canvas object iframe video embed")
_NOT_TYPED: Final = names(
    "hidden checkbox radio button submit reset image file password range color"
)
"""Kinds of form fields that do not show their value in letters."""
_DIGIT: Final = re.compile(r"\d")
_WRITES: Final = re.compile(r"document\s*\.\s*write")
_NOT_IN_A_ROW: Final = names(
    "mfrac msup msub msubsup mroot msqrt munder mover munderover mmultiscripts mtable mphantom"
)
_LEAST_SEEN: Final = 3
"""Pixels: a picture no larger only holds a place."""
# Unlike str.split, these leave no-break and ideographic spaces alone, as a browser does.
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_EDGE: Final = " \t\r\n\f"
_PIXELS: Final = re.compile(r"\s*(\d{1,5})")


class Flow:
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
        if element.tag in DROPPED or element.tag == "img":
            if self._in_cell:
                self._object(element)
            return
        if is_hidden(element) and not self._in_cell:
            self._hidden(element)
            return
        outer = self._oddity
        said = element.get(SEEN)
        if said is not None:
            self._oddity = _oddity(said)
        self._shown(element)
        self._oddity = outer

    def _shown(self, element: etree._Element) -> None:
        if element.tag == "table" and not only_arranges(element):
            self._table(element)
            return
        if self._in_cell and _is_no_text(element):
            self._add("", "picture")
            return
        is_block = element.tag in BLOCKS
        if is_block:
            self.end_paragraph()
        self.within(element)
        if is_block:
            self.end_paragraph()

    def within(self, element: etree._Element) -> None:
        """Take in what stands in an element, whatever element it is."""
        self._own_text(element)
        for child in element:
            self.walk(child)
            self._say(child.tail, element)

    def of_cell(self) -> tuple[str, Pieces]:
        """Return the text of a cell, a line for each paragraph, and its pieces where any is odd."""
        self.end_paragraph()
        blocks = [block for block in self.blocks if isinstance(block, TextBlock)]
        if not any(block.pieces for block in blocks):
            text = "\n".join(block.text for block in blocks)
            return text, (Piece(text, "hidden"),) if self._oddity == "hidden" else ()
        pieces: list[Piece] = []
        for block in blocks:
            if pieces:
                pieces.append(Piece("\n"))
            pieces += block.pieces or (Piece(block.text),)
        return joined(pieces), tuple(pieces)

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
        if is_hidden(element) or self._oddity == "hidden":
            return
        if element.tag == "select":
            self._fill(_chosen(element))
        elif element.tag == "button":
            self._button(element)
        elif element.tag == "script":
            if _WRITES.search(element.text or ""):
                self._add("", "form_field")
        elif element.tag in _PICTURES and not _is_tiny(element):
            self._add("", "picture")

    def _button(self, button: etree._Element) -> None:
        """Take in what is written on a button, if a number is: others only say what they do."""
        said = button.get(SEEN)
        inner = Flow(self._oddity if said is None else _oddity(said), in_cell=True)
        inner.within(button)
        text, pieces = inner.of_cell()
        if _DIGIT.search(text):
            for piece in pieces or (Piece(text),):
                self._add(piece.text, piece.oddity or "form_field")

    def _fill(self, text: str) -> None:
        """Take in what a form's field shows; in a cell it is known that it is a field's."""
        if text:
            is_plain = not self._in_cell or self._oddity is not None
            self._add(text, self._oddity if is_plain else "form_field")

    def _say(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        if self._line is None and text.strip():
            self._line = line_of(element)
        spoken = text if element.tag == "pre" else _BLANKS.sub(" ", text)
        self._add(spoken, self._oddity)

    def _add(self, text: str, oddity: Oddity | None) -> None:
        self._pieces.append(Piece(text, oddity))

    def _table(self, table: etree._Element) -> None:
        self.end_paragraph()
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        self._tables += 1
        grid = tidy_grid(list(all_cells(table, _cell_text)), self._tables)
        if self._in_hidden:
            unseen = (replace(c, pieces=(Piece(c.text, "hidden"),)) for c in grid.cells)
            grid = replace(grid, cells=tuple(unseen))
        self.blocks.append(grid)


def _is_no_text(element: etree._Element) -> bool:
    """Say whether an element shows more than its letters in a row: what a style sheet writes
    beside it, powers and fractions."""
    if element.get(WRITTEN) is not None:
        return True
    return element.tag == "math" and any(part.tag in _NOT_IN_A_ROW for part in element.iter())


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
    sizes = (_PIXELS.match(picture.get(side, "")) for side in ("width", "height"))
    return any(size is not None and int(size[1]) <= _LEAST_SEEN for size in sizes)


def _says(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _cell_text(cell: etree._Element, outer: Oddity | None) -> tuple[str, Pieces]:
    """Return the text of a cell, a line for each paragraph, and its pieces where any is odd.

    `outer` is what is odd about the row that it stands in.
    """
    said = cell.get(SEEN)
    oddity = outer if said is None else _oddity(said)
    text, pieces = _own_cell_text(cell, oddity)
    if cell.get(FILLED) is not None and mark_of(text) != "text":
        pieces = (*(pieces or (Piece(text),)), Piece("", "form_field"))
    return text, pieces


def _own_cell_text(cell: etree._Element, oddity: Oddity | None) -> tuple[str, Pieces]:
    if len(cell) == 0 and oddity is None and cell.get(WRITTEN) is None:
        # Most cells hold a number or nothing, and their own text is all there is of them.
        return _BLANKS.sub(" ", cell.text or "").strip(_EDGE) if _says(cell.text) else "", ()
    flow = Flow(oddity, in_cell=True)
    flow.walk(cell)
    return flow.of_cell()


def _oddity(said: str) -> Oddity | None:
    return cast("Oddity | None", said or None)
