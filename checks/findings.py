"""A Finding: one thing that a check has to say about a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from form.model import TableKey
from form.report import Json, Place, Value
from form.rules import Severity

Decided = Literal["this", "other"]
"""Which of two reports is wrong: the one that the finding stands on, or the other year's."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the prose that a finding rests on, and the part of it that says so.

    `section` is 1–6 as printed; `start` and `end` mark the part within `text`.
    """

    section: int
    text: str
    start: int = 0
    end: int = 0
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The same agency's report on another year that a finding rests on: its cells, as they count."""

    year: int
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one rule about one report.

    `cells` are the addresses that take part, the left side first; `left_cells` says how many of
    them belong to the left side. `left` and `right` are the two sides as the rule is written
    (whole numbers; None where unknown cells leave them open). `column` or `row` is the key of
    the place where the rule speaks, `place` its name in Chinese. An `undecided` finding's
    `open_cells` are those of this report that leave it open. `required` is the number a
    missing total must be. `equation` shows the sides with their printed numbers
    ("77 + 0 ≠ 75 + 0"); `message` is the whole sentence for people. `quotes` are the sentences of
    the prose that it rests on, `other` the report of another year. `id` is what a failure is
    logged under. `slip` names the printed fault that it speaks of among all of the agency
    (`checks.slips`; "" where nobody asked). Of a fault of two reports, `decided` says which of
    them the evidence shows to be wrong; None where it does not tell.
    """

    rule: str
    severity: Severity
    table: TableKey | None
    message: str
    cells: tuple[str, ...] = ()
    left_cells: int = 0
    left: int | None = None
    right: int | None = None
    column: str | None = None
    row: str | None = None
    place: str = ""
    equation: str = ""
    undecided: bool = False
    open_cells: tuple[str, ...] = ()
    required: int | None = None
    quotes: tuple[Quote, ...] = ()
    other: OtherYear | None = None
    id: str = ""
    slip: str = ""
    decided: Decided | None = None

    @property
    def key(self) -> str:
        """What the finding is known by among those of one report, whatever its figures are.

        Decisions about a finding are kept by it, so it must never change its form.
        """
        said = [quote.text for quote in self.quotes]
        # What could not be judged has no place on the form: its parts tell two of one report apart.
        if self.rule == "not_judged" and not said and self.place:
            said = [self.place]
        parts = (self.rule, self.table, self.row, self.column, *said)
        return "/".join(part or "" for part in parts)

    @property
    def is_error(self) -> bool:
        """Say whether this is a definite error."""
        return self.severity == "error"

    def to_json(self) -> Json:
        """Return the finding as `cli.py read --json` gives it."""
        data: Json = {
            "rule": self.rule,
            "severity": self.severity,
            "table": self.table,
            "cells": list(self.cells),
            "left": self.left,
            "right": self.right,
            "message": self.message,
            "slip": self.slip or self.key,
        }
        optional = {"column": self.column, "row": self.row, "required": self.required}
        data |= {name: value for name, value in optional.items() if value is not None}
        if self.undecided:
            data["undecided"] = True
            data["open_cells"] = list(self.open_cells)
        if self.quotes:
            data["quotes"] = [
                {"section": quote.section, "text": quote.text} for quote in self.quotes
            ]
        if self.other is not None:
            data["other_year"] = self.other.year
        if self.rule == "carry":
            data["decided"] = self.decided
        if self.id:
            data["id"] = self.id
        return data
