"""The exact search against trying everything, on small tables of every make."""

import random

import numpy as np
import pytest

from checks.suspects import search
from checks.suspects.search import Budget, is_solvable, smallest_sets
from checks.suspects.solver import is_feasible, one_smallest_set
from checks.suspects.system import Equation, System, oriented, own_equations, system
from form.report import Cell
from tests.checks.reports import made
from tests.checks.suspects.brute import Puzzle, smallest

MOST = 18
"""More than any figure that the made tables can call for."""
ROWS = ("new_received", "carried_over", "granted", "partial", "total_processed", "carried_forward")
COLUMNS = ("natural_person", "business", "total")


def place(row: str, column: str) -> str:
    return f"applications.{row}.{column}"


def equations(rows: tuple[str, ...], columns: tuple[str, ...]) -> list[Equation]:
    """The sums of a table like section 三 with fewer rows and columns."""
    results = rows[2:-2]
    found = []
    for column in columns:
        balance = [(rows[0], 1), (rows[1], 1), (rows[-2], -1), (rows[-1], -1)]
        outcomes = [*((row, 1) for row in results), (rows[-2], -1)]
        found += [
            Equation(tuple((place(row, column), weight) for row, weight in terms))
            for terms in (balance, outcomes)
        ]
    for row in rows:
        if row != rows[-2]:
            parts = [(column, 1) for column in columns[:-1]]
            terms = [*parts, (columns[-1], -1)]
            found.append(Equation(tuple((place(row, column), weight) for column, weight in terms)))
    return found


def table(rng: random.Random, rows: tuple[str, ...], columns: tuple[str, ...]) -> dict[str, Cell]:
    """Cells of which all sums hold."""
    figures = dict.fromkeys(((row, column) for row in rows for column in columns), 0)
    for _one in range(rng.choice((0, 2, 5, 9))):
        column = rng.choice(columns[:-1])
        start, result = rng.choice(rows[:2]), rng.choice((*rows[2:-2], rows[-1]))
        path = [start, result] if result == rows[-1] else [start, result, rows[-2]]
        for row in path:
            figures[row, column] += 1
            figures[row, columns[-1]] += 1
    return {place(*at): Cell(value, "number") for at, value in figures.items()}


def spoilt(rng: random.Random, cells: dict[str, Cell], number: int) -> dict[str, Cell]:
    """The cells with some figures changed, at times to what no count can be."""
    chosen = rng.sample(list(cells), number)
    for one in chosen:
        figure = rng.choice((0, 1, 2, 3, 4, 5, -2))
        cells[one] = Cell(figure, "number") if rng.random() < 0.9 else Cell(None, "blank")
    return cells


def opened(rng: random.Random, cells: dict[str, Cell]) -> dict[str, Cell]:
    """The cells with up to three that the document leaves open, one of them to any figure."""
    kinds = [
        Cell(None, "unknown", candidates=(None, rng.randrange(4))),
        Cell(None, "unknown", candidates=(1, 4, 5)),
        rng.choice((Cell(None, "unknown"), Cell(None, "text", "约5"))),
    ]
    for one in rng.sample(list(cells), rng.choice((0, 1, 1, 2, 3))):
        cells[one] = kinds.pop(rng.randrange(len(kinds)))
    return cells


def evidence(rng: random.Random, cells: dict[str, Cell]) -> list[Equation]:
    """What prose or another year might add: a figure, a sum of figures, a lower bound."""
    known = [one for one, cell in cells.items() if cell.mark == "number"]
    # Trying two unlimited figures at once takes too long.
    bounds = ("=",) if any(is_unlimited(cell) for cell in cells.values()) else ("=", ">=", "<=")
    return [
        Equation(
            tuple((one, 1) for one in rng.sample(known, rng.choice((1, 1, 2)))),
            rng.randrange(5),
            rng.choice(bounds),
            joined=True,
        )
        for _number in range(rng.choice((0, 0, 1)))
    ]


def is_unlimited(cell: Cell) -> bool:
    return cell.mark in ("unknown", "text") and not cell.candidates


def puzzle(cells: dict[str, Cell], asked: list[Equation]) -> Puzzle:
    figures = {one: int(cell.in_sums or 0) for one, cell in cells.items()}
    readings = {
        one: [int(value or 0) for value in cell.candidates] or None
        for one, cell in cells.items()
        if cell.mark in ("unknown", "text")
    }
    rows = []
    for number, item in enumerate(asked):
        weights = dict(item.terms)
        if item.bound != "=":
            slack = f"slack {number}"
            weights[slack] = -1 if item.bound == ">=" else 1
            figures[slack], readings[slack] = 0, None
        rows.append((weights, item.value))
    return Puzzle(rows, figures, readings, MOST)


