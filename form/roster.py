"""The roster (名册): the organs that one supervises, in order, and the years for which each is due.

It follows from entries of the log (`roster`, and what undid them), so it can be taken back, and
nothing is kept besides. Only the roster says what is due. An entry's `part` is `add`, `edit` or
`remove`, its `value` the fields that it sets as JSON, its reason why. What an organ is (its names,
kind, level, region, parent) stands with the agency alone (`form.agencies.registry`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Final, Literal, cast, get_args

from form.agencies.registry import Registry, term_from
from form.agencies.terms import Term
from form.decisions import Decision, active
from form.language import _

Covers = Literal["own", "area"]
"""What a report covers: its own level (本级), or its whole area with all below it (全区域)."""
COVERS: Final[tuple[Covers, ...]] = get_args(Covers)
Field = Literal["order", "group", "due_from", "due_to", "term", "contact", "credit_code", "covers"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
Value = int | str | None
Fields = Mapping[Field, Value]
"""Fields of a row as an entry keeps them: a term as month and day (02-20), what is empty as None."""
Part = Literal["add", "edit", "remove"]
ACTION: Final = "roster"
_NUMBERS: Final = ("order", "due_from", "due_to")


@dataclass(frozen=True, slots=True)
class Row:
    """One organ on the roster.

    `agency` is the name that it goes by now; `due_from` and `due_to` are the first and the last
    year on which it owes a report, None where there is no such bound. `term` is its own term for
    handing in (its source: why it was set); `contact` an office; `covers` None where nobody said.
    `why_from` and `why_to` are why it was added and dropped; `numbers` the entries of the log by
    which it is what it is.
    """

    agency: str
    order: int = 0
    group: str = ""
    due_from: int | None = None
    due_to: int | None = None
    term: Term | None = None
    contact: str = ""
    credit_code: str = ""
    covers: Covers | None = None
    why_from: str = ""
    why_to: str = ""
    numbers: tuple[int, ...] = ()

    def is_due(self, year: int) -> bool:
        """Say whether it owes a report on a year."""
        return (self.due_from or year) <= year <= (self.due_to or year)

    @property
    def fields(self) -> dict[Field, Value]:
        """What it says besides whose row it is, as an entry keeps it."""
        term = None if self.term is None else self.term.month_day
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: term if name == "term" else told[name] or None for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Renamed:
    """An organ that is called `after` from a year on, and why; `agency` is what it is called now."""

    agency: str
    before: str
    after: str
    year: int
    why: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """户数核对: who is due on a year, against the year before it; None where nobody was due then."""

    year: int
    due: int
    before: int | None
    added: tuple[Row, ...]
    dropped: tuple[Row, ...]
    renamed: tuple[Renamed, ...]


@dataclass(frozen=True)
class Roster:
    """All rows that there ever were, in order; which of them count in a year `due` says."""

    rows: tuple[Row, ...] = ()
    renames: tuple[Renamed, ...] = ()
    _due: dict[int, tuple[Row, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Say whether anybody stands on it: without a roster nothing is due."""
        return bool(self.rows)

    def due(self, year: int) -> tuple[Row, ...]:
        """Return the rows of those that owe a report on a year, in order."""
        if year not in self._due:
            self._due[year] = tuple(row for row in self.rows if row.is_due(year))
        return self._due[year]

    def row(self, agency: str) -> Row | None:
        """Return the row of an agency, by the name that it goes by now."""
        return self._by_agency.get(agency)

    def is_due(self, agency: str, year: int) -> bool:
        """Say whether an agency owes a report on a year."""
        row = self.row(agency)
        return row is not None and row.is_due(year)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of the rows, without the empty one."""
        return tuple(dict.fromkeys(row.group for row in self.rows if row.group))

    def members(self, group: str | None = None, year: int | None = None) -> tuple[str, ...]:
        """Return the agencies of a group, or of all, in order: those due in a year, or ever."""
        rows = self.rows if year is None else self.due(year)
        return tuple(row.agency for row in rows if group is None or row.group == group)

    def headcount(self, year: int) -> Headcount:
        """Return who is due on a year against the year before, with the reasons."""
        now, before = self.due(year), self.due(year - 1)
        return Headcount(
            year=year,
            due=len(now),
            before=len(before) or None,
            added=tuple(row for row in now if not row.is_due(year - 1)) if before else (),
            dropped=tuple(row for row in before if not row.is_due(year)),
            renamed=tuple(
                item
                for item in self.renames
                if item.year == year and (row := self.row(item.agency)) and row.is_due(year)
            ),
        )

    @cached_property
    def _by_agency(self) -> Mapping[str, Row]:
        return {row.agency: row for row in self.rows}


def roster_of(entries: Iterable[Decision], registry: Registry) -> Roster:
    """Return what follows from entries of the log; they must hold every undo of what they hold.

    A row stands under the name that its agency goes by now. An edit of what is not there (any
    more) does nothing.
    """
    rows: dict[str, Row] = {}
    for item in active(item for item in entries if item.action in (ACTION, "undo")):
        name = None if item.agency is None else registry.agency(item.agency)
        if name is None:
            continue
        if item.part == "remove":
            rows.pop(name, None)
        elif item.part == "add" or name in rows:
            rows[name] = _told(rows.get(name, Row(name)), item)
    ordered = sorted(rows.values(), key=lambda row: (row.order, row.numbers[0]))
    return Roster(tuple(ordered), _renames(registry, rows))


def value_of(told: Fields) -> str:
    """Return fields as the `value` of an entry."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fields_of(value: str | None) -> dict[Field, Value]:
    """Return the fields that an entry's `value` sets; what is no field, or no such value, is left."""
    try:
        found: Any = json.loads(value or "{}")
    except ValueError:
        return {}
    told = found if isinstance(found, dict) else {}
    return {name: told[name] for name in FIELDS if name in told and _fits(name, told[name])}


