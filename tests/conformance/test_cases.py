"""The cases hold together by themselves: their figures are right whatever any tool says."""

from dataclasses import replace

import pytest

from checks.catalogue import AMOUNT_BELOW_ZERO, SEVERITIES
from conformance import Case, cases
from form.matrix import amount_addresses
from form.report import Cell, Report
from tests.conformance.brute import all_sums, below_zero, best_repairs, counted, gap

SUMS = ("balance", "outcomes", "applicants", "disputes")
OPEN_MARKS = ("unknown", "text")


def named(case: Case) -> str:
    return case.id


def with_values(report: Report, changes: dict[str, int]) -> Report:
    filled = {place: Cell(value, "number", str(value)) for place, value in changes.items()}
    return replace(report, cells={**report.cells, **filled})


def is_open(case: Case) -> bool:
    return any(cell.mark in OPEN_MARKS for _place, cell in case.cells)


def test_there_are_enough_cases_and_no_two_of_one_name() -> None:
    names = [case.id for case in cases()]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


def test_cases_can_be_asked_for_by_rule() -> None:
    assert {case.rule for case in cases("carry")} == {"carry"}
    assert cases("nothing of the kind") == ()


def test_a_case_gives_its_rows_as_written() -> None:
    case = next(case for case in cases("shift") if case.id == "row-shifted-by-one")
    rows = {row.row: [cell.value for _column, cell in row.cells] for row in case.rows}
    assert list(rows) == ["new_received", "granted", "total_processed"]
    assert rows["granted"] == [None, 4, 2, 0, 0, 0, 6]
    assert {row.table for row in case.rows} == {"applications"}


@pytest.mark.parametrize("case", cases(), ids=named)
def test_severities_are_those_of_the_catalogue(case: Case) -> None:
    for finding in case.findings:
        expected = "question" if finding.undecided else SEVERITIES[finding.rule]
        if finding.rule == "negative" and {*(finding.cells or ())} & {*amount_addresses()}:
            expected = AMOUNT_BELOW_ZERO
        assert finding.severity == expected


@pytest.mark.parametrize("case", [case for case in cases() if not is_open(case)], ids=named)
def test_sums_that_fail_are_those_expected(case: Case) -> None:
    """By plain addition, with the missing totals written in."""
    required = {
        finding.cells[0]: finding.required
        for finding in case.findings
        if finding.cells and finding.required is not None
    }
    values = counted(with_values(case.report, required).cells)
    failing = {
        (item.rule.code, item.addresses): gap(values, item)
        for item in all_sums(case.report)
        if gap(values, item)
    }
    expected = {
        (finding.rule, finding.cells): (finding.left or 0) - (finding.right or 0)
        for finding in case.findings
        if finding.rule in SUMS
    }
    assert failing == expected


def year_before(case: Case) -> Report | None:
    years = {other.year: other for other in case.others}
    return years.get(case.report.year - 1) if case.report.year else None


def broken_chains(case: Case) -> dict[tuple[str, str], tuple[int, int]]:
    """Both sides of every sum over two years that fails, by rule and column or row."""
    before = year_before(case)
    if before is None:
        return {}
    now, then = counted(case.report.cells), counted(before.cells)
    sides = {}
    for place in now:
        table, row, column = place.split(".")
        if row == "carried_over":
            left = then.get(f"{table}.carried_forward.{column}")
            sides["carry", column] = (left, now[place])
        elif column == "in_force":
            kept = then.get(place)
            issued, repealed = (now[f"{table}.{row}.{key}"] for key in ("issued", "repealed"))
            right = None if kept is None else kept + issued - repealed
            sides["in_force", row] = (now[place], right)
        elif column == "prior_items" and place in then:
            sides["items", row] = (now[place], then[place] + then[f"{table}.{row}.change"])
    return {
        key: (left, right)
        for key, (left, right) in sides.items()
        if left is not None and right is not None and left != right
    }


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.others and not is_open(case)], ids=named
)
def test_chains_that_break_are_those_expected(case: Case) -> None:
    assert broken_chains(case) == {
        (finding.rule, finding.column or finding.row): (finding.left, finding.right)
        for finding in case.findings
        if finding.rule in ("carry", "in_force", "items")
    }


@pytest.mark.parametrize("case", [case for case in cases() if case.explanations], ids=named)
def test_every_explanation_mends_every_sum(case: Case) -> None:
    assert case.explanations
    for explanation in case.explanations:
        changes = {item.address: int(item.after or 0) for item in explanation.changes}
        values = counted(with_values(case.report, changes).cells)
        assert [item for item in all_sums(case.report) if gap(values, item)] == []
        assert below_zero(values) == []


@pytest.mark.parametrize(
    "case",
    [case for case in cases() if case.explanations is not None and case.complete],
    ids=named,
)
def test_the_smallest_sets_are_all_there(case: Case) -> None:
    expected = {
        frozenset((item.address, int(item.after or 0)) for item in explanation.changes)
        for explanation in case.explanations or ()
    }
    assert best_repairs(case.report) - {frozenset()} == expected


@pytest.mark.parametrize("case", cases(), ids=named)
def test_a_case_says_what_it_shows(case: Case) -> None:
    assert case.title
    assert case.sentence.endswith("。")
