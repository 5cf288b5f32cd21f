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
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import Action, Decision, taken_back
from form.filing import Beside, Filed, replay_filing
from form.language import _
from library import chain
from library.errors import LibraryError
from library.queries import FILED, OWN_NAME, among, chunks
from library.rows import signed, storable
from library.schema import first_filing, report

_FILED = ("agency", "year", "version", "chosen", "deleted_at", "deleted_by")
# When the library first knew of a report, nobody had set it aside.
_ASIDE = "aside"


_INTO_THE_BIN: Final[Sequence[Action]] = ("recycle", "undo_import")


def recycle(connection: Connection, report_ids: Sequence[int], who: str | None) -> set[str | None]:
    """Put reports into the recycle bin; those already there stay as they are."""
    rows = _rows(connection, report_ids, report.c.deleted_at.is_(None))
    entries = _append(connection, "recycle", rows, who)
    if entries:
        values = {"deleted_at": entries[0].at, "deleted_by": entries[0].who}
        _update(connection, [row.id for row in rows], values)
    return {row.agency for row in rows}


def undo_import(connection: Connection, batch: int, who: str | None) -> set[str | None]:
    """Put every report that an import brought in into the bin; those already there stay there.

    Raises LibraryError where none is left outside.
    """
    which = sa.and_(report.c.batch == batch, report.c.deleted_at.is_(None))
    rows = connection.execute(_select().where(which).order_by(report.c.id)).all()
    if not rows:
        raise LibraryError(_("第 {n} 批没有可以撤销的：它的报告都不在资料库里。").format(n=batch))
    entries = _append(connection, "undo_import", rows, who, run=batch)
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
        for action in _INTO_THE_BIN
        for item in chain.about(connection, ids, action)
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


def choose_between(
    connection: Connection,
    report_id: int,
    others: Sequence[int],
    how: Beside,
    who: str | None,
    reason: str = "",
) -> set[str | None]:
    """Say what a report is beside others on its year; nothing where that is so already.

    Raises LibraryError where they are not all of one agency's year, outside of queue and bin.
    """
    beside = sorted({*others} - {report_id})
    rows = _rows(connection, [report_id, *beside], report.c.deleted_at.is_(None))
    whose = {(row.agency, row.year) for row in rows if row.version is not None}
    if not beside or len(rows) != len(beside) + 1 or len(whose) != 1:
        raise LibraryError(_("这几份已经不在同一机构同一年度，请刷新后再定。"))
    if any(row.version is None for row in rows):
        raise LibraryError(_("待确认或回收站里的年报不能选为计入的版本。"))
    if how == "undecided" and not _of_one_batch(connection, [row.id for row in rows]):
        raise LibraryError(_("不是同一批收到的，新版已计入；不以它为准就另选一份。"))
    (own,) = (row for row in rows if row.id == report_id)
    value = " ".join(map(str, beside))
    last = [
        item
        for item in chain.about(connection, [row.id for row in rows], "choose")
        if item.number not in taken_back(chain.entries(connection, own.agency, own.year))
    ]
    said = (report_id, how, value)
    if last and (last[-1].report_id, last[-1].part, last[-1].value) == said:
        return set()
    _append(connection, "choose", [own], who, part=how, value=value, reason=storable(reason))
    follow_choices(connection, own.agency, own.year)
    return {own.agency}


def _of_one_batch(connection: Connection, report_ids: Sequence[int]) -> bool:
    batches = sa.select(report.c.batch).where(report.c.id.in_(report_ids)).distinct()
    found = connection.scalars(batches).all()
    return len(found) == 1 and found[0] is not None


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
    aside = {number: found[number].aside for number in ids if found[number].aside is not None}
    told = sa.case(aside, value=report.c.id) if aside else sa.null()
    change = sa.update(report).where(same)
    connection.execute(change.values(chosen=report.c.id.in_(chosen), aside=told))


def filed_of(row: Row[*tuple[Any, ...]]) -> Filed:
    """Return where a report is filed, by a row of `first_filing` or of `report`."""
    agency, year, version, chosen, recycled_at, recycled_by = (getattr(row, n) for n in _FILED)
    aside = getattr(row, _ASIDE, None)
    return Filed(agency, year, version, chosen, recycled_at, recycled_by, aside)


def filed_columns() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns of `report` that say where one is filed, its id first."""
    return (report.c.id, *(report.c[name] for name in (*_FILED, _ASIDE)))


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
    **more: Any,
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
                **more,
            )
            for row in rows
        ],
    )


def _update(connection: Connection, report_ids: Sequence[int], values: dict[str, Any]) -> None:
    for ids in chunks(report_ids):
        connection.execute(sa.update(report).where(report.c.id.in_(ids)).values(values))
