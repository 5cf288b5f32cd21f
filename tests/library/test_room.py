"""Full disks: named in a sentence, nothing half written, and imports go on when there is room."""

import errno
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from library import jobs, room
from library.errors import LibraryError
from library.importing import Reading, import_file, import_files, run_job
from library.originals import Holding, sha256
from library.room import DiskFull, is_full, naming, patiently
from library.store import Library
from tests.library.made import made_report
from tests.library.test_jobs import read

ROOT = Path(__file__).resolve().parents[2]
FILES = [(f"{name}.txt", name.encode()) for name in ("甲市", "乙县", "丙区")]


def full_error() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# --- the engines themselves say that they are full --------------------------------------------------


@contextmanager
def full_database(library: Library) -> Iterator[None]:
    """Let the database itself refuse to grow: nothing here only pretends to."""
    if library.url.startswith("sqlite"):
        full = [True]

        # One listener for good: threads that connect meanwhile walk the list of listeners.
        def bind(connection: sa.engine.interfaces.DBAPIConnection, *_args: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
            most = pages if full else 1_000_000_000
            connection.execute(f"PRAGMA max_page_count = {most}")  # type: ignore[attr-defined]

        sa.event.listen(library._engine, "checkout", bind)
        try:
            yield
        finally:
            full.clear()
        return
    with library.writing() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file: 甲乙丙' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with library.writing() as connection:
            connection.exec_driver_sql("DROP FUNCTION no_room CASCADE")


def test_a_full_database_is_named_and_keeps_nothing(library: Library) -> None:
    named = library.home.name if library.url.startswith("sqlite") else "127.0.0.1/"
    with full_database(library):
        before = library.revision
        with pytest.raises(DiskFull) as error:
            import_file(library, "b.txt", b"b", read=many_reports)
        assert named in error.value.message
        assert "已满" in error.value.message
        assert library.revision == before
        assert library.summary().reports == 0
        assert library.originals.hashes() == frozenset()
    assert import_file(library, "b.txt", b"b", read=many_reports).state == "kept"


def many_reports(_data: bytes, _name: str) -> Reading:
    return Reading("txt", tuple(made_report(f"{number}局") for number in range(200)))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_what_the_system_says_of_a_full_disk(number: int) -> None:
    assert is_full(OSError(number, "no"))
    assert not is_full(OSError(errno.EIO, "no"))
    assert not is_full(ValueError("no space left"))
    with pytest.raises(DiskFull, match="/some/where"), naming("/some/where"):
        raise OSError(number, "no")
    with pytest.raises(PermissionError), naming("/some/where"):
        raise PermissionError(errno.EACCES, "no")


# --- a job waits ----------------------------------------------------------------------------------


def test_work_is_tried_again_until_there_is_room() -> None:
    said: list[str] = []
    pauses: list[float] = []
    left = [DiskFull("/d")] * 9

    def work() -> str:
        if left:
            raise left.pop()
        return "done"

    assert patiently(work, said.append, pauses.append) == "done"
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 30.0]
    assert [bool(words) for words in said] == [True] * 9 + [False]
    assert patiently(work, said.append, pauses.append) == "done"
    assert len(said) == 10, "where nothing was waited for nothing is said"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What happens while an importer waits; it waits no longer than that."""
    meanwhile: list[Callable[[], None]] = []
    quick = room.patiently

    def pause(_seconds: float) -> None:
        meanwhile.pop(0)()

    monkeypatch.setattr("library.importing.patiently", lambda work, note: quick(work, note, pause))
    return meanwhile


def test_a_job_waits_for_room_and_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch, pauses: list[Callable[[], None]]
) -> None:
    job_id = jobs.create_job(library, FILES)
    add, full = Holding.add, [True]
    seen: list[tuple[str, dict[str, int]]] = []

    def refuse(held: Holding, data: bytes, twin: Path | None = None) -> str:
        if full and data == FILES[1][1]:
            with naming(str(library.home)):
                raise full_error()
        return add(held, data, twin)

    def look() -> None:
        job = jobs.job(library, job_id)
        seen.append((jobs.waiting_for(library, job_id), dict(job.counts)))
        assert library.summary().reports == 0
        assert library.originals.hashes() == frozenset()

    pauses += [look, lambda: (look(), full.clear())[0]]
    monkeypatch.setattr(Holding, "add", refuse)
    run_job(library, job_id, read=read)
    assert len(seen) == 2
    for words, counts in seen:
        assert str(library.home) in words
        assert counts.keys() <= {"waiting", "reading"}
    assert jobs.job(library, job_id).counts == {"kept": 3}
    assert jobs.waiting_for(library, job_id) == ""
    assert library.originals.in_place() == {sha256(data) for _name, data in FILES}


def test_a_job_waits_for_room_in_its_database(
    library: Library, pauses: list[Callable[[], None]]
) -> None:
    job_id = jobs.create_job(library, FILES)
    waited = []
    if library.url.startswith("sqlite"):
        # The pages that it has left hold three reports: so many more must need new ones.
        job_id = jobs.create_job(library, [(f"{n}.txt", f"{n}局".encode()) for n in range(80)])
    filling = full_database(library)
    filling.__enter__()
    pauses.append(lambda: (waited.append(1), filling.__exit__(None, None, None))[0])
    run_job(library, job_id, read=read)
    assert waited == [1]
    assert jobs.job(library, job_id).counts.keys() == {"kept"}


def test_a_full_disk_ends_an_import_by_hand_with_a_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(full_error()))
    with pytest.raises(DiskFull, match="originals"):
        list(import_files(library, FILES, read=read))
    assert library.summary().reports == 0
    assert library.originals.hashes() == frozenset()


def test_no_job_comes_of_files_for_which_there_is_no_room(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(full_error()))
    with pytest.raises(LibraryError, match="spool"):
        jobs.create_job(library, FILES)
    assert jobs.recent(library) == ()
    assert library.spool.hashes() == frozenset()


# --- a real small disk ----------------------------------------------------------------------------

# In a namespace of its own, where anybody may mount: a disk of 16 MB, filled to the last byte while
# a job runs and cleared when the job says that it waits.
_ON_A_SMALL_DISK = """
import os, sys, threading, time
from pathlib import Path
sys.path.insert(0, {root!r})
from library import jobs, room
from library.importing import run_job
from library.store import Library
from tests.library.test_jobs import read

