"""When reports say that they were published, and by when they had to be."""

from datetime import date

import pytest

from checks.prose.dates import publication
from form.report import Paragraph


def day(*lines: tuple[int, str], year: int = 2020) -> date | None:
    found = publication([Paragraph(section, text) for section, text in lines], year)
    return found and found.day


@pytest.mark.parametrize(
    "line",
    [
        "2021年1月20日",
        "                 2021 年 1 月 20 日",
        "（2021年1月20日）",
        "二〇二一年一月二十日",
        "发布日期：2021-01-20",
        "发布时间：2021-01-20 09:30",
        "甲市水务局 2021年1月20日",
        "2021.1.20",
    ],
)
def test_days_are_read(line: str) -> None:
    assert day((6, "无。"), (6, line)) == date(2021, 1, 20)


@pytest.mark.parametrize(
    "line",
    [
        "2020年12月31日",
        "2021年13月1日",
        "本报告于2021年1月28日经局长办公会审议通过。",
        "2021年，我局将加强培训。",
        "打印时间：2021-05-20",
        "更新时间：2021-05-20",
    ],
)
def test_other_days_are_none(line: str) -> None:
    assert day((6, line)) is None


def test_a_day_within_the_text_is_none() -> None:
    assert day((1, "2021年1月20日"), (6, "无。")) is None


def test_of_several_the_earliest_counts() -> None:
    assert day((0, "发布日期：2023-06-01"), (6, "2021年1月20日")) == date(2021, 1, 20)


def test_without_a_year_there_is_none() -> None:
    assert publication([Paragraph(6, "2021年1月20日")], None) is None
