"""What a rule is: data that says where it holds, what it adds up, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from form.editions import EDITION_KEYS, edition
from form.model import EditionKey, TableKey
from form.rules import words

Axis = Literal["column", "row"]
Severity = Literal["error", "warning", "question"]
Basis = Literal["printed", "totals", "continuity"]
"""printed: the rule stands on the form; totals: it follows from a 总计 of the form; continuity:
two reports print the same quantity, or what it was and how it changed."""
Blanks = Literal["zero", "found", "passed"]
"""zero: blank and dash count as 0, and are shown as printed; found: they are what the rule looks
for; passed: it has nothing to say about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """What every tally rule says about itself, whatever it adds up.

    `editions` are those whose tables it holds on. A table that does not tell its edition is
    asked only by rules of all editions. `version` goes up with every change of its meaning.
    """

    code: str
    table: TableKey
    axis: Axis
    basis: Basis
    severity: Severity = "error"
    editions: tuple[EditionKey, ...] = EDITION_KEYS
    blanks: Blanks = "zero"
    version: int = 1

    @property
    def name(self) -> str:
        """The rule's name in Chinese, a few words."""
        return words.name(self.code)

    @property
    def sentence(self) -> str:
        """The rule as a sentence in Chinese."""
        return words.sentence(self.code)

    @property
    def source(self) -> str:
        """What the rule rests on, in Chinese, with the numbers of the documents."""
        return words.source(self.basis, self.documents)

    @property
    def documents(self) -> tuple[str, ...]:
        """The numbers of the documents that prescribe the tables it holds on."""
        return tuple(edition(key).source for key in self.editions)

    @property
    def years(self) -> tuple[int, int | None]:
        """The first and the last report year for which its editions were meant; None: to date.

        A report of another year on one of these editions is checked all the same: the tables
        decide, never the year.
        """
        meant = [edition(key) for key in self.editions]
        lasts = [item.last_year for item in meant]
        last = None if None in lasts else max(year for year in lasts if year is not None)
        return min(item.first_year for item in meant), last

    def asks(self, used: EditionKey | None) -> bool:
        """Say whether it holds on a table of this edition, None where it does not tell."""
        return used in self.editions if used is not None else self.editions == EDITION_KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Statute):
    """A sum that must hold in every column, or in every row, of one table.

    `left` and `right` name what is added up on each side: row keys where the rule runs over
    columns, column keys where it runs over rows. `"@outcomes"` stands for the outcome rows of
    the edition at hand. `total` is the key of the printed total that the rule defines, if any.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    total: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One rule at one place: the addresses added up on each side."""

    rule: Rule
    key: str
    """The column key (rules over columns) or row key (rules over rows)."""
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses that take part, left side first."""
        return (*self.left, *self.right)

    @property
    def weights(self) -> Mapping[str, int]:
        """The sum as weights over addresses: it holds where the weighted cells add up to 0."""
        return {**dict.fromkeys(self.left, 1), **dict.fromkeys(self.right, -1)}

    @property
    def total(self) -> str | None:
        """The address of the printed total that this sum defines, if it defines one."""
        return self.right[0] if self.rule.total is not None else None


YearOffset = Literal[-1, 0]
"""0: the report at hand; −1: the same agency's report on the year before."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a rule across years adds up: a row or column key, in which year, added or taken off."""

    offset: YearOffset
    key: str
    weight: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRule(Statute):
    """A sum over the reports of one agency on two years that follow each other.

    Where it runs over columns the parts name rows, where it runs over rows they name columns. It
    holds on both reports' tables of its editions, and belongs to the later report.
    """

    left: tuple[Part, ...]
    right: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One cell in a sum across years: of which year, at which address, with which sign."""

    offset: YearOffset
    address: str
    weight: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class YearSum:
    """One rule across years at one place."""

    rule: YearRule
    key: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left side first."""
        return (*self.left, *self.right)

    @property
    def weights(self) -> Mapping[tuple[YearOffset, str], int]:
        """The sum as weights over (year offset, address): it holds where they add up to 0."""
        left = {(term.offset, term.address): int(term.weight) for term in self.left}
        return {**left, **{(term.offset, term.address): -term.weight for term in self.right}}

    def addresses(self, offset: YearOffset) -> tuple[str, ...]:
        """Return the addresses in the report of one of the two years, left side first."""
        return tuple(term.address for term in self.terms if term.offset == offset)
