"""What a roll-up is made of: organs, the parts of a cell's sum, differences with their causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from form.figures import WAN
from form.model import EditionKey, TableKey
from form.report import Cell, Report, Value
from form.rules import Outcome, evaluate
from form.values import LONG, Mark

Number = int | Decimal
Scope = Literal["own", "all"]
"""own: 本级, the government and its departments; all: everything in its region."""
Covers = Literal["own", "area"]
"""Whether an organ's report speaks of the organ alone (本级) or of all that lies below it."""
Why = Literal["excluded", "within", "edition"]
"""Why an organ with a report is no part: a person left it out; another one's report holds it
already; its table is on the other edition and stands in that sum."""


def plus(one: Number, other: Number) -> Number:
    """Return the sum of two figures, exactly."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return LONG.add(Decimal(one), Decimal(other))


def minus(one: Number, other: Number) -> Number:
    """Return the difference of two figures, exactly."""
    if isinstance(one, int) and isinstance(other, int):
        return one - other
    return LONG.subtract(Decimal(one), Decimal(other))


@dataclass(frozen=True, slots=True)
class Member:
    """An organ that is to be added up.

    `within` are the governments in whose area it lies, so far as they are members too. `own` says
    that it belongs to the parent's own level.
    """

    agency: str
    covers: Covers = "own"
    within: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Filing:
    """An organ's report as it counts, and what else is known of that year: its other versions.

    `others` are by their number, corrected too where that holds for them.
    """

    agency: str
    version: int
    report: Report
    others: Mapping[int, Report] = field(default_factory=dict)

    @property
    def is_corrected(self) -> bool:
        """Say whether anything but the organ's first print counts: a later version, or a cell."""
        if self.version > 1:
            return True
        return any(cell.printed is not None for cell in self.report.cells.values())


