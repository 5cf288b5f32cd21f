"""The text against itself: parts that do not add up, 全部办结 beside a 结转, growth that is none."""

from collections.abc import Iterable
from typing import Any

import pytest

from checks.findings import Finding
from checks.prose.facts import prose_facts
from checks.prose.questions import growth_findings, prose_findings
from checks.prose.screening import pairs_to_ask, reports_to_ask
from checks.tally import check_library
from checks.together import check_together
from form.matrix import matrix_of
from form.report import Paragraph, Report
from tests.checks.prose.reports import report


def remarked(text: str, rule: str) -> list[tuple[Any, ...]]:
    """What a sentence gives occasion to ask of one kind: the values of each remark."""
    only = Report("甲市水务局", 2021, {"disclosure": "2021"}, {}, (Paragraph(1, text),))
    return [item.values for item in prose_facts(only).remarks if item.rule == rule]


def of_rule(findings: Iterable[Finding], rule: str) -> list[Finding]:
    return [item for item in findings if item.rule == rule]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到政府信息公开申请20件，其中网上申请12件，信函申请9件。", [(20, 21, 12, 9)]),
        ("收到政府信息公开申请20件，其中网上申请12件，信函申请5件。", [(20, 17, 12, 5)]),
        ("收到政府信息公开申请20件，其中自然人申请12件，法人申请7件。", [(20, 19, 12, 7)]),
        ("共办结申请20件，其中予以公开12件，部分公开5件，不予公开6件。", [(20, 23, 12, 5, 6)]),
        ("政府信息公开行政复议7件，其中维持5件，纠正3件。", [(7, 8, 5, 3)]),
        ("收到政府信息公开申请20件，其中网上申请12件，信函申请8件。", []),
        ("收到政府信息公开申请20件，其中网上申请12件，信函申请5件等。", []),
        ("收到政府信息公开申请20件，其中网上申请12件，信函申请5件，其他方式3件。", []),
        ("收到政府信息公开申请20件，其中主要通过网上申请12件，信函申请5件。", []),
        ("收到政府信息公开申请20件，其中涉及土地的9件，涉及规划的8件。", []),
        ("收到政府信息公开申请20件，其中网上申请12件，占60%，信函申请9件。", []),
        ("收到申请20件（含上年结转2件），其中网上申请12件，信函申请5件。", []),
        ("共办结申请20件，其中予以公开12件，部分公开5件。", []),
        ("政府信息公开行政复议7件，其中维持5件，纠正1件。", []),
        ("收到政府信息公开申请20件，其中网上申请12件。", []),
        ("收到政府信息公开申请近20件，其中网上申请12件，信函申请9件。", []),
        ("收到政府信息公开申请20件。接待来访50人，其中网上预约12件，信函预约9件。", []),
    ],
)
def test_parts_of_a_number(text: str, expected: list[tuple[int, ...]]) -> None:
    assert remarked(text, "prose_parts") == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收到政府信息公开申请20件，均已按期办结。", True),
        ("收到政府信息公开申请20件，其中网上12件、信函8件，已全部答复。", True),
        ("收到政府信息公开申请20件，其中网上12件、信函8件，全部按时答复。", False),
        ("收到政府信息公开申请20件，均在法定期限内答复。", False),
        ("收到政府信息公开申请20件，办结率100%。", True),
        ("收到政府信息公开申请20件，按时答复率100%。", False),
        ("收到政府信息公开申请20件，到期申请均已答复。", False),
        ("收到政府信息公开申请20件，办结18件，结转2件，均按时答复。", False),
        ("收到政府信息公开申请20件，办理建议提案5件，均已办结。", False),
        ("收到政府信息公开申请20件，办理民生实事5件，均已办结。", False),
        ("收到政府信息公开申请20件，上年结转的3件均已办结。", False),
        ("收到政府信息公开申请20件，均未超期答复。", False),
        ("收到政府信息公开申请20件，除1件外均已答复。", False),
        ("收到信件20件，均已办结。", False),
    ],
)
def test_all_is_said_to_be_settled(text: str, said: bool) -> None:
    assert remarked(text, "prose_settled") == [()] * said


