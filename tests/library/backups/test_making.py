"""A backup is whole or not there, names what it lacks, and holds what waits to be read."""

import errno
import json
import os
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from library import jobs
from library.backups import kept, making, snapshot
from library.backups.making import back_up
from library.backups.restoring import restore
from library.errors import LibraryError
from library.importing import run_job
from library.letters import Outgoing
from library.originals import sha256
from library.room import DiskFull
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report
from tests.library.test_jobs import read


def names(path: Path) -> set[str]:
    with ZipFile(path) as packed:
        return set(packed.namelist())


def test_the_manifest_has_the_hash_of_every_file(
    library: Library, keep: Keep, tmp_path: Path
) -> None:
    keep(made_report("甲市"), data=b"one")
    keep(made_report("乙市"), data=b"two")
    out = tmp_path / "out.zip"
    found = back_up(library, out)
    with ZipFile(out) as packed:
        told = json.loads(packed.read("manifest.json"))
        hashes = {name: sha256(packed.read(name)) for name in packed.namelist()}
    del hashes["manifest.json"]
    assert {entry["name"]: entry["sha256"] for entry in told["entries"]} == hashes
    assert (found.reports, found.originals, found.missing) == (2, 2, ())
    assert (found.revision, found.head) == (library.revision, None)
    assert {f"originals/{sha[:2]}/{sha}" for sha in map(sha256, (b"one", b"two"))} < names(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out.zip"]


def broken(error: BaseException) -> Callable[..., Any]:
    def breaks(*_arguments: object, **_options: object) -> Any:
        raise error

    return breaks


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["the database", "the originals", "the end"])
def test_a_full_disk_is_named_and_leaves_what_was_there(
    library: Library, keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keep(made_report())
    folder = tmp_path / "盘"
    folder.mkdir()
    out = folder / "out.zip"
    out.write_bytes(b"yesterday's")
    if step == "the database":
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = 13
        monkeypatch.setattr(snapshot, "facts_of", broken(full))
        monkeypatch.setattr(snapshot, "_run", broken(DiskFull(str(folder))))
    elif step == "the originals":
        monkeypatch.setattr(making._Packer, "add", broken(FULL))
    else:
        monkeypatch.setattr(os, "fsync", broken(FULL))
    with pytest.raises(DiskFull) as error:
        kept.make(library, out)
    assert str(folder) in error.value.message
    assert out.read_bytes() == b"yesterday's"
    assert [path.name for path in folder.iterdir()] == ["out.zip"]
    assert kept.last(library).failed == error.value.message
    assert kept.last(library).made_at is None
    monkeypatch.undo()
    assert kept.make(library, out).reports == 1
    assert kept.last(library).failed is None


def test_a_folder_that_cannot_be_written_is_named(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match="file"):
        back_up(library, tmp_path / "file" / "out.zip")


def test_what_the_library_has_lost_is_named_and_the_rest_kept(
    library: Library, keep: Keep, tmp_path: Path
) -> None:
    keep(made_report("甲市"), data=b"lost")
    keep(made_report("乙市"), data=b"altered")
    keep(made_report("丙市"), data=b"whole")
    library.originals.remove(sha256(b"lost"))
    path = library.originals.path(sha256(b"altered"))
    assert path is not None
    path.write_bytes(b"other")
    found = back_up(library, tmp_path / "out.zip")
    assert set(found.missing) == {sha256(b"lost"), sha256(b"altered")}
    assert found.originals == 1


def test_what_waits_to_be_read_is_read_from_the_backup(tmp_path: Path) -> None:
    # Of SQLite: a restored database of PostgreSQL is another address, tried beside this.
    with Library(home=tmp_path / "home") as library:
        number = jobs.create_job(library, [("甲市.txt", "甲市".encode())], None)
        back_up(library, tmp_path / "out.zip")
        done = restore(tmp_path / "out.zip", tmp_path / "new")
        with Library(done.url) as copy:
            run_job(copy, number, read=read)
            assert copy.summary().reports == 1
        assert library.summary().reports == 0


def test_bytes_that_became_an_original_meanwhile_are_still_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = jobs.create_job(library, [("甲市.txt", "甲市".encode())], None)
    stored = making._originals

    def meanwhile(*arguments: Any) -> Any:
        run_job(library, number, read=read)
        return stored(*arguments)

    monkeypatch.setattr(making, "_originals", meanwhile)
    back_up(library, tmp_path / "out.zip")
    sha = sha256("甲市".encode())
    assert f"spool/{sha[:2]}/{sha}" in names(tmp_path / "out.zip")
    assert f"originals/{sha[:2]}/{sha}" not in names(tmp_path / "out.zip")


def test_the_last_backup_is_remembered(library: Library, keep: Keep, tmp_path: Path) -> None:
    assert kept.last(library) == kept.Last()
    keep(made_report())
    found = kept.make(library, tmp_path / "out.zip")
    last = kept.last(library)
    assert (last.made_at, last.revision) == (found.made_at, library.revision)
    assert last.size == (tmp_path / "out.zip").stat().st_size
    (kept.folder(library) / "last.json").write_text("{")
    assert kept.last(library) == kept.Last()


def test_of_those_to_fetch_the_newest_stay(library: Library) -> None:
    for number in range(4):
        out = kept.folder(library) / f"{number}.zip"
        kept.make(library, out)
        os.utime(out, (number, number))
    kept.make(library, kept.folder(library) / "5.zip")
    assert [path.name for path in kept.to_fetch(library)] == ["5.zip", "3.zip"]


def test_what_a_backup_left_that_died_goes_after_a_day(library: Library, tmp_path: Path) -> None:
    old, new = (tmp_path / f"{making.UNFINISHED}{name}" for name in ("old", "new"))
    for path in (old, new):
        path.mkdir()
    os.utime(old, (0, 0))
    back_up(library, tmp_path / "out.zip")
    assert not old.exists()
    assert new.exists()


def test_without_the_program_of_postgresql_it_says_so(
    library: Library, database: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if database is None:
        assert back_up(library, tmp_path / "out.zip").reports == 0
        return
    with pytest.raises(LibraryError, match="pg_dump"):
        back_up(library, tmp_path / "out.zip")


def test_no_command_line_has_the_password(database: str | None) -> None:
    url = sa.make_url(database or "postgresql://a:secret@127.0.0.1:5432/b")
    told = snapshot._environment(url)
    assert told["PGPASSWORD"] == url.password
    assert told["PGDATABASE"] == url.database


def test_a_lost_letter_is_named_too(library: Library, tmp_path: Path) -> None:
    letter = Outgoing("remind", "甲市", 2023, date(2024, 2, 1), None, "1号", b"letter")
    library.letters.send([letter], None)
    assert back_up(library, tmp_path / "whole.zip").missing == ()
    library.letter_files.remove(sha256(b"letter"))
    assert back_up(library, tmp_path / "out.zip").missing == (sha256(b"letter"),)
