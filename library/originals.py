"""Files kept by the SHA-256 of their bytes, on a disk or in object storage.

A name of a file is never part of a path, so no name can lead out of the store. Files that belong
to a transaction are written beside the store first (`Holding`), and move into it when that is
committed: a process that dies leaves none that nobody wants, or what is easily tidied away.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from typing import Final

import fsspec
from fsspec.implementations.local import LocalFileSystem

from form.language import _
from library.errors import LibraryError
from library.room import DiskFull, is_full, naming

_UNFINISHED: Final = ".part"
_BESIDE: Final = "held"
"""Folder of the files that are not yet known to be wanted, named by hash and owner."""
LETTERS: Final = "letters"
"""Folder of the letters that went out, a store of its own."""
_SYNCS_AT_ONCE: Final = 8
"""A disk writes what several threads wait for in one go."""
_OPEN_AT_ONCE: Final = 64
_FORGOTTEN: Final = 24 * 60 * 60.0
"""Seconds."""

_log: Final = logging.getLogger(__name__)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in 64 hexadecimal digits: the name they are kept by."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """A folder of files, each named by its own hash; `base` is a path or an fsspec address."""

    def __init__(self, base: str) -> None:
        self._files, root = fsspec.core.url_to_fs(base)
        self._root = str(root).rstrip("/")
        self._is_local = isinstance(self._files, LocalFileSystem)

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their hash; on return they survive a power cut."""
        sha = sha256(data)
        path = self._path(sha)
        if not self._files.exists(path):
            with naming(self._root):
                if self._is_local:
                    write_durably(Path(path), data)
                else:  # an object store shows an object whole or not at all
                    self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                    self._files.pipe_file(path, data)
        return sha

    def get(self, sha: str) -> bytes:
        """Return the bytes with this hash; raises LibraryError if they are lost or altered."""
        data = self._read(self._path(sha))
        if data is None:
            beside = (self._read(path) for path in self._beside() if _hash_of(path) == sha)
            data = next((found for found in beside if found and sha256(found) == sha), None)
        if data is None:  # moved into its place meanwhile
            data = self._read(self._path(sha))
        if data is None:
            raise LibraryError(_("找不到原件，它可能已被移走。"))
        if sha256(data) != sha:
            raise LibraryError(_("原件与入库时不一致，可能已被改动或损坏。"))
        return data

    def has(self, sha: str) -> bool:
        """Say whether there is a file with this hash in its place."""
        return bool(self._files.exists(self._path(sha)))

    def remove(self, sha: str) -> None:
        """Forget the bytes with this hash, if they are there."""
        path = self._path(sha)
        if self._files.exists(path):
            self._files.rm_file(path)

    def hashes(self) -> frozenset[str]:
        """Return the hashes of all files here, those beside the store too."""
        return self.in_place() | {_hash_of(path) for path in self._beside()}

    def in_place(self) -> frozenset[str]:
        """Return the hashes of the files in the store, without those beside it."""
        found = (str(path).removeprefix(f"{self._root}/") for path in self._files.find(self._root))
        apart = (f"{_BESIDE}/", f"{LETTERS}/")
        names = (path.rpartition("/")[2] for path in found if not path.startswith(apart))
        return frozenset(name for name in names if not name.endswith(_UNFINISHED))

    def left_by(self, owner: str) -> Holding:
        """Return what an owner left beside the store, to be taken in or dropped."""
        mine = [path for path in self._beside() if path.endswith(f".{owner}")]
        return Holding(self, owner, [_hash_of(path) for path in mine])

    def forget_old(self) -> None:
        """Drop what has lain beside the store for so long that nobody can be at it any more."""
        if not self._is_local:
            return
        for path in map(Path, self._beside()):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _FORGOTTEN:
                    path.unlink()

    def path(self, sha: str) -> Path | None:
        """Return where the bytes with this hash lie on this computer's disks, if they do."""
        return Path(self._path(sha)) if self._is_local and self.has(sha) else None

    def _path(self, sha: str) -> str:
        return f"{self._root}/{sha[:2]}/{sha}"

    def _beside(self) -> list[str]:
        """Return the paths of the files beside the store."""
        self._files.invalidate_cache()
        try:
            return [str(path) for path in self._files.ls(f"{self._root}/{_BESIDE}", detail=False)]
        except FileNotFoundError:
            return []

    def _read(self, path: str) -> bytes | None:
        try:
            return bytes(self._files.cat_file(path))
        except FileNotFoundError:
            return None


