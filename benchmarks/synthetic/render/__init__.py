"""From drafts to files: one maker a kind of file, in the ways that offices make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.render import office, programs, text
from sample_reports.sheets import printed

TEXT_KINDS: Final = tuple(f"{name}.txt" for name in text.LAYOUTS)
Maker = Callable[[Sequence[Draft]], list[bytes]]


def _each(make_one: Callable[[Draft], bytes]) -> Maker:
    return lambda drafts: [make_one(draft) for draft in drafts]


MAKERS: Final[Mapping[str, Maker]] = {
    **{f"{name}.txt": _each(text.maker(layout)) for name, layout in text.LAYOUTS.items()},
    **{f"{name}.txt": _each(text.maker(layout)) for name, layout in text.COPIED.items()},
    "csv": _each(text.csv_file),
    "repeated.csv": _each(text.repeated_csv),
    "docx": _each(office.docx),
    "xlsx": _each(office.xlsx),
    "html": _each(office.html),
    "reportlab.pdf": _each(lambda draft: printed(draft.blocks, draft.style.sheet)),
    "chromium.pdf": programs.chromium_pdf,
    "office.pdf": programs.office_pdf,
    "ods": lambda drafts: programs.saved_by_office([office.xlsx(d) for d in drafts], "xlsx", "ods"),
    "odt": lambda drafts: programs.saved_by_office([office.docx(d) for d in drafts], "docx", "odt"),
}
"""Kind → maker of files from drafts, in their order."""
_NEEDS: Final = {
    "chromium.pdf": programs.browser,
    **dict.fromkeys(("office.pdf", "ods", "odt"), programs.office),
}


def available() -> list[str]:
    """Return the kinds that can be made with the programs of this computer."""
    return [kind for kind in MAKERS if kind not in _NEEDS or _NEEDS[kind]() is not None]


def ending(kind: str) -> str:
    """Return the ending of files of a kind: the last part of its name."""
    return kind.rpartition(".")[2]
