"""Imports in the background: what is to be read, and how far it is, as rows of the store.

Who starts a job may go away: its bytes are spooled and its progress is in the store, so any
process can see it, and any can take it up again after a crash.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final, Literal
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.language import _
from library.alone import word
from library.errors import LibraryError
from library.originals import Holding, sha256
from library.queries import chunks, inline, inline_numbers
from library.rows import signed, storable
from library.saving import ImportResult, ImportState
from library.schema import file, job_item
from library.schema import job as job_table
from library.store import DATABASE, HOME, Library

State = Literal["waiting", "reading"] | ImportState
_OPEN: Final = ("waiting", "reading")
TELLING: Final[Sequence[State]] = (
    "failed",
    "queued",
    "new_version",
    "duplicate",
    "reading",
    "kept",
    "waiting",
)
"""The states of a file, those first that want a person's eye."""
PAGE: Final = 50
"""Files of a job that are shown at once."""
_ROWS_AT_ONCE: Final = 500
FAILED_ARE_KEPT: Final = timedelta(days=60)
"""How long after a job the bytes of files that it could not read are there to be typed in."""
FAILED_AT_MOST: Final = 200
"""Of how many such files, the last ones: they may be large."""
CLI: Final = Path(__file__).resolve().parent.parent / "cli.py"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a job, and what became of it; `id` names it for `bytes_of`."""

    name: str
    state: State
    message: str
    report_ids: tuple[int, ...]
    id: int = 0

    @property
    def done(self) -> bool:
        """Say whether nothing more will happen to this file."""
        return self.state not in _OPEN


@dataclass(frozen=True, slots=True)
class Job:
    """Files that were handed in together; `touched_at` is when one of them last got on.

    `counts` has how many are in each state that there is; `items` is one page of them.
    """

    id: int
    created_at: datetime
    touched_at: datetime
    counts: Mapping[State, int]
    items: tuple[Item, ...] = ()

    @property
    def total(self) -> int:
        """The number of files."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """The number of files that nothing more will happen to."""
        return sum(number for state, number in self.counts.items() if state not in _OPEN)

    @property
    def finished(self) -> bool:
        """Say whether all files are done."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A file of a job that is still to be read."""

    id: int
    job_id: int
    name: str
    sha256: str


def create_job(library: Library, files: Iterable[tuple[str, bytes]], who: str | None = None) -> int:
    """Spool files (name, bytes) and return the id of the job that will import them in this order.

    Takes one file after the other, so that never more than one need be in memory. `who` is the
    name that the log is to have for what the import does to reports that are there already. All
    or nothing: raises DiskFull, a LibraryError, where there is no room for one, and then there is no job.
    """
    with _spooling(library) as held:
        named = [(name, held.add(data)) for name, data in files]
        held.sync()
        with library.writing() as connection:
            now = datetime.now(UTC)
            new = sa.insert(job_table).values(created_at=now, touched_at=now, who=signed(who))
            job_id: int = connection.execute(new.returning(job_table.c.id)).scalar_one()
            _insert_rows(
                connection,
                [_row(job_id, place, name, sha) for place, (name, sha) in enumerate(named)],
            )
            # Whoever tidies the spool waits for this transaction, so no bytes are lost to it.
            held.publish()
    return job_id


class Batch:
    """Files that are brought in together without being handed in before: a job that is done.

    Its row is written when the first of them is kept.
    """

    def __init__(self, library: Library, who: str | None = None) -> None:
        self._library = library
        self._who = who
        self._number: int | None = None

    @property
    def number(self) -> int:
        """The id of the job."""
        if self._number is None:
            now = datetime.now(UTC)
            new = sa.insert(job_table).values(created_at=now, touched_at=now, who=signed(self._who))
            with self._library.writing() as connection:
                found: int = connection.execute(new.returning(job_table.c.id)).scalar_one()
            self._number = found
        return self._number

    def add(self, connection: Connection, files: Sequence[tuple[str, str, ImportResult]]) -> None:
        """Write down what became of files (name, hash, result).

        Not of those that could not be read: their bytes are nowhere to type them in from.
        """
        query = sa.select(sa.func.max(job_item.c.position)).where(job_item.c.job_id == self.number)
        last = connection.scalar(query) or 0
        kept = [item for item in files if item[2].state != "failed"]
        rows = [
            _row(self.number, last + place, name, sha)
            | {"state": result.state, "message": result.message}
            | {"report_ids": [*result.report_ids]}
            for place, (name, sha, result) in enumerate(kept, 1)
        ]
        if rows:
            _insert_rows(connection, rows)


@contextmanager
def _spooling(library: Library) -> Iterator[Holding]:
    """Give a place for files that are not wanted if the block raises."""
    # A name of its own each time: two that spool the same bytes must not share a file.
    held = Holding(library.spool, uuid4().hex, passing=True)
    try:
        yield held
    except BaseException:
        held.drop()
        raise


