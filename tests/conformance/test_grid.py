"""Tables written as text: what a grid says, and what it may not say."""

import pytest

from conformance import cases
from conformance.grid import GridError, cells_of, written_cells
from conformance.reading import read_cases
from form.report import Cell

HEADER = "disputes | upheld | corrected | other | pending | total\n"


def row(text: str) -> dict[str, Cell]:
    cells = dict(written_cells(HEADER + text, {"disputes": "2021"}))
    return {place.split(".")[2]: cell for place, cell in cells.items()}


def test_a_grid_says_what_is_printed() -> None:
    cells = row("review | １ | | — | ? 0 _ | 约2件")
    assert cells["upheld"] == Cell(1, "number", "１")
    assert cells["corrected"] == Cell(None, "blank")
    assert cells["other"] == Cell(None, "dash", "—")
    assert cells["pending"] == Cell(None, "unknown", candidates=(0, None))
    assert cells["total"] == Cell(None, "text", "约2件")


def test_digits_with_a_blank_between_them_can_be_one_number_or_several() -> None:
    (case,) = (case for case in cases("not_a_number") if case.id == "digits-apart")
    cell = case.report.cells["disclosure.administrative_licensing.decisions"]
    assert cell == Cell(None, "unknown", "1 3", candidates=(13, 1, 3), oddities=("gap",))
    assert case.findings == ()


def test_rows_not_written_hold_the_rest() -> None:
    cells = cells_of(HEADER + "review | 1 | 0 | 0 | 0 | 1", {"disputes": "2021"}, "—")
    assert len(cells) == 15
    assert cells["disputes.review.upheld"].value == 1
    assert cells["disputes.litigation_direct.total"] == Cell(None, "dash", "—")


def test_an_optional_row_is_there_only_where_written() -> None:
    grid = "disclosure | made | published | total_published\nother_disclosed_documents | 1 | 1 | 2"
    place = "disclosure.other_disclosed_documents.made"
    assert place in cells_of(grid, {"disclosure": "2019"}, "0")
    assert place not in cells_of("", {"disclosure": "2019"}, "0")


@pytest.mark.parametrize(
    "grid",
    [
        "review | 1 | 0 | 0 | 0 | 1",
        HEADER + "review | 1 | 0 | 0 | 1",
        HEADER + "granted | 1 | 0 | 0 | 0 | 1",
        "disputes | upheld | total\nreview | 1 | 1",
        "applications | natural_person\ngranted | 1",
    ],
    ids=["no header", "a cell too few", "another table's row", "columns left out", "no such table"],
)
def test_a_grid_that_does_not_fit_the_form_is_refused(grid: str) -> None:
    with pytest.raises(GridError):
        dict(written_cells(grid, {"disputes": "2021"}))


def test_a_suspect_that_is_not_printed_so_is_refused() -> None:
    text = f'''
rule = "cells"
[[case]]
id = "one"
title = "一"
sentence = "一。"
edition = "2021"
grid = """
{HEADER}review | 1 | 0 | 0 | 0 | 1
"""
findings = []
suspects = [{{kind = "cells", changes = ["disputes.review.upheld: 2 → 3"]}}]
'''
    with pytest.raises(ValueError, match="holds 1"):
        list(read_cases(text))
