"""Better readings take the place of kept ones, a file a transaction, and a whole run goes back.

A report keeps its id, its place in the library (agency, year, version, bin, choice) and what was
decided about it; only what was read of it is exchanged. The reading that counted before is kept in
`reading`, so that nothing is lost either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import Decision
from form.editions import TABLE_KEYS, all_columns
from form.language import _
from form.matrix import amount_addresses
from library import chain
from library.alone import alone
from library.derived import forget_derived
from library.errors import LibraryError
from library.importing import READ_AT_ONCE, READER, Reader, read_file
from library.replaying import hold_what_was_decided
from library.rereading import Change, Source, compared, found_again, kept_reports, sources
from library.rows import Rows, encode, identity_read, signed, storable
from library.saving import Reading, bump
from library.schema import (
    column_name,
    edition_name,
    evidence,
    reading,
    report,
    run,
    unit_name,
)
from library.store import Library

_AMOUNTS: Final = frozenset(column_name(address) for address in amount_addresses())
_READ: Final[Sequence[str]] = (
    "title",
    *(edition_name(key) for key in TABLE_KEYS),
    "marks",
    "cells_read",
    "cells_unknown",
    "noted",
    *(column_name(address) for address in all_columns()),
    *(unit_name(address) for address in amount_addresses()),
)
"""The columns of `report` that a reading fills."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of a file: what is read otherwise, and the reports whose reading was replaced.

    Changes of reports that are not among them stand as before, for people to look at.
    """

    run: int
    source: Source
    changes: tuple[Change, ...]
    report_ids: tuple[int, ...]


def replace_readings(
    library: Library,
    who: str | None = None,
    read: Reader = read_file,
    at_once: int = READ_AT_ONCE,
) -> Iterator[Replaced]:
    """Read the originals again and let what is read otherwise count; yield what became of each.

    A transaction a file: goes on where an earlier run of these readers died, under its number.
    A file that is refused now, or whose reports cannot be told to be the same, stays as it is.
    Raises LibraryError where another process on this computer is at it.
    """
    with alone(library.home / "jobs" / f"{library.owner}-reread") as say:
        if say is None:
            raise LibraryError(_("另一个程序正在重新读取这个资料库。"))
        number, through = _begin(library, who)
        files = [one for one in sources(library) if one.file_id > through]
        for source, found in found_again(library, files, read, at_once):
            yield _replace(library, number, source, found, who)
        with library.writing() as connection:
            _note(connection, number, finished_at=datetime.now(UTC))


def undo_run(library: Library, number: int, who: str | None = None) -> tuple[int, ...]:
    """Let what counted before a run count again, all of it at once; return the reports' ids.

    A run that died can be taken back too, and is not gone on with then. Raises LibraryError where
    there is no such run, it was taken back already, or a later one replaced one of its readings.
    """
    with library.writing() as connection:
        found = connection.execute(sa.select(run).where(run.c.id == number)).first()
        if found is None:
            raise LibraryError(_("没有第 {number} 次重新读取。").format(number=number))
        if found.undone_at is not None:
            raise LibraryError(_("第 {number} 次重新读取已经撤回过了。").format(number=number))
        query = sa.select(reading).where(reading.c.run_id == number).order_by(reading.c.report_id)
        rows = connection.execute(query).all()
        _refuse_if_replaced_since(connection, number)
        old = {row.report_id: Rows(_columns(row.columns), row.evidence) for row in rows}
        undone = {row.report_id: row.number for row in rows}
        _swap(connection, number, old, who, undone)
        now = datetime.now(UTC)
        _note(connection, number, undone_at=now, finished_at=found.finished_at or now)
    return tuple(old)


def _begin(library: Library, who: str | None) -> tuple[int, int]:
    """Return the number of the run to go on with, and the id of the last file that it has done."""
    unfinished = sa.select(run.c.id, run.c.through).where(
        run.c.finished_at.is_(None), run.c.reader == READER
    )
    with library.writing() as connection:
        row = connection.execute(unfinished.order_by(run.c.id.desc()).limit(1)).first()
        if row is not None:
            return row.id, row.through
        new = sa.insert(run).values(
            started_at=datetime.now(UTC), who=signed(who), reader=READER, through=0
        )
        number: int = connection.execute(new.returning(run.c.id)).scalar_one()
        return number, 0


def _replace(
    library: Library, number: int, source: Source, found: Reading | str, who: str | None
) -> Replaced:
    with library.writing() as connection:
        # Compared inside: nobody changes what is kept between looking and writing.
        said = compared(kept_reports(connection, source.report_ids), found)
        still = _going(connection, number)
        if still:
            _swap(connection, number, {one: encode(new) for one, new in said.new.items()}, who)
            _note(connection, number, through=source.file_id)
    if not still:
        raise LibraryError(_("第 {number} 次重新读取已经撤回过了。").format(number=number))
    return Replaced(number, source, said.changes, tuple(said.new))


def _going(connection: Connection, number: int) -> bool:
    query = sa.select(run.c.id).where(run.c.id == number, run.c.undone_at.is_(None))
    return connection.execute(query).first() is not None


def _note(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(sa.update(run).where(run.c.id == number).values(**values))


def _refuse_if_replaced_since(connection: Connection, number: int) -> None:
    mine = sa.select(reading.c.report_id).where(reading.c.run_id == number)
    query = (
        sa.select(sa.func.max(run.c.id))
        .join_from(run, reading)
        .where(run.c.id > number, run.c.undone_at.is_(None), reading.c.report_id.in_(mine))
    )
    later = connection.scalar(query)
    if later is not None:
        raise LibraryError(_("请先撤回第 {number} 次重新读取。").format(number=later))


def _swap(
    connection: Connection,
    number: int,
    new: Mapping[int, Rows],
    who: str | None,
    undone: Mapping[int, int] | None = None,
) -> None:
    """Let new rows count, keep those that counted in `reading`, and say so in the log.

    `undone` has, by report, the entries that are taken back.
    """
    if not new:
        return
    was = {report_id: _row(connection, report_id) for report_id in new}
    now = datetime.now(UTC)
    entries = chain.append_all(
        connection,
        [
            Decision(
                number=0,
                action="reread",
                agency=was[report_id]["agency"],
                year=was[report_id]["year"],
                at=now,
                who=signed(who) or _("重读程序"),
                reason=_reason(was[report_id]["content"], rows.evidence),
                undoes=(undone or {}).get(report_id),
                report_id=report_id,
                version=was[report_id]["version"],
                run=number,
            )
            for report_id, rows in new.items()
        ],
    )
    for entry, (report_id, rows) in zip(entries, new.items(), strict=True):
        before = was[report_id]
        aside = {
            "number": entry.number,
            "reader": _reader(before["content"]),
            "columns": json.dumps({name: _plain(before[name]) for name in _READ}),
            "evidence": before["content"],
        }
        own = sa.and_(reading.c.report_id == report_id, reading.c.run_id == number)
        if undone is None:
            keep = {"report_id": report_id, "run_id": number, **aside}
            connection.execute(sa.insert(reading).values(keep))
        else:
            connection.execute(sa.update(reading).where(own).values(aside))
        change = sa.update(report).where(report.c.id == report_id)
        connection.execute(change.values(dict(rows.columns)))
        told = sa.update(evidence).where(evidence.c.report_id == report_id)
        connection.execute(told.values(content=rows.evidence))
        hold_what_was_decided(connection, report_id)
        forget_derived(connection, report_id)
    bump(connection, {before["agency"] for before in was.values()})


def _row(connection: Connection, report_id: int) -> dict[str, Any]:
    query = sa.select(report, evidence.c.content).join(evidence).where(report.c.id == report_id)
    return dict(connection.execute(query).mappings().one())


def _reason(before: str, after: str) -> str:
    old, new = (_reader(text) or _("不详") for text in (before, after))
    reason = _("读法 {old} → {new}").format(old=old, new=new)
    agency, year = whose = identity_read(after)
    if whose == identity_read(before):
        return reason
    # The name stays as it is filed: people are told, and decide.
    named = _("，文件所写的归属现在读作{agency} {year}").format(
        agency=agency or _("机关不明"), year=year or _("年度不明")
    )
    return storable(reason + named)


def _reader(content: str) -> int | None:
    version: int | None = json.loads(content).get("reader")
    return version


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _columns(text: str) -> dict[str, Any]:
    """Return the columns that were kept as JSON: amounts as exact as they were."""
    said: dict[str, Any] = json.loads(text)
    return {
        name: Decimal(value) if name in _AMOUNTS and value is not None else value
        for name, value in said.items()
    }
