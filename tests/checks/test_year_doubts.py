"""What two years give occasion to ask, of pairs and of a whole library alike."""

import random
from dataclasses import replace

import pytest

from checks.across import carried_on, check_between
from checks.catalogue import across_years
from checks.joined import check_joined
from checks.tally import check_library, check_report, listed
from checks.together import check_together
from form.matrix import matrix_of
from form.report import Cell, Report
from form.rules import YEAR_RULES
from tests.checks.reports import made

OWN = across_years() - {rule.code for rule in YEAR_RULES}


def pair(before: str, after: str, edition: str = "2021", rest: str = "0") -> list[tuple[str, str]]:
    reports = made(before, edition, 2022, rest=rest), made(after, edition, 2023, rest=rest)
    return [(item.rule, item.row or "") for item in check_between(*reports) if item.rule in OWN]


PEOPLE = """new_received {0} 0 0 0 0 0 {0}
granted {0} 0 0 0 0 0 {0}
total_processed {0} 0 0 0 0 0 {0}"""


def test_all_figures_of_last_year_are_asked_about_once() -> None:
    assert pair(PEOPLE.format(12), PEOPLE.format(12)) == [("same_as_last_year", "")]
    assert pair(PEOPLE.format(12), PEOPLE.format(13)) == []
    other = f"{PEOPLE.format(12)}\nadministrative_fees 3.5"
    assert pair(other, other.replace("3.5", "3.50")) == [("same_as_last_year", "")]
    assert pair(other, other.replace("3.5", "3.51")) == []


@pytest.mark.parametrize("cell", ["?0|3", "?", "约3"])
def test_what_is_not_certain_is_not_last_years(cell: str) -> None:
    text = f"{PEOPLE.format(12)}\nadministrative_penalty {cell}"
    assert pair(text, text) == []


def test_fewer_than_five_figures_above_0_prove_nothing() -> None:
    four = "administrative_licensing 6\nadministrative_penalty 1\nnormative_documents 0 0 4"
    assert pair(four, four) == []
    five = f"{four}\nadministrative_fees 2.5\nadministrative_coercion 1"
    assert pair(five, five) == [("same_as_last_year", "")]


def test_the_same_figures_on_another_form_are_not_compared() -> None:
    before = made(PEOPLE.format(12), "2019", 2020, rest="0")
    after = made(PEOPLE.format(12), "2021", 2021, rest="0")
    assert not [item for item in check_between(before, after) if item.rule in OWN]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("review 1 0 0 2 3", "", ["review"]),
        ("review 1 0 0 2 3", "review 2 0 0 0 2", []),
        ("review 1 0 0 2 3", "review 0 0 0 2 2", []),
        ("review 1 0 0 2 3", "review . . . . .", []),
        ("review 1 0 0 2 3", "review - - - - -", []),
        ("review 1 0 0 2 3", "review 1 0 0 0 0", []),
        ("review 1 0 0 2 3", "review ? 0 0 0 0", []),
        ("review 1 0 0 ?1|2 3", "", []),
        ("review 3 0 0 0 3", "", []),
        ("litigation_direct 0 0 0 1 1", "", ["litigation_direct"]),
        ("litigation_direct 0 0 0 1 1", "review 1 0 0 0 1", ["litigation_direct"]),
        ("litigation_direct 0 0 0 1 1", "review 1 0 0 0 1\nlitigation_after_review 1 0 0 0 1", []),
    ],
)
def test_pending_cases_go_on_somewhere(before: str, after: str, rows: list[str]) -> None:
    assert pair(before, after) == [("review_pending_lost", row) for row in rows]


@pytest.mark.parametrize(
    ("before", "after", "is_asked"),
    [
        ("", "litigation_after_review 1 0 0 0 1", True),
        ("review 1 0 0 0 1", "litigation_after_review 1 0 0 0 1", False),
        ("", "review 1 0 0 0 1\nlitigation_after_review 1 0 0 0 1", False),
        ("litigation_after_review 0 0 0 1 1", "litigation_after_review 1 0 0 0 1", False),
        ("review . . . . .", "litigation_after_review 1 0 0 0 1", False),
        ("review 0 0 0 0 ?0|1", "litigation_after_review 1 0 0 0 1", False),
        ("", "litigation_direct 1 0 0 0 1", False),
    ],
)
def test_a_lawsuit_after_review_needs_a_review(before: str, after: str, is_asked: bool) -> None:
    asked = ("litigation_without_review", "litigation_after_review") in pair(before, after)
    assert asked == is_asked


@pytest.mark.parametrize(
    ("before", "after", "is_asked"),
    [
        ("5", "25", True),
        ("25", "5", True),
        ("0", "20", True),
        ("300", "0", True),
        ("0", "19", False),
        ("5", "24", False),
        ("100", "499", False),
        ("300", ".", False),
        (".", "300", False),
        ("300", "-", False),
        ("300", "?0|1", False),
        ("-3", "300", False),
    ],
)
def test_a_jump(before: str, after: str, is_asked: bool) -> None:
    row = "administrative_penalty"
    assert pair(f"{row} {before}", f"{row} {after}") == [("year_jump", row)] * is_asked


