"""What the pages count are slips: one that breaks several relations, or two reports, counts once."""

import pandas as pd

from checks.findings import Finding
from checks.frame import findings_frame
from checks.states import Judged, State
from pages.checking.rule_matrix import matrix_file, matrix_html, ordered
from pages.checking.slip_counts import Spoken, by_agency, by_rule, rules_in, spoken

REPORTS = pd.DataFrame(
    {"agency": ["甲局", "甲局", "乙局"], "year": [2022, 2023, 2023]}, index=[1, 2, 3]
)


def one(slip: str, state: State = "open", rule: str = "outcomes") -> Judged:
    return Judged(Finding(rule, "error", None, "", slip=slip), state)


def frame(judged: dict[int, list[Judged]]) -> pd.DataFrame:
    return findings_frame(judged, REPORTS)


ONE_CELL = [one("a"), one("a"), one("a", rule="applicants")]
CARRY = one("2022-2023/carry/total", rule="carry")
FOUND = {1: [*ONE_CELL, CARRY], 2: [CARRY], 3: [one("b"), one("c")]}


def test_a_slip_counts_once_a_rule_and_once_an_agency() -> None:
    found = frame(FOUND)
    assert rules_in(found) == ["分项不合总计", "横向不合总计", "跨年结转不符"]
    assert by_rule(found).loc["甲局"].tolist() == [1, 1, 1]
    assert by_agency(found).to_dict() == {"甲局": 2, "乙局": 2}


def test_the_matrix_and_its_file_count_slips() -> None:
    found = frame(FOUND)
    table = by_rule(found)
    shown = str(matrix_html(found, table, None))
    assert "甲局，分项不合总计：待处理 1" in shown
    assert "甲局，跨年结转不符：待处理 1" in shown
    assert '<td class="dd-number dd-sum">2</td>' in shown
    assert list(ordered(found, table, "分项不合总计").index) == ["乙局", "甲局"]
    lines = matrix_file(found).lines()
    assert lines["处数"].tolist() == [1, 1, 1, 1, 2]


def test_slips_of_one_name_are_two_agencies_two_slips() -> None:
    found = frame({1: [one("a")], 3: [one("a")]})
    assert spoken(found) == {"outcomes": Spoken(2)}


def test_a_slip_is_accepted_once_nothing_of_it_is_left() -> None:
    half = frame({1: [one("a", "accepted"), one("a")]})
    assert spoken(half) == {"outcomes": Spoken(1, 0)}
    whole = frame({1: [one("a", "accepted"), one("a", "accepted"), one("b", "corrected")]})
    assert spoken(whole) == {"outcomes": Spoken(2, 1)}


def test_reports_without_an_agency_are_told_apart() -> None:
    found = findings_frame({7: [one("a")], 8: [one("a")]}, REPORTS)
    assert spoken(found) == {"outcomes": Spoken(2)}
