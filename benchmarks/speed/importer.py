"""The real importer: jobs in processes of their own, each file in a child, into a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Final

from benchmarks.speed.files import File
from library import jobs
from library.store import Library

_PAUSE: Final = 0.1
"""Seconds between two looks at a job."""
_PROCESSES: Final = Path("/proc")
_RESIDENT: Final = "VmRSS:"
_KILOBYTES: Final = 1024.0


class NotImportedError(Exception):
    """A file was not kept, so the figures would say nothing."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes held by the importer, and by the processes that it starts children from.

    None where the system does not say.
    """

    files: int
    importer: float | None
    forking: float | None


def files_a_second(files: Sequence[File], processes: int) -> float:
    """Return how many files a second so many importers take in together, their start included."""
    parts = [files[number::processes] for number in range(processes)]
    with _library() as library:
        numbers = [_job(library, part) for part in parts]
        start = perf_counter()
        for process in [jobs.start(library, number) for number in numbers]:
            process.wait()
        taken = perf_counter() - start
        for number in numbers:
            _check(library, number)
    return len(files) / taken


def memory(files: Sequence[File], marks: Sequence[int]) -> list[Memory]:
    """Return what one importer holds when as many of the files are done as each mark says."""
    found = []
    with _library() as library:
        number = _job(library, files)
        process = jobs.start(library, number)
        for mark in marks:
            while jobs.job(library, number).done < mark and process.poll() is None:
                sleep(_PAUSE)
            found.append(_memory(mark, process.pid))
        process.wait()
        _check(library, number)
    return found


@contextmanager
def _library() -> Iterator[Library]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with Library(str(home / "library.sqlite"), home) as library:
            yield library


def _job(library: Library, files: Sequence[File]) -> int:
    return jobs.create_job(library, ((file.name, file.data) for file in files))


def _check(library: Library, number: int) -> None:
    """Raise NotImportedError unless every file of a job was kept."""
    for item in jobs.job(library, number, limit=None).items:
        if not item.report_ids:
            raise NotImportedError(f"{item.name}: {item.state}: {item.message}")


def _memory(files: int, process: int) -> Memory:
    children = _PROCESSES / f"{process}/task/{process}/children"
    try:
        others = [int(child) for child in children.read_text().split()]
        forking = sum(filter(None, map(_resident, others)))
        return Memory(files, _resident(process), forking)
    except OSError:
        return Memory(files, None, None)


def _resident(process: int) -> float | None:
    """Return the megabytes of memory that a process holds, None where it has ended."""
    for line in (_PROCESSES / f"{process}/status").read_text().splitlines():
        if line.startswith(_RESIDENT):
            return int(line.split()[1]) / _KILOBYTES
    return None
