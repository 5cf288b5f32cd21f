"""What becomes of reports whose files are damaged: bytes that change, get lost or are cut off.

Run: python -m benchmarks.damage [--seed N] [--each 20] [--kinds …] [--examples N]
Each kind's file is damaged `each` times, and read in a process of its own. A file is *same* (every
cell as in the whole file), *refused*, *said* (cells differ, and the report has a note on damage, or
the cells are unknown) or *silent* (cells differ without a word). *shown* are numbers that the file
itself now prints otherwise: those of a text without checksums, those that a second reader of PDF
files finds too. *numbers* are numbers silently read as others, *lost* other cells silently read
otherwise; both as counts of cells. Exits with 1 if there are any of the first, or any crash.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Final

from benchmarks.synthetic.draft import draft
from benchmarks.synthetic.render import MAKERS, available, ending
from form.report import Cell, Report
from loaders.document import ReadError
from loaders.pdf import read_with_pdfplumber
from loaders.recogniser import recognise
from loaders.sandbox.child import read_isolated

_FATES: Final = ("same", "said", "refused", "silent")
_KINDS: Final = (
    *("reportlab.pdf", "chromium.pdf", "office.pdf", "docx", "xlsx", "ods", "odt"),
    *("html", "tabs.txt", "markdown.txt"),
    *("docx/part", "xlsx/part", "ods/part", "odt/part"),
)
_PART: Final = "/part"
_PLAIN: Final = ("html", "txt")
"""Endings of files without checksums, whose digits are what is printed."""
_MOST_LOST: Final = 2_000
"""Bytes."""
Cells = Mapping[str, tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one damaged file; `cells` are all that the whole file has."""

    name: str
    cells: int
    shown: int = 0
    numbers: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def damaged(data: bytes, random: Random) -> bytes:
    """Return a file with bytes changed, bits turned, a part lost, emptied or cut off."""
    return random.choice(_WAYS)(data, random)


def _changed(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 30))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _turned(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _without_part(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randrange(1, _MOST_LOST) :]


def _emptied(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data)), random.choice((16, 512, 4096))
    part = data[start : start + length]
    return data[:start] + bytes(len(part)) + data[start + length :]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, len(data))]


_WAYS: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    *(_changed, _changed, _turned, _turned),
    *(_without_part, _emptied, _cut),
)


def damaged_part(data: bytes, random: Random) -> bytes:
    """Return a package one of whose XML parts, long ones rather than short ones, is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {item: package.read(item) for item in package.infolist()}
    xml = [item for item in parts if item.filename.endswith(".xml")]
    (chosen,) = random.choices(xml, [item.file_size for item in xml])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for item, part in parts.items():
            package.writestr(item.filename, damaged(part, random) if item is chosen else part)
    return written.getvalue()


def digits_changed(data: bytes, harmed: bytes) -> int:
    """Return how many numbers of a package its own damaged parts may now print otherwise.

    A byte can be in one number. Where bytes are lost, the two ends may join into one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(io.BytesIO(harmed)) as other:
        pairs = [(one.read(name), other.read(name)) for name in one.namelist()]
    return sum(
        sum(a != b for a, b in zip(before, after, strict=True)) if len(before) == len(after) else 1
        for before, after in pairs
        if before != after
    )


def fate(data: bytes, name: str, whole: Sequence[Report], *, may_show: int | None = None) -> Fate:
    """Return what becomes of a damaged file whose reports were these.

    Of a package with damaged parts no more than `may_show` numbers can be what it prints.
    """
    expected = _cells(whole)
    try:
        _kind, reports = read_isolated(data, name)
    except ReadError as error:
        return Fate(f"refused: {error.code}", len(expected))
    found = _cells(reports)
    other = {at: found.get(at) for at in expected if found.get(at) != expected[at]}
    tables = {at.partition(".")[0] for at in found}
    silent = {at: said for at, said in other.items() if _is_silent(at, said, tables)}
    if any(note.code == "damaged" for report in reports for note in report.notes):
        silent = {at: said for at, said in silent.items() if said and said[0] == "number"}
    numbers = [at for at, said in silent.items() if said and said[0] == "number"]
    if may_show is not None:
        shown = set(numbers) if len(numbers) <= may_show else set()
    else:
        shown = _shown(data, name, {at: found[at] for at in numbers})
    numbers = [at for at in numbers if at not in shown]
    lost = [at for at in silent if at not in numbers and at not in shown]
    told = "said" if other else "same"
    return Fate(
        "silent" if numbers or lost else told,
        len(expected),
        len(shown),
        tuple(numbers),
        tuple(lost),
    )


