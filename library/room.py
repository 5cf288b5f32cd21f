"""Full disks: told apart from other errors, and named in a sentence.

An error of a full disk leaves nothing half written, as any other; but it is nobody's fault, and
the same work will succeed once there is room.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa

from form.language import _
from library.errors import LibraryError

T = TypeVar("T")
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
"""Seconds between two tries while a disk is full."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL: Final = 13
_SQLITE_HINTS: Final = frozenset({10, 14})
"""Cannot write, cannot open: what SQLite says where files beside its own find no room."""
_NO_ROOM: Final = 1024 * 1024
"""Free bytes below which such a hint means a full disk."""
_POSTGRESQL_FULL: Final = "53100"


class DiskFull(LibraryError):  # noqa: N818  named as people say it
    """There is no room left in `place`, a folder or the address of a database."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("“{place}”所在的磁盘已满，这一步没有存入；请腾出空间。").format(place=place)
        )
        self.place = place


@contextmanager
def naming(place: str, folder: Path | None = None) -> Iterator[None]:
    """Raise DiskFull with the name of this place where the block fails for want of room.

    `folder` is that of a SQLite database, which does not always say what it lacks.
    """
    try:
        yield
    except (OSError, sa.exc.DBAPIError, sqlite3.Error) as error:
        if is_full(error, folder):
            raise DiskFull(place) from error
        raise


def is_full(error: BaseException, folder: Path | None = None) -> bool:
    """Say whether an error of the system or of a database says that a disk is full."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    told = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if not isinstance(error, (sa.exc.DBAPIError, sqlite3.Error)):
        return False
    code = getattr(told, "sqlite_errorcode", None)
    if code is None:
        return _sqlstate(told) == _POSTGRESQL_FULL
    hint = code & 0xFF in _SQLITE_HINTS and folder is not None
    return code & 0xFF == _SQLITE_FULL or (hint and _free(folder) < _NO_ROOM)


def patiently(
    work: Callable[[], T], note: Callable[[str], None], pause: Callable[[float], None] = time.sleep
) -> T:
    """Do some work, and again while a disk is full; `note` is told why, and "" when it goes on."""
    seconds, waited = FIRST_PAUSE, False
    while True:
        try:
            done = work()
        except DiskFull as error:
            note(error.message)
            pause(seconds)
            seconds, waited = min(2 * seconds, LONGEST_PAUSE), True
            continue
        if waited:
            note("")
        return done


def _free(folder: Path | None) -> float:
    try:
        return float("inf") if folder is None else shutil.disk_usage(folder).free
    except OSError:
        return float("inf")


def _sqlstate(error: object) -> object:
    """Return the five letters by which PostgreSQL names an error, as each driver keeps them."""
    told = getattr(error, "args", ())
    if told and isinstance(told[0], dict):  # pg8000
        return told[0].get("C")
    return getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
