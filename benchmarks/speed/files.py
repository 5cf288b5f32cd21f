"""The files that are timed: synthetic ones, the same for the same seed, and the sample reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.synthetic.draft import YEARS, Draft, draft, report
from benchmarks.synthetic.render import MAKERS, available, ending
from benchmarks.synthetic.render.programs import office, saved_by_office
from benchmarks.synthetic.tables import random_cells
from form.editions import EDITION_KEYS

KINDS: Final = (
    "tabs.txt",
    "cells.txt",
    "markdown.txt",
    "html",
    "docx",
    "xlsx",
    "reportlab.pdf",
    "chromium.pdf",
    "office.pdf",
)
OFFICE_KINDS: Final = ("office.docx", "office.xlsx")
"""What an office program makes of such files when it saves them: many times as many properties."""
SAMPLES: Final = "samples."
_SAMPLE_FOLDERS: Final = ("invented", "real")
_SAMPLES: Final = Path(__file__).resolve().parents[2] / "sample_reports"
_IMPORTED_KINDS: Final = ("tabs.txt", "html", "docx", "xlsx")
_SIGNS: Final = "甲乙丙丁戊己庚辛壬癸"
_MOST: Final = 5
"""Digits of a number in an agency's name."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is handed in."""

    name: str
    data: bytes


def kinds() -> list[str]:
    """Return the kinds that can be made with the programs of this computer, and those of samples."""
    made = [kind for kind in KINDS if kind in available()]
    saved = OFFICE_KINDS if office() else ()
    return [*made, *saved, *(f"{SAMPLES}{end}" for end in _sample_endings())]


def files(kind: str, count: int, seed: str) -> list[File]:
    """Return `count` synthetic files of a kind, or all samples of one where it names them."""
    if kind.startswith(SAMPLES):
        return list(_samples(kind.removeprefix(SAMPLES)))
    random = Random(f"{seed} {kind}")
    drafts = [draft(EDITION_KEYS[n % len(EDITION_KEYS)], random) for n in range(count)]
    if kind in OFFICE_KINDS:
        datas = saved_by_office(MAKERS[ending(kind)](drafts), ending(kind), ending(kind))
    else:
        datas = MAKERS[kind](drafts)
    return _named(kind, drafts, datas)


def imports(count: int, seed: str) -> Iterator[File]:
    """Yield different reports of several kinds in turn, each of an agency of its own."""
    random = Random(f"{seed} imports")
    for number in range(count):
        edition = EDITION_KEYS[number % len(EDITION_KEYS)]
        digits = "".join(_SIGNS[int(digit)] for digit in f"{number:0{_MOST}}")
        cells = random_cells(edition, random)
        made = report(edition, cells, f"{digits}镇人民政府", random.choice(YEARS[edition]))
        kind = _IMPORTED_KINDS[number % len(_IMPORTED_KINDS)]
        yield from _named(kind, [made], MAKERS[kind]([made]))


def _named(kind: str, drafts: Sequence[Draft], datas: Sequence[bytes]) -> list[File]:
    return [
        File(f"{made.stem}.{ending(kind)}", data) for made, data in zip(drafts, datas, strict=True)
    ]


def _samples(end: str) -> Iterator[File]:
    for folder in _SAMPLE_FOLDERS:
        for path in sorted((_SAMPLES / folder).glob(f"*.{end}")):
            yield File(path.name, path.read_bytes())


def _sample_endings() -> Mapping[str, None]:
    found = (
        path.suffix.removeprefix(".")
        for name in _SAMPLE_FOLDERS
        for path in sorted((_SAMPLES / name).iterdir())
    )
    return dict.fromkeys(sorted(found))
