"""What lies over the cells of a sheet: pictures, boxes of text, controls of a form."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final
from zipfile import ZipFile

from lxml import etree

from loaders.document import Piece, ReadError
from loaders.package import parse_xml, read_part
from loaders.xlsx.sheet import Area

_ROOT: Final = "/"
_ANCHORS: Final = ("{*}twoCellAnchor", "{*}oneCellAnchor")
_NOTHING: Final[tuple[tuple[Area, Piece], ...]] = ()
_NARROW: Final = 60_000
"""English metric units, about six pixels: what reaches no further into a cell does not cover it."""


def drawn_over(root: etree._Element, part: str, package: ZipFile) -> tuple[tuple[Area, Piece], ...]:
    """Return what lies over the cells of the sheet that this part holds, and over which."""
    drawing, controls = root.find("{*}drawing"), list(root.iter("{*}controlPr"))
    if drawing is None and not controls:
        return _NOTHING
    found = list(_controls(controls))
    if drawing is not None:
        try:
            found += _objects(parse_xml(read_part(package, _target(drawing, part, package))))
        except ReadError:
            return tuple(found)  # What is drawn is lost then, and not the whole file.
    return tuple(found)


def _target(drawing: etree._Element, part: str, package: ZipFile) -> str:
    wanted = next((drawing.get(name) for name in drawing.attrib if str(name).endswith("}id")), None)
    folder, name = posixpath.split(part)
    for relation in parse_xml(read_part(package, f"{folder}/_rels/{name}.rels")):
        if relation.get("Id") == wanted:
            target = posixpath.join(_ROOT, folder, relation.get("Target", ""))
            return posixpath.normpath(target).lstrip(_ROOT)
    return ""


def _controls(found: list[etree._Element]) -> Iterator[tuple[Area, Piece]]:
    for control in found:
        anchor = control.find("{*}anchor")
        area = _area(anchor) if anchor is not None else None
        if area is not None:
            yield area, Piece("", "form_field")


def _objects(root: etree._Element) -> Iterator[tuple[Area, Piece]]:
    for anchor in root.iterchildren(*_ANCHORS):
        area = _area(anchor)
        if area is None:
            continue
        if anchor.find(".//{*}pic") is not None or anchor.find("{*}graphicFrame") is not None:
            yield area, Piece("", "picture")
        else:
            words = "".join(text.text or "" for text in anchor.iterfind(".//{*}txBody//{*}t"))
            if words.strip():
                yield Area(area.top, area.left, area.top, area.left), Piece(words, "annotation")


def _area(anchor: etree._Element) -> Area | None:
    """Return the cells that an anchor covers; of one without an end only the first."""
    start, end = anchor.find("{*}from"), anchor.find("{*}to")
    if start is None:
        return None
    top, left = _number(start, "row") + 1, _number(start, "col") + 1
    if end is None:
        return Area(top, left, top, left)
    bottom = _number(end, "row") + (_number(end, "rowOff") > _NARROW)
    right = _number(end, "col") + (_number(end, "colOff") > _NARROW)
    return Area(top, left, max(top, bottom), max(left, right))


def _number(place: etree._Element, name: str) -> int:
    found = place.find(f"{{*}}{name}")
    text = (found.text or "").strip() if found is not None else ""
    return int(text) if text.lstrip("-").isdecimal() else 0
