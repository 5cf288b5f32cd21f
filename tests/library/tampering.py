"""How somebody who has the database in hand gets past the guards of the log."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

GUARDED = ("decision", "first_filing")


def unguard(connection: Connection) -> None:
    """Take away the triggers that refuse every change."""
    if connection.dialect.name != "sqlite":
        for table in GUARDED:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    named = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN :tables")
    for name in connection.scalars(
        named.bindparams(sa.bindparam("tables", GUARDED, expanding=True))
    ).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
