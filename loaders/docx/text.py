"""What a paragraph or a cell of a Word file shows of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from form.values import LOST
from loaders.docx.elements import attribute, flow, members, name_of, properties, shown
from loaders.docx.numbering import Numbering

_SIGN: Final = re.compile("0{0,8}(?:10|[0-9a-f])?[0-9a-f]{1,4}", re.IGNORECASE)

SIGNS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


def text_of(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, that of text boxes left out."""
    pieces: list[str] = []
    _say(paragraph, pieces)
    return "".join(pieces)


def _say(element: etree._Element, pieces: list[str]) -> None:
    """Add to `pieces` what an element shows of text."""
    for name, child in shown(element):
        if name == "t":
            pieces.append(child.text or "")
        elif name in SIGNS:
            pieces.append(SIGNS[name])
        elif name == "sym":
            pieces.append(_sign(attribute(child, "char") or "20"))
        elif name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            _say(child, pieces)


def _sign(code: str) -> str:
    """Return the sign of a hexadecimal number, LOST where it is none."""
    return chr(int(code, 16)) if _SIGN.fullmatch(code) else LOST


def _is_hidden(run: etree._Element) -> bool:
    vanish = properties(run, "rPr").get("vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes that are anchored in a paragraph."""
    if next(element.iter("{*}txbxContent"), None) is None:
        return
    for name, child in shown(element):
        if name == "txbxContent":
            yield child
        else:
            yield from boxes(child)


def cell_lines(container: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Yield the paragraphs of a cell; a table inside it gives one line a row."""
    for element in flow(container):
        if name_of(element.tag) == "tbl":
            for row in shown_rows(element):
                yield "\t".join(_cell_text(cell, numbering) for cell in members(row, "tc"))
        else:
            yield numbering.label(element) + text_of(element)
            for box in boxes(element):
                yield from cell_lines(box, numbering)


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    return "\n".join(filter(str.strip, cell_lines(cell, numbering)))


def shown_rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, deleted ones left out."""
    return (row for row in members(table, "tr") if "del" not in properties(row, "trPr"))
