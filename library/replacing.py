"""Better readings take the place of kept ones, a file a transaction, and a whole run goes back.

A report keeps its id, its place in the library (agency, year, version, bin, choice) and what was
decided about it; only what was read of it is exchanged. The reading that counted before is kept in
`reading`, so that nothing is lost either way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import Decision
from form.editions import TABLE_KEYS, all_columns
from form.language import _
from form.matrix import amount_addresses
from library import chain, runs
from library.derived import forget_derived
from library.errors import LibraryError
from library.importing import READ_AT_ONCE, Reader, read_file
from library.replaying import hold_what_was_decided
from library.rereading import (
    EVERYTHING,
    Change,
    Selection,
    Source,
    compared,
    found_again,
    kept_reports,
    sources,
)
from library.room import patiently
from library.rows import Rows, encode, identity_read, signed, storable
from library.runs import Run
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
    "reader",
    *(column_name(address) for address in all_columns()),
    *(unit_name(address) for address in amount_addresses()),
)
"""The columns of `report` that a reading fills."""


_Do = Callable[[Callable[[], Any]], Any]


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
    selection: Selection = EVERYTHING,
) -> Iterator[Replaced]:
    """Read the originals again and let what is read otherwise count; yield what became of each.

    A transaction a file: goes on where an earlier run of these readers over the same selection
    died, under its number. A file that is refused now, or whose reports cannot be told to be the
    same, stays as it is. Raises LibraryError where another process on this computer is at it, and
    where the selection is of no report.
    """
    with runs.alone_at_it(library):
        cut_short = (
            one.number
            for one in reversed(runs.unfinished(library))
            if not one.dry and one.selection == selection
        )
        number = next(cut_short, None)
        if number is None:
            number = runs.create(library, who, selection, dry=False)
        yield from _go_on(library, number, read, at_once, lambda work: work())


def run_again(
    library: Library, number: int, *, read: Reader = read_file, at_once: int = READ_AT_ONCE
) -> Iterator[Replaced]:
    """Do what is left of a run that was begun, and yield what became of each file.

    One that only looks replaces nothing. While a disk is full it waits. Does nothing where the run
    is at its end, or is of other readers. Raises LibraryError as `replace_readings` does, and when
    the run is taken back or stopped meanwhile.
    """
    with runs.alone_at_it(library) as say:
        yield from _go_on(library, number, read, at_once, lambda work: patiently(work, say))


def undo_run(library: Library, number: int, who: str | None = None) -> tuple[int, ...]:
    """Let what counted before a run count again, all of it at once; return the reports' ids.

    A run that died can be taken back too, and is not gone on with then. Raises LibraryError where
    there is no such run, it was taken back already, or a later one replaced one of its readings.
    """
    with library.writing() as connection:
        found = runs.get_in(connection, number)
        if found.dry:
            sentence = _("第 {number} 次重新读取只是试读，什么也没有改，不用撤回。")
            raise LibraryError(sentence.format(number=number))
        if found.undone_at is not None:
            raise LibraryError(_("第 {number} 次重新读取已经撤回过了。").format(number=number))
        query = sa.select(reading).where(reading.c.run_id == number).order_by(reading.c.report_id)
        rows = connection.execute(query).all()
        _refuse_if_replaced_since(connection, number)
        old = {row.report_id: _rows(row) for row in rows}
        undone = {row.report_id: row.number for row in rows}
        _swap(connection, number, old, who, undone)
        now = datetime.now(UTC)
        runs.note(connection, number, undone_at=now, finished_at=found.finished_at or now)
    return tuple(old)


def _go_on(
    library: Library, number: int, read: Reader, at_once: int, do: _Do
) -> Iterator[Replaced]:
    going = runs.get(library, number)
    if not going.is_open:
        return
    chosen = sources(library, going.selection)
    left = [one for one in chosen if one.file_id > going.through]
    for source, found in found_again(library, left, read, at_once):
        done = do(partial(_do_file, library, going, source, found))
        if done is not None:
            yield done
    do(partial(runs.finish, library, number))


def _do_file(library: Library, going: Run, source: Source, found: Reading | str) -> Replaced | None:
    """Hold a file against what is kept, and replace that; None where another process has done it."""
    with library.writing() as connection:
        if not runs.advance(connection, going.number, source.file_id):
            return None
        # Compared inside: nobody changes what is kept between looking and writing.
        said = compared(kept_reports(connection, source.report_ids), found).of(source.meant)
        new = {} if going.dry else said.new
        _swap(connection, going.number, {one: encode(read) for one, read in new.items()}, going.who)
        runs.add_changes(connection, going.number, said.changes)
    return Replaced(going.number, source, said.changes, tuple(new))


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
    put_aside = [
        {
            "report_id": report_id,
            "run_id": number,
            "number": entry.number,
            "reader": before["reader"],
            "columns": json.dumps({name: _plain(before[name]) for name in _READ}),
            "evidence": before["content"],
        }
        for entry, (report_id, before) in zip(entries, was.items(), strict=True)
    ]
    if undone is not None:
        connection.execute(sa.delete(reading).where(reading.c.run_id == number))
    connection.execute(sa.insert(reading), put_aside)
    own = {report_id: {"own": report_id} for report_id in new}
    connection.execute(
        sa.update(report).where(report.c.id == sa.bindparam("own")),
        [{**own[report_id], **rows.columns} for report_id, rows in new.items()],
    )
    connection.execute(
        sa.update(evidence).where(evidence.c.report_id == sa.bindparam("own")),
        [{**own[report_id], "content": rows.evidence} for report_id, rows in new.items()],
    )
    for report_id in new:
        hold_what_was_decided(connection, report_id)
        forget_derived(connection, report_id)
    bump(connection, {before["agency"] for before in was.values()})


def _row(connection: Connection, report_id: int) -> dict[str, Any]:
    query = sa.select(report, evidence.c.content).join(evidence).where(report.c.id == report_id)
    return dict(connection.execute(query).mappings().one())


def _reason(before: str, after: str) -> str:
    old, new = (json.loads(text).get("reader") or _("不详") for text in (before, after))
    reason = _("读法 {old} → {new}").format(old=old, new=new)
    agency, year = whose = identity_read(after)
    if whose == identity_read(before):
        return reason
    # The name stays as it is filed: people are told, and decide.
    named = _("，文件所写的归属现在读作{agency} {year}").format(
        agency=agency or _("机关不明"), year=year or _("年度不明")
    )
    return storable(reason + named)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _rows(row: Any) -> Rows:
    """Return a reading that was put aside: of its columns as JSON, amounts as exact as they were."""
    said: dict[str, Any] = json.loads(row.columns)
    columns = {
        name: Decimal(value) if name in _AMOUNTS and value is not None else value
        for name, value in said.items()
    }
    # Older programs kept the version of the readers beside the columns only.
    return Rows({**columns, "reader": row.reader}, row.evidence)
