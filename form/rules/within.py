"""The sums of one report's tables.

Source: 国办公开办函〔2019〕60号 and 〔2021〕30号 (the sentence 第一项加第二项之和，等于第三项加第四项之和
is printed on the form; the other sums follow from the form's 总计 lines and columns).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from form.editions import APPLICANTS, DISPUTE_OUTCOMES, RESULTS, table
from form.model import EditionKey, TableKey, address
from form.rules.model import Rule, Sum

OUTCOME_ROWS: Final = "@outcomes"
RULES: Final[tuple[Rule, ...]] = (
    Rule(
        code="balance",
        table="applications",
        axis="column",
        basis="printed",
        left=("new_received", "carried_over"),
        right=("total_processed", "carried_forward"),
    ),
    Rule(
        code="outcomes",
        table="applications",
        axis="column",
        basis="totals",
        left=(OUTCOME_ROWS,),
        right=("total_processed",),
        total="total_processed",
    ),
    Rule(
        code="applicants",
        table="applications",
        axis="row",
        basis="totals",
        left=tuple(column.key for column in APPLICANTS),
        right=("total",),
        total="total",
    ),
    Rule(
        code="disputes",
        table="disputes",
        axis="row",
        basis="totals",
        left=tuple(column.key for column in DISPUTE_OUTCOMES),
        right=("total",),
        total="total",
    ),
)


def rule(code: str) -> Rule:
    """Return the sum rule with this code; raises StopIteration where there is none."""
    return next(item for item in RULES if item.code == code)


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
    """Return every sum of one table in one edition (section 三: 37 in 2019, 39 in 2021).

    Their weights are totally unimodular, and two of section 三's depend on the others
    (`form.rules.dependencies`); `tests/form/test_rules_data.py` proves both.
    """
    return tuple(
        item
        for one in RULES
        if one.table == table_key and one.asks(edition)
        for item in _instances(one, edition)
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
