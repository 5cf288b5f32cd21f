"""资料库: versions, the queue, the recycle bin, and what people do there."""

from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from library.importing import import_file
from library.store import Library
from tests.loaders.tables import random_texts, report_lines
from tests.pages.conftest import REAL_REPORTS, OpenPage, checked, html

CHENGDE = next(path for path in REAL_REPORTS if "承德" in path.name)


def number_of(home: Path, agency: str, version: int = 1) -> int:
    """The id of one version of an agency's only year."""
    with Library(home=home) as library:
        reports = library.reports()
    same = reports[(reports["agency"] == agency) & (reports["version"] == version)]
    return int(same.index[0])


def told(home: Path) -> list[tuple[str, str | None]]:
    """What the log says was done, and by whom."""
    with Library(home=home) as library:
        assert library.log.verify() == ()
        return [(item.action, item.who) for item in library.log.entries()]


def signed(app: AppTest, name: str) -> AppTest:
    return checked(app.sidebar.text_input(key="person").set_value(name).run())


def without_agency(text: str) -> bytes:
    """The same tables under a title that does not tell whose they are."""
    start = text.index("二、")
    return text[start:].replace("承德", "").replace("高新区", "").encode()


@pytest.mark.usefixtures("home")
def test_every_report_is_listed_and_found_by_pinyin(open_page: OpenPage) -> None:
    shown = html(open_page("library"))
    assert "5 份计入统计" in shown
    assert shown.count("第 1 版") == 5
    found = html(open_page("library", find="fxs 2020"))
    assert "阜新市自然资源局2020年报.txt" in found
    assert "承德高新区2020年报.txt" not in found


def test_a_report_goes_to_the_bin_and_comes_back(home: Path, open_page: OpenPage) -> None:
    app = signed(open_page("library", find="承德"), "公开科")
    number = number_of(home, "承德高新区")
    app.multiselect(key="picked").set_value([number]).run()
    checked(app.button(key="recycle").click().run())
    with Library(home=home) as library:
        assert library.summary().counted == 4
        assert list(library.recycled()["agency"]) == ["承德高新区"]

    app = signed(open_page("library", part="回收站"), "王五")
    assert "回收站里有 1 份报告" in html(app)
    app.multiselect(key="binned").set_value([number]).run()
    checked(app.button(key="restore").click().run())
    with Library(home=home) as library:
        assert library.summary().counted == 5
    assert told(home) == [("recycle", "公开科"), ("restore", "王五")]
    shown = html(open_page("report", agency="承德高新区", tab="修改记录"))
    assert "<b>移入回收站</b> 第 1 版" in shown
    assert ">已恢复</span>" in shown
    assert "<b>恢复</b> 第 1 版" in shown


def test_an_older_version_can_be_made_to_count(home: Path, open_page: OpenPage) -> None:
    newer = CHENGDE.read_text(encoding="utf-8").replace("无\n", "无。\n") + "\n更正"
    with Library(home=home) as library:
        assert import_file(library, CHENGDE.name, newer.encode()).state == "new_version"
    app = signed(open_page("library", find="承德"), "公开科")
    assert "第 2 版" in html(app)
    app.multiselect(key="picked").set_value([number_of(home, "承德高新区")]).run()
    checked(app.button(key="choose").click().run())
    with Library(home=home) as library:
        reports = library.reports()
        assert reports.loc[
            reports["counts"] & (reports["agency"] == "承德高新区"), "version"
        ].tolist() == [1]

    shown = html(open_page("report", agency="承德高新区", version="第 2 版"))
    assert "第 2 版 · 承德高新区2020年报.txt（不计入统计）" in shown
    assert told(home) == [("choose", "公开科")]

    app = open_page("report", agency="承德高新区", tab="修改记录")
    assert "<b>选定版本</b> 第 1 版" in html(app)
    assert not [button for button in app.button if "恢复" in button.label]
    app = checked(app.button(key="log-undo-1").click().run())
    with Library(home=home) as library:
        reports = library.reports()
        assert reports.loc[
            reports["counts"] & (reports["agency"] == "承德高新区"), "version"
        ].tolist() == [2]


def test_a_report_without_agency_waits_until_a_person_says_whose_it_is(
    home: Path, open_page: OpenPage
) -> None:
    data = without_agency(CHENGDE.read_text(encoding="utf-8"))
    with Library(home=home) as library:
        result = import_file(library, "扫描件.txt", data)
        assert result.state == "queued"
        number = result.report_ids[0]
    shown = html(open_page("overview"))
    assert "1 份报告待认领" in shown
    assert f"library?{urlencode({'part': '待认领'})}" in shown
    waiting = html(open_page("report", agency="（待认领）", file=f"{number} 扫描件.txt"))
    assert "待认领 · 扫描件.txt" in waiting

    app = signed(open_page("library", part="待认领"), "公开科")
    app.text_input[0].set_value("甲市税务局")
    app.number_input[0].set_value(2021)
    checked(app.button[0].click().run())
    with Library(home=home) as library:
        assert library.summary().queued == 0
        assert "甲市税务局" in set(library.reports()["agency"])
    assert told(home) == [("identify", "公开科")]
    shown = html(open_page("report", agency="甲市税务局", tab="修改记录"))
    assert "<b>认领</b> 第 1 版：待认领 → 甲市税务局 2021" in shown
    assert "log-undo-1" not in shown


@pytest.mark.usefixtures("home")
def test_claiming_needs_both_agency_and_year(home: Path, open_page: OpenPage) -> None:
    data = without_agency(CHENGDE.read_text(encoding="utf-8"))
    with Library(home=home) as library:
        import_file(library, "扫描件.txt", data)
    app = open_page("library", part="待认领")
    app.button[0].click().run()
    assert [error.value for error in app.error] == ["请把机构全称和年度都填上。"]


@pytest.mark.usefixtures("empty_home")
@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("全部报告", "资料库里还没有报告。"),
        ("待认领", "没有待认领的报告。"),
        ("回收站", "回收站是空的。"),
    ],
)
def test_every_part_says_why_it_is_empty(open_page: OpenPage, part: str, sentence: str) -> None:
    assert sentence in html(open_page("library", part=part))


@pytest.mark.usefixtures("home")
def test_a_year_that_is_named_in_two_ways_waits_for_a_choice(
    home: Path, open_page: OpenPage
) -> None:
    title = "甲市税务局2020年政府信息公开工作年度报告"
    period = "本报告所列数据的统计期限自2021年1月1日起，至2021年12月31日止。"
    text = report_lines(random_texts("2021", Random(1)), "2021", "tabs", f"{title}\n{period}")
    with Library(home=home) as library:
        result = import_file(library, "年报.txt", text.encode())
        assert result.state == "queued"
    app = open_page("library", part="待认领")
    assert "标题写的是 2020 年，统计期限写的是 2021 年" in html(app)
    assert app.radio[0].options[:2] == ["2020 年（标题）", "2021 年（统计期限）"]
    app.radio[0].set_value("2021 年（统计期限）")
    app.number_input[0].set_value(2020)
    app.button[0].click().run()
    assert [error.value for error in app.error] == [
        "选的年度和填的年度不一样，请改成一样的，或者清空一处。"
    ]
    with Library(home=home) as library:
        assert library.summary().queued == 1
    app.number_input[0].set_value(None)
    checked(app.button[0].click().run())
    with Library(home=home) as library:
        assert library.summary().queued == 0
        found = library.report(result.report_ids[0])
    assert (found.agency, found.year) == ("甲市税务局", 2021)
    assert "identity" not in found.to_json()
