"""Single slips, each from the arrays that show it."""

import numpy as np
import pytest

from checks.suspects.causes import Grid, guesses, misprints, moves

PARTS = (1, 1, 1, 1, -1)


def grid(*rows: tuple[int, ...], one_line: bool = False) -> Grid:
    """A table like section 四: the parts of every row come to its total."""
    figures = np.array(rows, np.int64)
    weights = np.kron(np.eye(len(rows), dtype=np.int64), np.array(PARTS, np.int64))
    return Grid(figures, np.ones(figures.shape, np.bool_), weights, one_line)


def found(table: Grid, kind: str) -> set[tuple[tuple[int, ...], tuple[int | None, ...]]]:
    return {(one.cells, one.values) for one in guesses(table) if one.kind == kind}


@pytest.mark.parametrize(
    ("number", "kind", "others"),
    [
        (153, "transposed", {513, 135}),
        (10, "transposed", set()),
        (55, "transposed", set()),
        (7, "factor_ten", {70}),
        (70, "factor_ten", {700, 7}),
        (-3, "sign", {3}),
        (3, "sign", set()),
        (-30, "factor_ten", set()),
    ],
)
def test_a_number_is_misprinted_in_few_ways(number: int, kind: str, others: set[int]) -> None:
    assert {other for name, other in misprints(number) if name == kind} == others


def test_values_move_as_far_as_no_figure_is_lost() -> None:
    assert dict(moves(np.array([0, 3, 0, 5, 0]))) == {
        -1: (3, 0, 5, 0, None),
        1: (None, 0, 3, 0, 5),
    }
    assert dict(moves(np.zeros(3, np.int64))) == {}


def test_a_number_a_digit_a_sign() -> None:
    assert found(grid((153, 0, 0, 0, 135)), "transposed") == {((0,), (135,)), ((4,), (153,))}
    assert found(grid((20, 0, 0, 0, 2)), "factor_ten") == {((0,), (2,)), ((4,), (20,))}
    assert found(grid((-2, 0, 0, 0, 2)), "sign") == {((0,), (2,))}


def test_two_cells_of_a_row_or_a_column() -> None:
    assert found(grid((5, 2, 0, 0, 3)), "swap") == {((0, 4), (3, 5))}
    rows = (4, 0, 0, 0, 1), (1, 0, 0, 0, 4)
    assert ((0, 5), (1, 4)) in found(grid(*rows), "swap")
    assert ((4, 9), (4, 1)) in found(grid(*rows), "swap")


def test_the_single_line_of_all_cells_moves() -> None:
    table = grid((0, 2, 1, 0, 0), (3, 0, 0, 0, 0), (0, 0, 0, 0, 0), one_line=True)
    assert any(one.by == -1 and not one.lines for one in guesses(table) if one.kind == "shift")
    apart = grid((0, 2, 1, 0, 0), (3, 0, 0, 0, 0), (0, 0, 0, 0, 0))
    assert not found(apart, "shift")


def test_a_row_or_all_rows_move_with_their_totals() -> None:
    # Two rows of two parts and a total, which are to be alike.
    weights = np.array(
        [[1, 1, -1, 0, 0, 0], [0, 0, 0, 1, 1, -1], [1, 0, 0, -1, 0, 0], [0, 1, 0, 0, -1, 0]]
    )
    known = np.ones((2, 3), np.bool_)
    one = Grid(np.array([[0, 3, 3], [3, 3, 0]]), known, weights)
    assert [(g.lines, g.by, g.values) for g in guesses(one) if g.kind == "shift"] == [
        ((1,), 1, (None, 3, 3))
    ]
    both = Grid(np.array([[3, 3, 0], [3, 3, 0]]), known, weights)
    assert [(g.lines, g.by, g.values) for g in guesses(both) if g.kind == "shift"] == [
        ((), 1, (None, 3, 3, None, 3, 3))
    ]


def test_a_row_moves_without_its_total() -> None:
    # The first column is to hold what the total does.
    weights = np.array([[1, 1, -1], [1, 0, -1]])
    table = Grid(np.array([[0, 3, 3]]), np.ones((1, 3), np.bool_), weights)
    (guess,) = [g for g in guesses(table) if g.kind == "shift"]
    assert (guess.by, guess.cells, guess.values) == (-1, (0, 1), (3, None))


def test_cells_that_are_not_known_are_left_alone() -> None:
    table = grid((153, 0, 0, 0, 135))
    table.known[0, 0] = False
    assert found(table, "transposed") == {((4,), (153,))}


def test_a_guess_that_mends_nothing_is_none() -> None:
    assert list(guesses(grid((1, 0, 0, 0, 100)))) == []
