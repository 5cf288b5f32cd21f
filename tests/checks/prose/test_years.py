"""Other years: spoken of as this year's work, or only looked back or forward to."""

import pytest

from checks.prose.facts import prose_facts
from form.report import Paragraph, Report


def years(text: str, section: int = 1, year: int | None = 2021) -> list[int]:
    report = Report(None, year, {}, {}, (Paragraph(section, text),))
    return [item.year for item in prose_facts(report).years]


@pytest.mark.parametrize(
    "text",
    [
        "2020年，全局共公开信息20条。",
        "二〇二〇年，全局共公开信息20条。",
        "一是2020年公开信息30条。",
        "我局2020年度收到申请 5 件，全部答复。",
        "在2020年，我局公开信息30条。",
        "2020年度无其他需要报告的事项。",
        "本报告反映2020年政府信息公开的主要情况，数据截至当年12月31日。",
        "本报告中所列数据的统计期限自2020年1月1日起至12月31日止。",
        "2020年，我局制定的办法实施顺利。",
        "2020年我局按照要求公开财政预决算。",
        "2020年1月至12月，我局收到申请3件。",
        "2020年1月1日—2020年12月31日，我局收到申请3件。",
        "本年度（2020年）我局收到申请3件。",
        "过去的2020年，我局公开信息30条。",
        "虽然2020年我局公开工作取得一定成绩，但仍有不足。",
        "尽管2020年度公开工作有所进步，但解读形式单一。",
        "根据《条例》要求，特编制某局2020年度政府信息公开工作年度报告。",
    ],
)
def test_text_left_standing(text: str) -> None:
    assert years(text) == [2020]


@pytest.mark.parametrize(
    "text",
    [
        "2020年以来，我局高度重视。",
        "2020年，我局在全市政务公开考核中位列第一。",
        "2020年度，我局在政务公开第三方评估中排名第三。",
        "2020年，我局荣获“政务公开先进单位”称号。",
        "（一）2020年工作中存在问题的改进情况",
        "2020年6月，我局制定了办法。",
        "2020年存在的问题：一是公开不及时。",
        "2020年度报告已按要求公开。",
        "2020年收到的申请中有3件在本年度答复。",
        "按照市政府2020年工作要点，我局完成12项。",
        "《2020年政务公开工作要点》印发后，我局完成12项。",
        "我局门户网站于 2017 年 7 月份关停，主动公开依托区门户网站开展。",
        "2008年《条例》实施，我局设立专栏。",
        "与2020年相比，信息公开数量有所增加。",
        "2019-2020年共收到10件。",
        "2022年，我局将继续加大公开力度。",
        "2021年公开650条，2020年为598条。",
        "2020年度“三公”经费决算已公开。",
        "2020年政务公开考核中，我局获优秀等次。",
        "按时公布2020年政府信息公开工作年度报告。",
        "2020年以前的文件已清理。",
        "虽然2020年存在的问题已整改，但仍须巩固。",
        "2020年机构改革后，我局重新编制了目录。",
        "2020年启动的网站改版已完成。",
        "本年度，我局整改了2020年的问题。",
    ],
)
def test_looking_back_and_forward(text: str) -> None:
    assert years(text) == []


def test_last_years_problems_and_this_years_cure() -> None:
    text = "2019年，我局的公开工作还有不足。2020年，我局作了改进。"
    assert years(text, section=5, year=2020) == []
    assert years(text, section=1, year=2020) == [2019]


def test_a_later_year_is_wrong_only_where_work_is_counted() -> None:
    assert years("2022年共收到政府信息公开申请3件。") == [2022]
    assert years("2022年，我局主动公开政府信息487条。") == [2022]
    assert years("2022年，我局落实工作要点，发布解读12篇。") == [2022]
    assert years("2022年，我局计划举办培训3次。") == []
    assert years("2022年，我局进一步加强公开，发布解读12篇。") == []
    assert years("2022年，我局要发布解读12篇。") == []
    assert years("本报告所列数据自2022年1月1日起，至12月31日止。") == [2022]


@pytest.mark.parametrize("section", [0, 6])
def test_links_are_no_sentences(section: int) -> None:
    assert years("2020年政府信息公开年报", section) == []
    assert years("下一篇：2020年政府信息公开工作年度报告", section) == []


def test_without_a_year_nothing_is_foreign() -> None:
    assert years("2020年，全局共公开信息20条。", year=None) == []


def test_the_year_is_marked_where_it_stands() -> None:
    report = Report(None, 2021, {}, {}, (Paragraph(1, "公开及时。2020 年 共公开信息20条。"),))
    ((year),) = prose_facts(report).years
    assert year.quote.text == "2020 年 共公开信息20条。"
    assert year.quote.text[year.quote.start : year.quote.end] == "2020 年"
