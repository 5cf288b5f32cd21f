"""What an import would make of the roster: whom each line means, and what has to be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from form.agencies.alike import may_be_one
from form.agencies.registry import Registry
from form.language import _
from form.report import Json
from form.roster import Field, Roster, Row, Value
from form.roster_lines import Line
from form.values import folded

Status = Literal["same", "changed", "joins", "asked", "refused"]
"""same: stands there already; changed: its row changes; joins: a known agency comes onto the roster;
asked: nothing is known by this name; refused: the line cannot be read, or names whom another names."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A line and what becomes of it.

    `agency` is whom it means, None where that has to be asked; `candidates` whom it may mean.
    `fields` are what its row is to say.
    """

    line: Line
    status: Status
    agency: str | None = None
    candidates: tuple[str, ...] = ()
    fields: Mapping[Field, Value] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines, and the rows of those due in the year whom no line names."""

    year: int
    lines: tuple[Planned, ...]
    absent: tuple[Row, ...]

    def those(self, *statuses: Status) -> tuple[Planned, ...]:
        """Return the lines of which this becomes."""
        return tuple(item for item in self.lines if item.status in statuses)


def plan(
    lines: Iterable[Line],
    year: int,
    roster: Roster,
    registry: Registry,
    known: Collection[str],
    meant: Mapping[str, str] | None = None,
) -> Plan:
    """Return what an import of a year's roster would do.

    `known` are the agencies of the library by their present names; `meant` says of names that were
    asked about whom they mean (a new organ: its own name). A name is matched only by what it is
    written like, an alias or a former name included; what is merely alike is asked about.
    """
    names = _names(roster, registry, known)
    codes = {row.credit_code: row.agency for row in roster.rows if row.credit_code}
    found, taken = list[Planned](), set[str]()
    for place, line in enumerate(lines, 1):
        item = _planned(line, place, year, roster, names, codes, meant or {})
        agency = item.agency
        if agency is not None and item.status != "refused":
            if agency in taken:
                why = _("与前面一行是同一机关：{agency}").format(agency=agency)
                item = Planned(line, "refused", agency, why=why)
            taken.add(agency)
        found.append(item)
    # Whom a line may mean is not absent before somebody has said so.
    open_ones = {name for item in found for name in item.candidates}
    absent = tuple(
        row for row in roster.due(year) if row.agency not in taken and row.agency not in open_ones
    )
    return Plan(year, tuple(found), absent)


def _planned(
    line: Line,
    place: int,
    year: int,
    roster: Roster,
    names: Mapping[str, str],
    codes: Mapping[str, str],
    meant: Mapping[str, str],
) -> Planned:
    if line.problems:
        return Planned(line, "refused", why=_("；").join(line.problems))
    agency = meant.get(line.name) or names.get(folded(line.name))
    by_code = codes.get(str(line.fields.get("credit_code") or ""))
    if line.name not in meant and by_code is not None and by_code != agency:
        why = _("信用代码是{agency}的").format(agency=by_code)
        return Planned(line, "asked", candidates=(by_code,), why=why)
    if agency is None:
        alike = sorted({own for own in names.values() if may_be_one(line.name, own)})
        return Planned(line, "asked", candidates=tuple(alike), why=_("没有这个名称的机构"))
    row = roster.row(agency)
    fields = _fields(line, place, year, row)
    if row is None:
        return Planned(line, "joins", agency, fields=fields)
    changes = {key: value for key, value in fields.items() if value != row.fields.get(key)}
    return Planned(line, "changed" if changes else "same", agency, fields=changes)


def _fields(line: Line, place: int, year: int, row: Row | None) -> dict[Field, Value]:
    """Return what a line says of its row: one that is new is due from the year of the list on."""
    told: dict[Field, Value] = {"order": place, **line.fields}
    if row is None or not row.is_due(year):
        told.setdefault("due_from", year if row is None else row.due_from)
    if row is not None and not row.is_due(year):
        # It is on the list of the year, so it is due: it came back, or came before it was to.
        told["due_from"] = min(year, row.due_from or year)
        told.setdefault("due_to", None)
    return told


def _names(roster: Roster, registry: Registry, known: Collection[str]) -> dict[str, str]:
    """Return by each name as it is folded whose it is."""
    present = (*known, *(row.agency for row in roster.rows))
    return {
        **{folded(name): registry.agency(name) for name in registry.links},
        **{folded(name): name for name in present},
    }


def plan_to_json(found: Plan) -> Json:
    """Return a plan as `cli.py roster import --json` gives it."""
    return {
        "year": found.year,
        "lines": [
            {
                "line": item.line.number,
                "name": item.line.name,
                "status": item.status,
                "agency": item.agency,
                "candidates": list(item.candidates),
                "fields": dict(item.fields),
                "why": item.why,
            }
            for item in found.lines
        ],
        "absent": [row.agency for row in found.absent],
    }


def status_names() -> dict[Status, str]:
    """Return what people call what becomes of a line."""
    return {
        "same": _("没有变化"),
        "changed": _("有改动"),
        "joins": _("列入名册"),
        "asked": _("待认定"),
        "refused": _("不能导入"),
    }
