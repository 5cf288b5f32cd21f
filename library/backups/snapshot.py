"""One state of the database as a file, taken while others write."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection, Engine

from form.decisions import LETTER_ACTIONS
from form.language import _
from library.backups.manifest import POSTGRESQL, SQLITE
from library.errors import LibraryError
from library.room import DiskFull
from library.schema import decision, file, job_item, meta, report

_WITH_BYTES: Final = ("waiting", "reading", "failed")
"""States of a job's file whose bytes lie in the spool."""
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a state of the database says: see `Manifest`.

    `spooled` files are yet to be read, `letters` are those that went out or came back.
    """

    schema: str
    revision: int
    head: str | None
    reports: int
    originals: tuple[str, ...]
    spooled: tuple[str, ...]
    letters: tuple[str, ...]


@contextmanager
def snapshot(engine: Engine, folder: Path) -> Iterator[tuple[Path, Facts]]:
    """Write one state of the database into a folder; give its file and what it says.

    Nobody has to wait for it. Raises LibraryError where PostgreSQL's own program is missing or
    fails, DiskFull where there is no room.
    """
    if engine.dialect.name == "sqlite":
        target = folder / SQLITE
        with closing(engine.raw_connection()) as connection:
            # Outside of any transaction, which this driver begins only where it is told to.
            connection.cursor().execute("VACUUM INTO ?", (str(target),))
        yield target, facts_of(target)
        return
    target = folder / POSTGRESQL
    with engine.connect() as connection:
        name = connection.scalar(sa.select(sa.func.pg_export_snapshot()))
        # The program sees what this connection sees, for as long as it looks.
        options = ["--format=custom", "--no-owner", "--no-privileges"]
        words = [*options, f"--snapshot={name}", f"--file={target}"]
        _run("pg_dump", words, engine.url, folder)
        yield target, _facts(connection)


def facts_of(path: Path) -> Facts:
    """Return what a SQLite file says that nobody writes to.

    Raises LibraryError where it is damaged or none of ours.
    """
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if sound == "ok":
                return _facts(connection)
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        raise _damaged() from error
    finally:
        engine.dispose()
    raise _damaged()


def _facts(connection: Connection) -> Facts:
    heads = MigrationContext.configure(connection).get_current_heads()
    spooled = sa.select(job_item.c.sha256).where(job_item.c.state.in_(_WITH_BYTES)).distinct()
    known = connection.execute(sa.select(meta.c.revision, meta.c.head)).one()
    return Facts(
        "+".join(sorted(heads)),
        known.revision,
        known.head,
        connection.execute(sa.select(sa.func.count()).select_from(report)).scalar_one(),
        tuple(connection.scalars(sa.select(file.c.sha256).order_by(file.c.id))),
        tuple(sorted(connection.scalars(spooled))),
        tuple(sorted(_letters(connection))),
    )


def _letters(connection: Connection) -> set[str]:
    """Return the hashes of the letters that the log speaks of, those taken back too."""
    told = sa.select(decision.c.content).where(decision.c.action.in_(LETTER_ACTIONS))
    found = (json.loads(content).get("document") for content in connection.scalars(told))
    return {sha for sha in found if isinstance(sha, str)}


def load(path: Path, url: sa.URL, folder: Path) -> None:
    """Bring PostgreSQL's file of a database into an empty one: all of it, or nothing."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", [*options, f"--dbname={url.database}", str(path)], url, folder)


def _run(program: str, words: list[str], url: sa.URL, folder: Path) -> None:
    found = shutil.which(program)
    if found is None:
        sentence = _(
            "资料库在 PostgreSQL 上，备份和恢复要用它自带的程序 {program}，这台计算机上没有；请安装 PostgreSQL 的客户端程序（版本不低于服务器）后再试。"
        )
        raise LibraryError(sentence.format(program=program))
    done = subprocess.run(
        [found, "--no-password", *words],
        env={**os.environ, **_environment(url)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        return
    told = done.stderr.decode("utf-8", "replace")
    if "No space left on device" in told:
        raise DiskFull(str(folder))
    if "version mismatch" in told or "unsupported version" in told:
        sentence = _("这台计算机上的 {program} 比服务器旧，请换成版本不低于服务器的。")
        raise LibraryError(sentence.format(program=program))
    # Not its words: they may quote what is kept.
    _log.warning("%s ended with %d", program, done.returncode)
    raise LibraryError(
        _("{program} 没有成功（退出码 {code}）。").format(program=program, code=done.returncode)
    )


def _environment(url: sa.URL) -> Mapping[str, str]:
    """Return the address as PostgreSQL's programs take it: command lines can be read by all."""
    socket = url.query.get("unix_sock")
    parts = {
        "PGHOST": str(Path(str(socket)).parent) if socket else url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password is not None else None,
        "PGDATABASE": url.database,
        "LC_ALL": "C",
    }
    return {name: value for name, value in parts.items() if value is not None}


def _damaged() -> LibraryError:
    return LibraryError(_("备份里的数据库已损坏；什么也没有恢复。"))
