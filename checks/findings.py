"""A Finding: one thing that a check has to say about a report."""

from __future__ import annotations

from dataclasses import dataclass

from form.model import TableKey
from form.report import Json
from form.rules import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one rule about one report.

    `cells` are the addresses that take part, the left side first; `left_cells` says how many of
    them belong to the left side. `left` and `right` are the two sides as the rule is written
    (whole numbers; None where unknown cells leave them open). `column` or `row` is the key of
    the place where the rule speaks, `place` its name in Chinese. `required` is the number a
    missing total must be. `equation` shows the sides with their printed numbers
    ("77 + 0 ≠ 75 + 0"); `message` is the whole sentence for people.
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
    required: int | None = None

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
        }
        optional = {"column": self.column, "row": self.row, "required": self.required}
        data |= {name: value for name, value in optional.items() if value is not None}
        if self.undecided:
            data["undecided"] = True
        return data
