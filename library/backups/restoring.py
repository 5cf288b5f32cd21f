"""Making a library of a backup again: nothing of it is used before every hash was seen to be right."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from form.language import _
from library import database
from library.backups import manifest
from library.backups.making import CHUNK, UNFINISHED
from library.backups.manifest import Entry, Manifest
from library.backups.snapshot import Facts, facts_of, load
from library.errors import LibraryError
from library.migrate import MIGRATIONS
from library.originals import sync_folder
from library.room import DiskFull, is_full, naming

Told = Callable[[int, int], None]
_DAMAGED: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What Python's reader of ZIP files says of damaged, encrypted or strangely packed ones."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored into `folder`; `url` is the address of its database, with no password."""

    manifest: Manifest
    folder: Path
    url: str


def restore(
    source: Path,
    folder: Path,
    url: str | None = None,
    told: Told = lambda _done, _all: None,
) -> Restored:
    """Make a home folder of a backup; it must not exist yet, or be empty.

    `url` is the address of an empty PostgreSQL database, for a backup of one. Everything is
    written beside, looked at, and renamed: where anything is wrong, nothing is left. Raises
    LibraryError with a sentence, DiskFull with the folder.
    """
    named = folder.expanduser().absolute()
    _refuse_what_is_there(named)
    place = named.resolve()
    try:
        with source.open("rb") as stream, ZipFile(stream) as packed:
            found = _manifest_of(packed)
            engine = _engine_for(found, url)
            with _beside(place) as work:
                _take_out(packed, found, work, told)
                _check_database(found, work, engine)
                _move(work, place)
    except _DAMAGED as error:
        raise LibraryError(
            _("{file}：不是完好的备份文件；什么也没有恢复。").format(file=source)
        ) from error
    except OSError as error:
        if is_full(error):
            raise DiskFull(str(place.parent)) from error
        sentence = _("{file}：打不开或写不进去：{reason}；什么也没有恢复。")
        raise LibraryError(
            sentence.format(file=error.filename or source, reason=error.strerror)
        ) from error
    return Restored(found, place, _shown(engine, place))


def _refuse_what_is_there(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise LibraryError(_("{folder}：不是文件夹。").format(folder=place))
    if place.is_dir() and any(place.iterdir()):
        raise LibraryError(
            _("{folder}：文件夹不是空的；恢复只写进新的或空的文件夹。").format(folder=place)
        )


def _manifest_of(packed: ZipFile) -> Manifest:
    """Return the manifest, which names exactly the files that are there."""
    listed = packed.infolist()
    names = [item.filename for item in listed]
    if names.count(manifest.NAME) != 1:
        raise LibraryError(_("这不是本程序做的备份；什么也没有恢复。"))
    with packed.open(manifest.NAME) as stream:
        data = stream.read(manifest.LARGEST + 1)
    if len(data) > manifest.LARGEST:
        raise LibraryError(_("这不是本程序做的备份；什么也没有恢复。"))
    found = manifest.read(data)
    wanted = sorted([manifest.NAME, *(entry.name for entry in found.entries)])
    # The names that lie in the file itself, before anything makes them harmless.
    if sorted(item.orig_filename for item in listed) != wanted or sorted(names) != wanted:
        raise LibraryError(
            _("备份里的文件和清单不一致，有多出的、缺少的或名称不对的；什么也没有恢复。")
        )
    known = {item.revision for item in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found.schema not in known:
        raise LibraryError(_("这份备份由更新版本的程序做成，请先升级本程序再恢复。"))
    return found


def _engine_for(found: Manifest, url: str | None) -> sa.URL | None:
    """Return the address of the empty database to fill; None for a backup that brings a file."""
    if found.database == manifest.SQLITE:
        if url is not None:
            raise LibraryError(
                _("这份备份自带数据库文件，恢复到文件夹里，不用 --library 另指数据库。")
            )
        return None
    address = database.address_of(url) if url is not None else None
    if address is None or address.get_backend_name() != "postgresql":
        raise LibraryError(
            _("这份备份来自 PostgreSQL，请用 --library 给出一个空的 PostgreSQL 数据库的地址。")
        )
    engine = database.connect(url or "")
    try:
        with engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
    except sa.exc.SQLAlchemyError as error:
        raise LibraryError(_("数据库打不开，什么也没有恢复。")) from error
    finally:
        engine.dispose()
    if tables:
        raise LibraryError(_("数据库不是空的；恢复只写进空的数据库。"))
    return address


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a folder beside the place that is gone afterwards, unless it was renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=place.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _take_out(packed: ZipFile, found: Manifest, work: Path, told: Told) -> None:
    for done, entry in enumerate(found.entries):
        told(done, len(found.entries))
        target = work.joinpath(*entry.name.split("/"))  # a name that `manifest.read` let pass
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(packed, entry, target)


def _write(packed: ZipFile, entry: Entry, target: Path) -> None:
    digest, left = hashlib.sha256(), entry.size
    with packed.open(entry.name) as source, target.open("xb") as stream:
        # One byte more than there should be tells a file that is longer than it says.
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    if left or digest.hexdigest() != entry.sha256:
        raise LibraryError(
            _("备份里的“{name}”与校验值不符，已损坏或被改动；什么也没有恢复。").format(
                name=entry.name
            )
        )


def _check_database(found: Manifest, work: Path, address: sa.URL | None) -> None:
    """See that the database is the one that the manifest speaks of, with all of its originals."""
    path = work / found.database
    if address is not None:
        with naming(str(work.parent)):
            load(path, address, work)
        path.unlink()
        return
    try:
        facts = facts_of(path)
    except sqlite3.Error as error:
        raise LibraryError(_("备份里的数据库已损坏；什么也没有恢复。")) from error
    if not _agrees(found, facts):
        raise LibraryError(_("备份里的数据库和清单不一致；什么也没有恢复。"))


def _agrees(found: Manifest, facts: Facts) -> bool:
    said = (found.schema, found.revision, found.head, found.reports)
    names = {entry.name for entry in found.entries}
    there = {sha for sha in facts.originals if f"{manifest.ORIGINALS}/{sha[:2]}/{sha}" in names}
    letters = {sha for sha in facts.letters if f"{manifest.LETTERS}/{sha[:2]}/{sha}" in names}
    return (
        said == (facts.schema, facts.revision, facts.head, facts.reports)
        and there | letters | set(found.missing) == {*facts.originals, *facts.letters}
        and len(there) == found.originals
    )


def _move(work: Path, place: Path) -> None:
    if place.is_dir():
        place.rmdir()  # fails where somebody has put something into it meanwhile
    work.replace(place)
    sync_folder(place.parent)


def _shown(address: sa.URL | None, place: Path) -> str:
    if address is None:
        return str(place / manifest.SQLITE)
    return address.set(password=None).render_as_string()
