"""Fields of a Word file: what is shown of them is their result, which the file may not keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from loaders.docx.elements import attribute, name_of, number

# Of these nothing is shown, or nothing that anybody filled in.
_SHOW_NOTHING: Final = frozenset(
    (
        "XE",
        "TC",
        "TA",
        "RD",
        "SET",
        "ASK",
        "BOOKMARK",
        "HYPERLINK",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "PRIVATE",
        "MACROBUTTON",
        "GOTOBUTTON",
        "ADDIN",
        "PAGE",
        "TOC",
        "INDEX",
        "ADVANCE",
        "LISTNUM",
    )
)


@dataclass(slots=True)
class Open:
    """A field that began and has not ended."""

    begins: int = 0
    """How many pieces there were before it."""
    choice: str | None = None
    """The entry that is chosen of a list."""
    code: str = ""
    has_result: bool = False
    at: int = 0
    """How many pieces there were before its result."""


def opened(begin: etree._Element, before: int) -> Open:
    """Return the field that begins here, behind so many pieces."""
    choices = begin.find("{*}ffData/{*}ddList")
    return Open(before, _chosen(choices) if choices is not None else None)


def _chosen(choices: etree._Element) -> str:
    """Return the entry of a list that is shown: the chosen one, else the usual, else the first."""
    found = {name_of(item.tag): item for item in choices}
    index = number(found.get("result", found.get("default")), 0)
    entries = [attribute(item, "val") or "" for item in choices.iterfind("{*}listEntry")]
    return entries[index] if index < len(entries) else ""


def lacks_result(code: str) -> bool:
    """Say whether a field of which nothing is kept would show something."""
    words = code.replace("=", " = ").split()
    return bool(words) and words[0].upper() not in _SHOW_NOTHING


def drop_placeholders(root: etree._Element) -> None:
    """Take the words out of the controls in which nobody has written: they ask for it."""
    for mark in root.iter("{*}showingPlcHdr"):
        control = mark.getparent()
        control = control.getparent() if control is not None else None
        if control is None or attribute(mark, "val") in ("0", "false", "off"):
            continue
        for text in control.iter("{*}t"):
            text.text = ""
