"""A letter as lines of text: what a preview shows of the very document that is written."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from outputs.letters.markers import W
from outputs.letters.package import opened, parsed


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a letter, or a row of a table as its cells; `side` is where it is set."""

    text: str = ""
    side: str = "start"
    cells: tuple[str, ...] = ()


def lines_of(document: bytes) -> tuple[Line, ...]:
    """Return what a DOCX file says, paragraph by paragraph; raises TemplateError for no document."""
    body = parsed(opened(document)["word/document.xml"]).find(f"{W}body")
    return () if body is None else tuple(_lines(body))


def _lines(parent: etree._Element) -> list[Line]:
    found: list[Line] = []
    for item in parent:
        if item.tag == f"{W}p":
            found.append(Line(_text(item), _side(item)))
        elif item.tag == f"{W}tbl":
            found += [_row(row) for row in item.iter(f"{W}tr")]
        elif item.tag == f"{W}sdt":
            content = item.find(f"{W}sdtContent")
            found += [] if content is None else _lines(content)
    return found


def _row(row: etree._Element) -> Line:
    return Line(
        cells=tuple(
            "\n".join(_text(paragraph) for paragraph in cell.iter(f"{W}p"))
            for cell in row.iter(f"{W}tc")
        )
    )


def _text(paragraph: etree._Element) -> str:
    signs = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
    return "".join(
        signs.get(str(item.tag), item.text or "" if item.tag == f"{W}t" else "")
        for item in paragraph.iter(f"{W}t", *signs)
    )


def _side(paragraph: etree._Element) -> str:
    told = paragraph.find(f"{W}pPr/{W}jc")
    value = "" if told is None else told.get(f"{W}val", "")
    return {"center": "center", "right": "end", "end": "end"}.get(value, "start")