def _is_silent(at: str, said: tuple[str, object] | None, tables: set[str]) -> bool:
    """Say whether a cell says something else without a word.

    A table that is missing as a whole is a finding, and so is a text where a number belongs.
    """
    if said is None:
        return at.partition(".")[0] in tables
    return said[0] not in ("unknown", "text")


def _shown(data: bytes, name: str, numbers: Cells) -> set[str]:
    """Return the numbers that a damaged file itself prints as they were read."""
    if name.endswith(_PLAIN):
        return set(numbers)
    if not numbers or not name.endswith("pdf"):
        return set()
    try:
        second = _cells(recognise(read_with_pdfplumber(data), name))
    except ReadError:
        return set()
    return {at for at, said in numbers.items() if second.get(at) == said}


def _cells(reports: Sequence[Report]) -> dict[str, tuple[str, object]]:
    return {
        f"{number} {address}": _said(cell)
        for number, report in enumerate(reports)
        for address, cell in report.cells.items()
    }


def _said(cell: Cell) -> tuple[str, object]:
    return cell.mark, cell.value


def made(kind: str, random: Random) -> tuple[bytes, str]:
    """Return one plain file of a kind and its name; raises CalledProcessError."""
    kind = kind.removesuffix(_PART)
    one = draft("2021", random)
    (data,) = MAKERS[kind]([one])
    return data, f"{one.stem}.{ending(kind)}"


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 if a number was silently read as another, or a reader crashed."""
    options = _parser().parse_args(arguments)
    print(f"seed {options.seed}, {options.each} times a kind\n")
    print(_line("kind", *_FATES, "shown", "numbers", "lost", "of cells"))
    is_wrong = False
    for kind in options.kinds:
        random = Random(f"{options.seed} {kind}")
        data, name = made(kind, random)
        _kind, whole = read_isolated(data, name)
        is_part = kind.endswith(_PART)
        harm = damaged_part if is_part else damaged
        files = (harm(data, random) for _ in range(options.each))
        fates = [
            fate(file, name, whole, may_show=digits_changed(data, file) if is_part else None)
            for file in files
        ]
        print(_row(kind, fates))
        is_wrong = is_wrong or any(item.numbers or "crashed" in item.name for item in fates)
        for item in [item for item in fates if item.numbers or item.lost][: options.examples]:
            print("   ", item)
    return int(is_wrong)


def _row(kind: str, fates: Sequence[Fate]) -> str:
    counted = Counter(item.name.partition(":")[0] for item in fates)
    sums = (
        sum(item.shown for item in fates),
        sum(len(item.numbers) for item in fates),
        sum(len(item.lost) for item in fates),
        sum(item.cells for item in fates),
    )
    return _line(kind, *(counted[name] for name in _FATES), *sums)


def _line(name: str, *columns: object) -> str:
    return f"{name:<16}" + "".join(f"{column!s:>9}" for column in columns)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.damage")
    parser.add_argument("--seed", default=str(SystemRandom().randrange(2**32)))
    parser.add_argument("--each", type=int, default=20, help="damaged files of each kind")
    makers = available()
    known = [kind for kind in _KINDS if kind.removesuffix(_PART) in makers]
    parser.add_argument("--kinds", nargs="+", choices=known, default=known)
    parser.add_argument("--examples", type=int, default=0, help="silent ones to print of each kind")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
