"""What is said about two years of one agency, and about a whole library of such chains."""

import random
from collections import defaultdict
from dataclasses import replace

import pytest

from checks.across import carried_on, check_between, gaps
from checks.catalogue import across_years
from checks.findings import Finding
from checks.neighbours import neighbours, pairs_to_ask
from checks.tally import check_library, check_report, listed
from form.matrix import matrix_of
from form.report import Cell, Report
from form.rules import YEAR_RULES, sums_across
from tests.checks.reports import any_editions, changed, faultless, made, spoilt


def pair(
    before: str, after: str, editions: tuple[str, str] = ("2021", "2021"), first: int = 2023
) -> tuple[Finding, ...]:
    return check_between(
        made(before, editions[0], first, rest="0"), made(after, editions[1], first + 1, rest="0")
    )


OPENED = "new_received 3 . . . . . 3\ncarried_forward 3 . . . . . 3"
CLOSED = "carried_forward 3 . . . . . 3"


def test_open_cases_that_go_on_are_no_finding() -> None:
    assert pair(CLOSED, "carried_over 3 0 - . 0 0 3") == ()


def test_open_cases_are_compared_in_each_column() -> None:
    findings = pair(CLOSED, "carried_over 1 2 . . . . 3")
    assert [(item.rule, item.column, item.equation) for item in findings] == [
        ("carry", "natural_person", "3 ≠ 1"),
        ("carry", "business", "空 ≠ 2"),
    ]
    first = findings[0]
    assert (first.severity, first.left, first.right, first.left_cells) == ("error", 3, 1, 0)
    assert first.cells == ("applications.carried_over.natural_person",)
    assert first.other is not None
    assert first.other.year == 2023
    assert first.other.values == (("applications.carried_forward.natural_person", 3),)
    assert first.key == "carry/applications//natural_person"
    assert first.message == (
        "跨年结转不符（自然人）：2023 年度报告结转下年 3，而 2024 年度报告上年结转 1，相差 2。"
        "两份报告至少有一份填错，请对照。"
    )
    assert first.decided is None


def test_open_cases_are_compared_from_one_edition_to_the_other() -> None:
    found = pair(CLOSED, "carried_over . . . . . . 2", ("2019", "2021"), first=2020)
    assert [(item.rule, item.column) for item in found] == [
        ("carry", "natural_person"),
        ("carry", "total"),
    ]


def test_a_total_left_blank_is_told_once_and_not_again_a_year_later() -> None:
    before = made("carried_forward 3 . . . . . .", "2021", 2023)
    after = made("carried_over 3 . . . . . 3", "2021", 2024)
    assert [item.rule for item in check_report(before)] == ["balance", "missing_total"]
    assert check_between(before, after) == ()
    assert [item.column for item in check_between(before, changed(after, **TOTAL_5))] == ["total"]


TOTAL_5 = {"applications__carried_over__total": "5"}


def test_documents_in_force_are_asked_with_what_was_issued_and_repealed() -> None:
    (finding,) = pair("normative_documents 5 1 64", "normative_documents 4 2 63")
    assert (finding.rule, finding.row, finding.severity) == (
        "in_force",
        "normative_documents",
        "warning",
    )
    assert (finding.left, finding.right) == (63, 66)
    assert finding.equation == "63 ≠ 64 + 4 − 2"
    assert [place.rsplit(".", 1)[1] for place in finding.cells] == [
        "in_force",
        "issued",
        "repealed",
    ]
    assert finding.left_cells == 1
    assert "64 加本年制发 4 减本年废止 2，相差 3" in finding.message
    assert pair("normative_documents 5 1 64", "normative_documents 4 2 66") == ()


def test_numbers_of_items_are_asked_with_their_change() -> None:
    (finding,) = pair(
        "administrative_penalty 42 减2 7",
        "administrative_penalty 30 0 9",
        ("2019", "2019"),
        first=2019,
    )
    assert (finding.rule, finding.severity, finding.equation) == (
        "items",
        "warning",
        "30 ≠ 42 + (−2)",
    )
    assert finding.cells == ("disclosure.administrative_penalty.prior_items",)
    assert "42 加增减 −2" in finding.message
    assert pair("other_services 1 2 .", "other_services 3 . .", ("2019", "2019"), 2019) == ()


def test_what_only_one_edition_has_is_not_compared() -> None:
    assert pair("normative_documents 5 1 64", "normative_documents 4 2 6", ("2019", "2021")) == ()
    assert pair("administrative_fees 5 1", "administrative_fees 12", ("2019", "2021")) == ()


def test_an_unknown_cell_leaves_a_sum_open_only_where_it_matters_and_is_named() -> None:
    (finding,) = pair("carried_forward ?0|3 . . . . . .", "carried_over 3 . . . . . .")
    assert (finding.severity, finding.undecided, finding.equation) == ("question", True, "? ≟ 3")
    assert (finding.left, finding.right, finding.open_cells) == (None, 3, ())
    assert finding.message == (
        "跨年结转不符（自然人）：有 1 格读不准（2023 年度 四、结转下年度继续办理 · 自然人），"
        "暂不能判定。"
    )
    (wrong,) = pair("carried_forward ?0|1 . . . . . .", "carried_over 3 . . . . . .")
    assert wrong.severity == "error"
    assert pair("carried_forward ?0|. . . . . . .", "carried_over 0 . . . . . .") == ()


def test_a_text_where_a_number_is_due_proves_nothing_about_the_next_year() -> None:
    (finding,) = pair("carried_forward 3 . . . . . .", "carried_over 约3 . . . . . .")
    assert (finding.severity, finding.right) == ("question", None)
    assert finding.open_cells == ("applications.carried_over.natural_person",)


