"""The roster of a library: who owes a report, kept as entries of the log (`form.roster`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.agencies.registry import Registry, term_from
from form.credit_code import is_credit_code, written
from form.decisions import AGENCY_ACTIONS, Decision, taken_back
from form.language import _
from form.roster import (
    ACTION,
    COVERS,
    FIELDS,
    Field,
    Fields,
    Part,
    Roster,
    Row,
    Value,
    field_names,
    roster_of,
    value_of,
)
from library import chain
from library.agency_log import load_registry
from library.errors import LibraryError
from library.queries import inline_hashes
from library.rows import signed, storable
from library.saving import bump
from library.schema import decision

if TYPE_CHECKING:
    from library.store import Library

FIRST_YEAR: Final = 2008
"""The regulation is in force since; nobody owes a report on a year before."""
_LAST_YEAR: Final = 2200
_YEARS: Final[tuple[Field, ...]] = ("due_from", "due_to")


@dataclass(frozen=True, slots=True)
class RowChange:
    """Fields that an organ's row is to have, the others staying as they are, and why."""

    agency: str
    fields: Fields
    reason: str = ""


class Rosters:
    """The roster of a library (`Library.roster`). Each call that writes is one transaction.

    Agencies may be given by any of their names. What is said is taken back by `Log.undo`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def now(self) -> Roster:
        """Return the roster as it stands."""
        with self._library.reading() as connection:
            return load_roster(connection)

    def stamp(self) -> int:
        """Return a number that is another one whenever the roster, or a name, may have changed."""
        about = decision.c.action.in_(inline_hashes([ACTION, *AGENCY_ACTIONS, "undo"]))
        with self._library.reading() as connection:
            query = sa.select(sa.func.max(decision.c.number)).where(about)
            return connection.scalar(query) or 0

    def entries(self) -> tuple[Decision, ...]:
        """Return the entries of the log about the roster, oldest first."""
        with self._library.reading() as connection:
            return tuple(
                item
                for item in roster_entries(connection)
                if item.action == ACTION or _is_undo(connection, item)
            )

    def put(self, changes: Iterable[RowChange], who: str | None) -> tuple[Decision, ...]:
        """Add organs that are not on the roster, and change the rows of those that are.

        Only what differs is written. A new row without an `order` comes last. Raises LibraryError,
        and writes nothing, for a value that cannot be, a code that is another organ's, an organ
        named twice, and where an organ comes or goes without a reason once there is a roster.
        """
        with self._library.writing() as connection:
            registry = load_registry(connection)
            before = roster_of(roster_entries(connection), registry)
            entries = _entries(before, registry, changes, who)
            return _written(connection, entries)

    def drop(
        self, agencies: Iterable[str], year: int, who: str | None, reason: str
    ) -> tuple[Decision, ...]:
        """Say that organs owe no report from `year` on, for a reason (撤销, 并入…)."""
        return self.put([RowChange(name, {"due_to": year - 1}, reason) for name in agencies], who)

    def remove(self, agencies: Iterable[str], who: str | None, reason: str) -> tuple[Decision, ...]:
        """Take organs off the roster for all years: they were entered by mistake."""
        if not reason.strip():
            raise LibraryError(_("请写明移出名册的理由。"))
        with self._library.writing() as connection:
            before = load_roster(connection)
            registry = load_registry(connection)
            names = [_known(before, registry.agency(name.strip())).agency for name in agencies]
            return _written(connection, [_entry("remove", name, who, reason) for name in names])


def roster_entries(connection: Connection) -> tuple[Decision, ...]:
    """Return the entries about the roster, oldest first, and every undo that may be of one."""
    own = decision.c.action.in_(inline_hashes([ACTION]))
    undo = decision.c.action.in_(inline_hashes(["undo"]))
    return chain.selected(connection, own | sa.and_(undo, decision.c.report_id.is_(None)))


def load_roster(connection: Connection) -> Roster:
    """Return the roster as it stands."""
    return roster_of(roster_entries(connection), load_registry(connection))


def is_about_roster(connection: Connection, entry: Decision) -> bool:
    """Say whether an entry is about the roster, or takes one back that is."""
    return entry.action == ACTION or _is_undo(connection, entry)


def undo(connection: Connection, entry: Decision, who: str | None, reason: str) -> Decision:
    """Take an entry about the roster back; the caller commits."""
    if entry.number in taken_back(roster_entries(connection)):
        raise LibraryError(_("第 {number} 条已经撤销过了。").format(number=entry.number))
    written = chain.append(connection, chain.undoing(entry, who, reason))
    _refuse_shared_codes(load_roster(connection))
    bump(connection)
    return written


def _is_undo(connection: Connection, entry: Decision) -> bool:
    while entry.action == "undo" and entry.undoes is not None:
        entry = chain.entry(connection, entry.undoes)
    return entry.action == ACTION


def _written(connection: Connection, entries: Iterable[Decision]) -> tuple[Decision, ...]:
    written = chain.append_all(connection, entries)
    if written:
        _refuse_shared_codes(load_roster(connection))
        bump(connection)
    return written


def _entries(
    before: Roster, registry: Registry, changes: Iterable[RowChange], who: str | None
) -> Iterator[Decision]:
    last = max((row.order for row in before.rows), default=0)
    seen = set[str]()
    for change in changes:
        name = registry.agency(_given(change.agency))
        if name in seen:
            raise LibraryError(_("名册里有两行是同一机关：{agency}").format(agency=name))
        seen.add(name)
        row = before.row(name)
        told = {key: _fitting(key, value) for key, value in change.fields.items()}
        if row is None:
            last = max(last + 1, cast(int, told.get("order") or 0))
            told["order"] = told.get("order") or last
        differing = _differing(row, told)
        _refuse_odd(name, {**(row.fields if row else {}), **differing})
        if differing or row is None:
            _refuse_unexplained(before, name, row, differing, change.reason)
            part: Part = "edit" if row else "add"
            yield _entry(part, name, who, change.reason, value_of(differing))


def _differing(row: Row | None, told: Mapping[Field, Value]) -> dict[Field, Value]:
    """Return what a row is to say otherwise; of a new one what is not empty."""
    old: Mapping[Field, Value] = {} if row is None else row.fields
    return {key: value for key, value in told.items() if value != old.get(key)}


def _refuse_odd(agency: str, told: Mapping[Field, Value]) -> None:
    first, last = (cast("int | None", told.get(name)) for name in _YEARS)
    if first is not None and last is not None and first > last + 1:
        sentence = _("{agency}：起始年度 {first} 晚于截止年度 {last}。")
        raise LibraryError(sentence.format(agency=agency, first=first, last=last))


def _refuse_unexplained(
    before: Roster, agency: str, row: Row | None, told: Mapping[Field, Value], reason: str
) -> None:
    """Raise LibraryError where who is due changes and nobody says why.

    The first rows need no reason: there is nothing yet that they would be held against.
    """
    changes = bool(before) and (row is None or any(name in told for name in _YEARS))
    if changes and not reason.strip():
        raise LibraryError(_("{agency}：增减名册要写明理由。").format(agency=agency))


def _refuse_shared_codes(roster: Roster) -> None:
    owners: dict[str, str] = {}
    for row in roster.rows:
        if row.credit_code and owners.setdefault(row.credit_code, row.agency) != row.agency:
            sentence = _("{one}和{other}的统一社会信用代码相同：{code}")
            raise LibraryError(
                sentence.format(one=owners[row.credit_code], other=row.agency, code=row.credit_code)
            )


def _fitting(name: Field, value: Value) -> Value:
    """Return a value as it is kept; raises LibraryError for one that a field cannot have."""
    if name not in FIELDS:
        raise LibraryError(_("名册没有这一栏：{name}").format(name=name))
    if value in (None, ""):
        return None
    check = _CHECKS.get(name)
    text = storable(str(value)).strip()
    found = text if check is None else check(text)
    if found is None:
        sentence = _("{what}不能这样填：{value}")
        raise LibraryError(sentence.format(what=field_names()[name], value=value))
    return found


def _year(text: str) -> int | None:
    year = _number(text)
    return year if year is not None and FIRST_YEAR <= year <= _LAST_YEAR else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _term(text: str) -> str | None:
    found = term_from(text, ACTION)
    return None if found is None else found.month_day


def _code(text: str) -> str | None:
    code = written(text)
    return code if is_credit_code(code) else None


def _covers(text: str) -> str | None:
    return text if text in COVERS else None


_CHECKS: Final[Mapping[Field, Callable[[str], Value]]] = {
    "order": _number,
    "due_from": _year,
    "due_to": _year,
    "term": _term,
    "credit_code": _code,
    "covers": _covers,
}


def _known(roster: Roster, agency: str) -> Row:
    row = roster.row(agency)
    if row is None:
        raise LibraryError(_("名册里没有{agency}。").format(agency=agency))
    return row


def _given(name: str) -> str:
    text = storable(name.strip())
    if not text:
        raise LibraryError(_("请填写单位名称。"))
    return text


def _entry(
    part: Part, agency: str, who: str | None, reason: str, value: str | None = None
) -> Decision:
    return Decision(
        number=0,
        action=ACTION,
        agency=agency,
        year=None,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(reason.strip()),
        part=part,
        value=value,
    )
