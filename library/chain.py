"""The log of decisions as a chain: each entry holds the hash of the one before.

The hash is SHA-256 over an entry's canonical JSON, which holds everything the entry says and the
hash of the one before, but not its own. The hash of the last entry stands in `meta` besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import AGENCY_ACTIONS, Action, Decision
from form.exchange import decision_from_json, decision_to_json
from form.language import _
from library.errors import LibraryError
from library.originals import sha256
from library.rows import encodable, signed, storable
from library.schema import decision, meta

Kind = Literal["altered", "broken", "missing", "cut", "replay", "misfiled"]
START: Final = ""
"""What the first entry holds in place of a hash."""
_TOLD: Final = (
    "number",
    "action",
    "agency",
    "year",
    "address",
    "report_id",
    "from_agency",
    "from_year",
    "previous",
)
"""What an entry says that stands in columns too, so that it can be asked for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with the log, at the entry with this number (0: as a whole).

    `altered`: its text or its hash was changed; `broken`: the one before it is not the one that
    it was written after (an entry was put in, taken out, moved, or changed with its hash);
    `missing`: there is no entry with this number; `cut`: the last entry is not the last that was
    written; `replay`: the corrections in force are not those that the log gives; `misfiled`: a
    report is not filed as the log says (`number` is then that of the last entry about it, 0 where
    there is none). `message` is a sentence for people.
    """

    number: int
    kind: Kind
    message: str


def canonical(entry: Decision) -> str:
    """Return an entry as the JSON that its hash is taken over: keys sorted, no blanks."""
    told = decision_to_json(entry)
    return encodable(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def append(connection: Connection, entry: Decision) -> Decision:
    """Add an entry to the end of the log and return it as numbered and chained; caller commits."""
    return append_all(connection, [entry])[0]


def append_all(connection: Connection, entries: Iterable[Decision]) -> tuple[Decision, ...]:
    """Add entries in their order to the end of the log and return them as numbered and chained."""
    query = sa.select(decision.c.number, decision.c.hash).order_by(decision.c.number.desc())
    last = connection.execute(query.limit(1)).first()
    number, previous = (last.number, last.hash) if last else (0, START)
    written, rows = list[Decision](), list[dict[str, Any]]()
    for number, entry in enumerate(entries, number + 1):  # noqa: B020 - it goes on from the last
        numbered = replace(entry, number=number, previous=previous, hash="")
        content = canonical(numbered)
        chained = replace(numbered, hash=sha256(content.encode()))
        told = {name: getattr(chained, name) for name in _TOLD}
        rows.append({**told, "content": content, "hash": chained.hash})
        written.append(chained)
        previous = chained.hash
    if rows:
        connection.execute(sa.insert(decision), rows)
        connection.execute(sa.update(meta).values(head=previous))
    return tuple(written)


def undoing(entry: Decision, who: str | None, reason: str) -> Decision:
    """Return the entry, not yet written, that takes another one back."""
    return Decision(
        number=0,
        action="undo",
        agency=entry.agency,
        year=entry.year,
        at=datetime.now(UTC),
        who=signed(who),
        address=entry.address,
        finding=entry.finding,
        reason=storable(reason),
        undoes=entry.number,
        report_id=entry.report_id,
        from_agency=entry.from_agency if entry.action in AGENCY_ACTIONS else None,
    )


def entries(
    connection: Connection,
    agency: str | None = None,
    year: int | None = None,
    address: str | None = None,
) -> tuple[Decision, ...]:
    """Return the log, oldest first, or what it says of an agency, a year, a cell.

    Of an agency and year also that a report went from there to another.
    """
    query = sa.select(decision.c.content, decision.c.hash).order_by(decision.c.number)
    if address is not None:
        query = query.where(_is(agency, year), decision.c.address == address)
    elif agency is not None or year is not None:
        query = query.where(sa.or_(_is(agency, year), _is(agency, year, "from_")))
    return tuple(_entry(row) for row in connection.execute(query))


def about(
    connection: Connection, report_ids: Iterable[int], action: Action | None = None
) -> tuple[Decision, ...]:
    """Return the entries (of one kind) that were made about these very reports, oldest first."""
    query = sa.select(decision.c.content, decision.c.hash)
    query = query.where(decision.c.report_id.in_(list(report_ids)))
    if action is not None:
        query = query.where(decision.c.action == action)
    return tuple(_entry(row) for row in connection.execute(query.order_by(decision.c.number)))


def selected(connection: Connection, which: sa.ColumnElement[bool]) -> tuple[Decision, ...]:
    """Return the entries that a condition picks, oldest first."""
    query = sa.select(decision.c.content, decision.c.hash).where(which)
    return tuple(_entry(row) for row in connection.execute(query.order_by(decision.c.number)))


def _is(agency: str | None, year: int | None, which: str = "") -> sa.ColumnElement[bool]:
    wanted = {"agency": agency, "year": year}
    told = {name: value for name, value in wanted.items() if value is not None}
    return sa.and_(sa.true(), *(decision.c[which + name] == told[name] for name in told))


def entry(connection: Connection, number: int) -> Decision:
    """Return the entry with this number; raises LibraryError if there is none."""
    query = sa.select(decision.c.content, decision.c.hash).where(decision.c.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise LibraryError(_("操作记录里没有第 {number} 条。").format(number=number))
    return _entry(row)


def last_entry(connection: Connection) -> Decision | None:
    """Return the last entry of the log, None where there is none."""
    query = sa.select(decision.c.content, decision.c.hash).order_by(decision.c.number.desc())
    row = connection.execute(query.limit(1)).first()
    return None if row is None else _entry(row)


def problems(connection: Connection) -> Iterator[Problem]:
    """Yield what shows that the log was tampered with, in the order of its entries."""
    rows = connection.execute(sa.select(decision).order_by(decision.c.number)).all()
    previous, expected = START, 1
    for row in rows:
        while expected < row.number:
            yield problem(expected, "missing")
            expected += 1
        if not _is_whole(row):
            yield problem(row.number, "altered")
        if row.previous != previous:
            yield problem(row.number, "broken")
        previous, expected = row.hash, row.number + 1
    if (connection.scalar(sa.select(meta.c.head)) or START) != previous:
        yield problem(rows[-1].number if rows else 0, "cut")


def _entry(row: Row[*tuple[Any, ...]]) -> Decision:
    try:
        return replace(decision_from_json(json.loads(row.content)), hash=row.hash)
    except ValueError as error:
        raise LibraryError(_("操作记录已损坏，请运行 cli.py log --verify。")) from error


def _is_whole(row: Row[*tuple[Any, ...]]) -> bool:
    """Say whether a row's columns, its text and its hash say the same."""
    if sha256(row.content.encode()) != row.hash:
        return False
    try:
        told = decision_from_json(json.loads(row.content))
    except ValueError:
        return False
    return all(getattr(row, name) == getattr(told, name) for name in _TOLD)


def problem(number: int, kind: Kind, **told: object) -> Problem:
    """Return a problem with its sentence, `told` being what else that names."""
    return Problem(number, kind, sentences()[kind].format(number=number, **told))


def sentences() -> dict[str, str]:
    """Return the sentence for each kind of problem, with what it names in braces."""
    return {
        "altered": _("第 {number} 条操作记录被改动过。"),
        "broken": _("第 {number} 条操作记录与它前面一条接不上。"),
        "missing": _("缺少第 {number} 条操作记录。"),
        "cut": _("最后写入的操作记录不是第 {number} 条，末尾被删减或替换过。"),
        "replay": _("第 {number} 条更正在数据中的结果与操作记录不一致。"),
        "misfiled": _("编号为 {report} 的年报，{what}与操作记录不一致。"),
    }
