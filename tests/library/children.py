"""What the tests let other processes do."""

import sys
from multiprocessing.connection import Connection as Pipe
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from form.decisions import Decision
from form.report import Cell
from library import database, importing
from library.errors import Conflict, LibraryError
from library.importing import Reading, import_file, import_files
from library.log import Log
from library.names import sort_key
from library.store import Library
from tests.library.made import made_report, reading

COUNTED = tuple(
    f"applications.new_received.{column}"
    for column in ("natural_person", "business", "research", "public_welfare", "legal_service")
)

# Its dictionary is loaded here too, so that a child is quick.
sort_key("甲")


def two_reports(data: bytes, _name: str) -> Reading:
    """Two reports of one file, so that a half import has many shapes."""
    agency = data.decode()
    return reading(made_report(f"{agency}甲"), made_report(f"{agency}乙"))


def open_library(url: str | None, home: Path, barrier: Barrier, outcomes: "Queue[str]") -> None:
    barrier.wait()
    try:
        with Library(url, home=home) as library:
            library.summary()
        outcomes.put("opened")
    except Exception as error:  # noqa: BLE001  the parent shows it
        outcomes.put(repr(error))


def import_all(
    url: str | None, home: Path, files: int, barrier: Barrier, outcomes: "Queue[Any]"
) -> None:
    """Import the same files as everybody else and tell the states."""
    with Library(url, home=home) as library:
        barrier.wait()
        states = []
        for number in range(files):
            data = f"文件{number}".encode()
            states.append(import_file(library, f"{number}.txt", data, read=two_reports).state)
        outcomes.put(states)


class Careless(Library):
    """A library that commits each statement by itself: what the kill test must catch."""

    def __init__(self, url: str | None, home: Path) -> None:
        super().__init__(url, home=home)
        self._writing = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        if self._writing.dialect.name == "sqlite":
            sa.event.listen(self._writing, "connect", database._prepare)


def import_for_ever(url: str | None, home: Path, first: int, careless: bool, told: Pipe) -> None:
    """Import one new file after another, by groups, and acknowledge each, until this is killed."""
    library = (Careless if careless else Library)(url, home=home)
    importing.GROUP_FILES = 5
    names = (f"文件{number}" for number in range(first, sys.maxsize))
    files = ((f"{name}.txt", name.encode()) for name in names)
    for name, result in import_files(library, files, read=two_reports):
        told.send((int(name.removeprefix("文件").removesuffix(".txt")), result.state))


class Hasty(Log):
    """A log that never looks at what was seen: what the test of lost edits must catch."""

    def correct(self, report_id: int, address: str, new: Any, seen: Cell, *said: Any) -> Decision:  # noqa: ARG002
        now = self._library.report(report_id).cells[address]
        while True:
            try:
                return super().correct(report_id, address, new, now, *said)
            except Conflict as conflict:
                now = conflict.current


def add_ones(
    url: str | None,
    home: Path,
    edits: int,
    number: int,
    hasty: bool,
    barrier: Barrier,
    outcomes: "Queue[int]",
) -> None:
    """Add 1 to one of five cells, again and again; whoever is told of a conflict looks again."""
    with Library(url, home=home) as library:
        log = (Hasty if hasty else Log)(library)
        cells = dict(library.report(1).cells)
        barrier.wait()
        conflicts = 0
        for edit in range(edits):
            address = COUNTED[(edit + number) % len(COUNTED)]
            while True:
                more = str((cells[address].value or 0) + 1)
                try:
                    entry = log.correct(1, address, more, cells[address], str(number), "")
                    cells[address] = entry.new or cells[address]
                    break
                except Conflict as conflict:
                    conflicts += 1
                    cells[address] = conflict.current
                except LibraryError:  # the hasty one finds its number there already
                    break
        outcomes.put(conflicts)
