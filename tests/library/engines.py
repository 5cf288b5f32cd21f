"""The databases that the library's tests run on: SQLite, and PostgreSQL where a server is named."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from library.schema import meta, metadata
from library.store import Library

SERVER: Final = os.environ.get("TEST_POSTGRES")
"""Address of a PostgreSQL server (and of one of its databases) on which tests may do as they like."""
ENGINES: Final = ("sqlite", "postgresql") if SERVER else ("sqlite",)

_WORKER: Final = f"desk_{os.getpid()}"
_NUMBERS: Final = count(1)


def named(database: str) -> str:
    """Return the address of one of the server's databases."""
    assert SERVER is not None
    url = sa.make_url(SERVER).set(database=database)
    return url.render_as_string(hide_password=False)


@contextmanager
def new_database() -> Iterator[str]:
    """Make an empty database and give its address; afterwards it is gone."""
    name = f"{_WORKER}_{next(_NUMBERS)}"
    command(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield named(name)
    finally:
        command(f"DROP DATABASE {name} WITH (FORCE)")


def command(text: str) -> None:
    """Tell the server something that no transaction may hold."""
    assert SERVER is not None
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(text)


class Emptied:
    """A database with all tables that each test finds empty, which is quicker than a new one each."""

    def __init__(self, address: str, home: Path) -> None:
        Library(address, home=home).close()
        self.address = address
        self._engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        self._shape = self._described()
        with self._engine.connect() as connection:
            self._fresh = dict(connection.execute(sa.select(meta)).mappings().one())

    def empty(self) -> bool:
        """Forget all rows; False where a test has changed more than rows."""
        names = [table.name for table in reversed(metadata.sorted_tables)]
        with self._engine.connect() as connection:
            # Those that forbid to change the log are triggers.
            connection.exec_driver_sql("SET session_replication_role = replica")
            for name in names:
                if name != "meta":
                    connection.exec_driver_sql(f"DELETE FROM {name}")
            # Its one row is made with the table and must stay, but as it was.
            connection.execute(sa.update(meta).values(self._fresh))
            for name in connection.exec_driver_sql(_SEQUENCES).scalars().all():
                connection.exec_driver_sql(f"ALTER SEQUENCE {name} RESTART")
        return self._shape == self._described()

    def close(self) -> None:
        self._engine.dispose()

    def _described(self) -> list[object]:
        with self._engine.connect() as connection:
            return [connection.exec_driver_sql(text).all() for text in _SHAPE]


_SEQUENCES: Final = "SELECT sequencename FROM pg_sequences ORDER BY 1"
_SHAPE: Final = (
    "SELECT version_num FROM alembic_version",
    "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    "SELECT conrelid::regclass::text, conname FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "SELECT attrelid::regclass::text, attname, attnotnull FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace"
    " ORDER BY 1, 2",
)