@pytest.mark.parametrize(
    ("text", "cells", "asked"),
    [
        ("收到申请20件，全部办结。", "carried_forward 2 0 0 0 0 0 2", True),
        ("收到申请20件，全部办结。", "carried_forward 0 0 0 0 0 0 0", False),
        ("收到申请20件，全部办结，结转下年度2件。", "carried_forward 0 0 0 0 0 0 0", True),
        ("收到申请20件，全部办结，结转下年度0件。", "carried_forward 0 0 0 0 0 0 0", False),
        ("收到申请20件，全部办结。", "carried_forward . . . . . . .", False),
        ("收到申请20件。", "carried_forward 2 0 0 0 0 0 2", False),
    ],
)
def test_settled_beside_what_goes_on(text: str, cells: str, asked: bool) -> None:
    lines = f"new_received 20 0 0 0 0 0 20\n{cells}"
    item = report(text, lines)
    found = of_rule(prose_findings(item), "prose_settled")
    assert len(found) == asked
    assert ([*reports_to_ask(matrix_of({1: item}), {1: prose_facts(item)})] == [1]) or not asked


def two_years(text: str, before: int) -> tuple[Report, Report]:
    """Last year's report with so many applications, and this year's with a text."""
    earlier = report("依法公开。", f"new_received {before} 0 0 0 0 0 {before}", year=2020)
    later = report(text, "new_received 120 0 0 0 0 0 120", year=2021)
    return earlier, later


@pytest.mark.parametrize(
    ("text", "before", "asked"),
    [
        ("收到申请120件，较上年增长20%。", 100, False),
        ("收到申请120件，较上年增长20%。", 90, True),
        ("收到申请120件，比2020年减少20件。", 140, False),
        ("收到申请120件，比2020年减少20件。", 100, True),
        ("收到申请120件，同比增长33%。", 90, False),
        ("收到申请120件，同比增长33.3%。", 90, False),
        ("收到申请120件，同比增长33.4%。", 90, False),
        ("收到申请120件，同比增长34.5%。", 90, True),
        ("收到申请120件，同比下降20%。", 150, False),
        ("收到申请120件，同比下降20%。", 100, True),
        ("收到申请120件，同比增长近20%。", 90, False),
        ("收到申请120件，同比增长120%。", 0, False),
        ("主动公开信息120条，同比增长20%。", 90, False),
        ("收到申请120件，办结率较上年提高20%。", 90, False),
    ],
)
def test_growth_against_last_years_figure(text: str, before: int, asked: bool) -> None:
    earlier, later = two_years(text, before)
    found = [*growth_findings(later, earlier)]
    assert [item.rule for item in found] == ["prose_growth"] * asked
    together = check_together([earlier, later])[1].findings
    assert of_rule(together, "prose_growth") == found


def test_growth_is_asked_about_in_a_library_too() -> None:
    earlier, later = two_years("收到申请120件，较上年增长20%。", 90)
    by_id = {1: earlier, 2: later}
    matrix, facts = matrix_of(by_id), {key: prose_facts(item) for key, item in by_id.items()}
    assert pairs_to_ask(matrix, facts) == {2: 1}
    found = of_rule(check_library(matrix, by_id.__getitem__, facts)[2], "prose_growth")
    assert len(found) == 1
    assert found[0].other is not None
    assert found[0].other.year == 2020
    assert "上年" in found[0].message


def test_a_figure_of_last_year_that_is_not_known_contradicts_nothing() -> None:
    earlier, later = two_years("收到申请120件，较上年增长20%。", 90)
    unknown = report("依法公开。", "new_received ? 0 0 0 0 0 ?", year=2020)
    assert [*growth_findings(later, unknown)] == []
    assert [*growth_findings(later, earlier)] != []