def test_a_table_that_one_year_lacks_is_not_compared() -> None:
    before = made(CLOSED, "2021", 2023)
    assert check_between(before, made("", "2021", 2024, tables=("disclosure",))) == ()


def test_only_years_that_follow_each_other_are_compared() -> None:
    for before, after in ((2021, 2023), (2023, 2023), (2023, 2022), (None, 2023)):
        with pytest.raises(ValueError, match="year before"):
            check_between(made("", "2021", before), made("", "2021", after))


def test_missing_years_break_the_chain_and_say_so() -> None:
    first, second = gaps([2025, 2019, 2022, 2019, 2021])
    assert (list(first.missing), list(second.missing)) == ([2020], [2023, 2024])
    assert second.sentence == (
        "没有 2023、2024 年度报告，2022 与 2025 年度之间的结转、现行有效件数和项目数量无从核对。"
    )
    assert gaps([2019, 2020]) == gaps([]) == ()


def of(agency: str | None, year: int | None, lines: str = "") -> Report:
    return replace(made(lines, "2021", year, rest="0"), agency=agency)


def test_neighbours_are_one_agencys_years_each_of_which_stands_once() -> None:
    reports = {
        10: of("甲局", 2024),
        11: of("甲局", 2022),
        12: of("乙局", 2023),
        13: of("甲局", 2023),
        14: of(None, 2025),
        15: of("甲局", None),
        16: of("乙局", 2024),
        17: of("乙局", 2024),
        18: of("乙局", 2025),
        19: of("丙局", 2020),
        20: of("丙局", 2022),
    }
    matrix = matrix_of(reports)
    before, after = (matrix.report_ids[lines].tolist() for lines in neighbours(matrix))
    assert list(zip(before, after, strict=True)) == [(11, 13), (13, 10)]


def test_a_matrix_without_agencies_has_no_neighbours() -> None:
    matrix = replace(matrix_of({1: of("甲局", 2023, OPENED), 2: of("甲局", 2024)}), agencies=None)
    assert pairs_to_ask(matrix) == {}
    assert check_library(matrix, {}.__getitem__) == {1: (), 2: ()}


def test_a_library_says_it_of_both_reports_and_loads_only_that_pair() -> None:
    sound = {year: of("甲局", year) for year in range(2021, 2026)}
    sound[2023] = of("甲局", 2023, OPENED)
    loaded: list[int] = []

    def load(report_id: int) -> Report:
        loaded.append(report_id)
        return sound[report_id]

    found = check_library(matrix_of(sound), load)
    assert {year: [item.column for item in items] for year, items in found.items() if items} == {
        2023: ["natural_person", "total"],
        2024: ["natural_person", "total"],
    }
    assert {item.row for item in found[2023]} == {"carried_forward"}
    assert sorted(loaded) == [2023, 2024]


COMPARED = [
    term.address for rule in YEAR_RULES for item in sums_across(rule) for term in item.terms
]
UNCERTAIN = (
    Cell(None, "unknown"),
    Cell(None, "unknown", candidates=(0, None)),
    Cell(None, "unknown", candidates=(0, 2)),
    Cell(None, "text", "约2"),
    Cell(None, "dash", "—"),
    Cell(2, "number", "2"),
)


def chain_of(rng: random.Random, agency: str) -> list[Report]:
    """Return an agency's reports on some years, faultless or spoilt, mostly going on from each other."""
    reports: list[Report] = []
    usual = any_editions(rng)
    for year in range(2019, 2026):
        if rng.random() < 0.2:
            continue
        editions = usual if rng.random() < 0.8 else any_editions(rng)
        report = replace(faultless(rng, editions, year), agency=agency)
        if reports and rng.random() < 0.7:
            report = going_on(reports[-1], report)
        for _ in range(rng.choice((0, 0, 0, 1, 2))):
            report = spoilt(rng, report) if report.cells else report
        compared = [place for place in COMPARED if place in report.cells]
        if compared and rng.random() < 0.7:
            place = rng.choice(compared)
            report = replace(report, cells={**report.cells, place: rng.choice(UNCERTAIN)})
        reports.append(report)
    return reports


def going_on(before: Report, after: Report) -> Report:
    """Return the later report with the open cases that the earlier one ended with."""
    cells = dict(after.cells)
    for item in sums_across(YEAR_RULES[0]):
        (old,), (new,) = item.addresses(-1), item.addresses(0)
        if old in before.cells and new in cells:
            cells[new] = before.cells[old]
    return replace(after, cells=cells)


def test_a_library_of_chains_is_told_what_each_pair_is_told() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    reports = [report for number in range(60) for report in chain_of(rng, f"第{number}局")]
    rng.shuffle(reports)
    by_year: dict[tuple[str | None, int], list[Report]] = defaultdict(list)
    for report in reports:
        by_year[report.agency, report.year or 0].append(report)
    expected = {}
    for report_id, report in enumerate(reports):
        found = list(check_report(report))
        year = report.year or 0
        both = by_year[report.agency, year - 1], by_year[report.agency, year]
        if year and [len(versions) for versions in both] == [1, 1]:
            found += check_between(both[0][0], report)
        later = by_year[report.agency, year + 1]
        if year and [len(by_year[report.agency, year]), len(later)] == [1, 1]:
            found += carried_on(report, later[0])
        expected[report_id] = listed(found)
    of_two_years = [item for items in expected.values() for item in items if item.other]
    assert any(item.undecided for item in of_two_years)
    told = {item.rule for item in of_two_years}
    assert {rule.code for rule in YEAR_RULES} <= told <= across_years()
    assert check_library(matrix_of(dict(enumerate(reports))), reports.__getitem__) == expected
