"""Texts computed from reports, kept so that they need not be computed again.

Never stale: a new name, which a text may rest on, or a new reading forgets them. What
rests on more than the reading (the agency's other reports, decisions) is kept with the revision of
the library that it was computed from, and holds as long as nothing of its agency was touched since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from library.queries import among, chunks, dialect_of
from library.schema import derived, report, touched

_SAME = (derived.c.report_id, derived.c.name)


def load_derived(
    connection: Connection, name: str, version: str, report_ids: Sequence[int] | None
) -> dict[int, str]:
    """Return the texts that there are and still hold, by report id; of all reports where None."""
    last = sa.func.coalesce(touched.c.revision, 0)
    query = (
        sa.select(derived.c.report_id, derived.c.content)
        .join_from(derived, report)
        .outerjoin(touched, touched.c.agency == report.c.agency)
        .where(derived.c.name == name, derived.c.version == version)
        .where(derived.c.revision.is_(None) | (derived.c.revision >= last))
    )
    if report_ids is not None:
        query = query.where(among(derived.c.report_id, report_ids))
    return {row.report_id: row.content for row in connection.execute(query)}


def save_derived(
    connection: Connection,
    name: str,
    version: str,
    texts: Mapping[int, str],
    revision: int | None = None,
    read_at: int | None = None,
) -> None:
    """Keep texts in place of those of other versions; those of unknown reports are left out.

    So are those of agencies that were touched after the revision `read_at`.
    """
    new = dialect_of(connection).insert(derived)
    replaced = {key: new.excluded[key] for key in ("version", "content", "revision")}
    statement = new.on_conflict_do_update(index_elements=_SAME, set_=replaced)
    for ids in chunks(sorted(texts)):
        query = sa.select(report.c.id).where(report.c.id.in_(ids))
        if read_at is not None:
            last = sa.func.coalesce(touched.c.revision, 0)
            query = query.outerjoin(touched, touched.c.agency == report.c.agency)
            query = query.where(last <= read_at)
        known = connection.scalars(query)
        rows = [
            {
                "report_id": number,
                "name": name,
                "version": version,
                "content": texts[number],
                "revision": revision,
            }
            for number in known
        ]
        if rows:
            connection.execute(statement, rows)


def forget_derived(connection: Connection, report_id: int) -> None:
    """Forget what was computed from a report."""
    connection.execute(sa.delete(derived).where(derived.c.report_id == report_id))


def touched_since(connection: Connection, revision: int) -> tuple[str, ...]:
    """Return the agencies of which something changed after a revision."""
    query = sa.select(touched.c.agency).where(touched.c.revision > revision)
    return tuple(connection.scalars(query.order_by(touched.c.agency)))
