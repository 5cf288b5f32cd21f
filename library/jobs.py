"""Imports in the background: what is to be read, and how far it is, as rows of the store.

Who starts a job may go away: its bytes are spooled and its progress is in the store, so any
process can see it, and any can take it up again after a crash.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.language import _
from library.errors import LibraryError
from library.originals import sha256
from library.rows import signed, storable
from library.saving import ImportResult, ImportState
from library.schema import file, job_item
from library.schema import job as job_table
from library.store import DATABASE, HOME, Library

State = Literal["waiting", "reading"] | ImportState
_OPEN: Final = ("waiting", "reading")
FAILED_ARE_KEPT: Final = timedelta(days=60)
"""How long after a job the bytes of files that it could not read are there to be typed in."""
FAILED_AT_MOST: Final = 200
"""Of how many such files, the last ones: they may be large."""
_CLI: Final = Path(__file__).resolve().parent.parent / "cli.py"


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
    """Files that were handed in together; `touched_at` is when one of them last got on."""

    id: int
    created_at: datetime
    touched_at: datetime
    items: tuple[Item, ...]

    @property
    def done(self) -> int:
        """The number of files that nothing more will happen to."""
        return sum(item.done for item in self.items)

    @property
    def finished(self) -> bool:
        """Say whether all files are done."""
        return self.done == len(self.items)


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
    name that the log is to have for what the import does to reports that are there already.
    """
    now = datetime.now(UTC)
    with library.writing() as connection:
        new = sa.insert(job_table).values(created_at=now, touched_at=now, who=signed(who))
        job_id: int = connection.execute(new.returning(job_table.c.id)).scalar_one()
    for position, (name, data) in enumerate(files):
        # Its row comes first: bytes that no row wants are tidied away.
        with library.writing() as connection:
            connection.execute(
                sa.insert(job_item).values(_row(job_id, position, name, sha256(data)))
            )
        library.spool.put(data)
    return job_id


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


def job(library: Library, job_id: int) -> Job:
    """Return how far a job is; raises LibraryError if there is none with this id."""
    with library.reading() as connection:
        return _job(connection, job_id)


def recent(library: Library, limit: int = 10) -> tuple[Job, ...]:
    """Return the last jobs, newest first."""
    query = sa.select(job_table.c.id).order_by(job_table.c.id.desc()).limit(limit)
    with library.reading() as connection:
        return tuple(_job(connection, number) for number in connection.scalars(query).all())


def start(library: Library, job_id: int, script: Path = _CLI) -> subprocess.Popen[bytes]:
    """Start `cli.py import --job` as a process of its own and return it.

    It gets the library by its environment: an address may hold a password, and command lines can
    be read by everybody on a machine. What it says goes to `import.log` in the library's home.
    """
    environment = {**os.environ, DATABASE: library.url, HOME: str(library.home)}
    library.home.mkdir(parents=True, exist_ok=True)
    with (library.home / "import.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, str(script), "import", "--job", str(job_id)],
            cwd=script.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A Ctrl-C meant for the app must not tear a file out of its hands.
            start_new_session=True,
        )


def begin(library: Library, job_id: int) -> Sequence[OpenItem]:
    """Return the files of a job that are not done; raises LibraryError if there is no such job.

    `reading` ones are among them: whoever was at them may have died.
    """
    columns = (job_item.c.id, job_item.c.job_id, job_item.c.name, job_item.c.sha256)
    query = sa.select(*columns).where(_is_open(), job_item.c.job_id == job_id)
    with library.reading() as connection:
        _job_row(connection, job_id)
        rows = connection.execute(query.order_by(job_item.c.position)).all()
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
        return _change(connection, item, state="reading")


def unpack(
    library: Library, item: OpenItem, files: Sequence[tuple[str, bytes | str]]
) -> list[OpenItem]:
    """Put the files of an archive (name, bytes or why there are none) in its place in a job.

    Returns those that are to be read; none where another process was first. All or nothing: after
    a crash the archive is still there, to be unpacked again.
    """
    with library.writing() as connection:
        of_job = job_item.c.job_id == item.job_id
        gone = sa.delete(job_item).where(job_item.c.id == item.id, _is_open())
        last = connection.scalar(sa.select(sa.func.max(job_item.c.position)).where(of_job))
        if not connection.execute(gone).rowcount:
            return []
        found = []
        for position, (name, content) in enumerate(files, (last or 0) + 1):
            data = content if isinstance(content, bytes) else b""
            row = _row(item.job_id, position, name, sha256(data))
            if isinstance(content, str):
                row |= {"state": "failed", "message": content}
            new = sa.insert(job_item).values(row).returning(job_item.c.id)
            number: int = connection.execute(new).scalar_one()
            if isinstance(content, bytes):
                # Whoever tidies the spool waits for this transaction, so no bytes are lost to it.
                library.spool.put(content)
                found.append(OpenItem(number, item.job_id, row["name"], row["sha256"]))
    return found


def settle(connection: Connection, item: OpenItem, result: ImportResult) -> None:
    """Write down what became of a file, unless another process has done so."""
    said = {"state": result.state, "message": result.message, "report_ids": [*result.report_ids]}
    _change(connection, item, **said)


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
        for sha in library.spool.hashes() - wanted:
            library.spool.remove(sha)


def _change(connection: Connection, item: OpenItem, **values: Any) -> bool:
    change = sa.update(job_item).where(job_item.c.id == item.id, _is_open())
    if not connection.execute(change.values(values)).rowcount:
        return False
    own = sa.update(job_table).where(job_table.c.id == item.job_id)
    connection.execute(own.values(touched_at=datetime.now(UTC)))
    return True


def _is_open() -> sa.ColumnElement[bool]:
    return job_item.c.state.in_(_OPEN)


def _job(connection: Connection, job_id: int) -> Job:
    created_at, touched_at = _job_row(connection, job_id)
    of_item = job_item.c
    columns = (of_item.name, of_item.state, of_item.message, of_item.report_ids, of_item.id)
    query = sa.select(*columns).where(job_item.c.job_id == job_id).order_by(job_item.c.position)
    items = (
        Item(name, state, message, tuple(report_ids), number)
        for name, state, message, report_ids, number in connection.execute(query)
    )
    return Job(job_id, created_at, touched_at, tuple(items))


def _job_row(connection: Connection, job_id: int) -> tuple[datetime, datetime]:
    query = sa.select(job_table.c.created_at, job_table.c.touched_at)
    row = connection.execute(query.where(job_table.c.id == job_id)).first()
    if row is None:
        raise LibraryError(_("没有编号为 {number} 的导入任务。").format(number=job_id))
    return row.created_at, row.touched_at
