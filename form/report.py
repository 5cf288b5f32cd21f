"""A Report as read from a document: immutable, and every cell knows where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from form.agencies.terms import Whose
from form.editions import table
from form.model import EditionKey, TableKey, split_address
from form.values import Mark

Value = int | Decimal | None
Json = dict[str, Any]
Oddity = Literal[
    "struck",
    "raised",
    "hidden",
    "covered",
    "form_field",
    "annotation",
    "picture",
    "recognised",
    "scaled",
    "gap",
    "damaged",
    "torn",
    "placed_by_sums",
]
"""What is odd about how a cell is printed, though its text reads like any other."""


class Place(NamedTuple):
    """Where a piece of text stood in its file; what a file kind does not have is None.

    `line`, `page`, `table`, `row` and `column` count from 1; `box` is (x0, top, x1, bottom) in
    points from the page's top left corner; `cell` is a spreadsheet's (B7).
    """

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def to_json(self) -> Json:
        """Return the known parts only."""
        pairs = zip(self._fields, self, strict=True)
        return {name: value for name, value in pairs if value is not None}

    @classmethod
    def from_json(cls, data: Json) -> Place:
        """Return the place that `to_json` gave."""
        box = data.get("box")
        return cls(**{**data, "box": tuple(box) if box else None})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an official table: what was printed, and what it says.

    `value` is an int (counts), a Decimal (amounts) or None (blank, dash, text, unknown).
    `candidates` are the values an `unknown` cell can have, None standing for a blank; an unknown
    cell without candidates can have any. `printed` is the cell as it was read where a person has
    corrected it, else None. `oddities` say what its text does not show of how it is printed.
    """

    value: Value
    mark: Mark
    raw: str = ""
    place: Place = field(default_factory=Place)
    unit: str | None = None
    candidates: tuple[Value, ...] = ()
    printed: Cell | None = None
    oddities: tuple[Oddity, ...] = ()

    @property
    def in_sums(self) -> Value:
        """The number that a sum takes: blank, dash and text count as 0."""
        return 0 if self.value is None else self.value

    def to_json(self) -> Json:
        """Return the cell as the interface gives it; decimals become JSON numbers."""
        data: Json = {
            "value": number_to_json(self.value),
            "mark": self.mark,
            "raw": self.raw,
            "place": self.place.to_json(),
        }
        if self.unit is not None or isinstance(self.value, Decimal):
            data["unit"] = self.unit
        if self.mark == "unknown":
            data["candidates"] = [number_to_json(value) for value in self.candidates]
        if self.oddities:
            data["oddities"] = list(self.oddities)
        if self.printed is not None:
            data["printed"] = self.printed.to_json()
        return data


def number_to_json(value: Value) -> int | float | str | None:
    """Return a JSON number equal to `value`, or its digits as text where no float is equal."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader wants known: a doubt, a repair, a loss."""

    code: str
    message: str
    cells: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """Return the note as the interface gives it."""
        return {"code": self.code, "message": self.message, "cells": list(self.cells)}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of prose; `section` is 1–6 as printed, 0 before section 一."""

    section: int
    text: str
    place: Place = field(default_factory=Place)


Witness = Literal["title", "file_name", "period", "prose"]
"""Who names a report's year: its title, its file's name, the period it counts, section 一."""


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A year that a report may be on, and who says so."""

    value: int
    says: tuple[Witness, ...]

    def to_json(self) -> Json:
        """Return the year as the interface gives it."""
        return {"value": self.value, "says": list(self.says)}


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report: who, which year, its three tables by address, its prose, the doubts.

    `cells` holds every address of each table that was found and none of one that was not. `reader`
    is the version of the readers that read it, None where that is not known. `years` are those that
    the document names where they leave its year open, else none. `unprinted` are the rows
    (`table.row`) that a table that was found does not print. `whose` is what a library knows of
    its agency besides; no reader tells it, and it is no part of what is kept.
    """

    agency: str | None
    year: int | None
    editions: Mapping[TableKey, EditionKey | None]
    cells: Mapping[str, Cell]
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str | None = None
    reader: int | None = None
    years: tuple[YearSaid, ...] = ()
    unprinted: tuple[str, ...] = ()
    whose: Whose | None = None

    @property
    def named(self) -> str | None:
        """What its agency was called in it: another name than `agency` where that has changed."""
        return self.whose.name if self.whose is not None and self.whose.name else self.agency

    @property
    def edition(self) -> EditionKey | None:
        """The edition of section 二, else of section 三, else None."""
        return self.editions.get("disclosure") or self.editions.get("applications")

    def has_table(self, key: TableKey) -> bool:
        """Say whether the document held this table."""
        return any(split_address(address)[0] == key for address in self.cells)

    def with_notes(self, *notes: Note) -> Report:
        """Return the report with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def to_json(self) -> Json:
        """Return the report as `cli.py read --json` gives it, without the file's own facts."""
        is_open = self.years and self.year is None
        identity = {"identity": identity_to_json(self.years)} if is_open else {}
        return {
            "agency": self.agency,
            "year": self.year,
            **identity,
            "title": self.title,
            "edition": self.edition,
            "editions": dict(self.editions),
            "reader": self.reader,
            "cells": {address: cell.to_json() for address, cell in self.cells.items()},
            "notes": [note.to_json() for note in self.notes],
        }


def identity_to_json(years: tuple[YearSaid, ...]) -> Json:
    """Return what is open of who reports on when, as the interface gives it."""
    return {"year": [item.to_json() for item in years]}


def layout_edition(report: Report, key: TableKey) -> EditionKey:
    """Return the edition whose layout a table of this report is shown in.

    Section 四 is the same in both editions; a table whose headers do not tell is shown in the
    report's other table's edition, else in the newest.
    """
    return layout_of(report.editions, key)


def layout_of(editions: Mapping[TableKey, EditionKey | None], key: TableKey) -> EditionKey:
    """Return the same for a report whose tables are in these editions."""
    own = (editions.get(name) for name in (key, "disclosure", "applications"))
    return next(filter(None, own), "2021")


def printed_addresses(report: Report, key: TableKey) -> tuple[str, ...]:
    """Return the addresses of one table in printed order; optional rows only where read."""
    official = table(key, layout_edition(report, key)).addresses(optional=True)
    return tuple(address for address in official if address in report.cells)
