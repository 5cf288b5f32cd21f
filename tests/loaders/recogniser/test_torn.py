"""Numbers whose digits a narrow cell broke over lines."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from benchmarks.synthetic.draft import Draft, report
from benchmarks.synthetic.edits import with_values
from benchmarks.synthetic.render import MAKERS, ending
from benchmarks.synthetic.tables import Printed, Said, printed_cells, random_figures
from form.report import Report
from loaders import read

ROW = "applications.granted"
PARTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")


def made(**rows: Mapping[str, str]) -> Draft:
    """A report whose section 三 is 0 but for some rows of printed texts."""
    figures = random_figures("2019", Random(2))
    figures |= {name: 0 for name in figures if not name.startswith("disclosure")}
    cells = printed_cells(figures, "0")
    plain = report("2019", cells, "甲市税务局", 2020)
    texts = {f"applications.{r}.{c}": t for r, row in rows.items() for c, t in row.items()}
    return with_values(plain, {a: Printed(t, Said("text")) for a, t in texts.items()})


def reading(draft: Draft, kind: str = "docx") -> Report:
    (found,) = read(*MAKERS[kind]([draft]), f"report.{ending(kind)}")
    return found


def said(found: Report, row: str = "granted") -> dict[str, object]:
    cells = {c: found.cells[f"applications.{row}.{c}"] for c in (*PARTS, "total")}
    return {c: cell.value if cell.mark == "number" else cell.mark for c, cell in cells.items()}


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "reportlab.pdf"])
def test_the_sums_tell_that_it_is_one_number(kind: str) -> None:
    torn = {"natural_person": "1234\n5", "business": "7", "total": "1235\n2"}
    whole = {"natural_person": "12345", "business": "7", "total": "12352"}
    found = reading(made(granted=torn, new_received=whole, total_processed=whole), kind)
    assert said(found) == dict.fromkeys(PARTS, 0) | {
        "natural_person": 12345,
        "business": 7,
        "total": 12352,
    }
    assert [note.code for note in found.notes] == ["number_joined"] * 2
    assert found.cells[f"{ROW}.total"].raw.split() == ["1235", "2"]


def test_a_sum_that_does_not_hold_tells_nothing() -> None:
    torn = {"natural_person": "1234\n5", "total": "12345"}
    whole = {"natural_person": "12346", "total": "12345"}
    found = reading(made(granted=torn, new_received=whole, total_processed=whole))
    assert said(found)["natural_person"] == "text"
    assert [note.code for note in found.notes] == ["number_torn"]


def test_two_rows_printed_in_one_are_not_one_number() -> None:
    torn = {"natural_person": "1\n2", "total": "1\n2"}
    found = reading(made(granted=torn, new_received=torn, total_processed=torn))
    assert said(found)["natural_person"] == said(found)["total"] == "text"


def test_a_remark_in_the_same_cell_is_no_digit() -> None:
    """12 with a 3 below, in a row and a column that hold with 12."""
    torn = {"natural_person": "12\n3", "total": "12"}
    whole = {"natural_person": "12", "total": "12"}
    found = reading(made(granted=torn, new_received=whole, total_processed=whole))
    assert said(found)["natural_person"] == "text"


def test_other_text_in_a_row_keeps_its_sum_from_telling() -> None:
    torn = {"natural_person": "1\n2", "business": "0\n0", "total": "1\n2"}
    whole = {"natural_person": "12", "total": "12"}
    found = reading(made(granted=torn, new_received=whole, total_processed=whole))
    assert said(found)["natural_person"] == "text"


def test_without_a_sum_it_stays_text_with_a_note() -> None:
    name = "disclosure.administrative_licensing.decisions"
    draft = with_values(made(), {name: Printed("1234\n5", Said("text"))})
    found = reading(draft)
    assert found.cells[name].mark == "text"
    assert [(note.code, note.cells) for note in found.notes] == [("number_torn", (name,))]
