"""Finds the named fields of a Word document, and puts a marker in the place of each.

Word has two kinds: merge fields (`MERGEFIELD name`, in one element or as a series of runs, its
instruction torn as Word pleases) and content controls (by their tag, else their title). A marker is
a run with the look of what stood there and one element that names the field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKER: Final = "{urn:disclosure-desk:letters}field"
NAME: Final = "name"
_MERGEFIELD: Final = re.compile(r'^\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_PLACEHOLDER: Final = f"{W}showingPlcHdr"


def mark_fields(root: etree._Element, names: Collection[str]) -> tuple[str, ...]:
    """Put markers in the place of fields with these names; return the names of all others, in order.

    Fields of other names stay as they are. Content controls without tag and title are nobody's.
    """
    unknown = [*_merge_fields(root, names), *_controls(root, names)]
    return tuple(dict.fromkeys(unknown))


def _merge_fields(root: etree._Element, names: Collection[str]) -> Iterator[str]:
    for simple in list(root.iter(f"{W}fldSimple")):
        name = _named(simple.get(f"{W}instr", ""))
        if name in names:
            _replace([simple], _marker(name or "", _first_look(simple)))
        elif name is not None:
            yield name
    for paragraph in list(root.iter(f"{W}p")):
        yield from _complex_fields(paragraph, names)


def _complex_fields(paragraph: etree._Element, names: Collection[str]) -> Iterator[str]:
    """Mark the fields of a paragraph that are a series of runs, inner ones first."""
    runs = [
        part
        for run in list(paragraph.iter(f"{W}r"))
        if next(run.iterancestors(f"{W}p")) is paragraph
        for part in _single(run)
    ]
    started: list[_Field] = []
    for run in runs:
        kind = _sign(run)
        if kind == "begin":
            started.append(_Field())
        for field in started:
            field.runs.append(run)
        if started:
            started[-1].take(run, kind)
        if started and kind == "end":
            yield from _ended(started.pop(), names)


def _sign(run: etree._Element) -> str | None:
    sign = run.find(f"{W}fldChar")
    return None if sign is None else sign.get(f"{W}fldCharType")


def _ended(field: _Field, names: Collection[str]) -> Iterator[str]:
    """Put the marker in the place of a field that is ours; yield the name of another."""
    name = _named(field.instruction)
    if name in names:
        look = field.look if field.look is not None else _look(field.runs[0])
        _replace(field.runs, _marker(name or "", look))
    elif name is not None:
        yield name


class _Field:
    """A field between its first and its last run."""

    def __init__(self) -> None:
        self.runs: list[etree._Element] = []
        self.instruction = ""
        self.look: etree._Element | None = None
        self._is_separated = False

    def take(self, run: etree._Element, kind: str | None) -> None:
        """Take what a run of its own says: a sign of this kind, a piece of its instruction, its result."""
        if kind == "separate":
            self._is_separated = True
        elif kind is None and not self._is_separated:
            self.instruction += "".join(item.text or "" for item in run.iter(f"{W}instrText"))
        elif kind is None and self.look is None:
            self.look = _look(run)


def _single(run: etree._Element) -> list[etree._Element]:
    """Return a run as runs of one thing each, where parts of a field stand in it."""
    content = [child for child in run if child.tag != f"{W}rPr"]
    parts = {f"{W}fldChar", f"{W}instrText"}
    if len(content) < 2 or parts.isdisjoint(child.tag for child in content):
        return [run]
    look, torn = _look(run), []
    for child in content:
        alone = etree.Element(f"{W}r")
        if look is not None:
            alone.append(deepcopy(look))
        alone.append(child)
        run.addprevious(alone)
        torn.append(alone)
    _drop(run)
    return torn


def _controls(root: etree._Element, names: Collection[str]) -> Iterator[str]:
    # Inner ones first: one that holds fields of ours is a frame around them.
    for control in reversed(list(root.iter(f"{W}sdt"))):
        content = control.find(f"{W}sdtContent")
        name = _control_name(control)
        if content is None or name is None:
            continue
        if name not in names:
            # A frame around several rows or fields repeats nothing here and is none itself.
            if content.find(f".//{MARKER}") is None:
                yield name
        elif content.find(f".//{MARKER}") is None:
            _mark_control(control, content, name)
        else:
            _unwrap(control, content)


def _control_name(control: etree._Element) -> str | None:
    for part in ("tag", "alias"):
        said = control.find(f"{W}sdtPr/{W}{part}")
        name = "" if said is None else (said.get(f"{W}val") or "").strip()
        if name:
            return name
    return None


def _mark_control(control: etree._Element, content: etree._Element, name: str) -> None:
    """Leave of what a control holds (a cell, paragraphs, runs) the first frame, with the marker."""
    own = control.find(f"{W}sdtPr/{W}rPr")
    is_placeholder = control.find(f"{W}sdtPr/{_PLACEHOLDER}") is not None
    look = own if is_placeholder else _first_look(content)
    marker = _marker(name, look if look is not None else own)
    frame = next((child for child in content if child.tag in (f"{W}tc", f"{W}p")), None)
    if frame is None:
        _replace([control], marker)
        return
    paragraphs = [frame] if frame.tag == f"{W}p" else list(frame.findall(f"{W}p"))
    for child in list(paragraphs[0]):
        if child.tag != f"{W}pPr":
            paragraphs[0].remove(child)
    for other in paragraphs[1:]:
        frame.remove(other)
    paragraphs[0].append(marker)
    _replace([control], frame)


def _unwrap(control: etree._Element, content: etree._Element) -> None:
    for child in list(content):
        control.addprevious(child)
    _drop(control)


def _named(instruction: str) -> str | None:
    found = _MERGEFIELD.match(instruction)
    return None if found is None else (found[1] or found[2]).strip()


def _marker(name: str, look: etree._Element | None) -> etree._Element:
    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(deepcopy(look))
    etree.SubElement(run, MARKER, {NAME: name})
    return run


def _look(run: etree._Element) -> etree._Element | None:
    return run.find(f"{W}rPr")


def _first_look(parent: etree._Element) -> etree._Element | None:
    run = next(parent.iter(f"{W}r"), None)
    return None if run is None else _look(run)


def _replace(old: list[etree._Element], new: etree._Element) -> None:
    """Put an element in the place of the first of some, and take all of these away."""
    old[0].addprevious(new)
    for item in old:
        if item.getparent() is not None:
            _drop(item)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
