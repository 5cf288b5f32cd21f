"""勾稽问题 over the five real samples: the five errors, filters, links into the reports."""

import re

import pandas as pd
import pytest

from checks.findings import Finding
from checks.frame import findings_frame
from checks.standing import standing_of_many
from checks.states import Judged, State
from pages.checking.findings_list import findings_sentence
from tests.pages.conftest import OpenPage, html


def lines(shown: str) -> list[list[str]]:
    found = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", shown)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        for line in found
    ]


@pytest.mark.usefixtures("home")
def test_all_errors_are_listed(open_page: OpenPage) -> None:
    shown = html(open_page("findings", severity="确定错误"))
    assert "5 份报告里，2 份有 5 处勾稽错误" in shown
    found = lines(shown)
    assert [line[4] for line in found] == ["总计漏填"] * 2 + ["收支不平"] * 3
    assert found[2][6] == "77 + 0 ≠ 75 + 0"


@pytest.mark.usefixtures("home")
def test_a_line_leads_to_its_place_in_the_report(open_page: OpenPage) -> None:
    shown = html(open_page("findings", find="lcs", kind="收支不平"))
    assert [line[5] for line in lines(shown)] == ["自然人", "科研机构", "法律服务机构"]
    assert re.search(r'href="report\?agency=[^"]+&amp;year=2020&amp;finding=2"', shown)


@pytest.mark.usefixtures("home")
def test_agencies_are_counted_by_kind(open_page: OpenPage) -> None:
    shown = html(open_page("findings", list="按机构", severity="确定错误"))
    assert lines(shown) == [
        ["聊城市自然资源和规划局", "3", "", "3"],
        ["北戴河区自然资源和规划局", "", "2", "2"],
    ]


@pytest.mark.usefixtures("home")
def test_filters_that_leave_nothing_say_so(open_page: OpenPage) -> None:
    assert "没有符合这些条件的问题。" in html(open_page("findings", find="没有这家"))


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_leads_to_the_upload(open_page: OpenPage) -> None:
    assert "还没有可以核对的报告。" in html(open_page("findings"))


REPORTS = pd.DataFrame(
    {"agency": ["甲局", "甲局", "乙局"], "year": [2022, 2023, 2023]}, index=[1, 2, 3]
)


def one(slip: str, state: State, rule: str = "balance", *, by_correction: bool = False) -> Judged:
    severity = "question" if rule == "prose_year" else "error"
    return Judged(Finding(rule, severity, None, "", slip=slip), state, by_correction=by_correction)


def said(judged: dict[int, list[Judged]]) -> str:
    """What stands above the list of what is not settled, of three reports."""
    everything = findings_frame(judged, REPORTS)
    found = everything[~everything["state"].isin(["accepted", "corrected"])]
    return findings_sentence(found, 3, everything, everything)


def test_a_sentence_counts_slips_as_the_menu_does() -> None:
    carry = one("2022-2023/carry/total", "open", "carry")
    judged = {
        1: [carry],
        2: [carry, one("a", "open"), one("a", "asked"), one("b", "caused", by_correction=True)],
        3: [one("q", "open", "prose_year"), one("q", "open", "prose_year")],
    }
    assert said(judged) == (
        "3 份报告里，2 份有 2 处勾稽错误，牵连 4 条关系；更正引起 1 处不平；另有 1 处提示"
    )
    whole = standing_of_many(judged, REPORTS["agency"].to_dict())
    assert (whole.errors, whole.places, whole.caused, whole.others) == (2, 4, 1, 1)


def test_no_correction_and_no_reason_makes_a_print_faultless() -> None:
    nothing = "列出的问题里没有待处理的勾稽错误"
    assert said({1: [one("a", "corrected")], 2: [one("b", "accepted")]}) == (
        f"{nothing}；印出的另有 1 处错误，更正后相符；另有 1 处勾稽错误已说明原因"
    )
    assert said({1: [one("a", "caused", by_correction=True)]}) == f"{nothing}；更正引起 1 处不平"
    assert (
        said({1: [one("q", "open", "prose_year")]}) == "3 份报告里没有确定的勾稽错误；另有 1 处提示"
    )


def test_of_a_part_nothing_is_said_of_the_whole() -> None:
    everything = findings_frame({1: [one("a", "open"), one("q", "open", "prose_year")]}, REPORTS)
    questions = everything[everything["severity"] == "question"]
    assert findings_sentence(questions, 3, questions, everything) == (
        "列出的问题里没有待处理的勾稽错误；另有 1 处提示"
    )
