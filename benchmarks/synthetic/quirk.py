"""What a quirk is: a named change of a plain draft, and the kinds of files in which it is met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft
from form.editions import EDITION_KEYS
from form.model import EditionKey

Change = Callable[[Draft, Random], Draft]

CELL_TEXT: Final = ("cells.txt", "covered-cells.txt")
"""One cell a line: nothing of a row's geometry is left but its order."""
ROW_TEXT: Final = ("tabs.txt", "padded-tabs.txt")
"""One row a line, its cells between tabs."""
PIPE_TEXT: Final = (
    "pipes.txt",
    "span-pipes.txt",
    "pipe-lines.txt",
    "markdown.txt",
    "repeated-markdown.txt",
)
COPIED_TEXT: Final = ("paragraphs.txt", "end-pipes.txt", "pipes-below.txt", "parted.txt")
"""Blank cells, and where rows end, left no trace: many cells are unknown there."""
TEXT: Final = (*CELL_TEXT, *ROW_TEXT, *PIPE_TEXT)
GRIDS: Final = ("docx", "xlsx", "html")
PDF: Final = ("reportlab.pdf", "chromium.pdf", "office.pdf")
EVERY: Final = (*TEXT, *GRIDS, *PDF)


@dataclass(frozen=True, slots=True)
class Quirk:
    """One quirk of real reports."""

    name: str
    change: Change
    kinds: tuple[str, ...] = EVERY
    editions: tuple[EditionKey, ...] = EDITION_KEYS

    def apply(self, draft: Draft, random: Random) -> Draft:
        """Return the draft with the quirk in it."""
        return self.change(draft, random)
