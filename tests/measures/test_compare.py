"""Agencies side by side: five real ones, and small ones made by hand."""

from decimal import Decimal

import pandas as pd
import pytest

from form.roster import Roster, Row
from measures.compare import compare, competition_ranks
from measures.dictionary import MEASURES
from measures.sentences import comparison_sentence, edition_note, few_cases_note, quality_sentence
from measures.shares import dispute_shares, outcome_shares
from tests.checks.reports import made
from tests.measures.frames import findings, frames, of
from tests.measures.seeds import (
    BEIDAIHE_NAME,
    CHENGDE_NAME,
    ERQI_NAME,
    FUXIN_NAME,
    LIAOCHENG_NAME,
    seeds,
)


def received(agency: str, count: int | str, year: int = 2020):
    edition = "2019" if year < 2021 else "2021"
    return of(made(f"new_received . . . . . . {count}", edition, year), agency)


def comparison(key: str, reports, agencies=None, year: int = 2020, roster=None):
    return compare(MEASURES[key], frames(reports), findings(reports), agencies, year, roster)


def column(found, name: str) -> list[object]:
    return [None if pd.isna(value) else value for value in found.table[name]]


def test_the_five_reports_ranked_by_applications_received() -> None:
    found = comparison("new_received", seeds())
    assert column(found, "agency") == [
        LIAOCHENG_NAME,
        ERQI_NAME,
        FUXIN_NAME,
        CHENGDE_NAME,
        BEIDAIHE_NAME,
    ]
    assert column(found, "rank") == [1, 2, 3, 4, 5]
    assert column(found, "value") == [105, 22, 15, 5, 4]
    assert (found.total, found.median) == (151, 15)
    assert column(found, "share_of_total")[0] == pytest.approx(105 / 151)
    assert (
        comparison_sentence(found)
        == "2020 年，5 家机构共新收申请 151 件；聊城市自然资源和规划局最多，105 件"
    )
    assert quality_sentence(found.table) == "5 份报告：2 份的表里有未决勾稽错误。"


def test_rates_of_fewer_than_ten_cases_are_not_ranked() -> None:
    found = comparison("granted_rate", seeds())
    assert column(found, "agency")[:3] == [FUXIN_NAME, ERQI_NAME, LIAOCHENG_NAME]
    assert column(found, "rank") == [1, 2, 3, None, None]
    assert column(found, "few_cases") == [False, False, False, True, True]
    assert found.total == pytest.approx(104 / 151)
    assert found.median == pytest.approx(19 / 22)
    assert (
        comparison_sentence(found)
        == "2020 年，5 家机构合计公开率 68.9%；阜新市自然资源局最高，100.0%"
    )
    assert few_cases_note() == "少于 10 件，不排名"


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    assert competition_ranks([5, 9, 9, 2, 5, 5]) == {9: 1, 5: 3, 2: 6}
    found = comparison(
        "new_received", [received("甲", 4), received("乙", 9), received("丙", 4), received("丁", 1)]
    )
    assert column(found, "rank") == [1, 2, 2, 4]
    assert found.median == 4


def test_equal_first_places_are_named_together() -> None:
    two = [received("甲", 9), received("乙", 9), received("丙", 4)]
    assert comparison_sentence(comparison("new_received", two, ["甲", "乙", "丙"])).endswith(
        "甲、乙并列最多，各 9 件"
    )
    many = [received(name, 9) for name in "甲乙丙丁"]
    assert comparison_sentence(comparison("new_received", many, list("甲乙丙丁"))).endswith(
        "甲等 4 家并列最多，各 9 件"
    )


def test_where_all_have_none_nobody_has_most() -> None:
    found = comparison("new_received", [received("甲", 0), received("乙", 0)])
    assert comparison_sentence(found) == "2020 年，2 家机构共新收申请 0 件"
    assert column(found, "share_of_total") == [None, None]


def test_an_agency_without_a_report_has_a_line_but_no_rank() -> None:
    found = comparison("new_received", seeds(), ["无此机构", FUXIN_NAME, CHENGDE_NAME])
    assert column(found, "agency") == [FUXIN_NAME, CHENGDE_NAME, "无此机构"]
    assert column(found, "state") == ["number", "number", "no_report"]
    assert column(found, "rank") == [1, 2, None]
    assert (
        comparison_sentence(found)
        == "2020 年，2 家机构共新收申请 20 件；阜新市自然资源局最多，15 件"
    )
    assert quality_sentence(found.table) == "2 份报告，另外1 处没有报告。"


def test_only_the_roster_says_that_a_report_was_due() -> None:
    roster = Roster((Row("无此机构", due_to=2020), Row("乙局", due_from=2021)))
    agencies = ["无此机构", "乙局", FUXIN_NAME]
    found = comparison("new_received", seeds(), agencies, roster=roster)
    assert column(found, "state") == ["number", "missing_report", "no_report"]
    assert quality_sentence(found.table) == "1 份报告，另外缺报 1 份、1 处没有报告。"
    found = comparison("new_received", seeds(), agencies, 2021, roster)
    assert column(found, "state") == ["no_report", "missing_report", "no_report"]