def answers(asked: System) -> dict[frozenset[str], dict[str, tuple[int, int | None]]]:
    found = smallest_sets(asked, 100_000)
    assert found.complete
    return {
        frozenset(asked.addresses[at] for at, _range in one.values): {
            asked.addresses[at]: values for at, values in one.values
        }
        for one in found.sets
    }


def test_the_search_finds_what_trying_everything_finds() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    tried = 0
    while tried < 200:
        rows = (*ROWS[:2], *rng.choice((("granted",), ("granted", "partial"))), *ROWS[-2:])
        cells = opened(rng, spoilt(rng, table(rng, rows, COLUMNS), rng.choice((1, 2, 2))))
        asked = equations(rows, COLUMNS) + evidence(rng, cells)
        try:
            expected = smallest(puzzle(cells, asked), 3)
        except AssertionError:
            continue
        tried += 1
        found = answers(system(cells, tuple(asked)))
        assert set(found) == set(expected), f"table {tried}"
        for places, values in found.items():
            for one, (least, most) in values.items():
                seen = expected[places][one]
                # Trying stops somewhere; the search says that there is no greatest figure.
                assert least == min(seen), f"table {tried}"
                assert most == max(seen) or (most is None and max(seen) > least), f"table {tried}"


def test_only_forced_values_are_forced() -> None:
    # Rows and columns lack two each, but no cell holds two: the others must give way, by 1 or 2.
    cells = {
        place(row, column): Cell(figure, "number")
        for row, figures in {"granted": (3, 3), "partial": (3, 3)}.items()
        for column, figure in zip(COLUMNS, figures, strict=False)
    }
    asked = tuple(
        Equation(tuple((place(*at), 1) for at in line), value)
        for line, value in (
            ([("granted", column) for column in COLUMNS[:2]], 2),
            ([("partial", column) for column in COLUMNS[:2]], 2),
            ([(row, "natural_person") for row in ("granted", "partial")], 2),
            ([(row, "business") for row in ("granted", "partial")], 2),
        )
    )
    (values,) = answers(system(cells, asked)).values()
    assert set(values.values()) == {(0, 2)}


def test_what_can_grow_for_ever_has_no_greatest_figure() -> None:
    cells = {place("granted", "total"): Cell(3, "number")}
    asked = (Equation(((place("granted", "total"), 1),), 5, ">=", joined=True),)
    assert answers(system(cells, asked)) == {
        frozenset(cells): {place("granted", "total"): (5, None)}
    }


def test_rows_of_zeros_are_merged_and_all_of_them_listed() -> None:
    report = made("new_received 2 0 0 0 0 0 2\ntotal_processed 2 0 0 0 0 0 2", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    found = smallest_sets(asked, 1000)
    assert found.complete
    # Two applications without a result: in any of the 19 lines of results of this edition.
    assert (found.size, len(found.sets)) == (2, 19)


def test_section_three_is_a_network() -> None:
    for edition in ("2019", "2021"):
        report = made(editions=edition)
        asked = system(report.cells, own_equations(report, "applications"))
        assert asked.signs is not None
        turned = asked.weights * asked.signs[:, None]
        assert set(np.unique(turned.sum(axis=0))) == {0}
        assert asked.weights.shape == {"2019": (36, 161), "2021": (38, 175)}[edition]


def test_what_is_no_network_has_no_orientation() -> None:
    triangle = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], np.int64)
    assert oriented(triangle) is None
    assert oriented(np.array([[2], [1]], np.int64)) is None


