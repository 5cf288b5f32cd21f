"""Agencies over years: gaps stay gaps, changes are from the first to the last number."""

import pandas as pd
import pytest

from form.roster import Roster, Row
from measures.dictionary import MEASURES
from measures.sentences import quality_sentence, said, said_change, trend_sentence
from measures.trends import trend
from tests.checks.reports import made
from tests.measures.frames import findings, frames, of

FIGURES = {
    "甲市水务局": {2019: 31, 2020: 38, 2022: 44, 2023: 58},
    "乙县教育局": {2019: 12, 2020: 15, 2021: 22, 2022: 19, 2023: 30},
    "丙区住建局": {2020: 60, 2021: 71},
}


def report(agency: str, year: int, count: int | str):
    edition = "2019" if year < 2021 else "2021"
    return of(made(f"new_received . . . . . . {count}", edition, year), agency)


REPORTS = [
    report(agency, year, count)
    for agency, by_year in FIGURES.items()
    for year, count in by_year.items()
]
YEARS = range(2019, 2024)


def followed(
    reports=REPORTS, agencies=tuple(FIGURES), years=YEARS, key="new_received", roster=None
):
    return trend(MEASURES[key], frames(reports), findings(reports), agencies, years, roster)


def plain(values) -> list[object]:
    return [None if pd.isna(value) else value for value in values]


def test_every_agency_has_a_line_for_every_year() -> None:
    table = followed().table
    assert len(table) == 3 * 5
    own = table[table["agency"] == "甲市水务局"]
    assert own["year"].tolist() == list(YEARS)
    assert plain(own["value"]) == [31, 38, None, 44, 58]
    assert own["state"].tolist() == ["number", "number", "no_report", "number", "number"]


def test_changes_are_from_the_first_to_the_last_number() -> None:
    changes = followed().changes.set_index("agency")
    assert changes.loc[
        "甲市水务局", ["first_year", "first", "last_year", "last", "change"]
    ].tolist() == [2019, 31, 2023, 58, 27]
    assert changes.loc["甲市水务局", "change_rate"] == pytest.approx(27 / 31)
    assert changes.loc["丙区住建局", ["first_year", "last_year", "change"]].tolist() == [
        2020,
        2021,
        11,
    ]


def test_one_number_alone_has_no_change() -> None:
    changes = followed([report("甲市水务局", 2020, 5)], ["甲市水务局"]).changes
    assert plain(changes.loc[0, ["first", "last", "change", "change_rate"]]) == [None] * 4


def test_totals_say_how_many_agencies_they_cover() -> None:
    totals = followed().totals
    assert totals["value"].tolist() == [43, 113, 93, 63, 88]
    assert totals["agencies"].tolist() == [2, 3, 2, 2, 2]
    assert totals["complete"].tolist() == [False, True, False, False, False]


def test_the_sentence_adds_up_only_agencies_that_have_both_ends() -> None:
    assert trend_sentence(followed()) == (
        "2019—2023 年，首末两年齐全的 2 家机构新收申请由 43 件增至 88 件；甲市水务局增加最多（+27 件）"
    )
    assert trend_sentence(followed(agencies=["甲市水务局", "乙县教育局"])).startswith(
        "2019—2023 年，2 家机构新收申请"
    )


def test_an_agency_with_one_end_only_is_in_neither_total() -> None:
    more = [*REPORTS, report("丁街道", 2019, 900), report("戊市公安局", 2023, 800)]
    found = followed(more, [*FIGURES, "丁街道", "戊市公安局"])
    assert "首末两年齐全的 2 家机构新收申请由 43 件增至 88 件" in trend_sentence(found)


def test_a_fall_and_a_standstill_are_said_as_such() -> None:
    falling = [
        report("甲", 2019, 9),
        report("甲", 2020, 4),
        report("乙", 2019, 5),
        report("乙", 2020, 6),
    ]
    assert trend_sentence(followed(falling, ["甲", "乙"], [2019, 2020])) == (
        "2019—2020 年，2 家机构新收申请由 14 件降至 10 件；甲减少最多（−5 件）"
    )
    level = [report("甲", 2019, 9), report("甲", 2020, 9)]
    assert (
        trend_sentence(followed(level, ["甲"], [2019, 2020]))
        == "2019—2020 年，甲新收申请首末两年均为 9 件"
    )


def test_without_both_ends_nothing_is_claimed() -> None:
    assert (
        trend_sentence(followed(agencies=["丙区住建局"]))
        == "2019—2023 年，所选机构没有首末两年都有的数值"
    )


def test_the_quality_sentence_counts_missing_reports() -> None:
    faulty = of(
        made("new_received 3 . . . . . 4\ntotal_processed 4 . . . . . 4\ngranted 4 . . . . . 4"),
        "甲",
    )
    given = [faulty, report("甲", 2022, 3)], ["甲"], [2020, 2021, 2022]
    found = followed(*given, roster=Roster((Row("甲"),)))
    assert quality_sentence(found.table).startswith(
        "2 份报告，另外缺报 1 份：2 份的表里有未决勾稽错误"
    )
    assert "缺报" not in quality_sentence(followed(*given).table)
    assert found.table["suspect"].tolist() == [True, False, True]


def test_a_measure_with_a_caveat_is_not_comparable_across_editions() -> None:
    reports = [
        of(made("regulations 1 1 1"), "甲"),
        of(made("regulations 4 0 4", "2021", 2021), "甲"),
    ]
    changes = followed(reports, ["甲"], [2020, 2021], "regulations_issued").changes
    assert (changes["change"].tolist(), changes["comparable"].tolist()) == ([3], [False])


def test_rates_change_in_percentage_points() -> None:
    reports = [
        of(made("granted . . . . . . 5\npartial . . . . . . 5"), "甲"),
        of(made("granted . . . . . . 6\npartial . . . . . . 4", "2021", 2021), "甲"),
    ]
    found = followed(reports, ["甲"], [2020, 2021], "granted_rate")
    assert trend_sentence(found) == "2020—2021 年，甲公开率由 50.0%增至 60.0%"
    assert plain(found.changes["change_rate"]) == [None]
    assert said_change(found.measure, found.changes["change"][0]) == "+10.0 个百分点"


def test_values_are_said_with_their_unit() -> None:
    assert said(MEASURES["procurement_projects"], 5) == "5 项"
    assert said(MEASURES["new_received"], 4.0) == "4 件"
    assert said(MEASURES["new_received"], 4.5) == "4.5 件"
    assert said_change(MEASURES["new_received"], -3) == "−3 件"
    assert said_change(MEASURES["new_received"], 0) == "0 件"
