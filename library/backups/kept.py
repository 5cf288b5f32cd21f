"""Backups of a library as its own installation knows them: the last one, and those to be fetched."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from library import jobs
from library.alone import alone, word
from library.backups.making import Told, back_up
from library.backups.manifest import Manifest
from library.errors import LibraryError
from library.jobs import spawn
from library.store import Library

FETCHED_AT_MOST: Final = 2
"""Backups that wait in the home folder to be fetched, the newest ones."""
_RECORD: Final = "last.json"


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup, and what came of a later try that failed (`failed` is its sentence).

    `made_at` (with its zone), `file`, `size` in bytes and `revision` are None where there never
    was one; `lost` is how many originals the library could not give it.
    """

    made_at: str | None = None
    file: str | None = None
    size: int | None = None
    revision: int | None = None
    head: str | None = None
    lost: int = 0
    failed: str | None = None

    @property
    def moment(self) -> datetime | None:
        """When the last backup was made."""
        return datetime.fromisoformat(self.made_at) if self.made_at else None


def folder(library: Library) -> Path:
    """Return where backups of this library wait to be fetched."""
    return library.home / "backups" / library.owner


def last(library: Library) -> Last:
    """Return what is known of the last backup that was made from this home folder."""
    try:
        found = Last(**json.loads((folder(library) / _RECORD).read_bytes()))
        return found if found.made_at is None or found.moment is not None else Last()
    except (OSError, ValueError, TypeError):
        return Last()


def make(library: Library, out: Path, told: Told = lambda _done, _all: None) -> Manifest:
    """Make a backup as `back_up` does, and note when; raises what it raises, and notes that too."""

    def tell(done: int, every: int) -> None:
        told(done, every)
        if say is not None:
            say(f"{done} {every}")

    with alone(holder(library)) as say:
        try:
            found = back_up(library, out, tell)
        except LibraryError as error:
            known = asdict(last(library)) | {"failed": error.message}
            _note(library, Last(**known))
            raise
        size, lost = out.stat().st_size, len(found.missing)
        where = str(out.resolve())
        _note(library, Last(found.made_at, where, size, found.revision, found.head, lost))
    for path in to_fetch(library)[FETCHED_AT_MOST:]:
        with suppress(OSError):
            path.unlink()
    return found


def to_fetch(library: Library) -> list[Path]:
    """Return the backups that wait to be fetched, newest first."""
    found = folder(library).glob("*.zip")
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def start(library: Library, name: str, script: Path = jobs.CLI) -> subprocess.Popen[bytes]:
    """Start `cli.py backup` as a process of its own; the backup then waits to be fetched."""
    return spawn(library, ["backup", str(folder(library) / name)], script)


def progress(library: Library) -> tuple[int, int] | None:
    """Return how many originals the backup at work has done, of how many; None without one."""
    said = word(holder(library))
    if said is None:
        return None
    done, _blank, every = said.partition(" ")
    return (int(done), int(every)) if done.isdigit() and every.isdigit() else (0, 0)


def holder(library: Library) -> Path:
    """Return the file that a backup of this library holds while it is made."""
    return library.home / "jobs" / f"{library.owner}-backup"


def _note(library: Library, record: Last) -> None:
    """Write down what became of a backup; where there is no room the backup is made all the same."""
    with suppress(OSError):
        target = folder(library) / _RECORD
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{_RECORD}.{os.getpid()}")
        beside.write_text(json.dumps(asdict(record), ensure_ascii=False), encoding="utf-8")
        beside.replace(target)
