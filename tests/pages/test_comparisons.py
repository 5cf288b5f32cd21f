"""The pages that compare, over the five real samples; every figure counted by hand in the files."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.libraries import YEARS, made_reports, make_library
from form.report import Report
from library.store import HOME
from pages.parts.registry import PageKey
from tests.pages.conftest import OpenPage, html

AGENCIES = 81
MANY = len(YEARS) * (AGENCIES - 1) + 3
"""Reports of so many agencies; the last has none on 2022."""
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
    assert labels[4:] == ["勾稽问题", "修改记录", "2021 年版空白表样", "2019 年版空白表样"]


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


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with more agencies than a chart draws."""
    home = tmp_path_factory.mktemp("many") / "home"
    make_library(home, MANY, kept=None).close()
    return home


@pytest.fixture
def open_many(many: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> OpenPage:
    monkeypatch.setenv(HOME, str(many))
    return open_page


def left_out(app: AppTest) -> tuple[int, int, dict[str, int]]:
    """How many agencies the page says that the chart draws, leaves out, and for which reasons."""
    pattern = r"图中按.*?画 (\d+) 家，另有 (\d+) 家没有画出：(.*?)。表中有全部机构"
    ((shown, others, why),) = re.findall(pattern, html(app))
    reasons = {reason: int(n) for n, reason in re.findall(r"(\d+) 家([^，]*)", why)}
    return int(shown), int(others), reasons


def drawn(app: AppTest) -> set[str]:
    """The agencies of which the chart shows anything."""
    entries = [entry for trace in chart(app)["data"] for entry in trace.get("customdata", ())]
    return {entry[1] for entry in entries if entry[1]}


def cases(report: Report, tables: tuple[str, ...], *columns: str) -> int:
    return sum(
        int(cell.value or 0)
        for address, cell in report.cells.items()
        if address.startswith(tables) and address.endswith(columns)
    )


@pytest.mark.parametrize(("key", "most"), [("compare", 30), ("outcomes", 30), ("disputes", 30)])
def test_what_a_chart_leaves_out_is_told_truly(
    open_many: OpenPage, key: PageKey, most: int
) -> None:
    app = open_many(key, year="2022")
    shown, others, reasons = left_out(app)
    assert shown == len(drawn(app)) == most
    assert shown + others == AGENCIES
    assert sum(reasons.values()) == others
    # Nobody has said that it was due: there is no roster.
    assert reasons["无年报"] == 1
    assert "缺报" not in html(app)
    assert "应有" not in html(app)


def test_none_is_said_of_agencies_that_have_none(open_many: OpenPage) -> None:
    of_year = [report for report in made_reports(MANY) if report.year == 2022]
    parts = ("upheld", "corrected", "other", "pending")
    without = sum(not cases(report, ("disputes.",), *parts) for report in of_year)
    reasons = left_out(open_many("disputes", year="2022"))[2]
    assert reasons.get("没有行政复议和行政诉讼", 0) + reasons.get("未填", 0) == without > 0
    assert reasons["件数排在其后"] == AGENCIES - 1 - 30 - without > 0


def test_agencies_with_most_disputes_of_both_kinds_come_first(open_many: OpenPage) -> None:
    spec = chart(open_many("disputes", year="2022"))
    sums: dict[str, float] = {}
    for trace in spec["data"]:
        for entry, length in zip(trace.get("customdata", ()), trace["x"], strict=False):
            sums[entry[1]] = sums.get(entry[1], 0) + length
    order = [sums[name.replace("<br>", "")] for name in spec["layout"]["yaxis"]["ticktext"]]
    assert order == sorted(order, reverse=True)


def test_the_agencies_that_changed_most_have_a_card(open_many: OpenPage) -> None:
    app = open_many("trends")
    shown, others, reasons = left_out(app)
    assert shown == len(drawn(app)) == 12
    assert shown + others == AGENCIES
    assert sum(reasons.values()) == others
    # Whom the sentence names as having changed most must be among those.
    (furthest,) = re.findall(r"；([^；]*?)(?:增加|减少)最多", html(app))
    assert furthest in drawn(app)


def test_where_all_are_drawn_nothing_is_said_to_be_left_out(open_many: OpenPage) -> None:
    (agency,) = drawn(
        open_many("outcomes", year="2022", agencies=next(made_reports(1)).agency or "")
    )
    assert agency == next(made_reports(1)).agency
    assert "没有画出" not in html(open_many("outcomes", year="2022", agencies=agency))


def test_where_nothing_can_be_drawn_the_page_says_why_and_shows_the_table(
    open_many: OpenPage,
) -> None:
    last = list(made_reports(MANY))[-1].agency
    app = open_many("disputes", year="2022", agencies=last)
    assert "没有可画的行政复议或行政诉讼：1 家无年报" in html(app)
    assert list(rows(app)) == [last]


def test_a_chart_is_not_taken_for_another_when_it_is_drawn_again(open_many: OpenPage) -> None:
    layouts = [chart(open_many("outcomes", year=year))["layout"] for year in ("2022", "2023")]
    assert all("template" not in layout for layout in layouts)
    assert layouts[0]["datarevision"] != layouts[1]["datarevision"]