def test_a_jump_of_all_applications_is_told_once() -> None:
    (found,) = check_between(
        made(PEOPLE.format(5), "2021", 2022, rest="0"),
        made(PEOPLE.format(50), "2021", 2023, rest="0"),
    )
    assert (found.rule, found.severity, found.key) == (
        "year_jump",
        "question",
        "year_jump/applications/new_received/total",
    )
    assert (found.left, found.right) == (50, 5)
    assert "2023 年度为 50，2022 年度为 5，多 45" in found.message
    assert found.other is not None
    assert found.other.values == (("applications.new_received.total", 5),)


@pytest.mark.parametrize(
    ("before", "after", "is_asked"),
    [
        ("12.5", "118800", True),
        ("12.5", "125000", True),
        ("12.5", "125001", False),
        ("0.08", "780.5", True),
        ("12.5", "12500", True),
        ("12.5", "12499", False),
        ("12.5", "260000", False),
        ("0.5", "1312.5625", False),
        ("0.0008", "8", False),
        ("0", "118800", False),
        (".", "118800", False),
        ("-12.5", "118800", False),
    ],
)
def test_yuan_under_wan_yuan_shows_beside_another_year(
    before: str, after: str, is_asked: bool
) -> None:
    row = "administrative_fees"
    small, large = (
        made(f"{row} {text}", "2021", year, rest="0")
        for text, year in ((before, 2022), (after, 2023))
    )
    found = [item.rule for item in check_between(small, large)]
    assert found == ["amount_scale"] * is_asked
    assert carried_on(small, large) == ()
    back = carried_on(replace(large, year=2021), small)
    assert [item.rule for item in back] == found


def test_an_amount_too_large_beside_both_years_is_told_once() -> None:
    texts = {2021: "12.5", 2022: "118800", 2023: "13"}
    reports = [
        made(f"administrative_fees {text}", "2021", year, rest="0") for year, text in texts.items()
    ]
    found = {item.report.year: item.findings for item in check_together(reports)}
    assert {year: [item.rule for item in items] for year, items in found.items()} == {
        2021: [],
        2022: ["amount_scale"],
        2023: [],
    }
    (told,) = found[2022]
    assert told.other is not None
    assert (told.severity, told.other.year) == ("warning", 2021)
    assert check_library(matrix_of(dict(enumerate(reports))), reports.__getitem__)[1] == (told,)


def test_the_sum_of_several_that_went_into_one_is_asked_about_like_one() -> None:
    before = [made("administrative_penalty 100", "2021", 2022, rest="0") for _ in range(2)]
    small = made("administrative_penalty 20", "2021", 2023, rest="0")
    assert [item.rule for item in check_joined(before, small)] == ["year_jump"]
    usual = made("administrative_penalty 200", "2021", 2023, rest="0")
    assert check_joined(before, usual) == ()


LINES = (
    *(PEOPLE.format(count) for count in (5, 12, 60)),
    *(f"administrative_penalty {text}" for text in ("0", "5", "40", ".", "?0|40", "-2")),
    *(f"administrative_fees {text}" for text in ("12.5", "118800", "118800.123", "-3", ".")),
    *("review 0 0 0 2 2", "review . . . . .", "review 1 0 0 0 1", "review ? 0 0 0 0"),
    *("litigation_direct 0 0 0 1 1", "litigation_after_review 1 0 0 0 1"),
    *("litigation_after_review 0 0 0 1 1", "normative_documents 9 0 3", "regulations 1 0 1"),
)


def random_report(rng: random.Random, agency: str, year: int) -> Report:
    chosen = {line.split()[0]: line for line in rng.sample(LINES, rng.randrange(5))}
    report = replace(made("\n".join(chosen.values()), "2021", year, rest="0"), agency=agency)
    place = rng.choice(list(report.cells))
    odd = rng.choice((Cell(None, "unknown"), Cell(None, "dash", "—"), Cell(7, "typed")))
    if rng.random() < 0.1 and not place.endswith("amount"):
        report = replace(report, cells={**report.cells, place: odd})
    return report


def test_a_library_is_told_what_each_pair_is_told() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    reports: list[Report] = []
    for number in range(150):
        for year in range(2021, 2025):
            report = random_report(rng, f"甲市第{number}局", year)
            if reports and rng.random() < 0.2:
                report = replace(reports[-1], agency=report.agency, year=year)
            reports.append(report)
    expected = {}
    for number, report in enumerate(reports):
        found = list(check_report(report))
        if report.year != 2021:
            found += check_between(reports[number - 1], report)
        if report.year != 2024:
            found += carried_on(report, reports[number + 1])
        expected[number] = listed(found)
    assert {item.rule for items in expected.values() for item in items} >= OWN
    assert check_library(matrix_of(dict(enumerate(reports))), reports.__getitem__) == expected
