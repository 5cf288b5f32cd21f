"""Agency and year from titles of many wordings, from the text, from the file's name, or not at all."""

import pytest

from form.report import Place
from loaders.document import Document, TextBlock
from loaders.recogniser.identity import Identity, identify
from loaders.recogniser.lines import lines_of


def who(*lines: str, name: str = "1.txt") -> Identity:
    blocks = tuple(TextBlock(line, Place(line=n)) for n, line in enumerate(lines, 1))
    return identify(lines_of(Document("txt", blocks)), name)


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["甲市税务局2020年政府信息公开工作年度报告"], "甲市税务局", 2020),
        (["甲市税务局 2020 年度 政府信息公开工作报告"], "甲市税务局", 2020),
        (["甲市税务局", "2020年度政府信息公开工作报告"], "甲市税务局", 2020),
        (["甲市税务局", "2020年政府信息公开", "工作年度报告"], "甲市税务局", 2020),
        (["乙高新区2020年政府信息公开工作", "年度报告"], "乙高新区", 2020),
        (["2021年度甲市税务局政府信息公开工作年度报告"], "甲市税务局", 2021),
        (["甲市税务局政府信息公开工作年度报告（2022年度）"], "甲市税务局", 2022),
        (["甲市税务局政府信息公开工作年度报告", "（2022年）"], "甲市税务局", 2022),
        (["甲市税务局2023年政府信息公开年度报告"], "甲市税务局", 2023),
        (["甲市税务局2023年政府信息公开年报"], "甲市税务局", 2023),
        (["甲市税务局2023年度信息公开工作报告"], "甲市税务局", 2023),
        (["甲市税务局关于2023年政府信息公开工作情况的报告"], "甲市税务局", 2023),
        (["甲市税务局关于2023年度政府信息公开工作年度报告的公告"], "甲市税务局", 2023),
        (["甲市税务局二〇二四年政府信息公开工作年度报告"], "甲市税务局", 2024),
        (["甲市税务局二○二四年政府信息公开工作年度报告"], "甲市税务局", 2024),
        (
            ["首页 > 政府信息公开年报", "甲市税务局2020年政府信息公开工作年度报告"],
            "甲市税务局",
            2020,
        ),
        (
            ["您的位置：首页>政务公开>年度报告", "甲市税务局", "2020年政府信息公开工作年度报告"],
            "甲市税务局",
            2020,
        ),
        (
            ["发布时间：2021-01-28 来源：办公室", "甲市税务局2020年政府信息公开工作年度报告"],
            "甲市税务局",
            2020,
        ),
        (["丙县人民政府办公室2020年政府信息公开工作年度报告"], "丙县人民政府办公室", 2020),
        (["丁街道办事处2020年政府信息公开工作年度报告"], "丁街道办事处", 2020),
        (
            ["登录 | 注册", "丙县丁镇人民政府2020年政府信息公开工作年度报告"],
            "丙县丁镇人民政府",
            2020,
        ),
        (["登录 | 注册 丙县水务局2020年政府信息公开工作年度报告"], "丙县水务局", 2020),
        (
            ["智能问答", "甲市乙区某街道办事处2021年政府信息公开工作年度报告"],
            "甲市乙区某街道办事处",
            2021,
        ),
        (["热线专栏", "丙县水务局", "2020年政府信息公开工作年度报告"], "丙县水务局", 2020),
        (
            ["2020年政府信息公开工作年度报告 | 无障碍浏览", "丙县水务局2020年政府信息公开年报"],
            "丙县水务局",
            2020,
        ),
        (["甲市自然资源", "和规划局2020年政府信息公开工作年度报告"], "甲市自然资源和规划局", 2020),
        (["甲省", "城市管理局2020年政府信息公开工作年度报告"], "甲省城市管理局", 2020),
        (
            ["内蒙古自治区", "甲市财政局2020年政府信息公开工作年度报告"],
            "内蒙古自治区甲市财政局",
            2020,
        ),
        (["戊镇2020年政府信息公开工作年度报告"], "戊镇", 2020),
        (["己市公安局辛分局2020年政府信息公开工作年度报告"], "己市公安局辛分局", 2020),
        (
            ["甲市税务局2020年政府信息公开工作年度报告", "一、总体情况", "2019年工作"],
            "甲市税务局",
            2020,
        ),
    ],
)
def test_titles(lines: list[str], agency: str, year: int) -> None:
    found = who(*lines)
    assert (found.agency, found.year, found.source) == (agency, year, "title")


def test_the_end_of_another_report_above_the_title_is_no_part_of_it() -> None:
    found = who("无", "无。", "没有其他事项。", "乙县教育局2020年政府信息公开工作年度报告")
    assert (found.agency, found.year) == ("乙县教育局", 2020)


def test_a_sentence_above_the_first_heading() -> None:
    found = who(
        "根据有关规定，现向社会公布2020年甲市税务局政府信息公开工作年度报告。", "一、总体情况"
    )
    assert (found.agency, found.year) == ("甲市税务局", 2020)


def test_the_file_name_where_the_document_does_not_say() -> None:
    found = who("一、总体情况", name="庚区教育局2022年政府信息公开工作年度报告.txt")
    assert (found.agency, found.year, found.source) == ("庚区教育局", 2022, "file")


def test_the_year_alone() -> None:
    found = who("2020年政府信息公开工作年度报告", "一、总体情况")
    assert (found.agency, found.year) == (None, 2020)


def test_nothing_where_nobody_says() -> None:
    assert who("一、总体情况", "2019年全区开展活动30场，2021年再接再厉。") == Identity()


def test_the_title_before_the_file_name() -> None:
    name = "乙县教育局2018年政府信息公开工作年度报告.txt"
    found = who("甲市税务局2020年政府信息公开工作年度报告", name=name)
    assert (found.agency, found.year) == ("甲市税务局", 2020)
