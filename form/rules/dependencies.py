"""Which sums say nothing new where the others hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from form.model import EditionKey, TableKey, split_address
from form.rules.model import Sum
from form.rules.within import RULES, sums


@cache
def dependencies(table_key: TableKey, edition: EditionKey) -> tuple[Mapping[Sum, int], ...]:
    """Return the linear dependencies between the sums of a table: combinations that cancel out.

    One for every rule over columns where another rule adds up the columns themselves: the sums of
    the parts' columns, less that of the totals' column, are the sums of the rows that it names.
    Section 三 has two: `outcomes` and `balance`, each with `applicants`.
    """
    checked = sums(table_key, edition)
    return tuple(
        _combination(by_column, by_row)
        for rule in RULES
        if (by_column := [item for item in checked if item.rule == rule and rule.axis == "column"])
        and (by_row := [item for item in checked if item.rule.axis == "row"])
    )


def _combination(by_column: list[Sum], by_row: list[Sum]) -> Mapping[Sum, int]:
    across = {split_address(place)[2]: weight for place, weight in by_row[0].weights.items()}
    down = {split_address(place)[1]: weight for place, weight in by_column[0].weights.items()}
    return {
        **{item: across[item.key] for item in by_column},
        **{item: -down[item.key] for item in by_row if item.key in down},
    }
