"""Cells that the scripts of a page name, and so may fill in: what is seen is not in the source."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

FILLED: Final = "data-dd-filled"
"""The attribute that such a cell has after `mark_filled`."""

_QUOTED: Final = re.compile(r"""["'`](?:[\w-]{0,20}#)?([\w-]{1,200})["'`]""")
_CELLS: Final = frozenset({"td", "th"})


def mark_filled(root: etree._Element) -> None:
    """Mark the cells of a page in which a script names an element, or which it names itself.

    An element that holds a table is passed over: scripts name it to set the size of its letters.
    """
    scripts = [script.text or "" for script in root.iter("script")]
    named = {name for script in scripts for name in _QUOTED.findall(script)}
    for element in root.iter(etree.Element) if named else ():
        if element.get("id") in named and next(element.iterdescendants("table"), None) is None:
            cell = _cell_of(element)
            if cell is not None:
                cell.set(FILLED, "")


def _cell_of(element: etree._Element) -> etree._Element | None:
    if element.tag in _CELLS:
        return element
    return next(element.iterancestors(*_CELLS), None)
