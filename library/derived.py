"""Texts computed from reports, kept so that they need not be computed again.

Never stale: a reading never changes, and a new name, which a text may rest on, forgets them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from library.queries import chunks
from library.schema import derived, report

_SAME = (derived.c.report_id, derived.c.name)


def load_derived(
    connection: Connection, name: str, version: str, report_ids: Sequence[int]
) -> dict[int, str]:
    """Return the texts that there are, by report id."""
    query = sa.select(derived.c.report_id, derived.c.content)
    query = query.where(derived.c.name == name, derived.c.version == version)
    parts = (query.where(derived.c.report_id.in_(ids)) for ids in chunks(list(report_ids)))
    return {row.report_id: row.content for part in parts for row in connection.execute(part)}


def save_derived(connection: Connection, name: str, version: str, texts: Mapping[int, str]) -> None:
    """Keep texts in place of those of other versions; those of unknown reports are left out."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(derived)
    statement = new.on_conflict_do_update(
        index_elements=_SAME,
        set_={"version": new.excluded.version, "content": new.excluded.content},
    )
    for ids in chunks(sorted(texts)):
        known = connection.scalars(sa.select(report.c.id).where(report.c.id.in_(ids)))
        rows = [
            {"report_id": number, "name": name, "version": version, "content": texts[number]}
            for number in known
        ]
        if rows:
            connection.execute(statement, rows)


def forget_derived(connection: Connection, report_id: int) -> None:
    """Forget what was computed from a report."""
    connection.execute(sa.delete(derived).where(derived.c.report_id == report_id))
