"""What the rules say of themselves, and that each edition's rules fit together."""

import hashlib
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp

from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.model import EditionKey, TableKey, split_address
from form.rules import (
    RULES,
    RULES_VERSION,
    YEAR_RULES,
    Sum,
    dependencies,
    sums,
    sums_across,
    year_sums,
)

TALLIED = [(key, edition) for key in TABLE_KEYS for edition in EDITION_KEYS if sums(key, edition)]
each_table = pytest.mark.parametrize(("key", "edition"), TALLIED)
# To be renewed together with RULES_VERSION, and never alone.
DIGESTS = {1: "75595815c92b91c1"}


def matrix(key: TableKey, edition: EditionKey) -> NDArray[np.int64]:
    """Return the sums of a table as (sums × addresses) weights."""
    places = list(table(key, edition).addresses())
    return np.array(
        [[item.weights.get(place, 0) for place in places] for item in sums(key, edition)]
    )


def test_rules_change_only_together_with_their_version() -> None:
    told = [(rule, list(sums_across(rule))) for rule in YEAR_RULES]
    whole = repr((RULES, told, [sums(key, edition) for key, edition in TALLIED]))
    digest = hashlib.sha256(whole.encode()).hexdigest()[:16]
    assert {RULES_VERSION: digest} == DIGESTS


@pytest.mark.parametrize(
    ("key", "edition", "count", "rank"),
    [
        ("applications", "2019", 37, 35),
        ("applications", "2021", 39, 37),
        ("disputes", "2019", 3, 3),
        ("disputes", "2021", 3, 3),
    ],
)
def test_how_many_sums_there_are_and_how_many_say_something_new(
    key: TableKey, edition: EditionKey, count: int, rank: int
) -> None:
    rows = matrix(key, edition)
    assert (len(rows), np.linalg.matrix_rank(rows)) == (count, rank)


@each_table
def test_every_dependency_is_listed(key: TableKey, edition: EditionKey) -> None:
    rows, checked = matrix(key, edition), sums(key, edition)
    known = dependencies(key, edition)
    combined = np.array(
        [[found.get(item, 0) for item in checked] for found in known], np.int64
    ).reshape(len(known), len(checked))
    assert not (combined @ rows).any(), "a listed combination does not cancel out"
    independent = np.linalg.matrix_rank(combined) if known else 0
    assert independent == len(checked) - np.linalg.matrix_rank(rows)


def test_what_the_two_dependencies_of_section_three_are() -> None:
    for edition in EDITION_KEYS:
        by_rule = [
            {
                code: sum(item.rule.code == code for item in found)
                for code in ("outcomes", "balance")
            }
            for found in dependencies("applications", edition)
        ]
        assert by_rule == [{"outcomes": 0, "balance": 7}, {"outcomes": 7, "balance": 0}]


@each_table
def test_no_two_sums_are_the_same(key: TableKey, edition: EditionKey) -> None:
    rows = matrix(key, edition)
    assert len({tuple(row) for row in (*rows, *-rows)}) == 2 * len(rows)


@each_table
def test_a_report_can_keep_every_sum_with_a_number_in_every_cell(
    key: TableKey, edition: EditionKey
) -> None:
    """Whole numbers of at least 1 everywhere: no rule contradicts another, none forces a 0."""
    rows = matrix(key, edition)
    columns = rows.shape[1]
    found = milp(
        np.ones(columns),
        constraints=LinearConstraint(rows, 0, 0),
        integrality=np.ones(columns),
        bounds=(1, np.inf),
    )
    assert found.success
    assert not (rows @ np.rint(found.x).astype(np.int64)).any()


def sign(item: Sum, chosen: frozenset[Sum]) -> int:
    """Return the side on which Ghouila-Houri's theorem may put a sum of section 三 within a choice.

    It depends on nothing but whether `applicants` of the row of totals is chosen.
    """
    totals_row = any(one.key == "total_processed" for one in chosen if one.rule.axis == "row")
    if item.rule.axis == "column":
        side = -1 if item.rule.code == "balance" and not totals_row else 1
        return side if item.key != "total" else -side
    rows = {"total_processed": 1, "carried_forward": 1, "new_received": -1, "carried_over": -1}
    if totals_row:
        return rows.get(item.key, -1)
    return -rows[item.key] if item.key in rows else -1


@each_table
def test_the_weights_of_each_table_are_totally_unimodular(
    key: TableKey, edition: EditionKey
) -> None:
    """A proof: any choice of sums splits in two whose difference is −1, 0 or 1 in every cell.

    A cell takes part in at most three sums, and their sides depend only on whether `applicants`
    of the row of totals is chosen too: so all choices are tried here, cell by cell.
    """
    checked = sums(key, edition)
    totals_row = [item for item in checked if item.key == "total_processed"]
    for place in table(key, edition).addresses():
        own = [item for item in checked if place in item.weights]
        tried = [*own, *(item for item in totals_row if item not in own)]
        for picks in product((False, True), repeat=len(tried)):
            chosen = frozenset(item for item, pick in zip(tried, picks, strict=True) if pick)
            difference = sum(
                item.weights[place] * sign(item, chosen) for item in own if item in chosen
            )
            assert abs(difference) <= 1, (place, [item.rule.code for item in chosen])


def test_weights_are_those_of_the_sides() -> None:
    balance = sums("applications", "2021")[0]
    assert [(split_address(place)[1], weight) for place, weight in balance.weights.items()] == [
        ("new_received", 1),
        ("carried_over", 1),
        ("total_processed", -1),
        ("carried_forward", -1),
    ]


def test_sums_over_two_years_name_both_years() -> None:
    found = {(item.rule.code, item.key): item for rule in YEAR_RULES for item in sums_across(rule)}
    assert len(found) == 7 + 2 + 5
    assert found["carry", "research"].weights == {
        (-1, "applications.carried_forward.research"): 1,
        (0, "applications.carried_over.research"): -1,
    }
    assert found["in_force", "regulations"].weights == {
        (0, "disclosure.regulations.in_force"): 1,
        (-1, "disclosure.regulations.in_force"): -1,
        (0, "disclosure.regulations.issued"): -1,
        (0, "disclosure.regulations.repealed"): 1,
    }
    assert found["items", "administrative_fees"].weights == {
        (0, "disclosure.administrative_fees.prior_items"): 1,
        (-1, "disclosure.administrative_fees.prior_items"): -1,
        (-1, "disclosure.administrative_fees.change"): -1,
    }


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("2019", "2019", {"carry", "items"}),
        ("2021", "2021", {"carry", "in_force"}),
        ("2019", "2021", {"carry"}),
        (None, "2021", {"carry"}),
    ],
)
def test_tables_of_two_editions_are_compared_only_in_what_both_have(
    before: EditionKey | None, after: EditionKey, codes: set[str]
) -> None:
    editions = [dict.fromkeys(TABLE_KEYS, edition) for edition in (before, after)]
    assert {item.rule.code for item in year_sums(*editions)} == codes


def test_every_rule_says_where_it_holds_and_what_it_rests_on() -> None:
    said = {rule.code: (rule.years, rule.source) for rule in (*RULES, *YEAR_RULES)}
    assert said["balance"] == (
        (2019, None),
        "表内所印：本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
        "（国办公开办函〔2019〕60号、国办公开办函〔2021〕30号）",
    )
    assert said["items"][0] == (2019, 2020)
    assert said["in_force"] == (
        (2021, None),
        "由前后两年报告同一栏目的含义得出，表样未印（国办公开办函〔2021〕30号）",
    )
    assert all(rule.sentence and rule.name for rule in (*RULES, *YEAR_RULES))
