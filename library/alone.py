"""One at a time: a file that a process holds for as long as it lives, with a word about how it is.

The system lets go of it whenever and however the process ends. The word is written over itself in
a file of fixed size, so that it can be changed on a full disk.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Say = Callable[[str], None]
_SIZE: Final = 2048
_TRIES: Final = 4
_BETWEEN: Final = 0.05
"""Seconds; whoever only looks for a word holds the file for an instant too."""
_LOCKED_BYTE: Final = 1 << 20
"""Beyond the words: Windows lets nobody read what another has locked."""


@contextmanager
def alone(path: Path) -> Iterator[Say | None]:
    """Hold a file, and give what writes a word into it; None where somebody else holds it.

    Where the file cannot be made (a full disk) nothing is held and nothing can be said.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield lambda _words: None
        return
    try:
        if not _lock_soon(handle):
            yield None
            return
        say = _sayer(handle)
        say("")
        yield say
        with suppress(OSError):
            path.unlink()
    finally:
        os.close(handle)


def word(path: Path) -> str | None:
    """Return the last word of whoever holds a file; None where nobody does."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if _lock(handle):
            return None
        return os.read(handle, _SIZE).decode("utf-8", "replace").rstrip(" \0")
    finally:
        os.close(handle)


def _sayer(handle: int) -> Say:
    def say(words: str) -> None:
        told = words.encode()[:_SIZE].ljust(_SIZE)
        with suppress(OSError):
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, told)

    return say


def _lock_soon(handle: int) -> bool:
    for _try in range(_TRIES):
        if _lock(handle):
            return True
        time.sleep(_BETWEEN)
    return False


def _lock(handle: int) -> bool:
    """Take hold of an open file; False where another has it. Closing it lets go."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
