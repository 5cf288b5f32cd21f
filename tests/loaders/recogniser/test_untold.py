"""Section 二 without headers: told by its rows and section 三 together, else only where both agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from benchmarks.synthetic.draft import Draft, report
from benchmarks.synthetic.edits import address_row, with_rows
from benchmarks.synthetic.render import MAKERS, ending
from benchmarks.synthetic.scoring import judge
from benchmarks.synthetic.tables import printed_cells, random_figures
from form.layout import LayoutRow
from form.model import EditionKey
from form.report import Report
from loaders import read
from sample_reports.samples import PrintedTable

SAME = tuple(
    f"disclosure.administrative_{row}.decisions" for row in ("licensing", "penalty", "coercion")
)
PADDED = ("padded-tabs.txt", "markdown.txt", "repeated-markdown.txt")


def headless(
    edition: EditionKey, change: Callable[[list[LayoutRow]], list[LayoutRow]] = list
) -> Draft:
    """A report whose section 二 has lost its headers, and what `change` takes."""
    cells = printed_cells(random_figures(edition, Random(8)), "0")
    made = report(edition, cells, "甲市税务局", 2022)
    return with_rows(
        made, "disclosure", lambda rows: change([row for row in rows if address_row(row)])
    )


def reading(draft: Draft, kind: str) -> Report:
    (found,) = read(*MAKERS[kind]([draft]), f"report.{ending(kind)}")
    return found


def disclosure(found: Report) -> dict[str, str]:
    return {n: c.mark for n, c in found.cells.items() if n.startswith("disclosure")}


@pytest.mark.parametrize("kind", PADDED)
def test_rows_and_section_three_tell_the_edition_together(kind: str) -> None:
    draft = headless("2021")
    found = reading(draft, kind)
    assert [item for item in judge(draft.truths, [found]) if item.verdict != "right"] == []
    assert found.notes[0].code == "edition_weak"


def without(row_key: str) -> Callable[[list[LayoutRow]], list[LayoutRow]]:
    return lambda rows: [row for row in rows if address_row(row) != row_key]


def with_a_strange_row(rows: list[LayoutRow]) -> list[LayoutRow]:
    """A row that only the other edition has, under a name that nobody knows."""
    label, *values = rows[2]
    return [*rows[:3], (replace(label, text="对外服务"), *values), *rows[3:]]


@pytest.mark.parametrize("kind", PADDED)
@pytest.mark.parametrize(
    "change",
    [without("regulations"), without("administrative_coercion"), with_a_strange_row, reversed],
    ids=["first lost", "one lost", "one unnamed", "order"],
)
def test_rows_that_are_not_just_an_editions_tell_none(
    kind: str, change: Callable[[Sequence[LayoutRow]], list[LayoutRow]]
) -> None:
    found = reading(headless("2021", lambda rows: list(change(rows))), kind)
    assert found.editions["disclosure"] is None
    assert {name for name, mark in disclosure(found).items() if mark != "unknown"} <= {*SAME}


@pytest.mark.parametrize("kind", PADDED)
def test_without_section_three_rows_tell_nothing(kind: str) -> None:
    draft = headless("2021")
    blocks = [
        b for b in draft.blocks if not (isinstance(b, PrintedTable) and b.key == "applications")
    ]
    found = reading(replace(draft, blocks=tuple(blocks)), kind)
    assert found.editions["disclosure"] is None


@pytest.mark.parametrize("text", ["", "-", "37"])
def test_what_both_editions_say_is_read(text: str) -> None:
    """Blank, or the same number, over all columns of a row: so its last column says that too."""
    draft = headless("2019", lambda rows: [rows[2]])
    made = with_rows(
        draft,
        "disclosure",
        lambda rows: [tuple(replace(c, text=text) if c.address else c for c in rows[0])],
    )
    found = reading(made, "tabs.txt")
    assert found.editions["disclosure"] is None
    marks = {n: (c.mark, c.value) for n, c in found.cells.items() if n.startswith("disclosure")}
    due = {"": ("blank", None), "-": ("dash", None), "37": ("number", 37)}[text]
    assert marks.pop(SAME[0]) == due
    assert {mark for mark, _value in marks.values()} == {"unknown"}
