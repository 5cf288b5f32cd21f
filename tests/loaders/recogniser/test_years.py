"""Which year stands where title, file name, period and prose say different ones, and when none does."""

import pytest

from form.report import Paragraph, YearSaid
from loaders.recogniser.years import in_conflict, years_said

NAME = "甲市水务局{year}年政府信息公开年报.html"


def said(
    title: int | None = 2023, name: str = "1.html", period: str = "", prose: str = ""
) -> tuple[YearSaid, ...]:
    texts = ("一、总体情况", prose, period)
    paragraphs = tuple(Paragraph(1, text) for text in texts if text)
    return in_conflict(years_said(title, paragraphs, name))


def period(year: object) -> str:
    return f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。"


@pytest.mark.parametrize("year", ["2024", "２０２４", "二〇二四"])
def test_the_period_alone_leaves_the_titles_year_open(year: str) -> None:
    assert said(period=period(year)) == (YearSaid(2023, ("title",)), YearSaid(2024, ("period",)))


def test_the_file_name_together_with_the_prose_does() -> None:
    found = said(name=NAME.format(year=2024), prose="2024年，我局认真贯彻条例。2023年也是。")
    assert found == (YearSaid(2023, ("title",)), YearSaid(2024, ("file_name", "prose")))


@pytest.mark.parametrize(
    ("name", "prose"),
    [
        (NAME.format(year=2024), ""),
        ("1.html", "2024年，我局认真贯彻条例。"),
        (NAME.format(year=2024), "2022年，我局认真贯彻条例。"),
        (NAME.format(year=2024), "2023年以来，2024年全市工作会议后，我局认真贯彻条例。"),
        (
            NAME.format(year=2024),
            "根据《条例》（2024年修订）和〔2024〕1号文件，2023年我局依法公开。",
        ),
        (NAME.format(year=2024), "2024年1月31日前公布。"),
        ("2024年2023年.html", "2024年，我局认真贯彻条例。"),
        ("P020240115.html", "2024年，我局认真贯彻条例。"),
    ],
)
def test_either_alone_or_unlike_leaves_the_titles_year(name: str, prose: str) -> None:
    assert said(name=name, prose=prose) == ()


def test_a_period_over_two_years_says_nothing() -> None:
    assert said(period="统计期限为2022年1月1日至2024年12月31日。") == ()


def test_without_a_title_the_period_stands() -> None:
    assert said(None, NAME.format(year=2023), period(2024)) == ()
    assert years_said(None, [Paragraph(0, period(2024))], "1.html") == {"period": 2024}


def test_without_a_title_a_name_against_the_prose_is_open() -> None:
    assert said(None, NAME.format(year=2023), prose="2024年，我局依法公开。") == (
        YearSaid(2023, ("file_name",)),
        YearSaid(2024, ("prose",)),
    )
