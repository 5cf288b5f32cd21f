"""Elements of WordprocessingML (ISO/IEC 29500) by their names, and which of them Word shows.

Names are compared without their namespace, since the strict and the transitional form of the
standard differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

_WHOLE: Final = re.compile("[0-9]{1,9}")
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
# Field codes and deleted letters are in elements of their own, so only what wraps shown ones counts.
_NOT_SHOWN: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "rt", "tcPr"})


@lru_cache(maxsize=256)
def name_of(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def shown(element: etree._Element) -> list[tuple[str, etree._Element]]:
    """Return the children that count, with their names; of alternatives the first, as Word does."""
    found = []
    for child in element:
        name = name_of(child.tag)
        if name == "AlternateContent":
            found += shown(child[0]) if len(child) else []
        elif name not in _NOT_SHOWN:
            found.append((name, child))
    return found


def members(container: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, those inside wrappers that show nothing included."""
    for name, child in shown(container):
        if name in names:
            yield child
        elif name in _WRAPPERS or name == "body":
            yield from members(child, *names)


def flow(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables that stand below each other in a container."""
    return members(container, "p", "tbl")


def properties(element: etree._Element, name: str) -> dict[str, etree._Element]:
    """Return the properties of an element by name; they stand before its contents."""
    for child in element:
        found = name_of(child.tag)
        if found == name:
            return {name_of(item.tag): item for item in child}
        if not found.endswith(("Pr", "PrEx")):
            break
    return {}


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute of the element's own namespace."""
    tag = element.tag
    return element.get(f"{tag[: tag.rfind('}') + 1]}{name}")


def number(found: etree._Element | None, default: int) -> int:
    """Return the whole number that a property says, `default` where it says none."""
    value = attribute(found, "val") if found is not None else None
    counted = whole(value or "")
    return default if counted is None else counted


def whole(text: str) -> int | None:
    """Return a number of at most nine digits, None where the text is anything else."""
    return int(text) if _WHOLE.fullmatch(text) else None
