"""Backups taken while others write are one state of the library each; a raw copy is not.

What is written only grows, one writer at a time: whatever a backup holds must be, row by row, the
beginning of what the library holds in the end, and nothing that was told to be kept before the
backup began may be missing from it.
"""

import hashlib
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from library.backups.making import back_up
from library.backups.restoring import restore
from library.errors import LibraryError
from library.importing import import_file
from library.originals import sha256
from library.schema import decision, evidence, file, first_filing, report
from library.store import Library
from tests.library import children
from tests.library.engines import new_database
from tests.library.made import made_report, reading
from tests.waiting import HANGS, until

WRITERS = 2
ADDRESS = children.COUNTED[0]
GROWING: dict[sa.Table, sa.Column] = {
    file: file.c.id,
    report: report.c.id,
    evidence: evidence.c.report_id,
    first_filing: first_filing.c.report_id,
    decision: decision.c.number,
}


def digest(library: Library, table: sa.Table, through: int) -> str:
    """The hash of all rows of a table up to a number."""
    key = GROWING[table]
    with library.reading() as connection:
        rows = connection.execute(sa.select(table).where(key <= through).order_by(key)).all()
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def last(library: Library, table: sa.Table) -> int:
    with library.reading() as connection:
        return connection.scalar(sa.select(sa.func.coalesce(sa.func.max(GROWING[table]), 0))) or 0


def faults(copy: Library, whole: Library, revision_before: int) -> list[str]:
    """What is wrong with a copy of a library that held at least this revision."""
    found = [problem.message for problem in copy.log.verify()]
    if copy.revision < revision_before:
        found.append(f"revision {copy.revision} of {revision_before}")
    for table in GROWING:
        through = last(copy, table)
        if digest(copy, table, through) != digest(whole, table, through):
            found.append(f"rows of {table.name}")
    with copy.reading() as connection:
        hashes = connection.scalars(sa.select(file.c.sha256)).all()
    found += [f"original {sha}" for sha in hashes if sha256(copy.originals.get(sha)) != sha]
    return found


@contextmanager
def writers(library: Library, database: str | None) -> Iterator[None]:
    """Let processes import, and a thread correct a cell, until the block ends."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([children.__name__])
    plain = made_report("甲市人民政府")
    import_file(library, "甲.txt", b"first", read=lambda _data, _name: reading(plain))
    stop, at_work = Event(), Event()

    def correct() -> None:
        cell = library.report(1).cells[ADDRESS]
        number = 1
        while not stop.is_set():
            number += 1
            entry = library.log.correct(1, ADDRESS, str(number), cell, "某人", "")
            cell = entry.new or cell
            at_work.set()

    with ExitStack() as stack:
        for number in range(WRITERS):
            receiving, sending = context.Pipe(duplex=False)
            child = context.Process(
                target=children.import_for_ever,
                args=(database, library.home, number * 1_000_000, False, sending),
            )
            child.start()
            sending.close()
            stack.callback(child.join)
            stack.callback(child.kill)
            receiving.recv()  # it is at work
            # Somebody must listen, or it would wait.
            Thread(target=drained, args=(receiving,), daemon=True).start()
        thread = Thread(target=correct)
        thread.start()
        stack.callback(thread.join)
        stack.callback(stop.set)
        assert at_work.wait(HANGS)
        yield


def drained(receiving: multiprocessing.connection.Connection) -> None:
    try:
        while True:
            receiving.recv()
    except (EOFError, OSError):
        return


@contextmanager
def restored(source: Path, folder: Path, database: str | None) -> Iterator[Library]:
    with ExitStack() as stack:
        address = None if database is None else stack.enter_context(new_database())
        done = restore(source, folder, address)
        url = address or done.url
        yield stack.enter_context(Library(url, home=folder))


@pytest.mark.parametrize("number", [4, pytest.param(20, marks=pytest.mark.full)])
def test_every_backup_is_one_state(
    library: Library, database: str | None, tmp_path: Path, number: int
) -> None:
    before = []
    with writers(library, database):
        for one in range(number):
            # They do write meanwhile, or this test would say nothing.
            until(lambda: library.revision not in before)
            before.append(library.revision)
            back_up(library, tmp_path / f"{one}.zip")
    library.tidy_originals()
    for one in range(number):
        with restored(tmp_path / f"{one}.zip", tmp_path / f"r{one}", database) as copy:
            assert faults(copy, library, before[one]) == [], one
            assert last(copy, decision) > 0


def raw_copy(home: Path, to: Path) -> None:
    """What people do: the file that is the library, and the folder of the originals."""
    to.mkdir()
    shutil.copyfile(home / "library.sqlite", to / "library.sqlite")
    # What moves meanwhile is not found any more, which is a fault of its own.
    shutil.copytree(
        home / "originals",
        to / "originals",
        ignore=lambda _at, names: {name for name in names if name == "held"},
    )


def test_a_raw_copy_is_not(tmp_path: Path) -> None:
    wrong = 0
    with Library(home=tmp_path / "home") as library:
        before = []
        with writers(library, None):
            for one in range(4):
                before.append(library.revision)
                raw_copy(library.home, tmp_path / f"r{one}")
        for one in range(4):
            wrong += bool(
                told(lambda one=one: looked_at(tmp_path / f"r{one}", library, before[one]))
            )
    assert wrong


def looked_at(folder: Path, whole: Library, before: int) -> list[str]:
    with Library(home=folder) as copy:
        return faults(copy, whole, before)


def told(look: Callable[[], list[str]]) -> list[str]:
    try:
        return look()
    except (LibraryError, sa.exc.SQLAlchemyError, ValueError) as error:
        return [repr(error)]
