"""Imported once by the process that children are forked from: all the readers, loaded and warm."""

from __future__ import annotations

import ctypes  # noqa: F401  what a child needs of it must be there before its limits are
import gc

from form.editions import EDITION_KEYS, TABLE_KEYS
from form.layout import LayoutCell, layout
from form.model import EditionKey
from loaders import read
from loaders.kinds import readers


def specimen(edition: EditionKey) -> str:
    """Return a report of zeros, its tables as tabs."""
    rows = (row for key in TABLE_KEYS for row in layout(key, edition))
    return "\n".join("\t".join(map(_printed, row)) for row in rows)


def _printed(cell: LayoutCell) -> str:
    return "0" if cell.address else cell.text


readers()
for one in EDITION_KEYS:
    # The first report in a process takes twice as long: labels are folded, patterns compiled.
    read(specimen(one).encode(), "")
# Else the first collection in every child would copy the memory that it shares with the others.
gc.collect()
gc.freeze()