def _insert_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    for some in chunks(rows, _ROWS_AT_ONCE):
        connection.execute(sa.insert(job_item).values(some))


def _row(job_id: int, position: int, name: str, sha: str) -> dict[str, Any]:
    """Return the columns of a file that waits to be read."""
    return {
        "job_id": job_id,
        "position": position,
        "name": storable(name),
        "sha256": sha,
        "state": "waiting",
        "message": "",
        "report_ids": [],
    }


def job(
    library: Library,
    job_id: int,
    *,
    states: Collection[State] = (),
    offset: int = 0,
    limit: int | None = PAGE,
    telling_first: bool = False,
) -> Job:
    """Return how far a job is, with one page of its files; raises LibraryError if there is none.

    Of all files, or of those in some `states`, in the order in which they were handed in, or those
    first that want a person's eye; `limit` None is all that follow.
    """
    of_item = job_item.c
    query = _items().where(of_item.job_id == inline(job_id)).offset(inline(offset))
    if limit is not None:
        query = query.limit(inline(limit))
    if states:
        query = query.where(of_item.state.in_(states))
    order = {state: place for place, state in enumerate(TELLING)}
    rank = (sa.case(order, value=of_item.state),) if telling_first else ()
    with library.reading() as connection:
        (found,) = _jobs(connection, [job_id])
        rows = connection.execute(query.order_by(*rank, of_item.position)).all()
    return replace(found, items=tuple(map(_item, rows)))


def outcomes(library: Library, job_id: int) -> tuple[tuple[int, State, tuple[int, ...]], ...]:
    """Return of each file of a job its id, its state, and the ids of its reports, in their order."""
    of_item = job_item.c
    query = sa.select(of_item.id, of_item.state, of_item.report_ids)
    query = query.where(of_item.job_id == inline(job_id)).order_by(of_item.position)
    with library.reading() as connection:
        rows = connection.execute(query).all()
    return tuple((row.id, row.state, tuple(row.report_ids)) for row in rows)


def items(library: Library, item_ids: Sequence[int]) -> tuple[Item, ...]:
    """Return files of jobs by their ids, in the order of these; unknown ones are left out."""
    query = _items().where(job_item.c.id.in_(inline_numbers(item_ids)))
    with library.reading() as connection:
        found = {row.id: _item(row) for row in connection.execute(query)}
    return tuple(found[number] for number in item_ids if number in found)


def recent(library: Library, limit: int = 10) -> tuple[Job, ...]:
    """Return the last jobs, newest first, each with the first page of its files."""
    query = sa.select(job_table.c.id).order_by(job_table.c.id.desc()).limit(limit)
    place = sa.func.row_number().over(partition_by=job_item.c.job_id, order_by=job_item.c.position)
    with library.reading() as connection:
        ids = connection.scalars(query).all()
        if not ids:
            return ()
        found = _jobs(connection, ids)
        placed = _items(job_item.c.job_id, job_item.c.position, place.label("place"))
        pages = placed.where(job_item.c.job_id.in_(ids)).subquery()
        first = sa.select(pages).where(pages.c.place <= PAGE).order_by(pages.c.position)
        rows = connection.execute(first).all()
    return tuple(
        replace(one, items=tuple(_item(row[:5]) for row in rows if row.job_id == one.id))
        for one in found
    )


def failed(library: Library, limit: int = PAGE) -> tuple[Item, ...]:
    """Return the last files that could not be read, those of the newest job first."""
    of_item = job_item.c
    query = _items().where(of_item.state == "failed")
    query = query.order_by(of_item.job_id.desc(), of_item.position).limit(limit)
    with library.reading() as connection:
        return tuple(map(_item, connection.execute(query)))


def failed_with(library: Library, messages: Collection[str]) -> tuple[tuple[Item, datetime], ...]:
    """Return the files that could not be read for these reasons, newest first, and when they came.

    Files whose bytes the library holds by now, since somebody types them in, are not among them.
    """
    of_item = job_item.c
    query = _items(job_table.c.created_at).join(job_table, of_item.job_id == job_table.c.id)
    query = query.where(of_item.state == "failed", of_item.message.in_(list(messages)))
    query = query.where(of_item.sha256.not_in(sa.select(file.c.sha256)))
    with library.reading() as connection:
        rows = connection.execute(query.order_by(of_item.id.desc())).all()
    return tuple((_item(row[:-1]), row[-1]) for row in rows)


