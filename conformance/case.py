"""A Case: small tables in which something is planted, and what a tool should say about them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from form.editions import TABLE_KEYS
from form.model import TableKey, split_address
from form.report import Cell, Report, Value
from form.rules import Severity


@dataclass(frozen=True, slots=True)
class ExpectedFinding:
    """One finding that a tool has to give; parts that are None are not compared.

    `cells` are exactly the finding's, in any order; `names` are addresses that must be among
    them. `left` and `right` are the sides of a sum, `required` the number that a missing total
    must be. `says` must occur in a sentence that the finding quotes, `section` is that
    sentence's.
    """

    rule: str
    severity: Severity
    table: TableKey | None = None
    row: str | None = None
    column: str | None = None
    cells: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    left: int | None = None
    right: int | None = None
    required: int | None = None
    undecided: bool = False
    section: int | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """One cell that a tool suspects: what is printed and what it would have to be."""

    address: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ExpectedExplanation:
    """A set of changes that a tool has to give, under one of these kinds."""

    kinds: tuple[str, ...]
    changes: tuple[ExpectedChange, ...]


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row that a case writes down: its keys and its cells by column key, in printed order."""

    table: TableKey
    row: str
    cells: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One small report and everything that is wrong with it.

    `rule` is the rule or the kind of explanation that the case is about; `title` says in Chinese
    what it shows, `sentence` why that is right. `cells` are those that the case writes down; the
    report holds all others too, each printed as `rest`. `others` are reports of the same agency
    on other years, or of other agencies. `findings` is complete. `explanations` is None where the case asks for none;
    with `complete` no others may be given, with `first` the first of them has to come first.
    """

    id: str
    rule: str
    title: str
    sentence: str
    report: Report
    cells: tuple[tuple[str, Cell], ...] = ()
    rest: str = "0"
    others: tuple[Report, ...] = ()
    findings: tuple[ExpectedFinding, ...] = ()
    explanations: tuple[ExpectedExplanation, ...] | None = None
    complete: bool = True
    first: bool = False

    @property
    def rows(self) -> tuple[WrittenRow, ...]:
        """The written cells row by row, to show the case as a table."""
        placed = [(split_address(place), cell) for place, cell in self.cells]
        return tuple(
            WrittenRow(
                next(key for key in TABLE_KEYS if key == table),
                row,
                tuple((column, cell) for (_table, _row, column), cell in members),
            )
            for (table, row), members in groupby(placed, key=lambda item: item[0][:2])
        )
