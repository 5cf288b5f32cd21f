"""勾稽问题 over the five real samples: the five errors, filters, links into the reports."""

import re

import pytest

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
