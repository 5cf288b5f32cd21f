"""The pages that compare, over the five real samples; every figure counted by hand in the files."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.registry import PageKey
from tests.pages.conftest import OpenPage, html

COMPARISONS: list[PageKey] = ["compare", "trends", "outcomes", "disputes", "export"]


def chart(app: AppTest) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def rows(app: AppTest) -> dict[str, list[str]]:
    """The lines of the page's tables by their first cells."""
    found = {}
    for line in re.findall(
        r"<tr>(<th scope=\"row\".*?)</tr>|<tr>(<th [^>]*scope=\"row\".*?)</tr>", html(app)
    ):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", "".join(line))
        texts = [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]
        found[texts[0]] = texts[1:]
    return found


@pytest.mark.usefixtures("home")
def test_new_applications_are_compared(open_page: OpenPage) -> None:
    app = open_page("compare")
    shown = html(app)
    assert "2020 年，5 家机构共新收申请 151 件；聊城市自然资源和规划局最多，105 件" in shown
    assert "2 份的表里有未决勾稽错误" in shown
    bars = next(trace for trace in chart(app)["data"] if trace["type"] == "bar")
    assert list(bars["x"]) == [105, 22, 15, 5, 4]


@pytest.mark.usefixtures("home")
def test_chart_and_table_show_the_same_numbers(open_page: OpenPage) -> None:
    table = rows(open_page("compare", view="表"))
    assert {rank: line[:2] for rank, line in table.items()} == {
        "1": ["聊城市自然资源和规划局", "105"],
        "2": ["郑州市自然资源和规划局二七分局", "22"],
        "3": ["阜新市自然资源局", "15"],
        "4": ["承德高新区", "5"],
        "5": ["北戴河区自然资源和规划局", "4"],
    }


@pytest.mark.usefixtures("home")
def test_another_measure_marks_the_values_in_doubt(open_page: OpenPage) -> None:
    app = open_page("compare", measure="申请人类型：本年新收申请（自然人）")
    shown = html(app)
    assert "其中 1 份涉及所示数值" in shown
    excluded = open_page("compare", measure="申请人类型：本年新收申请（自然人）", exclude="true")
    assert "已排除 1 份" in html(excluded)
    # 聊城's 77 is gone: 郑州二七 19, 阜新 13, 承德 5, 北戴河 4
    assert "4 家机构共" in html(excluded)


@pytest.mark.usefixtures("home")
def test_agencies_are_found_by_the_first_letters_of_their_pinyin(open_page: OpenPage) -> None:
    app = open_page("compare")
    app.text_input(key="look-for").set_value("fxs").run()
    assert app.multiselect(key="agencies").options == ["阜新市自然资源局"]
    app.multiselect(key="agencies").select("阜新市自然资源局").run()
    assert "2020 年，阜新市自然资源局新收申请 15 件" in html(app)


@pytest.mark.usefixtures("home")
def test_one_year_is_no_trend_and_the_page_says_so(open_page: OpenPage) -> None:
    app = open_page("trends", view="表")
    assert "只有 2020 一年" in html(app)
    assert rows(app)["聊城市自然资源和规划局"][0] == "105"


@pytest.mark.usefixtures("home")
def test_results_are_parts_of_what_was_decided(open_page: OpenPage) -> None:
    app = open_page("outcomes", view="表")
    # 予以公开 65 + 19 + 15 + 5 + 0, 部分公开 15 + 0 + 0 + 0 + 2, 无法提供 15 + 1 + 0 + 0 + 1
    assert "2020 年，5 家机构共办结 151 件，其中予以公开 104 件" in html(app)
    liaocheng = rows(app)["聊城市自然资源和规划局"]
    assert liaocheng[0] == "65 61.9%"
    assert liaocheng[-1] == "105"


@pytest.mark.usefixtures("home")
def test_disputes_are_counted_by_result(open_page: OpenPage) -> None:
    app = open_page("disputes", view="表")
    # 聊城: 复议 其他结果 2, 诉讼 结果纠正 1 and 其他结果 7; 阜新: 复议 结果纠正 1, 诉讼 结果维持 1;
    # 郑州二七: 诉讼 尚未审结 1 and 结果维持 1
    assert (
        "2 家机构有行政复议 3 件，结果纠正 1 件；3 家机构有行政诉讼 11 件，结果纠正 1 件"
        in html(app)
    )


@pytest.mark.usefixtures("home")
def test_the_export_names_its_scope(open_page: OpenPage) -> None:
    app = open_page("export")
    assert "导出 5 份报告：5 家机构，2020 年" in html(app)
    labels = [button.label for button in app.get("download_button")]
    assert labels[0] == "下载汇总工作簿（Excel）"
    assert len(labels) == 5


@pytest.mark.usefixtures("home")
def test_an_export_of_one_agency_is_narrowed(open_page: OpenPage) -> None:
    app = open_page("export", agencies="承德高新区")
    assert "导出 1 份报告：1 家机构，2020 年" in html(app)


@pytest.mark.usefixtures("empty_home")
@pytest.mark.parametrize("key", COMPARISONS)
def test_without_reports_the_page_says_why_and_what_to_do(
    open_page: OpenPage, key: PageKey
) -> None:
    app = open_page(key)
    assert "还没有可以比较的报告。" in html(app)
    assert [link.value for link in app.main.page_link] == ["去上传报告", "先导入样例看看"]