def _fits(name: Field, value: Any) -> bool:
    if value is None:
        return True
    if name in _NUMBERS:
        return type(value) is int
    return isinstance(value, str) and (name != "covers" or value in COVERS)


def _told(row: Row, item: Decision) -> Row:
    """Return a row with what an entry says of it."""
    told = fields_of(item.value)
    parts: dict[str, Any] = {
        name: value if value is not None or name.startswith("due") else _EMPTY[name]
        for name, value in told.items()
        if name != "term"
    }
    if "term" in told:
        parts["term"] = term_from(cast(str, told["term"] or ""), item.reason or _("名册"))
    if "due_from" in told and told["due_from"] != row.due_from:
        parts["why_from"] = item.reason
    if "due_to" in told and told["due_to"] != row.due_to:
        parts["why_to"] = item.reason if told["due_to"] is not None else ""
    return replace(row, **parts, numbers=(*row.numbers, item.number))


_EMPTY: Final[Mapping[str, Any]] = {
    "order": 0,
    "group": "",
    "contact": "",
    "credit_code": "",
    "covers": None,
}


def _renames(registry: Registry, rows: Collection[str]) -> tuple[Renamed, ...]:
    """Return who is called otherwise now, where it was said from which year on."""
    return tuple(
        Renamed(agency, link.name, link.agency, link.year, link.why)
        for link in registry.links.values()
        if link.how == "name"
        and link.year is not None
        and (agency := registry.agency(link.agency)) in rows
    )


def field_names() -> dict[Field, str]:
    """Return what people call each field of a row: the headings of its columns."""
    return {
        "order": _("序号"),
        "group": _("分组"),
        "due_from": _("起始年度"),
        "due_to": _("截止年度"),
        "term": _("报送期限"),
        "contact": _("联系科室"),
        "credit_code": _("统一社会信用代码"),
        "covers": _("年报口径"),
    }


def covers_names() -> dict[Covers, str]:
    """Return what people call what a report covers."""
    return {"own": _("本级"), "area": _("全区域")}


def value_words(name: Field, value: Value) -> str:
    """Return a value of a field as people read it, "" for none."""
    if name == "covers":
        return covers_names().get(cast(Covers, value), "")
    return "" if value is None else str(value)


def entry_words(item: Decision) -> tuple[str, str]:
    """Return what an entry about the roster does, and what it sets, in few words."""
    does: dict[str, str] = {"add": _("列入名册"), "edit": _("修改名册"), "remove": _("移出名册")}
    names = field_names()
    told = (
        f"{names[name]} {value_words(name, value) or _('（空）')}"
        for name, value in fields_of(item.value).items()
    )
    return does.get(item.part or "", ""), _("，").join(told) or _("全部年度")
