"""The files of a folder, as somebody who hands it in means them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_OFFICE_LOCK: Final = "~$"
"""How Office names what it keeps beside an open document."""
_HIDDEN: Final = "."
_TEMPORARY: Final = (".tmp", ".temp", ".part", ".crdownload", ".download", ".swp", ".bak", "~")
_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(slots=True)
class Walk:
    """What there is in a folder; complete once `files` has been gone through.

    `skipped` and `unreadable` are paths relative to the folder, with slashes: files and folders
    that nobody means (hidden, temporary), and folders that could not be opened.
    """

    folder: Path
    skipped: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield each file as its path relative to the folder, with slashes, and where it lies.

        Names in the order of their characters, files of a folder before its folders. A folder is
        gone through once, however many links lead to it, and so no circle of links is endless.
        """
        yield from self._files(self.folder, "", set())

    def _files(
        self, folder: Path, above: str, seen: set[tuple[int, int]]
    ) -> Iterator[tuple[str, Path]]:
        try:
            own = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self.unreadable.append(above.rstrip("/") or _HIDDEN)
            return
        # Windows before 3.12 tells no number: there links to folders are rare, and followed once.
        if (own.st_dev, own.st_ino) in seen and own.st_ino:
            return
        seen.add((own.st_dev, own.st_ino))
        folders = []
        for entry in entries:
            name = f"{above}{entry.name}"
            if _is_meant_by_nobody(entry.name):
                self.skipped.append(name)
            elif _is_folder(entry):
                folders.append((name, Path(entry.path)))
            elif _is_file(entry):
                yield name, Path(entry.path)
            else:  # a pipe or a device, which may never end; a link to nothing
                self.skipped.append(name)
        for name, path in folders:
            yield from self._files(path, f"{name}/", seen)


def _is_meant_by_nobody(name: str) -> bool:
    low = name.lower()
    return low.startswith((_HIDDEN, _OFFICE_LOCK)) or low.endswith(_TEMPORARY) or low in _SYSTEM


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
