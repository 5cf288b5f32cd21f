"""A judgement that fails is a finding with an id; what did not fail stands."""

import logging

import pytest

from checks.catalogue import SEVERITIES, kind_name
from checks.explanations import Suspects
from checks.findings import Finding
from checks.kept import finding_from_kept, finding_to_kept
from checks.timing import limits_hold
from checks.unjudged import Judging, judged_or_not, not_judged
from form.report import Report

REPORT = Report("甲市水务局", 2023, {}, {})
SECRET = "收到申请 7777 件"


def failing() -> int:
    raise KeyError(SECRET)


def for_ever() -> int:
    while True:
        pass


def test_the_finding_says_what_and_under_which_number() -> None:
    finding = not_judged("a1b2c3d4", "failed", ["tables", "prose"])
    assert (finding.rule, finding.severity) == ("not_judged", SEVERITIES["not_judged"])
    assert finding.severity == "warning"
    assert kind_name("not_judged") == "未能核对"
    assert finding.message.startswith("未能核对（表格、正文）：")
    assert "a1b2c3d4" in finding.message
    assert finding.to_json()["id"] == "a1b2c3d4"
    assert finding.key == not_judged("other", "time", ["tables", "prose"]).key
    assert finding.key != not_judged("a1b2c3d4", "failed", ["years"]).key
    assert finding_from_kept(finding_to_kept(finding)) == finding


def test_other_findings_have_no_id() -> None:
    assert "id" not in Finding("late", "warning", None, "迟报。").to_json()


def test_work_that_does_not_fail_gives_what_it_gives() -> None:
    assert judged_or_not(lambda: 3) == 3
    assert judged_or_not(lambda: None) is None


def test_work_that_fails_is_a_finding_and_its_places_are_logged_without_a_word_of_the_report(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        finding = judged_or_not(failing, REPORT)
    assert isinstance(finding, Finding)
    assert finding.id in caplog.text
    assert "KeyError" in caplog.text
    assert "failing:" in caplog.text
    assert SECRET not in caplog.text + finding.message
    assert "甲市" not in caplog.text


def test_the_same_failure_of_the_same_report_has_the_same_number() -> None:
    def number(of: object) -> str:
        finding = judged_or_not(failing, of)
        assert isinstance(finding, Finding)
        return finding.id

    assert number(REPORT) == number(REPORT)
    assert number(REPORT) != number(Report("乙市水务局", 2023, {}, {}))


@pytest.mark.skipif(not limits_hold(), reason="this system has no such clock")
def test_work_without_end_is_a_finding_too() -> None:
    finding = judged_or_not(for_ever, REPORT, seconds=0.02)
    assert isinstance(finding, Finding)
    assert "没有核对完" in finding.message
    assert finding.id


def test_what_did_not_fail_stands() -> None:
    judging = Judging(REPORT)
    assert judging.unjudged() == ()
    assert judging.part("tables", lambda: 1, 0) == 1
    assert judging.part("prose", failing, 0) == 0
    assert judging.part("years", lambda: 2, 0) == 2
    (finding,) = judging.unjudged()
    assert finding.place == "正文"


@pytest.mark.skipif(not limits_hold(), reason="this system has no such clock")
def test_what_comes_after_the_time_is_up_is_said_too() -> None:
    judging = Judging(REPORT, seconds=0.02)
    judging.part("tables", lambda: 1, 0)
    judging.part("prose", for_ever, 0)
    assert judging.part("suspects", lambda: 1, 0) == 0
    (finding,) = judging.unjudged()
    assert finding.place == "正文、可能的原因"


def test_explanations_that_fail_say_so_in_their_limit() -> None:
    def broken() -> Suspects:
        raise ValueError(SECRET)

    found = Judging(REPORT).suspects(broken)
    assert not found.complete
    assert found.limit.startswith("未能核对（可能的原因）")
    assert Judging(REPORT).suspects(Suspects) == Suspects()


def test_what_a_person_ends_ends() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judged_or_not(interrupted)
