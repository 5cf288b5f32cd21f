"""Runs of reading the originals again, as rows: what was begun, how far it is, what it found.

A run that only looks (`dry`) is one too, so that what it found is there to be looked at, and a run
that died goes on where it was, whichever process takes it up.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.language import _
from library.alone import Say, alone, word
from library.errors import LibraryError
from library.importing import READER
from library.jobs import CLI, spawn
from library.log_frame import Editions, editions_of
from library.rereading import (
    EVERYTHING,
    NOTES,
    PROSE,
    UNPRINTED,
    YEARS,
    Change,
    Selection,
    read_by_programs,
    sources,
)
from library.rows import signed
from library.schema import meta, reading, report, run, run_change
from library.store import Library

Kind = Literal["left", "cell", "name", "form", "text"]
KINDS: Final[Sequence[Kind]] = ("left", "cell", "name", "form", "text")
"""What a change is of: a report that stays as it is because its file gives another answer, a cell,
whose report it is, how its tables are laid out, its prose or what its reader says."""
PAGE: Final = 50
"""Changes that are shown at once."""
QUIET: Final = timedelta(minutes=2)
"""After so long another computer that shares the database is no longer thought to be at a run."""
_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Run:
    """A run: `done` of `files` have been read again; `undone_at` is when it was taken back or stopped.

    `told` says that what it found was kept, and how many files it is of: older programs did not.
    """

    number: int
    started_at: datetime
    touched_at: datetime
    who: str | None
    reader: int
    dry: bool
    selection: Selection
    files: int
    done: int
    through: int
    finished_at: datetime | None
    undone_at: datetime | None
    told: bool = True

    @property
    def is_open(self) -> bool:
        """Say whether something is left to do that these readers can do."""
        return self.finished_at is None and self.undone_at is None and self.reader == READER


@dataclass(frozen=True, slots=True)
class Found:
    """How many changes of each kind a run found, and of how many reports.

    `left` of these reports stay as they are, since their files cannot be taken for them any more.
    """

    kinds: Mapping[Kind, int]
    reports: int
    left: int

    @property
    def changes(self) -> int:
        """The number of changes."""
        return sum(self.kinds.values())


def create(library: Library, who: str | None, selection: Selection, *, dry: bool) -> int:
    """Begin a run and return its number; raises LibraryError where a selection is of no report."""
    files = len(sources(library, selection, needed=True))
    now = datetime.now(UTC)
    values = {
        "started_at": now,
        "touched_at": now,
        "who": signed(who),
        "reader": READER,
        "through": 0,
        "dry": dry,
        "selection": _written(selection),
        "files": files,
    }
    with library.writing() as connection:
        new = sa.insert(run).values(values).returning(run.c.id)
        number: int = connection.execute(new).scalar_one()
    return number


def get(library: Library, number: int) -> Run:
    """Return a run; raises LibraryError where there is none of this number."""
    with library.reading() as connection:
        return get_in(connection, number)


def get_in(connection: Connection, number: int) -> Run:
    """Return a run as `get` does, as a transaction sees it."""
    row = connection.execute(sa.select(run).where(run.c.id == number)).first()
    if row is None:
        raise LibraryError(_("没有第 {number} 次重新读取。").format(number=number))
    return _run(row)


def recent(library: Library, limit: int = 20) -> tuple[Run, ...]:
    """Return the last runs, newest first."""
    with library.reading() as connection:
        rows = connection.execute(sa.select(run).order_by(run.c.id.desc()).limit(limit))
        return tuple(map(_run, rows))


def unfinished(library: Library) -> tuple[Run, ...]:
    """Return the runs of these readers in which something is left to do, oldest first."""
    query = sa.select(run).where(
        run.c.finished_at.is_(None), run.c.undone_at.is_(None), run.c.reader == READER
    )
    with library.reading() as connection:
        return tuple(map(_run, connection.execute(query.order_by(run.c.id))))


def advance(connection: Connection, number: int, file_id: int) -> bool:
    """Note that a run has done a file; False where another process has.

    Raises LibraryError where the run was taken back or stopped.
    """
    change = (
        sa.update(run)
        .where(run.c.id == number, run.c.undone_at.is_(None), run.c.through < file_id)
        .values(through=file_id, done=run.c.done + 1, touched_at=datetime.now(UTC))
    )
    if connection.execute(change).rowcount:
        return True
    found = get_in(connection, number)
    if found.undone_at is None:
        return False
    ended = _("第 {number} 次重新读取已经撤回过了。")
    if found.dry:
        ended = _("第 {number} 次试读已经停止了。")
    raise LibraryError(ended.format(number=number))


def finish(library: Library, number: int) -> None:
    """Note that a run has come to its end; nobody need be told then to read everything again.

    One that was taken back or stopped meanwhile stays as it is.
    """
    going = (run.c.id == number, run.c.undone_at.is_(None))
    change = sa.update(run).where(*going).values(finished_at=datetime.now(UTC))
    with library.writing() as connection:
        if not connection.execute(change).rowcount:
            return
        found = get_in(connection, number)
        if not found.dry and found.selection.is_all:
            _tell(connection)


def stop(library: Library, number: int) -> None:
    """Stop a run that only looks; one that replaces readings is taken back instead."""
    going = (run.c.id == number, run.c.dry, run.c.finished_at.is_(None), run.c.undone_at.is_(None))
    with library.writing() as connection:
        connection.execute(sa.update(run).where(*going).values(undone_at=datetime.now(UTC)))


def note(connection: Connection, number: int, **values: Any) -> None:
    """Write columns of a run."""
    connection.execute(sa.update(run).where(run.c.id == number).values(**values))


# --- what a run found -------------------------------------------------------------------------------


def kind_of(change: Change) -> Kind:
    """Return what a change is of."""
    address = change.address
    if address is None:
        return "left"
    if address in ("agency", "year", "title", YEARS):
        return "name"
    if address == UNPRINTED or address.startswith("edition."):
        return "form"
    return "text" if address == NOTES or address.startswith(f"{PROSE}.") else "cell"


def add_changes(connection: Connection, number: int, changes: Sequence[Change]) -> None:
    """Keep what a run found in a file."""
    rows = [
        {
            "run_id": number,
            "report_id": change.report_id,
            "kind": kind_of(change),
            "content": json.dumps(change.to_json()),
        }
        for change in changes
    ]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        connection.execute(sa.insert(run_change), rows[start : start + _ROWS_AT_ONCE])


def found(library: Library, number: int) -> Found:
    """Return how much a run has found so far."""
    own = run_change.c.run_id == number
    counting = sa.select(run_change.c.kind, sa.func.count().label("changes")).where(own)
    counting = counting.group_by(run_change.c.kind)
    reports = sa.func.count(sa.distinct(run_change.c.report_id))
    left = reports.filter(run_change.c.kind == "left")
    with library.reading() as connection:
        told = {row.kind: row.changes for row in connection.execute(counting)}
        changed, stay = connection.execute(sa.select(reports, left).where(own)).one()
    return Found({kind: told[kind] for kind in KINDS if kind in told}, changed, stay)


def replaced(library: Library, number: int) -> int:
    """Return of how many reports a run replaced the reading."""
    query = sa.select(sa.func.count()).where(reading.c.run_id == number)
    with library.asking() as connection:
        return int(connection.execute(query).scalar_one())


def changes_of(
    library: Library,
    number: int,
    *,
    kinds: Collection[Kind] = (),
    offset: int = 0,
    limit: int | None = PAGE,
) -> tuple[Change, ...]:
    """Return what a run found, of some kinds or all, in the order of the files."""
    query = sa.select(run_change.c.content).where(run_change.c.run_id == number)
    if kinds:
        query = query.where(run_change.c.kind.in_(kinds))
    with library.reading() as connection:
        texts = connection.scalars(query.order_by(run_change.c.id).offset(offset).limit(limit))
        return tuple(Change(**json.loads(text)) for text in texts)


def editions(library: Library, changes: Sequence[Change]) -> Editions:
    """Return the editions of the reports that changes are of, as they count now, by report id."""
    with library.reading() as connection:
        return editions_of(connection, {change.report_id for change in changes})


# --- whether there is something to read again -------------------------------------------------------


def readers(library: Library) -> dict[int | None, int]:
    """Return how many reports stand by the reading of each version of the readers, oldest first.

    Of all that can be read again: older versions of reports, the queue and the bin included.
    """
    query = sa.select(report.c.reader, sa.func.count().label("reports")).where(read_by_programs())
    with library.reading() as connection:
        rows = connection.execute(query.group_by(report.c.reader))
        told = {row.reader: row.reports for row in rows}
    return {reader: told[reader] for reader in sorted(told, key=lambda reader: reader or 0)}


def is_new_to(library: Library) -> bool:
    """Say whether people have yet to be told that today's readers may read otherwise."""
    with library.asking() as connection:
        told = connection.execute(sa.select(meta.c.reader_told)).scalar_one()
    return (told or 0) < READER


