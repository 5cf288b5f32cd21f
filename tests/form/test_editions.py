"""The official form as data: numbers of cells and rules that the form is known to have."""

import pytest

from form.editions import EDITION_KEYS, EDITIONS, TABLE_KEYS, all_columns, table
from form.layout import grid_width, layout
from form.model import EditionKey, TableKey
from form.rules import outcome_rows, sums


def test_addresses_of_both_editions() -> None:
    optional = [
        f"disclosure.other_disclosed_documents.{key}"
        for key in ("made", "published", "total_published")
    ]
    assert len(all_columns()) == 226 + len(optional)
    assert set(optional) < set(all_columns())


@pytest.mark.parametrize(
    ("key", "edition", "count"),
    [
        ("disclosure", "2019", 22),
        ("applications", "2019", 23 * 7),
        ("disputes", "2019", 15),
        ("disclosure", "2021", 10),
        ("applications", "2021", 25 * 7),
        ("disputes", "2021", 15),
    ],
)
def test_cells_a_table(key: TableKey, edition: EditionKey, count: int) -> None:
    assert len(list(table(key, edition).addresses())) == count


@pytest.mark.parametrize(("edition", "count"), [("2019", 37 + 3), ("2021", 39 + 3)])
def test_sums_an_edition(edition: EditionKey, count: int) -> None:
    assert sum(len(sums(key, edition)) for key in TABLE_KEYS) == count


@pytest.mark.parametrize(("edition", "count"), [("2019", 19), ("2021", 21)])
def test_outcome_rows_leave_out_the_totals(edition: EditionKey, count: int) -> None:
    rows = outcome_rows(edition)
    assert len(rows) == count
    assert "total_processed" not in rows


@pytest.mark.parametrize("edition", EDITION_KEYS)
@pytest.mark.parametrize("key", TABLE_KEYS)
def test_layout_fills_its_rectangle_without_overlap(key: TableKey, edition: EditionKey) -> None:
    rows, width = layout(key, edition), grid_width(key)
    covered: set[tuple[int, int]] = set()
    printed = []
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in covered:
                left += 1
            area = {
                (top + down, left + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            assert not covered & area
            covered |= area
            printed += [cell.address] if cell.address else []
    assert covered == {(top, left) for top in range(len(rows)) for left in range(width)}
    assert printed == list(table(key, edition).addresses())


def test_layout_prints_an_optional_row_only_if_asked() -> None:
    row = "other_disclosed_documents"
    plain = {cell.address for line in layout("disclosure", "2019") for cell in line}
    more = {
        cell.address for line in layout("disclosure", "2019", frozenset({row})) for cell in line
    }
    assert {address.split(".")[1] for address in more - plain if address} == {row}


def test_editions_say_which_years_they_are_meant_for() -> None:
    old, new = EDITIONS
    assert [old.meant_for(year) for year in (2018, 2019, 2020, 2021)] == [False, True, True, False]
    assert [new.meant_for(year) for year in (2020, 2021, 2025)] == [False, True, True]
