"""From drafts to files: one maker a kind of file, in the ways that offices make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.render import office, text

Maker = Callable[[Draft], bytes]

TEXT_KINDS: Final[tuple[str, ...]] = tuple(f"{name}.txt" for name in text.LAYOUTS)
OFFICE_KINDS: Final = ("docx", "xlsx", "html")
MAKERS: Final[Mapping[str, Maker]] = {
    **{f"{name}.txt": text.maker(layout) for name, layout in text.LAYOUTS.items()},
    "docx": office.docx,
    "xlsx": office.xlsx,
    "html": office.html,
}


def ending(kind: str) -> str:
    """Return the ending of files of a kind: the last part of its name."""
    return kind.rpartition(".")[2]


def make(kind: str, drafts: Sequence[Draft]) -> list[bytes]:
    """Return the files of drafts, in their order; raises KeyError for an unknown kind."""
    return [MAKERS[kind](draft) for draft in drafts]