def test_blanks_are_neither_ranked_nor_added_but_told() -> None:
    found = comparison("granted", seeds())
    assert column(found, "state")[-1] == "blank"
    assert found.total == 65 + 19 + 15 + 5
    assert quality_sentence(found.table).startswith("5 份报告：1 份未填，2 份的表里")


def test_change_on_the_year_before() -> None:
    reports = [
        received("甲", 10, 2019),
        received("甲", 15),
        received("乙", 0, 2019),
        received("乙", 3),
        received("丙", 7),
    ]
    found = comparison("new_received", reports)
    assert column(found, "agency") == ["甲", "丙", "乙"]
    assert column(found, "previous") == [10, None, 0]
    assert column(found, "previous_state") == ["number", "no_report", "number"]
    assert column(found, "change") == [5, None, 3]
    assert column(found, "change_rate") == [0.5, None, None]
    assert column(found, "comparable") == [True, False, True]


def test_change_across_editions_is_only_comparable_without_a_caveat() -> None:
    reports = [
        of(made("regulations 2 2 2\nnew_received . . . . . . 5"), "甲"),
        of(made("regulations 3 0 5\nnew_received . . . . . . 6", "2021", 2021), "甲"),
    ]
    assert column(comparison("regulations_issued", reports, year=2021), "comparable") == [False]
    assert column(comparison("new_received", reports, year=2021), "comparable") == [True]


def test_amounts_stay_exact() -> None:
    found = comparison("procurement_amount", seeds())
    assert found.total == Decimal("4156.93") + Decimal("39.3156") + 1858 + 8477
    assert found.median == (Decimal("4156.93") + 1858) / 2
    assert (
        comparison_sentence(found)
        == "2020 年，4 家机构共集中采购 14,531.2456 万元；承德高新区最多，8,477 万元"
    )


def test_one_agency_alone_is_said_plainly() -> None:
    found = comparison("new_received", seeds(), [FUXIN_NAME])
    assert comparison_sentence(found) == "2020 年，阜新市自然资源局新收申请 15 件"


def test_a_year_without_reports_is_said_plainly() -> None:
    found = comparison("new_received", seeds(), year=2024)
    assert (found.total, found.median) == (None, None)
    assert comparison_sentence(found) == "2024 年，所选 5 家机构没有可比较的数值"


def test_reports_of_two_editions_are_told() -> None:
    old, new = of(made("regulations 2 2 2"), "甲"), of(made("regulations 3 0 5", "2021"), "乙")
    found = comparison("regulations_issued", [old, new])
    note = edition_note(MEASURES["regulations_issued"], found.table)
    assert note.startswith("所用报告分属 2019、2021 年版表样：2019 年版填“本年新制作数量”")
    both = comparison(
        "new_received", [received("甲", 1), of(made("new_received . . . . . . 2", "2021"), "乙")]
    )
    assert edition_note(MEASURES["new_received"], both.table).endswith("本指标口径一致。")
    assert edition_note(MEASURES["new_received"], comparison("new_received", seeds()).table) == ""


def test_results_of_applications_fall_into_six_groups() -> None:
    table = outcome_shares(frames(seeds()), None, [LIAOCHENG_NAME, ERQI_NAME, BEIDAIHE_NAME], 2020)
    wide = table.pivot(index="agency", columns="key", values="share").astype(float).round(3)
    assert wide.loc[LIAOCHENG_NAME].to_dict() == {
        "granted": 0.619,
        "partial": 0.143,
        "denied": 0.095,
        "unable": 0.143,
        "unprocessed": 0,
        "other_handling": 0,
    }
    assert wide.loc[ERQI_NAME, "granted"] == 0.864
    assert wide.loc[BEIDAIHE_NAME, ["partial", "denied", "unable"]].tolist() == [0.5, 0.25, 0.25]
    assert table["label"].tolist()[:6] == [
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ]


def test_a_composition_with_an_unreadable_part_has_no_shares() -> None:
    report = of(made("granted 3 . . . . . 3\npartial 1 . . . . . ?"), "甲")
    table = outcome_shares(frames([report]), None, None, 2020)
    assert table["share"].isna().all()
    assert table["whole"].isna().all()
    assert table["value"][0] == 3


def test_a_composition_of_nothing_has_no_shares() -> None:
    table = outcome_shares(frames([of(made(rest="0"), "甲")]), None, ["甲", "乙"], 2020)
    assert table["share"].isna().all()
    assert table["state"].tolist() == ["number"] * 6 + ["no_report"] * 6


def test_outcomes_of_litigation_of_both_kinds_together() -> None:
    table = dispute_shares("litigation", frames(seeds()), None, [LIAOCHENG_NAME], 2020)
    assert table["value"].tolist() == [0, 1, 7, 0]
    assert table["share"].tolist() == [0, 0.125, 0.875, 0]
