"""The sums over two reports of one agency, on years that follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from form.editions import table
from form.model import EditionKey, Table, TableKey, address
from form.rules.model import Part, Term, YearRule, YearSum

YEAR_RULES: Final[tuple[YearRule, ...]] = (
    YearRule(
        code="carry",
        table="applications",
        axis="column",
        basis="continuity",
        left=(Part(-1, "carried_forward"),),
        right=(Part(0, "carried_over"),),
    ),
    # A warning only: agencies count documents that lapse by themselves (自然失效) differently.
    YearRule(
        code="in_force",
        table="disclosure",
        axis="row",
        basis="continuity",
        severity="warning",
        editions=("2021",),
        left=(Part(0, "in_force"),),
        right=(Part(-1, "in_force"), Part(0, "issued"), Part(0, "repealed", -1)),
    ),
    YearRule(
        code="items",
        table="disclosure",
        axis="row",
        basis="continuity",
        severity="warning",
        editions=("2019",),
        left=(Part(0, "prior_items"),),
        right=(Part(-1, "prior_items"), Part(-1, "change")),
    ),
)

Editions = Mapping[TableKey, EditionKey | None]


def year_sums(before: Editions, after: Editions) -> tuple[YearSum, ...]:
    """Return every sum over the reports of two years whose tables are of these editions."""
    return tuple(
        item
        for rule in YEAR_RULES
        if rule.asks(before.get(rule.table)) and rule.asks(after.get(rule.table))
        for item in sums_across(rule)
    )


@cache
def sums_across(rule: YearRule) -> tuple[YearSum, ...]:
    """Return the sums of one rule, in printed order: one for every column or row that has all parts."""
    form = table(rule.table, rule.editions[-1])
    places = _columns(form, rule) if rule.axis == "column" else _rows(form, rule)
    return tuple(
        YearSum(rule, key, _terms(rule, key, rule.left), _terms(rule, key, rule.right))
        for key in places
    )


def _columns(form: Table, rule: YearRule) -> Iterator[str]:
    """Yield the columns of the rows that the rule names; all of them are alike."""
    yield from (column.key for column in form.row(rule.left[0].key).columns)


def _rows(form: Table, rule: YearRule) -> Iterator[str]:
    named = {part.key for part in (*rule.left, *rule.right)}
    for row in form.rows:
        if named <= {column.key for column in row.columns}:
            yield row.key


def _terms(rule: YearRule, key: str, parts: tuple[Part, ...]) -> tuple[Term, ...]:
    return tuple(
        Term(
            part.offset,
            address(rule.table, part.key, key)
            if rule.axis == "column"
            else address(rule.table, key, part.key),
            part.weight,
        )
        for part in parts
    )
