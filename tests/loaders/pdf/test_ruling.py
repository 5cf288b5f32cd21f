"""From drawn lines to cells: every way of drawing a table gives the same cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.pdf.ruling import Box, is_line, ruled_tables, sides


def cells(lines) -> list[tuple[int, int, int, int]]:
    (table,) = ruled_tables(lines)
    return [cell[:4] for cell in table.cells]


def across(y: float, x0: float, x1: float) -> Box:
    return (x0, y, x1, y)


def down(x: float, top: float, bottom: float) -> Box:
    return (x, top, x, bottom)


def lattice(xs, ys) -> list[Box]:
    rules = [across(y, xs[0], xs[-1]) for y in ys]
    return rules + [down(x, ys[0], ys[-1]) for x in xs]


TWO_BY_TWO = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


@given(st.lists(st.integers(8, 200), min_size=2, max_size=8), st.integers(1, 12))
def test_a_full_lattice_has_a_cell_in_every_space(widths: list[int], height: int) -> None:
    xs = [sum(widths[:n]) for n in range(len(widths) + 1)]
    (table,) = ruled_tables(lattice(xs, [12 * n for n in range(height + 1)]))
    assert [cell[:4] for cell in table.cells] == [
        (row, column, 1, 1) for row in range(height) for column in range(len(widths))
    ]
    assert table.cells[1].box == (xs[1], 0, xs[2], 12)
    for index, cell in enumerate(table.cells):
        x0, top, x1, bottom = cell.box
        assert table.cell_at((x0 + x1) / 2, (top + bottom) / 2) == index


@pytest.mark.parametrize(("length", "gap"), [(2.25, 1.5), (0.75, 0.75), (1.5, 2.5)])
def test_dots_in_a_row_are_a_line(length: float, gap: float) -> None:
    def dots(start: float, end: float) -> list[tuple[float, float]]:
        count = int((end - start) / (length + gap)) + 1
        starts = [start + n * (length + gap) for n in range(count)]
        return [(at, min(at + length, end)) for at in starts]

    lines: list[Box] = []
    for y in (0, 20, 40):
        lines += [(start, y, end, y + 0.75) for start, end in dots(0, 100)]
    for x in (0, 50, 100):
        lines += [(x, start, x + 0.75, end) for start, end in dots(0, 40)]
    assert cells(lines) == TWO_BY_TWO
    assert ruled_tables(lines[:19]) == ()


def test_scattered_dots_are_no_lines() -> None:
    scattered = [(7.0 * n, 5.0 * n, 7.0 * n + 2, 5.0 * n + 2) for n in range(60)]
    assert cells(lattice([0, 50, 100], [0, 20, 40]) + scattered) == TWO_BY_TWO


def test_a_side_that_is_not_drawn_merges_two_spaces() -> None:
    lines = [
        *sides((0, 0, 100, 40)),
        across(20, 0, 100),
        down(50, 20, 40),  # the upper row has no middle line
    ]
    assert cells(lines) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_cell_can_span_rows_and_columns() -> None:
    lines = [
        *sides((0, 0, 90, 60)),
        *sides((30, 0, 90, 40)),
        across(20, 0, 30),
        across(40, 0, 90),
        down(60, 40, 60),
    ]
    assert cells(lines) == [
        (0, 0, 1, 1),
        (0, 1, 2, 2),
        (1, 0, 1, 1),
        (2, 0, 1, 2),
        (2, 2, 1, 1),
    ]


def test_sides_drawn_cell_by_cell_with_gaps_and_offsets_are_lines() -> None:
    lines = [
        side
        for x in (0, 50)
        for y in (0, 20)
        for side in sides((x + 0.7, y + 0.7, x + 49.3, y + 19.3))
    ]
    assert cells(lines) == TWO_BY_TWO


def test_thin_rectangles_are_lines_and_shading_is_not() -> None:
    thin = [(0, y, 100, y + 0.75) for y in (0, 20, 40)] + [
        (x, 0, x + 0.75, 40) for x in (0, 50, 99)
    ]
    assert all(is_line(box) for box in thin)
    assert not is_line((0, 0, 50, 20))
    assert cells(thin) == TWO_BY_TWO


def test_dots_where_sides_meet_draw_nothing() -> None:
    dots = [(x, y, x + 1, y + 1) for x in (20, 49.5) for y in (5, 10, 30)]
    assert cells(lattice([0, 50, 100], [0, 20, 40]) + dots) == TWO_BY_TWO


def test_chromium_draws_no_line_under_the_last_row_of_a_page() -> None:
    lines = [across(0, 0, 100), across(20, 0, 100), *(down(x, 0, 40) for x in (0, 50, 100))]
    assert cells(lines) == TWO_BY_TWO


def test_chromium_draws_no_line_over_the_first_row_of_a_page() -> None:
    lines = [across(20, 0, 100), across(40, 0, 100), *(down(x, 0, 40) for x in (0, 50, 100))]
    assert cells(lines) == TWO_BY_TWO


def test_a_last_row_of_merged_cells_is_closed_by_its_outer_sides() -> None:
    inner = [down(x, 0, 20) for x in (20, 40, 60, 80)]
    outer = [down(0, 0, 40), down(100, 0, 40)]
    lines = [across(0, 0, 100), across(20, 0, 100), *inner, *outer]
    assert cells(lines)[-1] == (1, 0, 1, 5)


def test_lines_that_stick_out_a_little_bound_no_row() -> None:
    lines = [across(y, 0, 100) for y in (0, 20, 40)] + [down(x, 0, 43) for x in (0, 50, 100)]
    assert cells(lines) == TWO_BY_TWO


def test_a_table_without_outer_sides_is_closed() -> None:
    lines = [*(across(y, 0, 100) for y in (0, 20, 40)), down(50, 0, 40)]
    assert cells(lines) == TWO_BY_TWO


@pytest.mark.parametrize(
    "lines",
    [
        [],
        sides((0, 0, 100, 40)),  # a frame around text
        [across(y, 0, 100) for y in (0, 20, 40)],  # underlines
        [down(0, 0, 100)],
        [(5, 5, 6, 6)],
    ],
)
def test_what_is_no_table(lines) -> None:
    assert ruled_tables(lines) == ()


def test_a_frame_around_a_table_is_not_part_of_it() -> None:
    frame = list(sides((0, 0, 400, 400)))
    assert cells([*frame, *lattice([50, 100, 150], [50, 70, 90])]) == TWO_BY_TWO


def test_tables_come_from_the_top_down() -> None:
    upper, lower = lattice([0, 50, 100], [0, 20, 40]), lattice([0, 30, 60], [60, 80, 100])
    tables = ruled_tables([*lower, *upper])
    assert [table.box for table in tables] == [(0, 0, 100, 40), (0, 60, 60, 100)]


def test_a_broken_shape_is_given_row_by_row() -> None:
    # The middle line ends too early: the three spaces around it are no rectangle.
    lines = [*sides((0, 0, 100, 40)), across(20, 0, 50), down(50, 0, 20)]
    assert cells(lines) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]


def test_a_point_outside_is_in_no_cell() -> None:
    (table,) = ruled_tables(lattice([0, 50, 100], [0, 20, 40]))
    assert table.cell_at(-1, 10) is None
    assert table.cell_at(50, 41) is None
    assert table.cell_at(120, 10) is None


def test_what_is_divided_too_finely_is_no_table() -> None:
    assert ruled_tables(lattice(range(0, 4000, 10), range(0, 4000, 10))) == ()


def test_more_lines_than_any_form_has_cost_no_time() -> None:
    apart = [across(3 * n, 0, 9000) for n in range(3000)] + [
        down(3 * n, 0, 9000) for n in range(3000)
    ]
    assert ruled_tables(apart) == ()
