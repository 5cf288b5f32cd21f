"""From a file's bytes to kept reports: reads outside any transaction, then saves in one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy.engine import Connection

from form.language import _
from form.model import EditionKey
from library import jobs
from library.errors import LibraryError
from library.originals import sha256
from library.saving import ImportResult, Reading, save_file, say_duplicate
from library.store import Library
from loaders import Member, ReadError
from loaders.child import read_isolated
from loaders.isolated import files_in_isolated, kind_of_isolated

Reader = Callable[[bytes, str], Reading]
"""Takes the bytes and the name of a file; raises ReadError, with a sentence, if it cannot."""
Record = Callable[[Connection, ImportResult], None]
"""Notes a result inside the transaction that brings it about."""

_log: Final = logging.getLogger(__name__)


def read_file(data: bytes, name: str) -> Reading:
    """Return what a file of any known kind holds, read in a process of its own, within limits.

    Raises ReadError where it holds no report or reaches a limit, which the message names.
    """
    kind, reports = read_isolated(data, name)
    return Reading(kind, reports)


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
    known = library.seen(sha256(data))
    reading = None if known else _read(name, data, read)
    with library.writing() as connection:
        result = _keep(connection, library, name, data, reading, who)
        if record is not None:
            record(connection, result)
    return result


def import_files_in(library: Library, name: str, data: bytes) -> Iterator[tuple[str, ImportResult]]:
    """Import a file, or one by one the files of an archive; yield the name and result of each."""
    for file in files_in_isolated(data, name):
        if file.error is not None:
            yield file.name, ImportResult("failed", (), file.error.message)
        else:
            yield file.name, import_file(library, file.name, file.data)


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


def run_job(library: Library, job_id: int, *, read: Reader = read_file) -> None:
    """Import the files of a job that are not done yet, in their order; one bad file stops none.

    An archive gives way to the files in it, each of which is then imported like any other.
    May be run again after a crash, and by two processes at once: what is done stays done.
    """
    items, who = jobs.begin(library, job_id), jobs.handed_in_by(library, job_id)
    for item in items:
        if jobs.claim(library, item):
            _run_item(library, item, read, who)
    jobs.tidy(library)


def _run_item(library: Library, item: jobs.OpenItem, read: Reader, who: str | None) -> None:
    def record(connection: Connection, result: ImportResult) -> None:
        jobs.settle(connection, item, result)

    try:
        data = library.spool.get(item.sha256)
        files = files_in_isolated(data, item.name)
        if files != (Member(item.name, data),):
            _run_archive(library, item, files, read, who)
        else:
            import_file(library, item.name, data, read=read, record=record, who=who)
    except Exception as error:  # noqa: BLE001  a file that cannot be saved must not stop the rest
        with library.writing() as connection:
            record(connection, _failure(error, item.sha256))


def _run_archive(
    library: Library,
    item: jobs.OpenItem,
    files: Sequence[Member],
    read: Reader,
    who: str | None,
) -> None:
    contents = [(file.name, file.error.message if file.error else file.data) for file in files]
    for inner in jobs.unpack(library, item, contents):
        if jobs.claim(library, inner):
            _run_item(library, inner, read, who)


def _read(name: str, data: bytes, read: Reader) -> Reading | ImportResult:
    try:
        reading = read(data, name)
    except Exception as error:  # noqa: BLE001  readers meet whatever thousands of offices send in
        return _failure(error, sha256(data))
    if reading.reports:
        return reading
    return ImportResult("failed", (), _("文件里没有找到政府信息公开年报。"))


def _keep(
    connection: Connection,
    library: Library,
    name: str,
    data: bytes,
    reading: Reading | ImportResult | None,
    who: str | None,
) -> ImportResult:
    if isinstance(reading, ImportResult):
        return reading
    if reading is None:
        return say_duplicate(connection, sha256(data), who)
    return save_file(connection, library.originals, name, data, reading, who)


def _failure(error: Exception, sha: str) -> ImportResult:
    """Return a sentence without a traceback; the log has the rest under the same short number."""
    if isinstance(error, ReadError | LibraryError):
        return ImportResult("failed", (), error.message)
    _log.error("import of %s failed", sha[:8], exc_info=error)
    sentence = _("读取这份文件时出了意外，没有入库。错误编号 {number}，详情见日志。")
    return ImportResult("failed", (), sentence.format(number=sha[:8]))
