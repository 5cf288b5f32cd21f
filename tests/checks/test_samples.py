"""What the checks say of the sample reports: every planted error, and nothing else."""

from collections.abc import Mapping
from functools import cache

import pytest

from checks.across import gaps
from checks.findings import Finding
from checks.prose import prose_facts
from checks.tally import check_library
from checks.together import check_together
from form.matrix import matrix_of
from form.report import Report
from loaders import read
from sample_reports import FOLDER
from sample_reports.planted import PLANTED

Found = dict[tuple[str | None, int | None], tuple[Finding, ...]]


@cache
def reports(folder: str) -> tuple[Report, ...]:
    paths = sorted(path for path in (FOLDER / folder).iterdir() if path.is_file())
    return tuple(report for path in paths for report in read(path.read_bytes(), path.name))


def together(folder: str) -> Found:
    return {
        (item.report.agency, item.report.year): item.findings
        for item in check_together(reports(folder))
    }


def as_a_library(folder: str) -> Found:
    by_id = dict(enumerate(reports(folder)))
    facts = {number: prose_facts(report) for number, report in by_id.items()}
    found = check_library(matrix_of(by_id), by_id.__getitem__, facts)
    return {(by_id[number].agency, by_id[number].year): items for number, items in found.items()}


def codes(found: Found) -> Mapping[tuple[str | None, int | None], set[str]]:
    told = {who: {item.rule for item in items} for who, items in found.items()}
    return {who: rules for who, rules in told.items() if rules}


@pytest.mark.parametrize("way", [together, as_a_library])
def test_planted_errors_are_found_and_nothing_else(way: type[Found]) -> None:
    planted = {(item.agency, item.year): {*item.findings} for item in PLANTED}
    # A carry stands on both reports.
    planted |= {
        (item.agency, item.year - 1): {"carry"} for item in PLANTED if "carry" in item.findings
    }
    assert codes(way("invented")) == {who: rules for who, rules in planted.items() if rules}


def test_planted_errors_over_two_years_are_told_where_they_are() -> None:
    told = {
        (who, item.rule, item.row or item.column): (item.left, item.right)
        for who, items in together("invented").items()
        for item in items
        if item.other is not None and item.rule != "prose_copied"
    }
    assert told == {
        (("戊市公安局", 2023), "carry", "carried_forward"): (3, 0),
        (("戊市公安局", 2024), "carry", "natural_person"): (3, 0),
        (("戊市公安局", 2024), "carry", "total"): (3, 0),
        (("丁街道办事处", 2024), "review_pending_lost", "litigation_after_review"): (0, 1),
        (("壬市人民政府办公室", 2025), "in_force", "normative_documents"): (63, 66),
        (("甲市税务局", 2020), "items", "administrative_penalty"): (30, 40),
    }


def test_missing_years_of_the_samples() -> None:
    known: dict[str, list[int]] = {}
    for report in reports("invented"):
        known.setdefault(str(report.agency), []).append(int(report.year or 0))
    missing = {
        agency: [year for gap in gaps(found) for year in gap.missing]
        for agency, found in known.items()
    }
    years = {agency: found for agency, found in missing.items() if found}
    assert years == {
        "乙县教育局": [2021],
        "戊市公安局": [2022],
        "癸县卫生健康局": [2020, 2023, 2024],
        "辛镇人民政府": [2022],
    }


@pytest.mark.parametrize("way", [together, as_a_library])
def test_real_reports_hold_exactly_these_errors(way: type[Found]) -> None:
    totals = "applications.total_processed"
    told = {
        (
            str(who[0])[:3],
            item.rule,
            item.cells[0] if item.rule == "missing_total" else item.column or item.row,
        )
        for who, items in way("real").items()
        for item in items
    }
    assert told == {
        ("聊城市", "balance", "natural_person"),
        ("聊城市", "balance", "research"),
        ("聊城市", "balance", "legal_service"),
        ("北戴河", "missing_total", f"{totals}.natural_person"),
        ("北戴河", "missing_total", f"{totals}.total"),
        ("郑州市", "prose_count", "review"),
        ("郑州市", "prose_count", "litigation_direct"),
        ("郑州市", "prose_count", "litigation_after_review"),
        ("郑州市", "prose_year", None),
        ("郑州市", "section_missing", None),
    }
