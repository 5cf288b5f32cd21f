"""The judge of the accuracy benchmark: what is right, missed, allowed and wrong."""

from dataclasses import replace
from random import Random

import pytest

from benchmarks.synthetic.draft import Truth, draft
from benchmarks.synthetic.scoring import Score, judge, score
from benchmarks.synthetic.tables import Said
from form.report import Cell, Report

PLACE = "disclosure.regulations.issued"
NUMBER = Said("number", 3)


def truth(said: Said | None, *, may_be_unknown: bool = False) -> Truth:
    cells = {PLACE: said} if said else {}
    return Truth("甲市税务局", 2023, {}, cells, frozenset({PLACE} if may_be_unknown else ()))


def verdict(said: Said | None, cell: Cell | None, *, may_be_unknown: bool = False) -> str:
    report = Report("甲市税务局", 2023, {}, {PLACE: cell} if cell else {})
    judged = judge([truth(said, may_be_unknown=may_be_unknown)], [report])
    (found,) = [item for item in judged if item.place == PLACE]
    return found.verdict


@pytest.mark.parametrize(
    ("said", "cell", "due"),
    [
        (NUMBER, Cell(3, "number"), "right"),
        (NUMBER, Cell(4, "number"), "wrong"),
        (NUMBER, Cell(None, "blank"), "wrong"),
        (NUMBER, Cell(None, "text", "3\n0"), "wrong"),
        (NUMBER, Cell(None, "unknown"), "missed"),
        (NUMBER, Cell(None, "unknown", candidates=(3, 7)), "missed"),
        (NUMBER, Cell(None, "unknown", candidates=(7, 8)), "wrong"),
        (NUMBER, None, "missed"),
        (Said("blank"), Cell(None, "dash"), "wrong"),
        (Said("blank"), Cell(0, "number"), "wrong"),
        (Said("blank"), Cell(None, "unknown", candidates=(0,)), "missed"),
        (Said("number", 3, "元"), Cell(3, "number", unit="万元"), "wrong"),
        (None, Cell(3, "number"), "wrong"),
        (None, Cell(None, "unknown"), "allowed"),
    ],
)
def test_verdict(said: Said | None, cell: Cell | None, due: str) -> None:
    assert verdict(said, cell) == due


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        (Cell(None, "unknown"), "allowed"),
        (Cell(None, "text", "3\n0"), "allowed"),
        (None, "allowed"),
        (Cell(4, "number"), "wrong"),
        (Cell(None, "unknown", candidates=(7, 8)), "wrong"),
    ],
)
def test_verdict_on_what_nobody_can_tell(cell: Cell | None, due: str) -> None:
    assert verdict(NUMBER, cell, may_be_unknown=True) == due


def test_a_report_that_was_not_found_is_missed_whole() -> None:
    made = draft("2021", Random(1)).truth
    sums = score(judge([made], []), [])
    assert (sums.missed, sums.right, sums.wrong) == (len(made.cells), 0, 0)
    assert (sums.facts_missed, sums.share_right) == (4, 0)


def test_a_report_too_many_is_wrong_where_it_says_something() -> None:
    made = truth(NUMBER)
    report = Report(made.agency, made.year, {}, {PLACE: Cell(3, "number")})
    sums = score(judge([made], [report, report]), [report, report])
    assert (sums.right, sums.wrong, sums.facts_right, sums.facts_wrong) == (1, 1, 2, 2)


def test_another_agency_is_wrong_and_none_is_missed() -> None:
    made = truth(NUMBER)
    report = Report("乙县教育局", None, {}, {PLACE: Cell(3, "number")})
    sums = score(judge([made], [report]), [report])
    assert (sums.facts_wrong, sums.facts_missed) == (1, 1)
    assert sums.anything_wrong
    assert not replace(sums, facts_wrong=0).anything_wrong


def test_scores_add_up() -> None:
    assert Score(1, 2, 3, 4, 5, 6, 7, 8, 9) + Score(right=1) == Score(1, 3, 3, 4, 5, 6, 7, 8, 9)
    assert Score().share_right == 1
