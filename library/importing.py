"""From a file's bytes to kept reports: reads outside any transaction, then saves in one.

Several files are read at once, each in a process of its own, and kept several at once, in groups
that end after a while whatever is still being read. Results stand in the order of the files.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from time import monotonic
from typing import Final, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.language import _
from form.model import EditionKey
from library import jobs
from library.alone import Say, alone
from library.errors import LibraryError
from library.jobs import OpenItem
from library.originals import sha256
from library.room import DiskFull, patiently
from library.saving import ImportResult, Incoming, Reading, save_files
from library.store import Library
from loaders import Member, ReadError
from loaders.document import READER_VERSION
from loaders.sandbox.child import ReaderError, read_isolated
from loaders.sandbox.isolated import files_in_isolated, kind_of_isolated

Reader = Callable[[bytes, str], Reading]
"""Takes the bytes and the name of a file; raises ReadError, with a sentence, if it cannot."""
Record = Callable[[Connection, ImportResult], None]
"""Notes a result inside the transaction that brings it about."""
After = Callable[[Sequence[int]], None]
"""Told the ids of the reports of some files when these are kept, outside any transaction."""

READER: Final = READER_VERSION
"""The version of the readers that read now."""
GROUP_FILES: Final = 32
GROUP_BYTES: Final = 16 * 1024 * 1024
GROUP_SECONDS: Final = 1.0
"""A group is kept when it has as many files or bytes, or its first file has waited so long."""
READ_AT_ONCE: Final = max(1, min(4, os.cpu_count() or 1))

_log: Final = logging.getLogger(__name__)


def read_file(data: bytes, name: str) -> Reading:
    """Return what a file of any known kind holds, read in a process of its own, within limits.

    Raises ReadError where it holds no report or reaches a limit, which the message names.
    """
    kind, reports = read_isolated(data, name)
    return Reading(kind, reports)


def read_again(name: str, data: bytes, read: Reader = read_file) -> Reading | str:
    """Return what a kept file holds now, or a sentence on why it gives no report; never raises."""
    found = _read(name, data, read)
    return found.message if isinstance(found, ImportResult) else found


def nothing(_report_ids: Sequence[int]) -> None:
    """Do nothing after files are kept."""


def import_file(
    library: Library,
    name: str,
    data: bytes,
    *,
    read: Reader = read_file,
    record: Record | None = None,
    who: str | None = None,
) -> ImportResult:
    """Read a file and keep its reports, in one transaction with whatever `record` writes.

    `who` is the name that the log is to have where a report comes back from the recycle bin by it.
    A file that cannot be read gives `failed` and never raises. Raises what the database or the
    disk raises while saving; then nothing is kept.
    """
    sha = sha256(data)
    outcome = None if library.known([sha]) else _read(name, data, read)
    if isinstance(outcome, ImportResult):
        if record is not None:
            with library.writing() as connection:
                record(connection, outcome)
        return outcome
    with library.keeping() as (connection, held):
        (result,) = save_files(connection, held, [Incoming(name, data, outcome, sha)], who)
        if record is not None:
            record(connection, result)
    return result


def import_files(
    library: Library,
    files: Iterable[tuple[str, bytes | str]],
    *,
    read: Reader = read_file,
    after: After = nothing,
    batch: jobs.Batch | None = None,
) -> Iterator[tuple[str, ImportResult]]:
    """Import files (name, bytes or why there are none); yield the name and result of each.

    An archive gives way to the files in it. Takes the files as it needs them, and yields a result
    when it is kept. All are one `batch`, together with what else came in by it, which is listed
    among the jobs. Raises DiskFull, a LibraryError, where there is no room for the next.
    """
    batch = batch or jobs.Batch(library)
    library.tidy_originals()
    entries = (_Entry(name, content) for name, content in files)

    def members(_entry: _Entry, found: _Archive) -> list[_Entry]:
        return [_Entry(name, content) for name, content in found.contents]

    with _Pipeline(library, entries, members, read) as pipeline:
        for group in pipeline.groups():
            for told in _kept(
                library, group, partial(_note_in, batch), lambda work: work(), None, batch.number
            ):
                _call(after, told)
                yield from ((ready.entry.name, result) for ready, result in told)


def import_files_in(
    library: Library,
    name: str,
    data: bytes,
    *,
    read: Reader = read_file,
    after: After = nothing,
) -> Iterator[tuple[str, ImportResult]]:
    """Import a file, or the files of an archive; yield the name and result of each."""
    return import_files(library, [(name, data)], read=read, after=after)


def start_typed(
    library: Library, name: str, data: bytes, agency: str, year: int, edition: EditionKey
) -> int:
    """Keep a file that cannot be read, of its kind or none, with an empty form to type it into.

    Returns the id of the report; raises LibraryError for an empty agency.
    """
    try:
        kind = kind_of_isolated(data, name)
    except ReadError:
        kind = None
    return library.start_typed(name, data, agency, year, edition, kind)


def run_job(
    library: Library, job_id: int, *, read: Reader = read_file, after: After = nothing
) -> None:
    """Import the files of a job that are not done yet, in their order; one bad file stops none.

    An archive gives way to the files in it, each of which is then imported like any other.
    May be run again after a crash: what is done stays done. Does nothing where another process on
    this computer is at it; two on two computers do no harm. While a disk is full it waits.
    """
    items, who = jobs.begin(library, job_id), jobs.handed_in_by(library, job_id)
    with alone(jobs.holder(library, job_id)) as say:
        if say is None:
            return
        patiently(library.tidy_originals, say)
        _Job(library, say, after, who, job_id).run(items, read)
        patiently(partial(jobs.tidy, library), say)


@dataclass(frozen=True, slots=True)
class _Job:
    """An importer at a job: it waits while a disk is full, and says so."""

    library: Library
    say: Say
    after: After
    who: str | None
    number: int

    def run(self, items: Iterable[OpenItem], read: Reader) -> None:
        entries = (_Entry(item.name, None, item) for item in items)
        with _Pipeline(self.library, entries, self._unpack, read) as pipeline:
            self._write(lambda connection: jobs.claim_all(connection, pipeline.at_hand()))
            for group in pipeline.groups():
                self._keep(group, pipeline.at_hand())

    def _keep(self, group: Sequence[_Ready], next_ones: Sequence[OpenItem]) -> None:
        def note(connection: Connection, told: Sequence[_Told]) -> None:
            settled = [(ready.entry.item, result) for ready, result in told]
            jobs.settle_all(connection, [(item, how) for item, how in settled if item is not None])
            jobs.claim_all(connection, next_ones)

        told = [
            one
            for part in _kept(
                self.library,
                group,
                note,
                lambda work: patiently(work, self.say),
                self.who,
                self.number,
            )
            for one in part
        ]
        _call(self.after, told)

    def _unpack(self, entry: _Entry, found: _Archive) -> list[_Entry]:
        if entry.item is None:
            return []
        item = entry.item
        inner = patiently(lambda: jobs.unpack(self.library, item, found.contents), self.say)
        return [_Entry(one.name, None, one) for one in inner]

    def _write(self, change: Callable[[Connection], None]) -> None:
        def work() -> None:
            with self.library.writing() as connection:
                change(connection)

        patiently(work, self.say)


@dataclass(eq=False, slots=True)
class _Entry:
    """A file that is to be imported; its content is bytes, why there are none, or in the spool."""

    name: str
    content: bytes | str | None
    item: OpenItem | None = None
    found: Future[_Ready | _Archive] | None = None


@dataclass(frozen=True, slots=True)
class _Archive:
    """The files in an archive: name, and bytes or why there are none."""

    contents: Sequence[tuple[str, bytes | str]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that has been read: what it holds, what is wrong with it, None if known before."""

    entry: _Entry
    data: bytes
    sha256: str
    outcome: Reading | ImportResult | None

    def incoming(self, library: Library) -> Incoming:
        twin = None if self.entry.item is None else library.spool.path(self.sha256)
        reading = None if isinstance(self.outcome, ImportResult) else self.outcome
        return Incoming(self.entry.name, self.data, reading, self.sha256, twin)


