"""Into the bin and out of it, and which version counts: each an entry of the log, and what follows.

The columns of `report` say how reports are filed, so that queries need no replay; they are written
in the same transaction as the entry that they follow from (`form.filing` says how). Each returns
whose reports it touched (None: nobody's), for whoever calls to say so; nothing where all stood so
already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import Action, Decision
from form.filing import Filed, replay_filing
from form.language import _
from library import chain
from library.errors import LibraryError
from library.queries import FILED, OWN_NAME, among, chunks
from library.rows import signed
from library.schema import first_filing, report

_FILED = ("agency", "year", "version", "chosen", "deleted_at", "deleted_by")


def recycle(connection: Connection, report_ids: Sequence[int], who: str | None) -> set[str | None]:
    """Put reports into the recycle bin; those already there stay as they are."""
    rows = _rows(connection, report_ids, report.c.deleted_at.is_(None))
    entries = _append(connection, "recycle", rows, who)
    if entries:
        values = {"deleted_at": entries[0].at, "deleted_by": entries[0].who}
        _update(connection, [row.id for row in rows], values)
    return {row.agency for row in rows}


def restore(connection: Connection, report_ids: Sequence[int], who: str | None) -> set[str | None]:
    """Take reports out of the recycle bin; those not in it stay as they are.

    Raises LibraryError where one would stand beside a report on the same year that was another
    agency's when it was thrown away.
    """
    rows = _rows(connection, report_ids, report.c.deleted_at.is_not(None))
    ended = {
        item.report_id: item.number
        for ids in chunks([row.id for row in rows])
        for item in chain.about(connection, ids, "recycle")
    }
    _refuse_strangers(connection, rows, ended)
    _append(connection, "restore", rows, who, ended)
    _update(connection, [row.id for row in rows], {"deleted_at": None, "deleted_by": None})
    return {row.agency for row in rows}


def _refuse_strangers(
    connection: Connection,
    rows: Sequence[Row[*tuple[Any, ...]]],
    thrown: Mapping[int | None, int],
) -> None:
    """Raise LibraryError where two that count apart would become versions of one year unasked.

    That is so where one came under this name after the other was `thrown` away (report id → number
    of the entry): else whoever threw it away had seen both together, or was told as it came in.
    """
    beside = _beside(connection, rows)
    came = dict[int | None, int]()
    strange = [
        (row, other)
        for row in rows
        for other in beside.get((row.agency, row.year), ())
        if other.own != row.own
    ]
    for ids in chunks(sorted({each.id for pair in strange for each in pair})):
        for item in chain.about(connection, ids, "identify"):
            if (item.from_agency, item.from_year) != item.agency_year:
                came[item.report_id] = item.number
    for row, other in strange:
        since = thrown.get(row.id, 0)
        if other.id in thrown:
            since = min(since, thrown[other.id])
        if max(came.get(row.id, 0), came.get(other.id, 0)) > since:
            raise LibraryError(
                _(
                    "{agency} {year} 年度还有以“{name}”的名称报送的年报，恢复以后两份会成为同一年度的两版："
                    "请先改正那一份的归属，或撤销两个名称的关联。"
                ).format(agency=row.agency, year=row.year, name=other.own)
            )


def _beside(
    connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]
) -> Mapping[tuple[str, int], Sequence[Row[*tuple[Any, ...]]]]:
    """Return what will stand on the years of reports once they are out of the bin, these too."""
    names = sorted({(row.agency, row.year) for row in rows if row.agency and row.year})
    found = defaultdict(list)
    whose = sa.tuple_(report.c.agency, report.c.year)
    for some in chunks(names):
        query = _select().where(whose.in_(some), FILED)
        back = among(report.c.id, [row.id for row in rows])
        for row in connection.execute(query.where(report.c.deleted_at.is_(None) | back)):
            found[row.agency, row.year].append(row)
    return found


def choose(connection: Connection, report_id: int, who: str | None) -> set[str | None]:
    """Let a version count whatever comes later; nothing where it is the chosen one already.

    Raises LibraryError for an unknown report, and for one in the queue or the recycle bin.
    """
    row = connection.execute(_select().where(report.c.id == report_id)).first()
    if row is None:
        raise LibraryError(_("资料库里没有编号为 {number} 的年报。").format(number=report_id))
    if row.version is None or row.deleted_at is not None:
        raise LibraryError(_("待确认或回收站里的年报不能选为计入的版本。"))
    if row.chosen:
        return set()
    _append(connection, "choose", [row], who)
    follow_choices(connection, row.agency, row.year)
    return {row.agency}


def follow_choices(connection: Connection, agency: str, year: int) -> None:
    """Write down anew which version of an agency's year is the chosen one, as the log says."""
    same = sa.and_(report.c.agency == agency, report.c.year == year)
    ids = connection.scalars(sa.select(report.c.id).where(same)).all()
    entries = chain.entries(connection, agency, year)
    # Also those that have left: a choice of theirs ended the one before.
    told_of = {*ids, *(item.report_id for item in entries if item.report_id is not None)}
    query = sa.select(first_filing).where(among(first_filing.c.report_id, told_of))
    first = {row.report_id: filed_of(row) for row in connection.execute(query)}
    found = replay_filing(first, entries).filed
    chosen = [number for number in ids if found[number].chosen]
    change = sa.update(report).where(same).values(chosen=report.c.id.in_(chosen))
    connection.execute(change)


def filed_of(row: Row[*tuple[Any, ...]]) -> Filed:
    """Return where a report is filed, by a row of `first_filing` or of `report`."""
    return Filed(*(getattr(row, name) for name in _FILED))


def filed_columns() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns of `report` that say where one is filed, its id first."""
    return (report.c.id, *(report.c[name] for name in _FILED))


def _select() -> sa.Select[Any]:
    return sa.select(*filed_columns(), OWN_NAME.label("own"))


def _rows(
    connection: Connection, report_ids: Sequence[int], which: sa.ColumnElement[bool]
) -> list[Row[*tuple[Any, ...]]]:
    queries = (
        _select().where(report.c.id.in_(ids), which).order_by(report.c.id)
        for ids in chunks(sorted(set(report_ids)))
    )
    return [row for query in queries for row in connection.execute(query)]


def _append(
    connection: Connection,
    action: Action,
    rows: Iterable[Row[*tuple[Any, ...]]],
    who: str | None,
    ended: dict[int | None, int] | None = None,
) -> tuple[Decision, ...]:
    now = datetime.now(UTC)
    return chain.append_all(
        connection,
        [
            Decision(
                number=0,
                action=action,
                agency=row.agency,
                year=row.year,
                at=now,
                who=signed(who),
                undoes=(ended or {}).get(row.id),
                report_id=row.id,
                version=row.version,
            )
            for row in rows
        ],
    )


def _update(connection: Connection, report_ids: Sequence[int], values: dict[str, Any]) -> None:
    for ids in chunks(report_ids):
        connection.execute(sa.update(report).where(report.c.id.in_(ids)).values(values))
