"""Reports that nobody's program can read, typed into an empty official form.

Until it is finished such a report has no version and counts nowhere, and its cells that nobody
has entered yet are `unknown`: they can still say anything, and checks leave open what rests on
them. Entered cells are `typed`, or blank. Once finished it is a reading like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import Decision, said
from form.editions import TABLE_KEYS, table
from form.figures import cell_words, grouped
from form.language import _
from form.model import EditionKey
from form.report import Cell, Report
from library import chain
from library.derived import forget_derived
from library.entering import entered
from library.errors import Conflict, LibraryError
from library.originals import Holding, sha256
from library.queries import insert_new
from library.replaying import reading_of
from library.rows import encode, signed, storable
from library.saving import ImportResult, bump, count_as_version, identity
from library.schema import evidence, file, report

NOT_ENTERED: Final = Cell(None, "unknown")
"""A cell of a report that is being typed in, before anybody has entered anything."""


def empty_form(agency: str, year: int, edition: EditionKey) -> Report:
    """Return the official form of an edition with nothing entered."""
    cells = {place: NOT_ENTERED for key in TABLE_KEYS for place in table(key, edition).addresses()}
    return Report(agency, year, dict.fromkeys(TABLE_KEYS, edition), cells)


def start(
    connection: Connection,
    held: Holding,
    name: str,
    data: bytes,
    kind: str | None,
    form: Report,
) -> int:
    """Keep a file with an empty form beside it and return the id of the report; caller commits."""
    now = datetime.now(UTC)
    file_id = _file(connection, name, data, kind, now)
    same = report.c.file_id == file_id
    last = connection.scalar(sa.select(sa.func.max(report.c.position)).where(same))
    rows = encode(form)
    who = identity(connection, form.agency, form.year)
    values = {
        **rows.columns,
        **who,
        "version": None,
        "file_id": file_id,
        "position": 0 if last is None else last + 1,
        "imported_at": now,
        "typing_since": now,
        "chosen": False,
    }
    number: int = connection.execute(sa.insert(report).returning(report.c.id), values).scalar_one()
    connection.execute(sa.insert(evidence).values(report_id=number, content=rows.evidence))
    bump(connection, [who["agency"]])
    held.add(data)
    return number


def enter(
    connection: Connection, report_id: int, texts: Mapping[str, str], seen: Mapping[str, Cell]
) -> None:
    """Enter texts by address into a report that is being typed in; the caller commits."""
    row = _being_typed(connection, report_id)
    reading = _reading(connection, report_id)
    new = {}
    for address, text in texts.items():
        current = reading.cells.get(address)
        if current is None:
            raise LibraryError(_("表样中没有这一格：{address}").format(address=address))
        cell = entered(text, address, current.unit)
        _refuse_if_changed(address, current, seen.get(address, NOT_ENTERED), cell)
        new[address] = cell
    _overwrite(connection, report_id, replace(reading, cells={**reading.cells, **new}))
    bump(connection, [row.agency])


def finish(
    connection: Connection, report_id: int, who: str | None, *, rest_blank: bool
) -> ImportResult:
    """Let a typed report count as the newest version of its agency's year; the caller commits."""
    row = _being_typed(connection, report_id)
    reading = _reading(connection, report_id)
    left = [place for place, cell in reading.cells.items() if cell.mark == "unknown"]
    if left and not rest_blank:
        raise LibraryError(_("还有 {n} 格没有录入。").format(n=grouped(len(left))))
    blank = dict.fromkeys(left, Cell(None, "blank"))
    _overwrite(connection, report_id, replace(reading, cells={**reading.cells, **blank}))
    version = identity(connection, row.agency, row.year)["version"]
    change = sa.update(report).where(report.c.id == report_id)
    connection.execute(change.values(version=version, typing_since=None))
    now = datetime.now(UTC)
    told = {"report_id": report_id, "version": version}
    chain.append(connection, Decision(0, "type", row.agency, row.year, now, signed(who), **told))
    bump(connection, [row.agency])
    return count_as_version(connection, report_id)


def _file(connection: Connection, name: str, data: bytes, kind: str | None, now: datetime) -> int:
    """Return the id of the file with these bytes, which may be known already."""
    own = {"sha256": sha256(data), "name": storable(name), "kind": kind}
    new = insert_new(connection, file, **own, size=len(data), stored_at=now)
    if new is not None:
        return new
    known = sa.select(file.c.id).where(file.c.sha256 == own["sha256"])
    return int(connection.execute(known).scalar_one())


def _being_typed(connection: Connection, report_id: int) -> Row[*tuple[object, ...]]:
    columns = (report.c.agency, report.c.year, report.c.typing_since, report.c.deleted_at)
    row = connection.execute(sa.select(*columns).where(report.c.id == report_id)).first()
    if row is None:
        raise LibraryError(_("资料库里没有编号为 {number} 的年报。").format(number=report_id))
    if row.deleted_at is not None:
        raise LibraryError(_("这份年报在回收站里，恢复以后才能继续录入。"))
    if row.typing_since is None:
        raise LibraryError(_("这份年报不在录入中；要改动请用更正。"))
    return row


def _reading(connection: Connection, report_id: int) -> Report:
    reading = reading_of(connection, report_id)
    if reading is None:
        raise LibraryError(_("资料库里没有编号为 {number} 的年报。").format(number=report_id))
    return reading


def _overwrite(connection: Connection, report_id: int, typed: Report) -> None:
    """Write a report over its own rows, which nothing but its typing may do."""
    rows = encode(typed)
    connection.execute(sa.update(report).where(report.c.id == report_id).values(**rows.columns))
    own = evidence.c.report_id == report_id
    connection.execute(sa.update(evidence).where(own).values(content=rows.evidence))
    forget_derived(connection, report_id)


def _refuse_if_changed(address: str, current: Cell, seen: Cell, new: Cell) -> None:
    if said(current) != said(seen):
        message = _("这一格刚刚有人录入了“{current}”，与您看到的不同。请看过再改。")
        words = message.format(current=cell_words(current))
        raise Conflict(words, address, current, seen, new)