def put_away(library: Library) -> None:
    """Let nobody be told of today's readers any more."""
    with library.writing() as connection:
        _tell(connection)


def _tell(connection: Connection) -> None:
    connection.execute(sa.update(meta).values(reader_told=READER))


# --- runs in a process of their own -----------------------------------------------------------------


@contextmanager
def alone_at_it(library: Library) -> Iterator[Say]:
    """Hold what only one process on this computer may; raises LibraryError where another does."""
    with alone(holder(library)) as say:
        if say is None:
            raise LibraryError(_("另一个程序正在重新读取这个资料库。"))
        yield say


def holder(library: Library) -> Path:
    """Return the file that whoever reads again holds."""
    return library.home / "jobs" / f"{library.owner}-reread"


def is_at_it(library: Library) -> bool:
    """Say whether a process on this computer is reading again."""
    return word(holder(library)) is not None


def start(library: Library, number: int, script: Path = CLI) -> subprocess.Popen[bytes]:
    """Start `cli.py reread --run` as a process of its own and return it."""
    return _start_all(library, [number], script)


def resume(library: Library, script: Path = CLI) -> subprocess.Popen[bytes] | None:
    """Go on with the runs that were cut short; None where there is none, or somebody is at it.

    For when the app starts. On a database that several computers may share, runs that got on a
    moment ago are left alone.
    """
    shared = not library.url.startswith("sqlite")
    lately = datetime.now(UTC) - QUIET
    left = [one.number for one in unfinished(library) if not (shared and one.touched_at > lately)]
    return _start_all(library, left, script) if left and not is_at_it(library) else None


def _start_all(library: Library, numbers: Sequence[int], script: Path) -> subprocess.Popen[bytes]:
    named = (part for number in numbers for part in ("--run", str(number)))
    return spawn(library, ["reread", *named], script)


def _written(selection: Selection) -> str | None:
    if selection.is_all:
        return None
    return json.dumps({"agencies": selection.agencies, "years": selection.years})


def _selection(text: str | None) -> Selection:
    if text is None:
        return EVERYTHING
    said = json.loads(text)
    return Selection(tuple(said["agencies"]), tuple(said["years"]))


def _run(row: Any) -> Run:
    return Run(
        number=row.id,
        started_at=row.started_at,
        touched_at=row.touched_at or row.started_at,
        who=row.who,
        reader=row.reader,
        dry=row.dry,
        selection=_selection(row.selection),
        files=row.files or row.done,
        done=row.done,
        through=row.through,
        finished_at=row.finished_at,
        undone_at=row.undone_at,
        told=row.files is not None,
    )