def test_the_search_stops_and_says_so() -> None:
    report = made("new_received 9 8 7 6 5 4 3\ngranted 1 2 3 4 5 6 7", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    found = smallest_sets(asked, 3)
    assert not found.complete
    assert not found.sets


def test_the_solver_agrees_with_the_search() -> None:
    rng = random.Random(5)
    for _number in range(15):
        cells = spoilt(rng, table(rng, ROWS, COLUMNS), 2)
        asked = system(cells, tuple(equations(ROWS, COLUMNS)))
        found = smallest_sets(asked, 100_000)
        answer = one_smallest_set(asked, 10)
        assert answer is not None
        assert answer.size == found.size
        assert set(answer.sets) <= set(found.sets)
        assert answer.sets or not answer.size


def test_what_contradicts_itself_has_no_set() -> None:
    total = place("granted", "total")
    cells = {total: Cell(3, "number")}
    asked = system(cells, tuple(Equation(((total, 1),), value, joined=True) for value in (4, 5)))
    found = smallest_sets(asked, 1000)
    assert (found.sets, found.complete) == ((), True)
    answer = one_smallest_set(asked, 10)
    assert answer is not None
    assert (answer.sets, answer.complete) == ((), True)


def test_a_solver_without_time_has_no_answer() -> None:
    report = made("new_received 9 8 7 6 5 4 3\ngranted 1 2 3 4 5 6 7", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    assert one_smallest_set(asked, 1e-6) is None


def test_lists_end_at_their_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 7)
    report = made("new_received 2 0 0 0 0 0 2\ntotal_processed 2 0 0 0 0 0 2", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    found = smallest_sets(asked, 1000)
    assert (len(found.sets), found.complete) == (7, False)


def test_two_interchangeable_rows_can_both_be_wrong() -> None:
    one = "1 0 0 0 0 0 1"
    report = made(f"granted {one}\npartial {one}", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    rows = [
        {asked.addresses[at].split(".")[1] for at, _values in one.values}
        for one in smallest_sets(asked, 1000).sets
    ]
    assert sorted(map(sorted, rows)) == [
        ["carried_over", "total_processed"],
        ["granted", "partial"],
        ["new_received", "total_processed"],
    ]


def test_ranges_reach_as_far_as_other_figures_allow() -> None:
    figures = ((3, 1, 4), (3, 9, 12), (5, 1, 6), (5, 1, 6), (1, 9, 10))
    rows = (*ROWS[:3], *ROWS[-2:])
    cells = {
        place(row, column): Cell(figure, "number")
        for row, line in zip(rows, figures, strict=True)
        for column, figure in zip(COLUMNS, line, strict=True)
    }
    least = Equation(((place("carried_forward", "natural_person"), 1),), 2, ">=", joined=True)
    found = answers(system(cells, (*equations(rows, COLUMNS), least)))
    moved = {
        place("carried_over", "natural_person"): (4, 12),
        place("carried_forward", "natural_person"): (2, 10),
        place("carried_over", "business"): (0, 8),
        place("carried_forward", "business"): (0, 8),
    }
    assert found[frozenset(moved)] == moved


def test_steps_used_up_are_not_known() -> None:
    asked = of_cells(Cell(3, "number"), OPEN, Cell(4, "number"))
    assert is_solvable(asked, Budget(100)) is True
    assert is_solvable(asked, Budget(0)) is None
    assert is_solvable(of_cells(Cell(5, "number"), OPEN, Cell(4, "number")), Budget(100)) is False
    below = of_cells(Cell(-1, "number"), OPEN, Cell(4, "number"))
    assert is_solvable(below, Budget(0)) is False


def test_open_cells_that_can_be_anything_are_never_tried_out_one_by_one() -> None:
    """Whole rows that nobody can read: more combinations than could be held in memory."""
    lines = "\n".join(f"{row} ? ? ? ? ? ? ?" for row in ("granted", "partial", "unable_unclear"))
    billion = "999999999 0 0 0 0 0 999999999"
    report = made(f"new_received {billion}\n{lines}\ntotal_processed {billion}", rest="0")
    asked = system(report.cells, own_equations(report, "applications"))
    assert is_solvable(asked, Budget(1000)) is None
    assert smallest_sets(asked, 1000).complete is False


def test_the_solver_knows_what_open_cells_can_be() -> None:
    rng = random.Random(SEED)
    known = []
    for _number in range(60):
        cells = [
            Cell(None, "unknown", candidates=tuple(rng.sample(range(9), 2)))
            if rng.random() < 0.5
            else rng.choice((OPEN, Cell(rng.randrange(9), "number")))
            for _cell in range(3)
        ]
        asked = of_cells(*cells)
        answer = is_feasible(asked, 5.0)
        assert answer is is_solvable(asked, Budget(100_000)), cells
        known.append(answer)
    assert {True, False} == set(known)


def test_the_solver_is_not_asked_about_numbers_beyond_its_means() -> None:
    asked = of_cells(Cell(10**15, "number"), OPEN, OPEN)
    assert is_feasible(asked, 5.0) is None
    assert one_smallest_set(of_cells(Cell(10**15, "number"), OPEN, Cell(3, "number")), 5.0) is None


def test_a_system_without_a_cell_that_could_change_has_no_set() -> None:
    constant = Cell(None, "unknown", candidates=(3,))
    asked = of_cells(constant, constant, constant)
    assert asked.addresses == ()
    found = smallest_sets(asked, 100)
    assert (found.sets, found.complete) == ((), True)


def test_numbers_that_could_pass_64_bits_end_the_search() -> None:
    tableau = np.array([[3, 5, 2**40], [2, 7, 2**40]], np.int64)
    assert not search._may_grow_too_large(tableau, 0, 0)
    assert search._may_grow_too_large(tableau * 2**15, 0, 0)


OPEN = Cell(None, "unknown")
SEED = 5


def of_cells(*cells: Cell) -> System:
    """A row of two parts and their total."""
    places = [f"disputes.review.{column}" for column in ("upheld", "corrected", "total")]
    terms = tuple(zip(places, (1, 1, -1), strict=True))
    return system(dict(zip(places, cells, strict=True)), (Equation(terms),))
