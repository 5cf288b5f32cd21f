"""How long the library takes on PostgreSQL beside SQLite, and how fast imports are beside another version.

Run: DURABLE=1 .ci/postgres .venv/bin/python -m benchmarks.store [--reports N] [--rounds N]
     [--against REVISION] [--files N]
Prints, for each thing that people do, how many times as long it takes on the PostgreSQL server of
TEST_POSTGRES as on SQLite, with how many statements: medians of rounds in turns, in one run, of two
libraries with the same made-up reports. With `--against` (a git revision or a folder) the files a
second of this version's importer and of that one, in turns in one run: once with a reader that
takes no time, which leaves the library's own work, and once with the real one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from benchmarks.libraries import made_reports, printed
from benchmarks.regression import ROOT, program_at
from benchmarks.speed.files import imports
from form.report import Report
from library import jobs
from library.frames import load_frames
from library.importing import import_file, import_files
from library.saving import Reading
from library.store import Library

ADDRESS: Final = "applications.new_received.natural_person"
_IMPORTED: Final = 50
_NUMBERS: Final = count(1)

Act = Callable[[Library], object]

# Runs inside either version, so it uses nothing but what both have.
_IMPORT: Final = """
import json, sys, time
from pathlib import Path
from tempfile import TemporaryDirectory
from library import jobs
from library.importing import Reading, read_file, run_job
from library.store import Library
from loaders.sandbox.child import read_here

told = json.load(sys.stdin)
files = [(Path(name).name, Path(name).read_bytes()) for name in told["files"]]
readings = {}
if told["stubbed"]:
    readings = {name: Reading(*read_here(data, name)) for name, data in files}
read = (lambda data, name: readings[name]) if told["stubbed"] else read_file
with TemporaryDirectory() as folder, Library(home=Path(folder)) as library:
    first = jobs.create_job(library, files[:1])
    run_job(library, first, read=read)  # what forks its children is there from now on
    begun = time.perf_counter()
    number = jobs.create_job(library, files[1:])
    spooled = time.perf_counter()
    run_job(library, number, read=read)
    done = time.perf_counter()
    assert library.summary().reports >= len(files), library.summary()
print(json.dumps([spooled - begun, done - spooled]))
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """What something took on one engine: seconds, and statements."""

    seconds: float
    statements: float


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.store")
    parser.add_argument("--reports", type=int, default=1000, help="in each library; 0: no engines")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--against", help="a git revision or a folder with another version")
    parser.add_argument("--files", type=int, default=150, help="files to import by each version")
    options = parser.parse_args(arguments)
    if options.reports:
        for line in engines(options.reports, options.rounds):
            print(line, flush=True)
    if options.against:
        for line in versions(options.against, options.files, options.rounds):
            print(line, flush=True)
    return 0


def engines(reports: int, rounds: int) -> Iterator[str]:
    """Yield a line for each act: milliseconds and statements on either engine, and their ratio."""
    made = list(made_reports(reports))
    with TemporaryDirectory() as folder, _database() as address:
        home = Path(folder)
        with (
            Library(str(home / "a" / "library.sqlite"), home / "a") as sqlite,
            Library(address, home=home / "b") as postgresql,
        ):
            for library in (sqlite, postgresql):
                _fill(library, made)
            yield f"{reports} reports, medians of {rounds} rounds"
            yield f"{'':<34} {'SQLite':>10} {'PostgreSQL':>12} {'ratio':>7} {'statements':>11}"
            for name, act in _acts().items():
                both = [[_timed(one, act) for one in (sqlite, postgresql)] for _r in range(rounds)]
                slow, quick = (median(pair[place].seconds for pair in both) for place in (1, 0))
                ratio = median(pair[1].seconds / pair[0].seconds for pair in both)
                asked = median(pair[1].statements for pair in both)
                yield (
                    f"{name:<34} {1000 * quick:>7.1f} ms {1000 * slow:>9.1f} ms"
                    f" {ratio:>7.1f} {asked:>11.0f}"
                )


