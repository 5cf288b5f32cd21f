"""Another's name in the place of the agency's own, and the many ways to name others rightly."""

from dataclasses import replace

import pytest

from checks.prose.facts import prose_facts
from checks.prose.questions import prose_findings
from form.agencies.terms import Whose
from form.report import Paragraph, Report
from tests.checks.prose.reports import report


def names(text: str, agency: str | None) -> list[str]:
    """The names that a text of an agency is asked about."""
    only = Report(agency, 2022, {}, {}, (Paragraph(1, text),))
    return [
        str(item.values[0]) for item in prose_facts(only).remarks if item.rule == "foreign_name"
    ]


@pytest.mark.parametrize(
    ("agency", "text", "expected"),
    [
        ("丁县水利局", "2022年，戊县水利局坚持以公开为常态。", ["戊县水利局"]),
        ("丁县水利局", "本报告由戊县水利局编制。", ["戊县水利局"]),
        ("丁县水利局", "本报告由丁县教育局根据条例编制。", ["丁县教育局"]),
        ("丁县水利局", "现将丁县司法局2022年政府信息公开工作情况报告如下。", ["丁县司法局"]),
        ("丁县人民政府", "戊县人民政府认真落实条例。", ["戊县人民政府"]),
        ("丁县戊镇人民政府", "2022年，己镇严格落实公开要求。", ["己镇"]),
        ("丁县戊镇人民政府", "全年，己镇人民政府共收到申请2件。", ["己镇人民政府"]),
        ("阜新市海州区人民政府", "太平区坚持公开为常态。", ["太平区"]),
        ("乙市戊街道办事处", "己街道办事处积极推进政务公开。", ["己街道办事处"]),
    ],
)
def test_names_in_the_place_of_ones_own(agency: str, text: str, expected: list[str]) -> None:
    assert names(text, agency) == expected


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("丁县水利局", "丁县水利局坚持以公开为常态。"),
        ("丁县水利局", "甲市丁县水利局坚持以公开为常态。"),
        ("甲市丁县水利局", "丁县水利局坚持以公开为常态。"),
        ("丁县水利局", "县水利局坚持以公开为常态。"),
        ("丁县水利局", "甲市水利局全面部署了公开工作。"),
        ("丁县水利局", "丁县人民政府高度重视政务公开。"),
        ("丁县水利局", "丁县教育局积极配合我局开展联合宣传。"),
        ("丁县水利局", "与戊县水利局联合开展宣传，向戊县水利局学习。"),
        ("丁县水利局", "本报告由丁县水利局办公室编制。"),
        ("丁县自然资源局", "本报告由丁县国土资源局编制。"),
        ("丁县水利局", "本报告由丁县人民政府办公室编制。"),
        ("丁县文化和旅游局", "本报告由丁县文化旅游和体育局编制。"),
        ("丁县人民政府", "甲市人民政府高度重视公开工作。"),
        ("丁县人民政府", "本报告由丁县人民政府办公室根据条例编制。"),
        ("丁县人民政府", "戊镇积极推进村务公开，己镇认真落实。"),
        ("丁县人民政府", "县公安局收到申请5件。"),
        ("丁县戊镇人民政府", "全镇坚持公开为常态，各乡镇认真落实。"),
        ("丁县戊镇人民政府", "我镇坚持公开为常态，建制镇主动公开。"),
        ("丁县戊镇人民政府", "丁县戊镇认真落实条例。"),
        ("乙市戊区人民政府", "社区积极公开居务，景区主动公开票价，山区全面覆盖。"),
        ("乙市戊区人民政府", "我区坚持公开为常态，全区认真落实，高新区积极配合。"),
        ("丁县某某中心", "戊县某某中心认真落实条例。"),
        (None, "戊县水利局坚持以公开为常态。"),
    ],
)
def test_names_of_others_that_belong_there(agency: str | None, text: str) -> None:
    assert names(text, agency) == []


def test_a_name_is_one_question_with_all_its_sentences() -> None:
    said = "2022年，戊市水务局坚持公开。\n戊市水务局主动公开信息30条。\n己市水务局认真落实条例。"
    found = [
        (item.place, len(item.quotes))
        for item in prose_findings(report(said, year=2022, editions="2021"))
        if item.rule == "foreign_name"
    ]
    assert found == [("戊市水务局", 2), ("己市水务局", 1)]


def test_the_name_that_the_agency_had_then_is_its_own() -> None:
    text = (Paragraph(1, "本报告由丁县计划生育局编制。"),)
    now = Report("丁县卫生健康局", 2018, {}, {}, text)
    assert [item.rule for item in prose_facts(now).remarks] == ["foreign_name"]
    then = replace(now, whose=Whose(name="丁县计划生育局"))
    assert prose_facts(then).remarks == ()
