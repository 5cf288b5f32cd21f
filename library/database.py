"""Engines: what SQLite and PostgreSQL must be told so that many processes may write at once."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

WRITING: Final = "disclosure_desk_writing"
"""Execution option of connections that will write."""
_DRIVER: Final = "postgresql+pg8000"
_BUSY_MS: Final = 60_000
_AGAIN: Final = 0.02
"""Seconds after which what was told that the database is locked is tried again."""
_HARMLESS: Final = ("S", "C", "s", "t", "c", "n")
"""Fields of PostgreSQL's errors: severity, code, names of schema, table, column, constraint."""
_QUOTES: Final = re.compile("[\"'“”«»„‘’:：(（\n]")
_PRAGMAS: Final = (
    f"busy_timeout = {_BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
)


def address_of(address: str) -> sa.URL:
    """Return the database address; a text without `://` is the path of a SQLite file."""
    if "://" in address:
        url = sa.make_url(address)
        # The driver that the extra brings; SQLAlchemy's own choice would be another.
        return url.set(drivername=_DRIVER) if url.drivername == "postgresql" else url
    return sa.URL.create("sqlite", database=str(Path(address).expanduser().resolve()))


def connect(address: str) -> Engine:
    """Return an engine for a database address or the path of a SQLite file.

    Its reading connections see one state from their first query to their last. Writers on SQLite take the lock when they begin: one that reads first and asks for the lock
    later is told "database is locked" at once, however long it would have waited.
    """
    url = address_of(address)
    if url.get_backend_name() != "sqlite":
        return _discreet(url, isolation_level="REPEATABLE READ")
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _discreet(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return an engine for transactions that write; on SQLite it has the same connections.

    Writers must see what the one before them committed, which a snapshot would hide. PostgreSQL
    is told so once a connection: to change it for each transaction takes four questions more.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{WRITING: True})
    return _discreet(engine.url, isolation_level="READ COMMITTED")


def asking(engine: Engine) -> Engine:
    """Return an engine for single questions, on PostgreSQL without a transaction around each."""
    if engine.dialect.name == "sqlite":
        return engine
    return _discreet(engine.url, isolation_level="AUTOCOMMIT")


def _discreet(url: sa.URL, **options: Any) -> Engine:
    """Return an engine whose errors tell nothing of what is kept: they end up in logs."""
    engine = sa.create_engine(url, hide_parameters=True, **options)
    event.listen(engine, "handle_error", _hide_values)
    if engine.dialect.driver == "pg8000":
        event.listen(engine, "connect", _send_at_once)
    return engine


def _send_at_once(connection: DBAPIConnection, _record: Any) -> None:
    """Let pg8000 wait for nothing before it sends.

    It writes a long statement in pieces, and the system holds the last of them back until the
    server has confirmed the others, which that puts off in turn: 40 ms for each.
    """
    own = getattr(connection, "_usock", None)  # it has no public way
    if isinstance(own, socket.socket) and own.family != getattr(socket, "AF_UNIX", None):
        own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _hide_values(context: ExceptionContext) -> None:
    """Take out of an error whatever may quote a value, as the DETAIL of PostgreSQL does.

    SQLite never quotes one.
    """
    if context.dialect.name == "sqlite":
        return
    error: BaseException | None = context.original_exception
    while error is not None:
        for told in error.args:
            if isinstance(told, dict):  # pg8000: the same one in each error of a chain
                kept = {key: told[key] for key in _HARMLESS if key in told}
                message = _up_to_a_value(str(told.get("M", "")))
                told.clear()
                told.update(kept, M=message)
        if any(isinstance(told, str) for told in error.args):
            error.args = tuple(
                _up_to_a_value(told) if isinstance(told, str) else told for told in error.args
            )
        error = error.__cause__ or error.__context__
    wrapped = context.sqlalchemy_exception
    if wrapped is not None:
        kind = type(context.original_exception)
        wrapped.args = (f"({kind.__module__}.{kind.__name__}) {context.original_exception}",)


def _up_to_a_value(message: str) -> str:
    """Return the beginning of a message; names and values stand behind a quote or a colon."""
    return _QUOTES.split(message, maxsplit=1)[0].strip()


def _prepare(connection: DBAPIConnection, _record: Any) -> None:
    # As SQLAlchemy documents for pysqlite: the driver itself begins too late and not for DDL.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _set(cursor, f"PRAGMA {pragma}")
    cursor.close()


def _set(cursor: DBAPICursor, statement: str) -> None:
    """Execute a pragma, waiting for others.

    What changes the journal's mode is told at once that the database is locked, whatever the busy
    timeout says: two processes that open a new library together meet there.
    """
    end = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            cursor.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_AGAIN)
        else:
            return


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