class Holding:
    """Files of one owner beside a store, until it is known whether they are wanted there.

    They are whole and safe after `sync`. A file that the store has already is left as it is,
    unless the store is one of `passing` files, which may be gone the next moment.
    """

    def __init__(
        self,
        store: Originals,
        owner: str,
        hashes: Sequence[str] = (),
        *,
        passing: bool = False,
    ) -> None:
        self._store = store
        self._owner = owner
        self._passing = passing
        self._hashes = [*hashes]
        self._open: list[BufferedWriter] = []
        self._folder_changed = False

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hashes of these files."""
        return tuple(self._hashes)

    def add(self, data: bytes, twin: Path | None = None) -> str:
        """Write a file and return its hash.

        `twin` is a file with the same bytes, safe on the disk and changed by nobody: where both
        lie on one disk, it is given a second name instead.
        """
        sha = sha256(data)
        if sha in self._hashes:
            return sha
        if self._store.has(sha):
            if not self._passing:
                return sha
            twin = twin or self._store.path(sha)
        with naming(self._store._root):
            # Before it is there: whatever happens, it is then dropped.
            self._hashes.append(sha)
            if self._store._is_local:
                self._write(Path(self._path(sha)), data, twin)
            else:
                self._store._files.pipe_file(self._path(sha), data)
        if len(self._open) >= _OPEN_AT_ONCE:
            self._sync_files()
        return sha

    def sync(self) -> None:
        """See that all files survive a power cut."""
        self._sync_files()
        if self._folder_changed:
            with naming(self._store._root):
                sync_folder(Path(self._store._root) / _BESIDE)
            self._folder_changed = False

    def publish(self, hashes: Sequence[str] | None = None) -> None:
        """Move files (all, or these) into the store.

        Fails only for passing files: any other that cannot move is found where it is, and moved
        another time.
        """
        for sha in self._hashes if hashes is None else hashes:
            try:
                with naming(self._store._root):
                    self._move(sha)
            except FileNotFoundError:
                pass  # Somebody who tidied up has done it.
            except (OSError, DiskFull) as error:
                if self._passing:
                    raise
                _log.warning("an original stays beside the store: %s", type(error).__name__)

    def drop(self, hashes: Sequence[str] | None = None) -> None:
        """Forget files (all, or these)."""
        for stream in self._open:
            with suppress(OSError):
                stream.close()
        self._open.clear()
        for sha in self._hashes if hashes is None else hashes:
            with suppress(FileNotFoundError):
                self._store._files.rm_file(self._path(sha))

    def _path(self, sha: str) -> str:
        return f"{self._store._root}/{_BESIDE}/{sha}.{self._owner}"

    def _move(self, sha: str) -> None:
        target = self._store._path(sha)
        if self._store._is_local:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            os.replace(self._path(sha), target)  # noqa: PTH105
            # Of two names of one file, which a twin may have become, nothing is moved.
            with suppress(FileNotFoundError):
                os.unlink(self._path(sha))  # noqa: PTH108
        else:
            self._store._files.mv(self._path(sha), target)

    def _write(self, path: Path, data: bytes, twin: Path | None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What a process that died has left may be half a file.
        path.unlink(missing_ok=True)
        self._folder_changed = True
        if twin is not None and _linked(twin, path):
            return
        stream = path.open("wb")
        self._open.append(stream)
        stream.write(data)
        stream.flush()

    def _sync_files(self) -> None:
        handles = [stream.fileno() for stream in self._open]
        with naming(self._store._root):
            if len(handles) > 1:
                with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
                    list(pool.map(os.fsync, handles))
            else:
                for handle in handles:
                    os.fsync(handle)
            for stream in self._open:
                stream.close()
        self._open.clear()


def _hash_of(path: str) -> str:
    """Return the hash in the name of a file beside a store."""
    return path.rpartition("/")[2].partition(".")[0]


def _linked(twin: Path, path: Path) -> bool:
    """Give a file a second name; False where the disk cannot, or another one is meant."""
    try:
        os.link(twin, path)
    except OSError as error:
        if is_full(error):
            raise
        return False
    return True


def write_durably(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows neither needs nor allows it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
