"""Making a backup: the database, the originals, their hashes, as one ZIP file, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from form.language import _
from library.backups import manifest
from library.backups.manifest import Entry, Manifest
from library.backups.snapshot import Facts, snapshot
from library.errors import LibraryError
from library.originals import Originals, sha256, sync_folder
from library.room import naming
from library.store import Library

Told = Callable[[int, int], None]
CHUNK: Final = 1024 * 1024
UNFINISHED: Final = ".disclosure-desk-part-"
_FORGOTTEN: Final = 24 * 60 * 60.0
"""Seconds after which nobody can be at an unfinished backup any more."""


def back_up(library: Library, out: Path, told: Told = lambda _done, _all: None) -> Manifest:
    """Write a backup of a library that may be in use, in place of what was there.

    It is written beside and renamed, so that there is never half of one. Of the library's state
    at one moment: what comes later is not in it. Originals that the library has lost are named in
    `missing`, and the rest is kept. `told` hears how many originals are done, of how many. Raises
    DiskFull with the folder where there is no room, LibraryError with a sentence for the rest.
    """
    folder = out.resolve().parent
    with _named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        with _named(folder):
            made = work / "backup.zip"
            found = _write(library, work, made, told)
            made.replace(out)
            sync_folder(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return found


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Say in a sentence what stands in the way of writing to a folder."""
    try:
        with naming(str(folder), folder):
            yield
    except OSError as error:
        sentence = _("{folder}：写不进去：{reason}")
        raise LibraryError(sentence.format(folder=folder, reason=error.strerror)) from error


def _tidy(folder: Path) -> None:
    """Take away what a process that died has left."""
    for path in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(path)


def _write(library: Library, work: Path, made: Path, told: Told) -> Manifest:
    now = datetime.now(UTC)
    with made.open("wb") as stream, snapshot(library.engine, work) as (database, facts):
        with ZipFile(stream, "w") as target:
            packer = _Packer(target, now)
            # PostgreSQL's file is packed already.
            packer.add_file(database, packed=database.name == manifest.POSTGRESQL)
            database.unlink()
            missing = [*_originals(library, facts, packer, told)]
            for sha in facts.spooled:
                # A job may have gone on since: its bytes have become an original.
                data = _found(library.spool, sha) or _found(library.originals, sha)
                if data is not None:
                    packer.add(_stored(manifest.SPOOL, sha), data)
            for sha in facts.letters:
                data = _found(library.letter_files, sha)
                if data is None:
                    missing.append(sha)
                else:
                    packer.add(_stored(manifest.LETTERS, sha), data)
            for name, data in library.office.files():
                packer.add(f"{manifest.OFFICE}/{name}", data)
            found = Manifest(
                now.isoformat(timespec="seconds"),
                database.name,
                facts.schema,
                facts.revision,
                facts.head,
                facts.reports,
                tuple(missing),
                tuple(packer.entries),
            )
            packer.add(manifest.NAME, manifest.written(found))
        stream.flush()
        os.fsync(stream.fileno())
    return found


def _originals(library: Library, facts: Facts, packer: _Packer, told: Told) -> Iterator[str]:
    """Pack the originals that a state of the database speaks of; yield those that are lost.

    None is ever taken out of the store, so all are still there.
    """
    for done, sha in enumerate(facts.originals):
        told(done, len(facts.originals))
        data = _found(library.originals, sha)
        if data is None:
            yield sha
        else:
            packer.add(_stored(manifest.ORIGINALS, sha), data)


def _found(store: Originals, sha: str) -> bytes | None:
    try:
        return store.get(sha)
    except LibraryError:
        return None


def _stored(folder: str, sha: str) -> str:
    return f"{folder}/{sha[:2]}/{sha}"


class _Packer:
    """Writes files into a ZIP file and keeps what the manifest says of them."""

    def __init__(self, target: ZipFile, now: datetime) -> None:
        self._target = target
        self._time = now.timetuple()[:6]
        self.entries: list[Entry] = []

    def add(self, name: str, data: bytes) -> None:
        with self._opened(name, len(data)) as stream:
            stream.write(data)
        self.entries.append(Entry(name, len(data), sha256(data)))

    def add_file(self, path: Path, *, packed: bool) -> None:
        digest, size = hashlib.sha256(), path.stat().st_size
        with path.open("rb") as source, self._opened(path.name, size, packed=packed) as stream:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                stream.write(chunk)
        self.entries.append(Entry(path.name, size, digest.hexdigest()))

    def _opened(self, name: str, size: int, *, packed: bool = False) -> IO[bytes]:
        entry = ZipInfo(name, self._time)
        entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        entry.file_size = size
        entry.create_system = 3
        entry.external_attr = 0o100600 << 16
        return self._target.open(entry, "w", force_zip64=size > 2**31)
