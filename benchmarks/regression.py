"""What a change of the reader changes: one folder of files, read by two versions of the program.

Run: python -m benchmarks.regression FOLDER OLD [NEW]
OLD and NEW are folders with a checkout of the program, or git revisions of this one; NEW is this
working copy unless told. Prints the cells gained, lost and changed, file by file, and exits with 1
if a cell was lost or changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

ROOT: Final = Path(__file__).resolve().parent.parent
FACTS: Final = ("agency", "year", "title")
"""What a report says besides its cells and editions."""
NOTHING: Final[Mapping[str, Any]] = {}

# Runs inside the other version, so it uses nothing but that version's own interface.
_READ_ALL: Final = """
import json, sys
from pathlib import Path
from loaders import ReadError, read
for name in json.load(sys.stdin):
    path = Path(name)
    try:
        said = [report.to_json() for report in read(path.read_bytes(), path.name)]
    except ReadError as error:
        said = {"error": error.code}
    print(json.dumps(said), flush=True)
"""

Change = Literal["gained", "lost", "changed"]
Reading = list[dict[str, Any]] | dict[str, str]
"""A file's reports, or the code of the error that it gave."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or one fact of a report, that two versions read differently."""

    file: str
    place: str
    change: Change
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.change}: {self.old} → {self.new}"


def readings(program: Path, files: Sequence[Path]) -> list[Reading]:
    """Return what the program in a folder reads in files; raises CalledProcessError if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", _READ_ALL],
        cwd=program,
        input=json.dumps([str(path.resolve()) for path in files]),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(file: str, old: Reading, new: Reading) -> Iterator[Difference]:
    """Yield the differences between two readings of one file."""
    pairs = list(zip_longest(_reports(old), _reports(new), fillvalue=NOTHING))
    for number, (before, after) in enumerate(pairs, 1):
        told_before, told_after = _told(before), _told(after)
        for place in dict.fromkeys((*told_before, *told_after)):
            was, now = told_before.get(place), told_after.get(place)
            if was != now:
                name = place if len(pairs) == 1 else f"report {number}, {place}"
                yield Difference(file, name, _change(was, now), was or "unknown", now or "unknown")


def _reports(reading: Reading) -> Sequence[Mapping[str, Any]]:
    return reading if isinstance(reading, list) else [{"facts": reading}]


def _change(old: str | None, new: str | None) -> Change:
    if old is None:
        return "gained"
    return "lost" if new is None else "changed"


def _told(report: Mapping[str, Any]) -> dict[str, str]:
    """Return what a report tells, by place; unknown cells and facts are left out."""
    told = {name: str(report[name]) for name in FACTS if report.get(name) is not None}
    told |= dict(report.get("facts", {}))
    told |= {f"{k} edition": e for k, e in report.get("editions", {}).items() if e is not None}
    cells = report.get("cells", {}).items()
    return told | {name: _words(cell) for name, cell in cells if cell["mark"] != "unknown"}


def _words(cell: Mapping[str, Any]) -> str:
    parts = (cell["mark"], cell["value"], cell.get("unit"))
    return " ".join(str(part) for part in parts if part is not None)


@contextmanager
def program_at(where: str) -> Iterator[Path]:
    """Give the folder of a version: a folder as it is, a git revision unpacked for the while.

    Raises SystemExit where it is neither.
    """
    if Path(where).is_dir():
        yield Path(where)
        return
    archive = subprocess.run(["git", "archive", where], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise SystemExit(f"neither a folder nor a git revision: {where}")
    with TemporaryDirectory() as name, tarfile.open(fileobj=BytesIO(archive.stdout)) as packed:
        packed.extractall(name, filter="data")
        yield Path(name)


def main(arguments: Sequence[str]) -> int:
    """Print the differences and their sums; return 1 if a cell was lost or changed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.regression")
    parser.add_argument("folder", type=Path)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default=str(ROOT))
    options = parser.parse_args(arguments)
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    with program_at(options.old) as old, program_at(options.new) as new:
        pairs = zip(files, readings(old, files), readings(new, files), strict=True)
        found = [
            difference
            for path, before, after in pairs
            for difference in compare(str(path.relative_to(options.folder)), before, after)
        ]
    for difference in found:
        print(difference)
    sums = Counter(difference.change for difference in found)
    print(
        f"{len(files)} files: {sums['gained']} cells and facts gained,"
        f" {sums['lost']} lost, {sums['changed']} changed"
    )
    return int(bool(sums["lost"] or sums["changed"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