_Told = tuple[_Ready, ImportResult]
_Note = Callable[[Connection, Sequence[_Told]], None]
_Work = Callable[[], Sequence[_Told]]
_Expand = Callable[[_Entry, _Archive], list[_Entry]]


class _Pipeline:
    """Reads files ahead while those before them are kept; gives them in groups, in their order."""

    def __init__(
        self, library: Library, entries: Iterable[_Entry], expand: _Expand, read: Reader
    ) -> None:
        self._library = library
        self._entries = iter(entries)
        self._expand = expand
        self._read = read
        self._window: deque[_Entry] = deque()
        self._pool = ThreadPoolExecutor(READ_AT_ONCE, "reading")

    def __enter__(self) -> Self:
        self._look_ahead()
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def at_hand(self) -> list[OpenItem]:
        """Return the files of a job that are being read."""
        return [entry.item for entry in islice(self._window, _AHEAD) if entry.item is not None]

    def groups(self) -> Iterator[list[_Ready]]:
        group = _Group()
        while entry := self._next():
            if group.files and not _done_within(entry, group.seconds_left()):
                yield group.taken()
            found = _result(entry)
            if isinstance(found, _Archive):
                # What stands before it is kept before it gives way to its files.
                if group.files:
                    yield group.taken()
                self._open(entry, found)
                continue
            group.add(found)
            if group.is_full():
                yield group.taken()
        if group.files:
            yield group.taken()

    def _next(self) -> _Entry | None:
        self._look_ahead()
        return self._window.popleft() if self._window else None

    def _look_ahead(self) -> None:
        self._window.extend(islice(self._entries, max(0, _AHEAD - len(self._window))))
        for entry in islice(self._window, _AHEAD):
            if entry.found is None:
                entry.found = self._pool.submit(_read_entry, self._library, entry, self._read)

    def _open(self, entry: _Entry, found: _Archive) -> None:
        try:
            inner = self._expand(entry, found)
        except Exception as error:  # noqa: BLE001  an archive too costs only itself
            entry.found = Future()
            entry.found.set_result(_Ready(entry, b"", sha256(b""), _failure(error, sha256(b""))))
            inner = [entry]
        self._window.extendleft(reversed(inner))


