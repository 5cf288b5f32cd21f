"""The tally rules on small cases, and what unknown cells leave open."""

from collections.abc import Mapping

from form.report import Cell
from form.rules import Outcome, evaluate, sums

BALANCE = next(s for s in sums("applications", "2019") if s.rule.code == "balance")
NEW, CARRIED, PROCESSED, FORWARD = BALANCE.addresses


def outcome(cells: Mapping[str, Cell]) -> Outcome:
    (found,) = evaluate(cells, [BALANCE])
    return found


def number(value: int) -> Cell:
    return Cell(value, "number", str(value))


BLANK = Cell(None, "blank")


def test_balance_holds_with_blanks_as_zero() -> None:
    found = outcome({NEW: number(5), CARRIED: BLANK, PROCESSED: number(5), FORWARD: BLANK})
    assert (found.holds, found.left, found.right) == (True, 5, 5)


def test_balance_fails() -> None:
    found = outcome({NEW: number(77), CARRIED: number(0), PROCESSED: number(75), FORWARD: BLANK})
    assert (found.holds, found.left, found.right) == (False, 77, 75)


def test_an_unknown_cell_whose_candidates_do_not_matter_decides() -> None:
    unknown = Cell(None, "unknown", candidates=(0, None))
    found = outcome({NEW: number(5), CARRIED: unknown, PROCESSED: number(4), FORWARD: BLANK})
    assert (found.holds, found.left, found.right) == (False, 5, 4)


def test_an_unknown_cell_whose_candidates_matter_leaves_the_sum_open() -> None:
    unknown = Cell(None, "unknown", candidates=(0, 2))
    cells = {NEW: number(5), CARRIED: unknown, PROCESSED: number(5), FORWARD: BLANK}
    found = outcome(cells)
    assert (found.holds, found.left, found.right) == (None, None, 5)
    assert outcome({**cells, PROCESSED: number(9)}).holds is False


def test_an_unknown_cell_without_candidates_can_be_anything() -> None:
    lost = Cell(None, "unknown")
    found = outcome({NEW: lost, CARRIED: BLANK, PROCESSED: number(9), FORWARD: BLANK})
    assert found.holds is None


def test_sums_over_a_table_that_was_not_found_are_left_out() -> None:
    assert evaluate({NEW: number(1)}, [BALANCE]) == []