room.FIRST_PAUSE = 0.1
room.LONGEST_PAUSE = 0.2
disk = Path({disk!r})
library = Library(home=disk / "home")
files = [(f"{{n}}.txt", f"{{n}}局".encode()) for n in range(100)]
job_id = jobs.create_job(library, files)
ballast = disk / "ballast"

def fill():
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            pass

def slow(data, name):
    if name == "5.txt":
        fill()
    return read(data, name)

worker = threading.Thread(target=run_job, args=(library, job_id), kwargs={{"read": slow}}, daemon=True)
worker.start()
said = ""
while worker.is_alive() and not said:
    said = jobs.waiting_for(library, job_id)
    time.sleep(0.02)
print("waits:", said)
ballast.unlink()
worker.join(60)
print("counts:", dict(jobs.job(library, job_id).counts))
print("whole:", library.originals.hashes() == library.originals.in_place(), library.summary().reports)
"""


def can_mount() -> bool:
    if sys.platform != "linux":
        return False
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "x", "/mnt"],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@pytest.mark.skipif(not can_mount(), reason="nobody may mount a small disk here")
def test_on_a_disk_that_is_full_for_a_while_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(_ON_A_SMALL_DISK).format(root=str(ROOT), disk=str(disk)))
    commands = f"mount -t tmpfs -o size=16m tmpfs {disk} && exec {sys.executable} {script}"
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", commands],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert str(disk) in lines["waits"], done.stdout + done.stderr
    assert "已满" in lines["waits"]
    assert lines["counts"] == "{'kept': 100}"
    assert lines["whole"] == "True 100"
    assert "Traceback" not in done.stderr