_AHEAD: Final = 4 * READ_AT_ONCE
"""Files that are read, or have been, while a group is kept."""


@dataclass(slots=True)
class _Group:
    """Files that are to be kept together."""

    files: list[_Ready] = field(default_factory=list)
    since: float = 0.0

    def add(self, ready: _Ready) -> None:
        if not self.files:
            self.since = monotonic()
        self.files.append(ready)

    def taken(self) -> list[_Ready]:
        files, self.files = self.files, []
        return files

    def seconds_left(self) -> float:
        return max(0.0, self.since + GROUP_SECONDS - monotonic())

    def is_full(self) -> bool:
        size = sum(len(ready.data) for ready in self.files)
        return len(self.files) >= GROUP_FILES or size >= GROUP_BYTES or not self.seconds_left()


def _note_in(batch: jobs.Batch, connection: Connection, told: Sequence[_Told]) -> None:
    batch.add(connection, [(ready.entry.name, ready.sha256, result) for ready, result in told])


def _done_within(entry: _Entry, seconds: float) -> bool:
    return entry.found is None or bool(wait([entry.found], seconds).done)


def _result(entry: _Entry) -> _Ready | _Archive:
    if entry.found is None:
        raise RuntimeError("an entry was taken before it was read")
    return entry.found.result()


