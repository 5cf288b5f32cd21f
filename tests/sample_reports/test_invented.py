"""The invented samples add up, but for what is planted in them."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

import pytest

from form.report import Cell
from form.rules import evaluate, sums
from sample_reports.agencies import AGENCIES
from sample_reports.invented import Invented, invented_reports
from sample_reports.makers import MAKERS
from sample_reports.marks import INVENTED_MARK
from sample_reports.planted import PLANTED
from sample_reports.samples import Line

REPORTS = list(invented_reports())
EACH = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.file_name)


def broken(report: Invented) -> set[tuple[str, str]]:
    truth = report.sample.truth
    checked = [
        item
        for key in ("applications", "disputes")
        for item in sums(key, truth.editions["applications"])
    ]
    outcomes = evaluate(truth.cells, checked)
    assert len(outcomes) == len(checked)
    return {(item.sum.rule.code, item.sum.key) for item in outcomes if not item.holds}


def text_of(report: Invented) -> list[str]:
    return [block.text for block in report.sample.blocks if isinstance(block, Line)]


def following_years() -> Iterator[tuple[Invented, Invented]]:
    for before, after in pairwise(REPORTS):
        one, two = before.sample.truth, after.sample.truth
        if (one.agency, one.year + 1) == (two.agency, two.year):
            yield before, after


def has(report: Invented, finding: str) -> bool:
    return report.planted is not None and finding in report.planted.findings


def figure(report: Invented, place: str) -> int:
    return int(report.sample.truth.cells[place].in_sums or 0)


@EACH
def test_the_sums_that_fail_are_the_planted_ones(report: Invented) -> None:
    assert broken(report) == (report.planted.breaks if report.planted else frozenset())


@EACH
def test_it_says_that_it_is_a_sample(report: Invented) -> None:
    assert text_of(report).count(INVENTED_MARK) == 1


@pytest.mark.parametrize(
    ("before", "after"), list(following_years()), ids=lambda report: report.file_name
)
def test_years_follow_from_each_other_but_for_planted_breaks(
    before: Invented, after: Invented
) -> None:
    columns = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
    breaks = [
        key
        for key in (*columns, "total")
        if figure(before, f"applications.carried_forward.{key}")
        != figure(after, f"applications.carried_over.{key}")
    ]
    assert breaks == (["natural_person", "total"] if has(after, "carry") else [])
    assert list(document_breaks(before, after)) == (
        ["normative_documents"] if has(after, "in_force") else []
    )
    assert list(item_breaks(before, after)) == (
        ["administrative_penalty"] if has(after, "items") else []
    )


def document_breaks(before: Invented, after: Invented) -> Iterator[str]:
    if any(r.sample.truth.editions["disclosure"] == "2019" for r in (before, after)):
        return
    for row in ("regulations", "normative_documents"):
        place = f"disclosure.{row}."
        made = figure(before, f"{place}in_force") + figure(after, f"{place}issued")
        if made - figure(after, f"{place}repealed") != figure(after, f"{place}in_force"):
            yield row


def item_breaks(before: Invented, after: Invented) -> Iterator[str]:
    if any(r.sample.truth.editions["disclosure"] == "2021" for r in (before, after)):
        return
    for place in before.sample.truth.cells:
        if place.endswith(".prior_items"):
            row = place.removesuffix("prior_items")
            if figure(before, place) + figure(before, f"{row}change") != figure(after, place):
                yield place.split(".")[1]


def test_every_planted_error_stands_in_a_report_of_its_own() -> None:
    planted = [report.planted for report in REPORTS if report.planted is not None]
    assert len(planted) == len(PLANTED) == len({(p.agency, p.year) for p in PLANTED})


def test_every_planted_cell_differs_from_the_right_one() -> None:
    for report in REPORTS:
        for place, cell in report.planted.cells.items() if report.planted else ():
            assert report.right[place] != cell


def test_prose_counts_are_the_tables_right_ones_unless_planted() -> None:
    different = {report.file_name for report in REPORTS if not prose_agrees(report, report.right)}
    # In 戊市公安局 the whole report tells the planted number.
    assert different == {"己县自然资源局2024年报.pdf", "戊市公安局2024年报.docx"}
    asked = {report.file_name for report in REPORTS if has(report, "prose_count")}
    printed = {
        report.file_name
        for report in REPORTS
        if not prose_agrees(report, report.sample.truth.cells)
    }
    # A blank total agrees with no prose, and is the finding itself.
    assert printed - {"辛镇人民政府2023年报.txt"} == asked


def prose_agrees(report: Invented, cells: dict[str, Cell]) -> bool:
    prose = "".join(text_of(report))
    told = {
        "applications.new_received.total": r"(?:收到|新收)[^，；。]*?申请(\d+)件",
        "applications.total_processed.total": r"(?:办结|答复)(\d+)件",
        "disputes.review.total": r"行政复议(\d+)件",
    }
    return all(
        int(match[1]) == cells[place].value
        for place, pattern in told.items()
        for match in re.finditer(pattern, prose)
    ) and litigation_agrees(prose, cells)


def litigation_agrees(prose: str, cells: dict[str, Cell]) -> bool:
    rows = ("litigation_direct", "litigation_after_review")
    total = sum(int(cells[f"disputes.{row}.total"].in_sums or 0) for row in rows)
    match = re.search(r"行政诉讼(\d+)件", prose)
    return match is None or int(match[1]) == total


def test_only_the_planted_prose_repeats_last_years() -> None:
    alike = {
        after.file_name for before, after in following_years() if likeness(before, after) > 0.8
    }
    assert alike == {report.file_name for report in REPORTS if has(report, "prose_copied")}


def likeness(before: Invented, after: Invented) -> float:
    texts = [
        "".join(
            block.text
            for block in report.sample.blocks
            if isinstance(block, Line) and block.role == "text"
        )
        for report in (before, after)
    ]
    return SequenceMatcher(None, *texts, autojunk=False).ratio()


def test_only_the_planted_report_is_late() -> None:
    late = set()
    for report in REPORTS:
        year, month, _day = map(int, re.findall(r"\d+", text_of(report)[-1]))
        agency = next(item for item in AGENCIES if item.name == report.sample.truth.agency)
        assert year == report.sample.truth.year + 1
        if month > (3 if agency.is_government else 1):
            late.add(report.file_name)
    assert late == {report.file_name for report in REPORTS if has(report, "late")}


def test_kinds_years_and_gaps() -> None:
    assert {report.sample.kind for report in REPORTS} == set(MAKERS)
    assert {report.sample.truth.year for report in REPORTS} == set(range(2019, 2026))
    gaps = [set(range(min(a.files), max(a.files) + 1)) - set(a.files) for a in AGENCIES]
    assert len(AGENCIES) == 10
    assert sum(bool(gap) for gap in gaps) >= 3


def test_editions_fit_the_year_but_for_the_planted_two() -> None:
    odd = {
        report.file_name
        for report in REPORTS
        if set(report.sample.truth.editions.values())
        != {"2019" if report.sample.truth.year <= 2020 else "2021"}
    }
    assert odd == {report.file_name for report in REPORTS if has(report, "edition_year")}
