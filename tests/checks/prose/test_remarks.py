"""What a text gives occasion to ask by itself: its basis, its period, its headings."""

import pytest

from checks.prose.facts import MOST_REMARKS, ProseFacts, prose_facts
from checks.prose.questions import prose_findings
from form.report import Paragraph, Report
from tests.checks.prose.reports import HEADINGS, paragraphs, report

FORM_ON_TRIAL = "《中华人民共和国政府信息公开工作年度报告格式（试行）》"


def rules(text: str, year: int = 2022) -> list[str]:
    """The kinds of remarks that a sentence of a report gives occasion to."""
    only = Report("甲市水务局", year, {}, {}, (Paragraph(1, text),))
    return [item.rule for item in prose_facts(only).remarks]


@pytest.mark.parametrize(
    ("text", "year", "asked"),
    [
        ("根据国办公开办函〔2019〕60号要求编制。", 2022, True),
        ("根据国办公开办函[2019]60号要求编制。", 2021, True),
        ("根据（国办公开办函【2019】60号）要求编制。", 2025, True),
        (f"按照{FORM_ON_TRIAL}编制。", 2023, True),
        ("按照年度报告格式(试行)的要求编制。", 2023, True),
        ("根据国办公开办函〔2019〕60号要求编制。", 2020, False),
        ("根据国办公开办函〔2021〕30号要求编制。", 2022, False),
        ("落实甲政办发〔2019〕60号文件。", 2022, False),
        ("落实《信息公开办法（试行）》。", 2022, False),
        ("国办公开办函〔2019〕60号已废止。", 2022, False),
        ("根据国办公开办函〔2019〕160号要求编制。", 2022, False),
    ],
)
def test_the_form_that_a_report_is_written_by(text: str, year: int, asked: bool) -> None:
    assert rules(text, year) == ["basis_outdated"] * asked


def test_an_old_basis_is_one_finding_with_all_its_sentences() -> None:
    said = "根据国办公开办函〔2019〕60号编制。\n" + f"格式依照{FORM_ON_TRIAL}。"
    (found,) = prose_findings(report(said, year=2023, editions="2021"))
    assert (found.rule, found.severity, len(found.quotes)) == ("basis_outdated", "warning", 2)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("统计期限为2022年1月1日至2022年11月30日。", True),
        ("本报告所列数据的统计期限自2022年1月1日起，至2022年12月30日止。", True),
        ("数据统计时间：2021年12月1日—2022年11月30日。", True),
        ("统计期限为2022年3月1日至12月31日。", True),
        ("统计期限为二〇二二年一月1日至12月31日。", False),
        ("统计期限为2022年1月1日至12月31日。", False),
        ("统计期限为2022年1月至12月。", False),
        ("宣传活动时间为2022年5月1日至6月1日。", False),
        ("整改期限为2022年5月1日至6月1日。", False),
    ],
)
def test_the_period_that_the_figures_are_of(text: str, asked: bool) -> None:
    assert rules(text) == ["prose_period"] * asked


def test_a_period_of_another_whole_year_is_asked_about_once() -> None:
    wrong = report("统计期限为2021年1月1日至2021年12月31日。", year=2022, editions="2021")
    assert [item.rule for item in prose_findings(wrong)] == ["prose_year"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({5: "四、存在的主要问题及改进情况"}, ["四、存在的主要问题及改进情况"]),
        (
            {5: "一、存在的主要问题及改进情况", 6: "二、其他需要报告的事项"},
            ["一、存在的主要问题及改进情况", "二、其他需要报告的事项"],
        ),
        ({6: "七、其他需要报告的事项"}, ["七、其他需要报告的事项"]),
        ({5: "五．存在的主要问题及改进情况"}, []),
        ({5: "存在的主要问题及改进情况"}, []),
        ({6: "六、其它需要报告的事项"}, []),
    ],
)
def test_numbers_of_headings(changed: dict[int, str], named: list[str]) -> None:
    item = Report("甲市水务局", 2022, {}, {}, paragraphs({}, HEADINGS | changed))
    found = [remark for remark in prose_facts(item).remarks if remark.rule == "heading_order"]
    assert [quote.text for remark in found for quote in remark.quotes] == named


def test_sections_out_of_order_and_lists_of_contents() -> None:
    whole = [Paragraph(number, text) for number, text in HEADINGS.items()]
    moved = [*whole[:3], whole[4], whole[3], whole[5]]
    for order, named in ((moved, [HEADINGS[4]]), ([*whole, *whole], [])):
        item = Report("甲市水务局", 2022, {}, {}, tuple(order))
        found = [remark for remark in prose_facts(item).remarks if remark.rule == "heading_order"]
        assert [quote.text for remark in found for quote in remark.quotes] == named


def test_remarks_survive_being_kept() -> None:
    facts = prose_facts(report("统计期限为2020年1月1日至2020年11月30日。"))
    assert [item.rule for item in facts.remarks] == ["prose_period"]
    assert ProseFacts.from_json(facts.to_json()) == facts


def test_more_remarks_than_are_kept_are_counted() -> None:
    many = "\n".join(
        f"统计期限为2020年1月{day % 27 + 2}日至2020年11月30日，第{day}项。" for day in range(150)
    )
    facts = prose_facts(report(many))
    assert len(facts.remarks) == MOST_REMARKS
    assert facts.unread is not None
    assert facts.unread.remarks == 50
    last = [item for item in prose_findings(report(many)) if item.rule == "not_judged"]
    assert "另有 50 处疑问没有列出" in last[0].message
