"""The product of matrices says of every report what a loop over its sums says."""

import random

import numpy as np
import pytest

from checks.arithmetic import LINES_AT_ONCE, SMALL, failing_sums, sum_matrix
from form.editions import EDITION_KEYS, TABLE_KEYS
from form.matrix import CellMatrix, matrix_of
from form.names import address_position
from form.report import Report
from form.rules import sums
from tests.checks.reports import any_editions, faultless, made


def looped(matrix: CellMatrix) -> list[tuple[int, int]]:
    """Return line and number of every sum that fails, found the slow way."""
    position, found = address_position(), sum_matrix().sums
    failing = []
    for line, counts in enumerate(matrix.counts.tolist()):
        for number, item in enumerate(found):
            key = item.rule.table
            used = matrix.editions[key][line]
            asked = [each for each in EDITION_KEYS if used in (each, "")]
            total = sum(weight * counts[position[place]] for place, weight in item.weights.items())
            if total and any(item in sums(key, each) for each in asked):
                failing.append((line, number))
    return failing


def found(matrix: CellMatrix) -> list[tuple[int, int]]:
    return list(zip(*(places.tolist() for places in failing_sums(matrix)), strict=True))


@pytest.mark.parametrize("largest", [3, 1000, SMALL - 1, SMALL, 2**53])
def test_random_matrices(largest: int) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    lines = LINES_AT_ONCE + 40
    matrix = matrix_of({number: made() for number in range(lines)})
    shape = matrix.counts.shape
    matrix.counts[:] = rng.integers(0, largest, shape, endpoint=True) * (rng.random(shape) < 0.03)
    for used in matrix.editions.values():
        used[:] = rng.choice(["2019", "2021", ""], lines)
    expected = looped(matrix)
    assert found(matrix) == expected
    assert expected


def test_counts_below_0_and_sums_that_only_seem_to_vanish_in_32_bits() -> None:
    matrix = matrix_of({1: made(), 2: made(), 3: made()})
    place = address_position()["disputes.review.upheld"]
    matrix.counts[:, place] = (-1, 2**32, 0)
    assert [line for line, _number in found(matrix)] == [0, 1]


def test_sound_reports_of_any_mixture_of_editions_fail_nothing() -> None:
    rng = random.Random(7)
    reports: dict[int, Report] = {
        number: faultless(rng, any_editions(rng), 2022) for number in range(50)
    }
    assert found(matrix_of(reports)) == []


def test_a_sum_of_both_editions_stands_once() -> None:
    assert len(sum_matrix().sums) == len(set(sum_matrix().sums)) == 50
    for key in ("applications", "disputes"):
        of_editions = [sums(key, used) for used in EDITION_KEYS]
        asked = sum_matrix().asks[key].sum(axis=0).tolist()
        assert asked == [
            *map(len, of_editions),
            len({item for each in of_editions for item in each}),
        ]


def test_an_empty_library() -> None:
    matrix = matrix_of({})
    assert found(matrix) == []


@pytest.mark.parametrize(("used", "fails"), [("2019", False), ("2021", True), ("", True)])
def test_a_table_is_asked_by_its_own_edition_only(used: str, fails: bool) -> None:
    """The one line of （六）其他处理 is among the outcomes of 2019, and not of 2021."""
    matrix = matrix_of({1: made("other 2 . . . . . 2\ntotal_processed 2 . . . . . 2", "2019")})
    matrix.editions["applications"][:] = used
    rules = {sum_matrix().sums[number].rule.code for _line, number in found(matrix)}
    assert rules == ({"balance", "outcomes"} if fails else {"balance"})


def test_tables_without_sums_ask_nothing() -> None:
    assert set(sum_matrix().asks) == set(TABLE_KEYS) - {"disclosure"}
