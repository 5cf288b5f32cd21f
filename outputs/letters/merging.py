"""Fills a Word template: its named fields, and once for each item the rows or paragraphs of a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from form.language import _
from outputs.letters.fields import ITEMS, PLAIN, DocumentKind
from outputs.letters.markers import MARKER, NAME, W, mark_fields
from outputs.letters.package import TemplateError, opened, packed, parsed, written

_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SETTINGS: Final = ("word/settings.xml", "word/_rels/settings.xml.rels")
_PICTURES: Final = ("drawing", "pict", "object")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# What no XML can hold: a name that was read from a damaged file may.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a template: those that a letter fills, and names that it knows nothing of."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def fields_of(template: bytes, kind: DocumentKind) -> Fields:
    """Return the fields of a template; raises TemplateError for what is no template."""
    names = {*PLAIN[kind], *ITEMS[kind]}
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for _name, data in _texts(opened(template)):
        root = parsed(data)
        unknown |= dict.fromkeys(mark_fields(root, names))
        known |= dict.fromkeys(_field(item) for item in root.iter(MARKER))
    return Fields(tuple(known), tuple(unknown))


def filled(
    template: bytes,
    kind: DocumentKind,
    values: Mapping[str, str],
    items: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """Return a template with its fields filled in.

    The row of a table in which all fields are those of an item is there once for each; elsewhere
    the paragraphs with such fields are, together where nothing stands between them. A paragraph
    whose fields all turn out empty goes, its other words with them. Fields of unknown names stay as they are. Raises
    TemplateError for what is no template.
    """
    try:
        return _filled(template, kind, values, items)
    except (StopIteration, RuntimeError, AttributeError, ValueError) as error:
        # A field around a row or a table, or in none, has no paragraph to stand in.
        raise TemplateError(
            _("模板里有字段放在了不能填写的地方，请把它放进一个段落里。")
        ) from error


def _filled(
    template: bytes,
    kind: DocumentKind,
    values: Mapping[str, str],
    items: Sequence[Mapping[str, str]],
) -> bytes:
    parts = opened(template)
    told = {name: values.get(name, "") for name in PLAIN[kind]}
    for name, data in _texts(parts):
        root = parsed(data)
        mark_fields(root, {*PLAIN[kind], *ITEMS[kind]})
        for block in list(_blocks(root, ITEMS[kind])):
            _repeat(block, [{**told, **item} for item in items])
        _fill(root, told)
        parts[name] = written(root)
    for name in _SETTINGS:
        if name in parts:
            parts[name] = _without_source(parts[name])
    return packed(parts)


def _texts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((name, parts[name]) for name in sorted(parts) if _PARTS.fullmatch(name))


def _field(marker: etree._Element) -> str:
    return marker.get(NAME, "")


def _blocks(root: etree._Element, names: Collection[str]) -> Iterator[list[etree._Element]]:
    """Yield the rows or paragraphs that repeat, those that repeat together in one."""
    units = dict.fromkeys(_unit(item, names) for item in root.iter(MARKER) if _field(item) in names)
    block: list[etree._Element] = []
    for unit in units:
        between = _between(block[-1], unit) if block else None
        if block and between is None:
            yield block
            block = []
        block += [*(between or ()), unit]
    if block:
        yield block


def _unit(marker: etree._Element, names: Collection[str]) -> etree._Element:
    """Return what repeats with a field of an item: its row, else its paragraph."""
    row = next(marker.iterancestors(f"{W}tr"), None)
    if row is not None and all(_field(item) in names for item in row.iter(MARKER)):
        return row
    return next(marker.iterancestors(f"{W}p"))


def _between(one: etree._Element, other: etree._Element) -> list[etree._Element] | None:
    """Return the empty paragraphs between two elements, None where anything else is or they are apart."""
    found: list[etree._Element] = []
    for item in one.itersiblings():
        if item is other:
            return found
        if item.tag != f"{W}p" or _words(item) or item.find(f".//{MARKER}") is not None:
            return None
        found.append(item)
    return None


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip()


def _repeat(block: Sequence[etree._Element], items: Sequence[Mapping[str, str]]) -> None:
    for item in items:
        for element in block:
            copy = deepcopy(element)
            block[0].addprevious(copy)
            _fill(copy, item)
    for element in block:
        _drop(element)


def _fill(root: etree._Element, values: Mapping[str, str]) -> None:
    """Put values into the place of the markers below an element; drop paragraphs left empty."""
    says: dict[etree._Element, bool] = {}
    for marker in list(root.iter(MARKER)):
        run, paragraph = marker.getparent(), next(marker.iterancestors(f"{W}p"))
        value = _UNWRITABLE.sub("", values.get(_field(marker), "")).strip()
        says[paragraph] = says.get(paragraph, False) or bool(value)
        if run is not None:
            run.remove(marker)
            _write(run, value)
    for paragraph, says_anything in says.items():
        if not says_anything:
            _drop_paragraph(paragraph)


def _write(run: etree._Element, value: str) -> None:
    for at, line in enumerate(value.splitlines()):
        if at:
            etree.SubElement(run, f"{W}br")
        text = etree.SubElement(run, f"{W}t")
        text.text = line
        text.set(_SPACE, "preserve")


def _drop_paragraph(paragraph: etree._Element) -> None:
    """Take a paragraph away, unless a cell or a part needs it, or it ends a section or has a picture."""
    if any(next(paragraph.iter(f"{W}{name}"), None) is not None for name in _PICTURES):
        return
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return
    if parent.tag == f"{W}body" or len(parent.findall(f"{W}p")) > 1:
        parent.remove(paragraph)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _without_source(data: bytes) -> bytes:
    """Return settings that name no source of addresses: Word would ask for it."""
    root = parsed(data)
    for item in list(root):
        kind = str(item.get("Type", ""))
        if item.tag == f"{W}mailMerge" or kind.endswith(
            ("mailMergeSource", "mailMergeHeaderSource")
        ):
            root.remove(item)
    return written(root)
