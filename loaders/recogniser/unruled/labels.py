"""Labels of rows on a page without lines: which pieces of text, one below another, are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from form.labels import CONTENT_HEADER
from form.model import TableKey
from loaders.recogniser.labels import body, group_wordings, match_row, wordings
from loaders.recogniser.lines import plain
from loaders.recogniser.unruled.atoms import Atom

_NUMBERED: Final = re.compile(
    r"\s*(?:[(〔\[【]\s*[一二三四五六七八九十]\s*[)〕\]】]|[一二三四]\s*[、.]|\d{1,2}\s*[.、)])"
)
_PITCH: Final = 2.1
"""Heights of a letter from the middle of one line of a label to the next, at most."""
_OVERLAP: Final = 0.3
_OPEN, _CLOSE = "（(", "）)"


@dataclass(slots=True)
class Block:
    """Pieces that read as one, from the top down."""

    atoms: list[Atom]
    text: str = ""
    rows: tuple[tuple[TableKey, str], ...] = ()
    """The rows of the form that it names."""
    is_group: bool = False
    is_content: bool = False
    """Whether it is 信息内容, over the labels of section 二."""
    numbers: list[list[Atom]] = field(default_factory=list)
    """The lines of numbers that stand beside it."""
    in_doubt: bool = False

    @property
    def top(self) -> float:
        return min(atom.top for atom in self.atoms)

    @property
    def bottom(self) -> float:
        return max(atom.bottom for atom in self.atoms)

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return min(atom.x0 for atom in self.atoms)

    @property
    def x1(self) -> float:
        return max(atom.x1 for atom in self.atoms)

    @property
    def size(self) -> float:
        return self.atoms[0].height

    @property
    def may_hold_more(self) -> bool:
        """Say whether more values may be printed than there are pieces: some touch others, or words."""
        values = (atom for line in self.numbers for atom in line)
        return any(atom.ends_in_value for atom in self.atoms) or any(
            atom.may_be_several for atom in values
        )

    @property
    def is_row(self) -> bool:
        return bool(self.rows)

    @property
    def is_open(self) -> bool:
        """Say whether it is the beginning of a row's wording and no whole one."""
        said = body(self.text)
        return not self.is_row and bool(said) and said in _beginnings()


def blocks(atoms: Sequence[Atom]) -> list[Block]:
    """Return the words of a page in blocks, each as long as it reads as one label of the form."""
    found: list[Block] = []
    for atom in sorted(atoms, key=lambda atom: (atom.y, atom.x0)):
        block = _goes_on(found, atom)
        if block is not None:
            block.atoms.append(atom)
            block.text += atom.text
        else:
            found.append(Block([atom], atom.text))
    for block in found:
        name(block)
    return found


def _goes_on(found: Sequence[Block], atom: Atom) -> Block | None:
    """Return the block that a piece goes on with: the one that says most with it."""
    options = [block for block in found if _may_go_on(block, atom)]
    return max(options, key=lambda block: len(block.text), default=None)


def _may_go_on(block: Block, atom: Atom) -> bool:
    last = block.atoms[-1]
    size = max(last.height, atom.height)
    if not 0.6 * size < atom.y - last.y <= _PITCH * size:
        return False
    if max(before.overlap(atom) for before in block.atoms) < _OVERLAP:
        return False
    return continues(block.text, atom.text)


def continues(first: str, second: str) -> bool:
    """Say whether a text goes on with another: both are one label's, or a remark is open."""
    if _NUMBERED.match(unicodedata.normalize("NFKC", second)):
        return False
    said = body(first) + plain(second)
    if said in _beginnings():
        return True
    opened = sum(first.count(sign) for sign in _OPEN) > sum(first.count(sign) for sign in _CLOSE)
    return opened and bool(_rows_of(first))


def begins_longer(text: str) -> bool:
    """Say whether a text is the beginning of a label that is longer."""
    said = body(text)
    return any(other != said and other.startswith(said) for other in _beginnings())


def completes_row(text: str) -> bool:
    """Say whether a text is the whole of a row's wording."""
    said = body(text)
    return any(said in known for known in wordings("applications").values())


def overlap(block: Block, other: Block) -> bool:
    """Say whether two blocks stand one below the other."""
    return min(block.x1, other.x1) > max(block.x0, other.x0)


def name(block: Block) -> None:
    """Say what a block is, by its text."""
    said = body(block.text)
    block.is_content = said == CONTENT_HEADER
    block.is_group = said in group_wordings("applications")
    block.rows = _rows_of(block.text)


def _rows_of(text: str) -> tuple[tuple[TableKey, str], ...]:
    said = body(text)
    keys = [key for key, known in wordings("disclosure").items() if said in known]
    if keys:
        return tuple(("disclosure", key) for key in keys)
    return tuple(
        ("applications", item.key) for item in match_row("applications", text) if item.whole
    )


@cache
def _beginnings() -> frozenset[str]:
    """Return all that a label of the form can begin with, the empty text included."""
    rows = [
        w for key in ("disclosure", "applications") for ws in wordings(key).values() for w in ws
    ]
    known = (*rows, *group_wordings("applications"), CONTENT_HEADER)
    return frozenset(text[:end] for text in known for end in range(len(text) + 1))
