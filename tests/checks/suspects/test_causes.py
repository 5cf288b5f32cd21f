"""Single slips, each from the arrays that show it."""

from dataclasses import replace

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


APPLICANTS = ("natural_person", "business", "total")


def form(rows: dict[str, tuple[int, ...]]) -> Grid:
    """A table of two parts and a total, in which new + over = processed + forward and granted = processed."""
    keys = tuple(rows)
    figures = np.array([rows[key] for key in keys], np.int64)
    weights = []
    for column in range(3):
        for left, right in (
            (("new_received", "carried_over"), ("total_processed", "carried_forward")),
            (("granted", "partial"), ("total_processed",)),
        ):
            line = np.zeros(figures.shape, np.int64)
            for sign, names in ((1, left), (-1, right)):
                for name in names:
                    line[keys.index(name), column] += sign
            weights.append(line.ravel())
    for row in range(len(keys)):
        line = np.zeros(figures.shape, np.int64)
        line[row] = (1, 1, -1)
        weights.append(line.ravel())
    known = np.ones(figures.shape, np.bool_)
    return Grid(figures, known, np.array(weights), rows=keys, columns=APPLICANTS)


SOUND = {
    "new_received": (6, 2, 8),
    "carried_over": (1, 0, 1),
    "granted": (4, 1, 5),
    "partial": (1, 1, 2),
    "total_processed": (5, 2, 7),
    "carried_forward": (2, 0, 2),
}


def test_the_form_that_is_spoilt_below_is_sound() -> None:
    table = form(SOUND)
    assert not (table.weights @ table.figures.ravel()).any()


def test_a_row_that_counts_another_one_too() -> None:
    table = form({**SOUND, "new_received": (7, 2, 9)})
    assert found(table, "included") == {((0, 1, 2), (6, 2, 8))}


def test_totals_that_repeat_a_column() -> None:
    table = form({key: (*row[:2], row[0]) for key, row in SOUND.items()})
    ((cells, values),) = found(table, "copied")
    assert dict(zip(cells, values, strict=True)) == {
        2: 8, 5: 1, 8: 5, 11: 2, 14: 7, 17: 2
    }  # fmt: skip
    assert not found(form(SOUND), "copied")


def test_totals_that_leave_out_what_is_pending() -> None:
    table = grid((2, 0, 1, 3, 3), (1, 0, 0, 0, 1), (0, 0, 0, 2, 0))
    columns = ("upheld", "corrected", "other", "pending", "total")
    assert found(replace(table, columns=columns), "left_out") == {((4, 9, 14), (6, 1, 2))}
    assert not found(replace(grid((2, 0, 1, 3, 5)), columns=columns), "left_out")


def test_everybody_under_another_column_but_in_the_first_row() -> None:
    moved = {key: (0, *row[:1], row[0]) for key, row in SOUND.items()}
    table = form({**moved, "new_received": (6, 0, 6)})
    ((cells, values),) = found(table, "moved")
    told = dict(zip(cells, values, strict=True))
    assert (told[3], told[4], told[12], told[13]) == (1, 0, 5, 0)
    assert not found(form(SOUND), "moved")


def test_a_misprint_with_the_total_that_was_added_up_from_it() -> None:
    rows = {**SOUND, "granted": (12, 1, 13), "total_processed": (13, 2, 15)}
    sound = {**rows, "new_received": (14, 2, 16)}
    assert not (form(sound).weights @ form(sound).figures.ravel()).any()
    table = form({**sound, "granted": (21, 1, 22)})
    assert ((6, 8), (12, 13)) in found(table, "transposed")