@dataclass(frozen=True, slots=True)
class Left:
    """An organ that is no part of a sum, or of some tables of it, and why.

    `other` is the organ whose report holds it already, or the edition on which it reports;
    `tables` are those that it is not part of, none for all; `reason` is what a person gave.
    """

    agency: str
    why: Why
    other: str = ""
    tables: tuple[TableKey, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one organ's report says in a cell.

    `value` is what is added up (amounts in 万元), None where nobody can tell; `cell` is None where
    the report has no such table.
    """

    agency: str
    version: int
    cell: Cell | None
    value: Number | None

    @property
    def mark(self) -> Mark:
        """How the cell is filled in; of a table that is not there nobody knows."""
        return "unknown" if self.cell is None else self.cell.mark

    @property
    def shown(self) -> Value:
        """The number that is written there, amounts in 万元; None for a blank, a dash, a doubt."""
        return None if self.cell is None or self.cell.value is None else self.value

    @property
    def is_corrected(self) -> bool:
        """Say whether a person put another figure in place of the printed one."""
        return self.cell is not None and self.cell.printed is not None


@dataclass(frozen=True)
class SumCell:
    """A cell of the sum with its parts; `places` is where each organ stands in order."""

    address: str
    parts: tuple[Part, ...]
    bounded: bool = True
    """False where a part can be below 0, so that nothing can be said from known parts alone."""

    @cached_property
    def known(self) -> Number:
        """The sum of the parts that are known."""
        total: Number = 0
        for part in self.parts:
            total = total if part.value is None else plus(total, part.value)
        return total

    @cached_property
    def open(self) -> tuple[Part, ...]:
        """The parts that nobody can tell."""
        return tuple(part for part in self.parts if part.value is None)

    @property
    def sum(self) -> Number | None:
        """The sum; None where a part of it is not known."""
        return None if self.open else self.known

    @property
    def least(self) -> Number | None:
        """What the sum is at least, where it is not known; None where that cannot be said."""
        return self.known if self.open and self.bounded else None

    @cached_property
    def cell(self) -> Cell:
        """The sum as a cell of a form."""
        unit = WAN if self.address.endswith(".amount") else None
        if self.sum is None:
            return Cell(None, "unknown", unit=unit)
        value = Decimal(self.sum) if unit else self.sum
        return Cell(value, "number", str(value), unit=unit)


CauseKey = Literal[
    "version",
    "left_out",
    "twice",
    "other_edition",
    "counted_within",
    "counted_excluded",
    "missing",
    "print",
    "none",
]
"""version: the parent counted another version of an organ's report; left_out: it left an organ out;
twice: it counted one twice; other_edition, counted_within, counted_excluded: it counted one that is
no part of this sum; missing: what is missing here may be what it has more; print: its own print does
not add up, and would with the sum; none: nothing is known that explains it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An organ whose figure happens to be the difference in a cell: no cause, only a candidate.

    `how`: it would have been left out there, or counted twice, or counted by that version alone
    in this cell, which is otherwise in other cells too.
    """

    agency: str
    how: Literal["left_out", "twice", "version"]
    address: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Cells in which the sum is not what the parent printed, with the one likeliest cause.

    `cells` are those that differ, in the form's order; `gaps` are what is printed less what is
    summed up, so far as it comes of this cause, also in cells where another one cancels it. `version` is the version that the parent counted. `rivals` are
    organs that explain it as well as `agency` would, which then is None. `mended` are the parent's
    own sums that do not hold as printed and would with the sum. `swapped` are cells in which the
    print has two neighbouring digits of the sum exchanged. `fits` are
    candidates by their amount alone. `partly` are cells that this cause explains only in part.
    """

    cells: tuple[str, ...]
    gaps: Mapping[str, Number]
    cause: CauseKey
    agency: str | None = None
    version: int | None = None
    rivals: tuple[str, ...] = ()
    mended: tuple[Outcome, ...] = ()
    swapped: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    partly: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rollup:
    """The sum of one edition's forms, of one year and scope.

    `parent` is whose jurisdiction it is, `printed` its own report where there is one. `filings`
    are the reports that are added up, in the order of the members; `missing` are members of which
    no report counts. `compared` are the cells that both sides give, `uncompared` those that the
    parent prints and of which one side is not known. `kept_apart` has the reports of the organs in
    `left`, so far as there are any.
    """

    year: int
    scope: Scope
    edition: EditionKey
    parent: str | None
    filings: tuple[Filing, ...]
    missing: tuple[str, ...]
    left: tuple[Left, ...]
    cells: Mapping[str, SumCell]
    outcomes: tuple[Outcome, ...] = ()
    printed: Filing | None = None
    tables: tuple[TableKey, ...] = ()
    """The tables in which the parent's print is on this edition."""
    kept_apart: Mapping[str, Filing] = field(default_factory=dict)
    compared: tuple[str, ...] = ()
    uncompared: tuple[str, ...] = ()
    rostered: bool = True
    """Whether a roster says who is due; without one nobody is."""
    differences: tuple[Difference, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who is added up."""
        return tuple(item.agency for item in self.filings)

    @property
    def corrected(self) -> tuple[str, ...]:
        """Whose corrected figures are added up, not those of the first print."""
        return tuple(item.agency for item in self.filings if item.is_corrected)

    @property
    def differing(self) -> tuple[str, ...]:
        """The cells in which the sum is not what the parent printed, each once."""
        found = {place for item in self.differences for place in item.cells}
        return tuple(place for place in self.cells if place in found)

    @property
    def failing(self) -> tuple[Outcome, ...]:
        """The sum's own tally rules that do not hold."""
        return tuple(item for item in self.outcomes if item.holds is False)

    def breakers(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the organs in whose own reports a rule of the sum does not hold."""
        return tuple(
            item.agency
            for item in self.filings
            if any(one.holds is False for one in evaluate(item.report.cells, [outcome.sum]))
        )

    def printed_cell(self, address: str) -> Cell | None:
        """Return what the parent printed, None where it printed no such cell on this edition."""
        if self.printed is None or address.partition(".")[0] not in self.tables:
            return None
        return self.printed.report.cells.get(address)