def _acts() -> dict[str, Act]:
    return {
        f"import of {_IMPORTED} files": lambda library: list(
            import_files(library, _new_files(_IMPORTED), read=_made)
        ),
        "import of one file": lambda library: import_file(library, *_new_file(), read=_made),
        "matrix of all": lambda library: library.matrix(),
        "frames of all": load_frames,
        "list of all": lambda library: library.reports(),
        "numbers of all (summary)": lambda library: library.summary(),
        "revision": lambda library: library.revision,
        "one report": lambda library: library.report(1 + next(_NUMBERS) % 50),
        "a correction": _correct,
        "a word on a finding": lambda library: library.log.accept(
            1 + next(_NUMBERS) % 50, "total//", "00", "备案口径", None
        ),
        "state of a job of 2,000 files": lambda library: jobs.job(library, 1),
    }


def _correct(library: Library) -> object:
    number = 1 + next(_NUMBERS) % 50
    seen = library.report(number).cells[ADDRESS]
    return library.log.correct(number, ADDRESS, str(10_000 + next(_NUMBERS)), seen, None, "")


def _fill(library: Library, reports: Sequence[Report]) -> None:
    read = {printed(report): report for report in reports}
    files = ((f"{number}.txt", data) for number, data in enumerate(read))
    for _name, _result in import_files(
        library, files, read=lambda data, _name: Reading("txt", (read[data],))
    ):
        pass
    jobs.create_job(library, ((f"{n}.txt", b"%d" % n) for n in range(2000)))


def _new_files(number: int) -> Iterator[tuple[str, bytes]]:
    return islice(iter(_new_file, None), number)


def _new_file() -> tuple[str, bytes]:
    return "a.txt", b"new %d" % next(_NUMBERS)


_REPORTS: Final = list(made_reports(_IMPORTED, seed=7))


def _made(_data: bytes, _name: str) -> Reading:
    return Reading("txt", (_REPORTS[next(_NUMBERS) % len(_REPORTS)],))


def _timed(library: Library, act: Act) -> Timed:
    asked: list[int] = []

    def note(*_told: Any) -> None:
        asked.append(1)

    event.listen(sa.Engine, "before_cursor_execute", note)
    begun = perf_counter()
    try:
        act(library)
    finally:
        taken = perf_counter() - begun
        event.remove(sa.Engine, "before_cursor_execute", note)
    return Timed(taken, len(asked))


@contextmanager
def _database() -> Iterator[str]:
    """Make a database on the server for the while; raises SystemExit where none is named."""
    server = os.environ.get("TEST_POSTGRES")
    if not server:
        raise SystemExit("TEST_POSTGRES names no server: run under .ci/postgres, or --reports 0")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    name = f"benchmark_{os.getpid()}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def versions(other: str, number: int, rounds: int) -> Iterator[str]:
    """Yield a line for each way of reading: files a second of either version, and their ratio."""
    with TemporaryDirectory() as folder, program_at(other) as old:
        files = list(_written(Path(folder), number + 1))
        yield f"\n{number} files, medians of {rounds} rounds, beside {other}"
        yield f"{'':<34} {'that':>10} {'this':>12} {'ratio':>7}"
        for stubbed in (True, False):
            both = [[_imported(v, files, stubbed) for v in (old, ROOT)] for _r in range(rounds)]
            what = "reading stubbed" if stubbed else "real reading"
            for part, place in (("handing in", 0), ("importing", 1)):
                quick, slow = (median(number / pair[v][place] for pair in both) for v in (1, 0))
                ratio = median(pair[0][place] / pair[1][place] for pair in both)
                yield f"{part}, {what:<22} {slow:>8.1f}/s {quick:>10.1f}/s {ratio:>7.1f}"


def _written(folder: Path, number: int) -> Iterator[str]:
    for place, file in enumerate(imports(number, "store")):
        path = folder / f"{place:04} {file.name}"
        path.write_bytes(file.data)
        yield str(path)


def _imported(program: Path, files: Sequence[str], stubbed: bool) -> list[float]:
    """Return the seconds that a version takes to spool files and to import them."""
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT],
        cwd=program,
        input=json.dumps({"files": files, "stubbed": stubbed}),
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told: list[float] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