def _read_entry(library: Library, entry: _Entry, read: Reader) -> _Ready | _Archive:
    """Return what a file holds; runs beside the others, and raises nothing that a file can cause."""
    if isinstance(entry.content, str):
        return _Ready(entry, b"", sha256(b""), ImportResult("failed", (), entry.content))
    data, sha = b"", entry.item.sha256 if entry.item else ""
    try:
        data = library.spool.get(sha) if entry.content is None else entry.content
        # Given up as soon as it is known: it may be large.
        entry.content, sha = None, sha or sha256(data)
        files = tuple(files_in_isolated(data, entry.name))
        if files != (Member(entry.name, data),):
            return _Archive([(file.name, _content(file)) for file in files])
        known = library.known([sha])
    except Exception as error:  # noqa: BLE001  one file must not stop the rest
        return _Ready(entry, data, sha, _failure(error, sha))
    return _Ready(entry, data, sha, None if known else _read(entry.name, data, read))


def _content(file: Member) -> bytes | str:
    return file.data if file.error is None else file.error.message


def _read(name: str, data: bytes, read: Reader) -> Reading | ImportResult:
    try:
        reading = read(data, name)
    except Exception as error:  # noqa: BLE001  readers meet whatever thousands of offices send in
        return _failure(error, sha256(data))
    if reading.reports:
        return reading
    return ImportResult("failed", (), _("文件里没有找到政府信息公开年报。"))


def _kept(
    library: Library,
    group: Sequence[_Ready],
    note: _Note,
    do: Callable[[_Work], Sequence[_Told]],
    who: str | None = None,
    batch: int | None = None,
) -> Iterator[Sequence[_Told]]:
    """Keep files and yield what became of them: all in one go, or singly where that fails."""
    try:
        yield do(lambda: _keep_together(library, group, note, who, batch))
        return
    except DiskFull:
        raise
    except Exception as error:  # noqa: BLE001  a file that cannot be saved must not stop the rest
        if len(group) > 1:
            _log.warning("a group of files could not be kept, each goes in singly: %s", _way(error))
        alone_failed = error
    for ready in group if len(group) > 1 else ():
        yield from _kept(library, [ready], note, do, who, batch)
    if len(group) == 1:
        (ready,) = group
        failed = replace(ready, outcome=_failure(alone_failed, ready.sha256))
        yield do(lambda: _keep_together(library, [failed], note, who, batch))


def _keep_together(
    library: Library, group: Sequence[_Ready], note: _Note, who: str | None, batch: int | None
) -> Sequence[_Told]:
    readable = [ready for ready in group if not isinstance(ready.outcome, ImportResult)]
    with library.keeping() as (connection, held):
        files = [ready.incoming(library) for ready in readable]
        saved = iter(save_files(connection, held, files, who, batch))
        told = [
            (ready, ready.outcome if isinstance(ready.outcome, ImportResult) else next(saved))
            for ready in group
        ]
        note(connection, told)
    return told


def _call(after: After, told: Sequence[_Told]) -> None:
    ids = dict.fromkeys(number for _ready, result in told for number in result.report_ids)
    if not ids:
        return
    try:
        after(tuple(ids))
    except Exception as error:  # noqa: BLE001  what is kept is kept
        _log.error("what follows an import failed: %s", _way(error))


def _failure(error: Exception, sha: str) -> ImportResult:
    """Return a sentence without a traceback; the log has the rest under the same short number."""
    if isinstance(error, ReadError | LibraryError):
        return ImportResult("failed", (), error.message)
    _log.error("import of %s failed: %s", sha[:8], _way(error))
    sentence = _("读取这份文件时出了意外，没有入库。错误编号 {number}，详情见日志。")
    return ImportResult("failed", (), sentence.format(number=sha[:8]))


def _way(error: BaseException | None) -> str:
    """Return the kinds of an error and what caused it, and the way there.

    Without their words, which may quote a report; only those of a database are cleared of values.
    """
    parts = []
    while error is not None:
        words = f": {error}" if isinstance(error, sa.exc.DBAPIError | ReaderError) else ""
        lines = traceback.format_tb(error.__traceback__)
        parts.append(f"{type(error).__name__}{words}\n{''.join(lines)}")
        error = error.__cause__
    return "\ncaused by ".join(parts)
