"""What the tests let other processes do."""

import sys
from multiprocessing.connection import Connection as Pipe
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from library import database
from library.importing import Reading, import_file
from library.names import sort_key
from library.store import Library
from tests.library.made import made_report, reading

# Its dictionary is loaded here too, so that a child is quick.
sort_key("甲")


def two_reports(data: bytes, _name: str) -> Reading:
    """Two reports of one file, so that a half import has many shapes."""
    agency = data.decode()
    return reading(made_report(f"{agency}甲"), made_report(f"{agency}乙"))


def open_library(home: Path, barrier: Barrier, outcomes: "Queue[str]") -> None:
    barrier.wait()
    try:
        with Library(home=home) as library:
            library.summary()
        outcomes.put("opened")
    except Exception as error:  # noqa: BLE001  the parent shows it
        outcomes.put(repr(error))


def import_all(home: Path, files: int, barrier: Barrier, outcomes: "Queue[Any]") -> None:
    """Import the same files as everybody else and tell the states."""
    with Library(home=home) as library:
        barrier.wait()
        states = []
        for number in range(files):
            data = f"文件{number}".encode()
            states.append(import_file(library, f"{number}.txt", data, read=two_reports).state)
        outcomes.put(states)


class Careless(Library):
    """A library that commits each statement by itself: what the kill test must catch."""

    def __init__(self, home: Path) -> None:
        super().__init__(home=home)
        self._writing = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        sa.event.listen(self._writing, "connect", database._prepare)


def import_for_ever(home: Path, first: int, careless: bool, told: Pipe) -> None:
    """Import one new file after another and acknowledge each, until somebody kills this."""
    library = (Careless if careless else Library)(home=home)
    for number in range(first, sys.maxsize):
        data = f"文件{number}".encode()
        result = import_file(library, f"{number}.txt", data, read=two_reports)
        told.send((number, result.state))
