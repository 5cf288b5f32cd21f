"""New processes in milliseconds: forked from one that waits with all the readers loaded."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Final

if sys.platform != "win32":
    from multiprocessing import forkserver

POSSIBLE: Final = sys.platform != "win32"

_ROOT: Final = Path(__file__).resolve().parents[2]
_PATH: Final = "PYTHONPATH"
_STARTING: Final = Lock()
_READY: Final = ("loaders.sandbox.child", "loaders.sandbox.preloaded")


@cache
def context() -> ForkServerContext | SpawnContext:
    """Return the way to make processes and pipes on this system."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([*_READY])
    with _STARTING, _importable():
        forkserver.ensure_running()
    return forks


def start(process: BaseProcess) -> None:
    """Start a process; what it runs must be a function of a module."""
    with _STARTING, _without_main():
        process.start()
        # Python asks all that it has started how they are whenever it starts another. Where several
        # threads wait, each for its own, that would take an exit code from whoever waits for it.
        multiprocessing.process._children.discard(process)  # type: ignore[attr-defined]


@contextmanager
def _importable() -> Iterator[None]:
    """Let the forking process find our modules: Python tells it where they are from 3.12.8 on."""
    before = os.environ.get(_PATH)
    os.environ[_PATH] = os.pathsep.join(filter(None, (str(_ROOT), before)))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_PATH]
        else:
            os.environ[_PATH] = before


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program's own script, which would be run once more in every process."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
