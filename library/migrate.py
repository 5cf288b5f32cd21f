"""Brings the tables of a library up to date when it is opened."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from form.language import _
from library.database import writing
from library.errors import LibraryError

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_ADVISORY_LOCK: Final = 0xD15C105E
# Alembic's `context` and `op` are one a process, so two threads may not migrate at once.
_ONE_AT_A_TIME: Final = threading.Lock()


def migrate(engine: Engine) -> None:
    """Create or change the tables as the newest migration wants them, in one transaction.

    Raises LibraryError where the library knows migrations that this program does not.
    """
    script = ScriptDirectory(str(MIGRATIONS))
    with engine.connect() as connection:
        if _is_current(connection, script):
            return
    writer = writing(engine)
    with _ONE_AT_A_TIME, writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        # Does nothing where another process has been quicker.
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")
    writer.dispose()


def _is_current(connection: Connection, script: ScriptDirectory) -> bool:
    heads = set(MigrationContext.configure(connection).get_current_heads())
    if heads - {known.revision for known in script.walk_revisions()}:
        raise LibraryError(_("这个资料库由更新版本的程序建立，请先升级本程序再打开。"))
    return heads == set(script.get_heads())