def resume(library: Library, script: Path = CLI) -> subprocess.Popen[bytes] | None:
    """Start one importer for all unfinished jobs that nobody is at; None where there is none.

    For when the app starts. Jobs whose bytes do not lie here are left alone: they belong to
    another computer that shares the database.
    """
    query = sa.select(job_item.c.job_id, job_item.c.sha256).where(_is_open())
    with library.reading() as connection:
        rows = connection.execute(query.order_by(job_item.c.job_id)).all()
    spooled = library.spool.in_place() if rows else frozenset()
    here = {row.job_id for row in rows if row.sha256 in spooled}
    left = [number for number in sorted(here) if word(holder(library, number)) is None]
    return start_all(library, left, script) if left else None


def holder(library: Library, job_id: int) -> Path:
    """Return the file that an importer holds while it is at a job."""
    return library.home / "jobs" / f"{library.owner}-{job_id}"


def waiting_for(library: Library, job_id: int) -> str:
    """Return a sentence on what the importer at a job waits for (a full disk), else nothing."""
    return word(holder(library, job_id)) or ""


def start(library: Library, job_id: int, script: Path = CLI) -> subprocess.Popen[bytes]:
    """Start `cli.py import --job` as a process of its own and return it."""
    return start_all(library, [job_id], script)


def start_all(
    library: Library, job_ids: Sequence[int], script: Path = CLI
) -> subprocess.Popen[bytes]:
    """Start one process that does these jobs one after the other.

    What it says goes to `import.log` in the library's home.
    """
    numbers = (part for number in job_ids for part in ("--job", str(number)))
    return spawn(library, ["import", *numbers], script)


def spawn(library: Library, words: Sequence[str], script: Path) -> subprocess.Popen[bytes]:
    """Start a command of `cli.py` as a process of its own, which outlives whoever starts it.

    It gets the library by its environment: an address may hold a password, and command lines can
    be read by everybody on a machine.
    """
    environment = {**os.environ, DATABASE: library.url, HOME: str(library.home)}
    with _log_file(library) as log:
        return subprocess.Popen(
            [sys.executable, str(script), *words],
            cwd=script.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A Ctrl-C meant for the app must not tear a file out of its hands.
            start_new_session=True,
        )


def _log_file(library: Library) -> IO[bytes]:
    """Open the log of imports; where there is no room for one, an import goes on without."""
    try:
        library.home.mkdir(parents=True, exist_ok=True)
        return (library.home / "import.log").open("ab")
    except OSError:
        return Path(os.devnull).open("ab")


def begin(library: Library, job_id: int) -> Sequence[OpenItem]:
    """Return the files of a job that are not done; raises LibraryError if there is no such job.

    `reading` ones are among them: whoever was at them may have died.
    """
    with library.reading() as connection:
        _jobs(connection, [job_id])
        rows = connection.execute(_open_items().where(job_item.c.job_id == job_id)).all()
    return [OpenItem(*row) for row in rows]


def handed_in_by(library: Library, job_id: int) -> str | None:
    """Return the name of whoever handed a job in; None where nobody said."""
    query = sa.select(job_table.c.who).where(job_table.c.id == job_id)
    with library.reading() as connection:
        name: str | None = connection.scalar(query)
    return name


def claim(library: Library, item: OpenItem) -> bool:
    """Mark a file as being read; False where another process has finished it meanwhile."""
    with library.writing() as connection:
        claim_all(connection, [item])
        query = sa.select(job_item.c.id).where(job_item.c.id == item.id, _is_open())
        return connection.execute(query).first() is not None


def claim_all(connection: Connection, items: Collection[OpenItem]) -> None:
    """Mark files as being read, but for those that another process has finished."""
    if items:
        change = sa.update(job_item).where(_among(items), job_item.c.state == "waiting")
        connection.execute(change.values(state="reading"))


def unpack(
    library: Library, item: OpenItem, files: Sequence[tuple[str, bytes | str]]
) -> list[OpenItem]:
    """Put the files of an archive (name, bytes or why there are none) in its place in a job.

    Returns those that are to be read; none where another process was first. All or nothing: after
    a crash the archive is still there, to be unpacked again.
    """
    with _spooling(library) as held:
        rows = []
        for name, content in files:
            data = content if isinstance(content, bytes) else b""
            # Their places are told below, where nobody else can take them.
            row = _row(item.job_id, 0, name, sha256(data))
            if isinstance(content, str):
                row |= {"state": "failed", "message": content}
            else:
                held.add(content)
            rows.append(row)
        held.sync()
        with library.writing() as connection:
            of_job = job_item.c.job_id == item.job_id
            gone = sa.delete(job_item).where(job_item.c.id == item.id, _is_open())
            last = connection.scalar(sa.select(sa.func.max(job_item.c.position)).where(of_job)) or 0
            if not connection.execute(gone).rowcount:
                held.drop()
                return []
            placed = [{**row, "position": last + place} for place, row in enumerate(rows, 1)]
            _insert_rows(connection, placed)
            held.publish()
            new = _open_items().where(of_job, job_item.c.position > last)
            return [OpenItem(*row) for row in connection.execute(new)]


