"""Files kept by the SHA-256 of their bytes, on a disk or in object storage.

A name of a file is never part of a path, so no name can lead out of the store.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

import fsspec
from fsspec.implementations.local import LocalFileSystem

from form.language import _
from library.errors import LibraryError

_UNFINISHED: Final = ".part"


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in 64 hexadecimal digits: the name they are kept by."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """A folder of files, each named by its own hash; `base` is a path or an fsspec address."""

    def __init__(self, base: str) -> None:
        self._files, root = fsspec.core.url_to_fs(base)
        self._root = str(root).rstrip("/")

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their hash; on return they survive a power cut."""
        sha = sha256(data)
        path = self._path(sha)
        if not self._files.exists(path):
            if isinstance(self._files, LocalFileSystem):
                _write_durably(Path(path), data)
            else:  # an object store shows an object whole or not at all
                self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(path, data)
        return sha

    def get(self, sha: str) -> bytes:
        """Return the bytes with this hash; raises LibraryError if they are lost or altered."""
        try:
            data = bytes(self._files.cat_file(self._path(sha)))
        except FileNotFoundError:
            raise LibraryError(_("找不到原件，它可能已被移走。")) from None
        if sha256(data) != sha:
            raise LibraryError(_("原件与入库时不一致，可能已被改动或损坏。"))
        return data

    def remove(self, sha: str) -> None:
        """Forget the bytes with this hash, if they are there."""
        path = self._path(sha)
        if self._files.exists(path):
            self._files.rm_file(path)

    def hashes(self) -> frozenset[str]:
        """Return the hashes of all files here."""
        names = {str(path).rpartition("/")[2] for path in self._files.find(self._root)}
        return frozenset(name for name in names if not name.endswith(_UNFINISHED))

    def _path(self, sha: str) -> str:
        return f"{self._root}/{sha[:2]}/{sha}"


def _write_durably(path: Path, data: bytes) -> None:
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
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows neither needs nor allows it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
