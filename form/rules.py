"""The tally rules (勾稽关系) as data, and the one function that evaluates them on a report.

Source: 国办公开办函〔2019〕60号 and 〔2021〕30号 (the sentence 第一项加第二项之和，等于第三项加第四项之和
is printed on the form; the other sums follow from the form's 总计 lines and columns).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final, Literal

from form.editions import APPLICANTS, DISPUTE_OUTCOMES, RESULTS, table
from form.language import _
from form.model import EditionKey, TableKey, address
from form.report import Cell

Axis = Literal["column", "row"]
Severity = Literal["error", "warning", "question"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A sum that must hold in every column, or in every row, of one table.

    `left` and `right` name what is added up on each side: row keys where the rule runs over
    columns, column keys where it runs over rows. `"@outcomes"` stands for the outcome rows of
    the edition at hand. `total` is the key of the printed total that the rule defines, if any.
    """

    code: str
    table: TableKey
    axis: Axis
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: Severity = "error"
    total: str | None = None

    @property
    def name(self) -> str:
        """The rule's name in Chinese, a few words."""
        return _wording()[self.code][0]

    @property
    def sentence(self) -> str:
        """The rule as a sentence in Chinese."""
        return _wording()[self.code][1]


def _wording() -> Mapping[str, tuple[str, str]]:
    return {
        "balance": (
            _("收支不平"),
            _("本年新收与上年结转之和，等于办理结果总计与结转下年之和（表内所印勾稽关系）"),
        ),
        "outcomes": (_("分项不合总计"), _("三（一）至（六）各项办理结果之和，等于三（七）总计")),
        "applicants": (_("横向不合总计"), _("六类申请人之和，等于该行总计")),
        "disputes": (
            _("复议诉讼不合总计"),
            _("结果维持、结果纠正、其他结果、尚未审结之和，等于总计"),
        ),
    }


OUTCOME_ROWS: Final = "@outcomes"
RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "balance",
        "applications",
        "column",
        ("new_received", "carried_over"),
        ("total_processed", "carried_forward"),
    ),
    Rule(
        "outcomes",
        "applications",
        "column",
        (OUTCOME_ROWS,),
        ("total_processed",),
        total="total_processed",
    ),
    Rule(
        "applicants",
        "applications",
        "row",
        tuple(column.key for column in APPLICANTS),
        ("total",),
        total="total",
    ),
    Rule(
        "disputes",
        "disputes",
        "row",
        tuple(column.key for column in DISPUTE_OUTCOMES),
        ("total",),
        total="total",
    ),
)


def rule(code: str) -> Rule:
    """Return the sum rule with this code; raises StopIteration where there is none."""
    return next(item for item in RULES if item.code == code)


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
    def total(self) -> str | None:
        """The address of the printed total that this sum defines, if it defines one."""
        return self.right[0] if self.rule.total is not None else None


@cache
def outcome_rows(edition: EditionKey) -> tuple[str, ...]:
    """Return the keys of the rows that add up to 三（七）总计 in this edition."""
    return tuple(
        row.key
        for row in table("applications", edition).rows
        if RESULTS in row.groups and row.key != "total_processed"
    )


@cache
def sums(table_key: TableKey, edition: EditionKey) -> tuple[Sum, ...]:
    """Return every sum of one table in one edition (section 三: 37 in 2019, 39 in 2021)."""
    return tuple(
        item for one in RULES if one.table == table_key for item in _instances(one, edition)
    )


def _instances(one: Rule, edition: EditionKey) -> Iterable[Sum]:
    form = table(one.table, edition)
    row_keys = [row.key for row in form.rows]
    column_keys = [column.key for column in form.rows[0].columns]

    def expand(names: tuple[str, ...]) -> list[str]:
        groups = (outcome_rows(edition) if name == OUTCOME_ROWS else (name,) for name in names)
        return [key for group in groups for key in group]

    def cells(names: tuple[str, ...], key: str) -> tuple[str, ...]:
        if one.axis == "column":
            return tuple(address(one.table, row, key) for row in expand(names))
        return tuple(address(one.table, key, column) for column in names)

    for key in column_keys if one.axis == "column" else row_keys:
        yield Sum(one, key, cells(one.left, key), cells(one.right, key))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one sum says on one report.

    `holds` is None where unknown cells would decide it; then `left` and `right` are None too,
    unless every candidate leads to the same figure.
    """

    sum: Sum
    holds: bool | None
    left: int | None
    right: int | None


def evaluate(cells: Mapping[str, Cell], checked: Iterable[Sum]) -> list[Outcome]:
    """Evaluate sums over cells; sums whose cells are not all in `cells` are left out.

    Blank and dash count as 0. A sum with unknown cells is decided where every combination of
    their candidates gives the same verdict.
    """
    return [
        _outcome(cells, item) for item in checked if all(place in cells for place in item.addresses)
    ]


def _outcome(cells: Mapping[str, Cell], item: Sum) -> Outcome:
    left = _possible(cells[place] for place in item.left)
    right = _possible(cells[place] for place in item.right)
    if left is None or right is None:
        return Outcome(item, None, _single(left), _single(right))
    verdicts = {a == b for a, b in product(left, right)}
    holds = verdicts.pop() if len(verdicts) == 1 else None
    return Outcome(item, holds, _single(left), _single(right))


def _possible(side: Iterable[Cell]) -> set[int] | None:
    """Return every figure a side can add up to, or None where it can be any."""
    figures = {0}
    for cell in side:
        if cell.mark != "unknown":
            figures = {figure + int(cell.in_sums or 0) for figure in figures}
        elif not cell.candidates:
            return None
        else:
            options = {int(value or 0) for value in cell.candidates}
            figures = {figure + option for figure in figures for option in options}
    return figures


def _single(figures: set[int] | None) -> int | None:
    return next(iter(figures)) if figures is not None and len(figures) == 1 else None
