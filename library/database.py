"""Engines: what SQLite and PostgreSQL must be told so that many processes may write at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

WRITING: Final = "disclosure_desk_writing"
"""Execution option of connections that will write."""
_BUSY_MS: Final = 60_000
_PRAGMAS: Final = (
    f"busy_timeout = {_BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
)


def _url(address: str) -> sa.URL:
    """Return the database address; a text without `://` is the path of a SQLite file."""
    if "://" in address:
        return sa.make_url(address)
    return sa.URL.create("sqlite", database=str(Path(address).expanduser().resolve()))


def connect(address: str) -> Engine:
    """Return an engine for a database address or the path of a SQLite file.

    Its reading connections see one state from their first query to their last. Writers on SQLite take the lock when they begin: one that reads first and asks for the lock
    later is told "database is locked" at once, however long it would have waited.
    """
    url = _url(address)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, isolation_level="REPEATABLE READ")
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the same engine (and pool) for transactions that write.

    Writers must see what the one before them committed, which a snapshot would hide.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{WRITING: True})
    return engine.execution_options(isolation_level="READ COMMITTED")


def _prepare(connection: DBAPIConnection, _record: Any) -> None:
    # As SQLAlchemy documents for pysqlite: the driver itself begins too late and not for DDL.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
