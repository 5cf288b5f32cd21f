"""What a Report can hold and no reading gives is made a doubt before anything is counted."""

from decimal import Decimal

import pytest

from form.countable import countable
from form.editions import all_columns
from form.matrix import matrix_of
from form.report import Cell, Report, Value
from form.values import LARGEST

COUNT = "applications.new_received.total"
AMOUNT = "disclosure.administrative_fees.amount"
PLAIN = {
    COUNT: Cell(7, "number", "7"),
    AMOUNT: Cell(Decimal("39.3156"), "number", "39.3156", unit="万元"),
    "disputes.review.total": Cell(None, "unknown", candidates=(0, None, LARGEST)),
}


def report(cells: dict[str, Cell], year: int | None = 2023) -> Report:
    return Report("甲市水务局", year, {}, cells)


def made_of(place: str, value: Value, raw: str = "") -> Cell:
    return countable(report({place: Cell(value, "number", raw)})).cells[place]


def test_a_reading_is_left_as_it_is() -> None:
    for year in (None, 1, 2023, 9998):
        same = report(PLAIN, year)
        assert countable(same) is same


NO_COUNTS: tuple[Value, ...] = (
    *(LARGEST + 1, -LARGEST - 1, 10**5000),
    *map(Decimal, ("1.5", "NaN", "sNaN", "-Infinity")),
)


@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_a_count_that_is_none_is_a_text(value: Value) -> None:
    cell = made_of(COUNT, value, "原文")
    assert (cell.value, cell.mark, cell.raw) == (None, "text", "原文")
    assert made_of(COUNT, value).raw


def test_a_whole_decimal_is_its_count() -> None:
    cell = made_of(COUNT, Decimal("3.0"))
    assert cell.value == 3
    assert type(cell.value) is int


def test_a_whole_amount_is_its_decimal() -> None:
    cell = made_of(AMOUNT, 3)
    assert cell.value == Decimal(3)
    assert isinstance(cell.value, Decimal)


@pytest.mark.parametrize("digits", ["1E+400000", "1E-400000", "0E+999999", "NaN", "9" * 29])
def test_an_amount_that_no_sum_can_hold_is_a_text(digits: str) -> None:
    assert made_of(AMOUNT, Decimal(digits)).mark == "text"


def test_a_candidate_that_is_none_leaves_the_cell_open() -> None:
    for candidates in ((1, Decimal("1.5")), (10**30,), (None, Decimal("NaN"))):
        read = report({COUNT: Cell(None, "unknown", candidates=candidates)})
        assert countable(read).cells[COUNT] == Cell(None, "unknown")
    whole = report({COUNT: Cell(None, "unknown", candidates=(None, Decimal(2)))})
    assert countable(whole).cells[COUNT].candidates == (None, 2)


def test_what_lies_nowhere_and_never_is_left_out() -> None:
    odd = countable(report({**PLAIN, "elsewhere": Cell(1, "number"), "a.b.c": Cell(1, "number")}))
    assert odd.cells == PLAIN
    assert {countable(report(PLAIN, year)).year for year in (0, -1, 9999, 10**30)} == {None}


def test_a_matrix_takes_any_report_and_marks_those_that_do_not_fit() -> None:
    places = list(all_columns())
    matrix = matrix_of(
        {
            1: report(PLAIN),
            2: report({COUNT: Cell(2**70, "number")}, 2**70),
            3: report({COUNT: Cell(Decimal("1.5"), "number")}),
        }
    )
    assert matrix.noted is not None
    assert matrix.noted.tolist() == [False, True, True]
    assert matrix.counts[:, places.index(COUNT)].tolist() == [7, 0, 0]
    assert matrix.marks[1, places.index(COUNT)] == b"t"