def settle(connection: Connection, item: OpenItem, result: ImportResult) -> None:
    """Write down what became of a file, unless another process has done so."""
    settle_all(connection, [(item, result)])


def settle_all(connection: Connection, results: Sequence[tuple[OpenItem, ImportResult]]) -> None:
    """Write down what became of files of one job, but for those that another process has done."""
    if not results:
        return
    of_item = job_item.c

    def by_id(
        column: sa.Column[Any], values: Iterable[Any]
    ) -> tuple[sa.Column[Any], sa.ColumnElement[Any]]:
        ids = (item.id for item, _result in results)
        told = {
            number: sa.literal(value, column.type)
            for number, value in zip(ids, values, strict=True)
        }
        return column, sa.case(told, value=of_item.id)

    said = dict(
        (
            by_id(of_item.state, (result.state for _item, result in results)),
            by_id(of_item.message, (result.message for _item, result in results)),
            by_id(of_item.report_ids, ([*result.report_ids] for _item, result in results)),
        )
    )
    change = sa.update(job_item).where(_among([item for item, _result in results]), _is_open())
    connection.execute(change.values(said))
    own = sa.update(job_table).where(job_table.c.id == results[0][0].job_id)
    connection.execute(own.values(touched_at=datetime.now(UTC)))


def bytes_of(library: Library, item_id: int) -> tuple[str, bytes]:
    """Return name and bytes of a file that could not be read, so that it can be typed in.

    Raises LibraryError where they are no longer kept, and for a file that never had any: one in
    an archive that could not be opened.
    """
    query = sa.select(job_item.c.name, job_item.c.sha256).where(job_item.c.id == item_id)
    with library.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise LibraryError(_("没有这个待录入的文件。"))
    try:
        return row.name, library.spool.get(row.sha256)
    except LibraryError:  # tidied away: the file may have come into the library since
        return row.name, library.originals.get(row.sha256)


def tidy(library: Library) -> None:
    """Drop spooled bytes that no file wants any more.

    Unfinished ones do, and for a while those that failed: they may be typed in.
    """
    lately = datetime.now(UTC) - FAILED_ARE_KEPT
    in_store = sa.select(file.c.sha256)
    failed = (
        sa.select(job_item.c.sha256)
        .join(job_table)
        .where(job_item.c.state == "failed", job_table.c.touched_at > lately)
        .where(job_item.c.sha256.not_in(in_store))
        .order_by(job_item.c.id.desc())
        .limit(FAILED_AT_MOST)
    )
    waiting = sa.select(job_item.c.sha256).where(_is_open())
    with library.writing() as connection:
        wanted = {*connection.scalars(waiting), *connection.scalars(failed)}
        for sha in library.spool.in_place() - wanted:
            library.spool.remove(sha)
        library.spool.forget_old()


def _among(items: Collection[OpenItem]) -> sa.ColumnElement[bool]:
    return job_item.c.id.in_([item.id for item in items])


def _is_open() -> sa.ColumnElement[bool]:
    return job_item.c.state.in_(_OPEN)


def _open_items() -> sa.Select[Any]:
    columns = (job_item.c.id, job_item.c.job_id, job_item.c.name, job_item.c.sha256)
    return sa.select(*columns).where(_is_open()).order_by(job_item.c.position)


def _items(*more: Any) -> sa.Select[Any]:
    of_item = job_item.c
    own = (of_item.name, of_item.state, of_item.message, of_item.report_ids, of_item.id)
    return sa.select(*own, *more)


def _item(row: Sequence[Any]) -> Item:
    name, state, message, report_ids, number = row
    return Item(name, state, message, tuple(report_ids), number)


def _jobs(connection: Connection, ids: Sequence[int]) -> list[Job]:
    """Return jobs in the order of their ids, with no items; raises LibraryError for one unknown."""
    own, of_item = job_table.c, job_item.c
    rows = connection.execute(
        sa.select(own.id, own.created_at, own.touched_at).where(own.id.in_(inline_numbers(ids)))
    ).all()
    known = {row.id: row for row in rows}
    for number in ids:
        if number not in known:
            raise LibraryError(_("没有编号为 {number} 的导入任务。").format(number=number))
    counting = sa.select(of_item.job_id, of_item.state, sa.func.count())
    counts: dict[int, dict[State, int]] = {number: {} for number in ids}
    grouped = counting.where(of_item.job_id.in_(inline_numbers(ids))).group_by(
        of_item.job_id, of_item.state
    )
    for number, state, count in connection.execute(grouped):
        counts[number][state] = count
    return [Job(*known[number], counts[number]) for number in ids]
