"""报告核验: the real reports as printed, what is wrong in them, and where that stood."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from library.importing import import_file
from library.store import Library
from sample_reports import FOLDER
from tests.pages.conftest import OpenPage, html

LIAOCHENG, BEIDAIHE, ZHENGZHOU = (
    "聊城市自然资源和规划局",
    "北戴河区自然资源和规划局",
    "郑州市自然资源和规划局二七分局",
)


def equations(shown: str) -> list[str]:
    found = re.findall(r'<div class="dd-equation">(.*?)</div>', shown)
    return [re.sub(r"<[^>]+>", "", text) for text in found]


@pytest.mark.usefixtures("home")
def test_liaocheng_shows_its_three_errors_with_their_equations(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=LIAOCHENG))
    assert "聊城市自然资源和规划局 · 2020 年度报告" in shown
    assert ">3 处勾稽错误，一组改法</span>" in shown
    assert ">198 格已读，0 格不确定</span>" in shown
    assert ">2019 版表样</span>" in shown
    assert equations(shown) == [
        "自然人 77 + 0 ≠ 75 + 0",
        "科研机构 3 + 0 ≠ 2 + 空",
        "法律服务机构 25 + 0 ≠ 28 + 空",
    ]
    assert "问题 1—3 / 3" in shown
    assert "3 条关系不成立，共 3 处错，要一起改。" in shown


@pytest.mark.usefixtures("home")
def test_the_official_table_lights_the_cells_of_the_chosen_card(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=LIAOCHENG, finding="3"))
    assert "问题 1—3 / 3" in shown
    lit = re.findall(r'<td class="[^"]*dd-(?:left|right)[^"]*"[^>]*>(.*?)</td>', shown)
    figures = [re.search(r'dd-shown">([^<]*)<', cell) for cell in lit]
    # The three columns row by row: on the left what came in, on the right what became of it.
    texts = [found.group(1) if found else "" for found in figures]
    assert texts == [*("77", "3", "25"), *("0", "0", "0"), *("75", "2", "28"), *("0", "", "")]


@pytest.mark.usefixtures("home")
def test_the_source_of_the_chosen_finding_is_quoted_with_its_lines(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=LIAOCHENG))
    quoted = re.findall(
        r'<div class="dd-raw"[^>]*><div>([^<]+)<span class="dd-where">([^<]+)<', shown
    )
    assert quoted[0] == ("一、本年新收政府信息公开申请数量", "第 118–125 行")
    # Every column of the card is marked in its lines, not only that of its first finding.
    first = shown[shown.index('<div class="dd-source">') :].split("</div></div>")[0]
    assert re.findall(r'<span class="dd-lit">([^<]*)<', first) == ["77", "3", "25"]


def test_of_many_lines_those_of_the_total_are_quoted(home: Path, open_page: OpenPage) -> None:
    with Library(home=home) as library:
        (path,) = (FOLDER / "invented").glob("庚区市场监督管理局2023*")
        import_file(library, path.name, path.read_bytes())
    shown = html(open_page("report", agency="庚区市场监督管理局"))
    source = shown[shown.index('<div class="dd-source">') :]
    assert "另有 16 行" in source
    assert re.findall(r'<span class="dd-lit">([^<]*)<', source)[-2:] == ["103", "118"]


@pytest.mark.usefixtures("home")
def test_next_and_previous_go_round(open_page: OpenPage) -> None:
    app = open_page("report", agency=ZHENGZHOU)
    app.button(key="before").click().run()
    last = app.query_params["finding"]
    assert last != "1"
    app.button(key="after").click().run()
    assert app.query_params["finding"] == "1"
    picks(app)[0].click().run()
    assert app.query_params["finding"] == "2"


def picks(app: AppTest) -> list[Button]:
    """The buttons that lead to the cards which are not chosen."""
    return [button for button in app.button if button.label.startswith("查看第")]


@pytest.mark.usefixtures("home")
def test_choosing_a_finding_turns_to_its_table(open_page: OpenPage) -> None:
    app = open_page("report", agency=ZHENGZHOU, finding="2", tab="正文")
    assert "dd-disputes" not in html(app)
    picks(app)[0].click().run()
    assert "dd-disputes" in html(app)


@pytest.mark.usefixtures("home")
def test_a_missing_total_names_the_number_it_must_be(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=BEIDAIHE))
    assert ">2 处勾稽错误，一组改法</span>" in shown
    assert "总计 应为 4</b>" in shown


@pytest.mark.usefixtures("home")
def test_a_report_without_errors_says_so_and_tells_what_was_not_read(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=ZHENGZHOU))
    assert ">没有勾稽错误</span>" in shown
    assert ">158 格已读，40 格不确定</span>" in shown


@pytest.mark.usefixtures("home")
def test_the_original_is_offered_as_it_came(open_page: OpenPage) -> None:
    app = open_page("report", agency=LIAOCHENG, tab="原始文件")
    labels = [button.label for button in app.get("download_button")]
    assert labels == [
        "下载 聊城市自然资源和规划局2020年报.txt",
        "按表样下载（Excel）",
        "按表样下载（Word）",
    ]


@pytest.mark.usefixtures("home")
def test_the_prose_is_shown_by_section(open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=LIAOCHENG, tab="正文"))
    assert "<h3>五、存在的主要问题</h3>" in shown
    assert "图文解读" in shown


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("selection", [{"agency": "没有这家"}, {"year": "1900"}, {"finding": "99"}])
def test_an_address_that_names_nothing_shows_the_first_report(
    open_page: OpenPage, selection: dict[str, str]
) -> None:
    assert "北戴河区自然资源和规划局 · 2020 年度报告" in html(open_page("report", **selection))


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_leads_to_the_upload(open_page: OpenPage) -> None:
    app = open_page("report")
    assert "资料库里还没有报告。" in html(app)
    assert [link.value for link in app.main.page_link] == ["去上传报告"]
