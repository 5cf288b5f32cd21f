"""What the prose gives occasion to ask, with both sides shown."""

from dataclasses import replace

import pytest

from checks.findings import Finding
from checks.prose import prose_findings
from checks.tally import check_report
from form.agencies.terms import Term, Whose
from form.report import Paragraph, Report
from tests.checks.prose.reports import report

# Section 四 of the report of 郑州市自然资源和规划局二七分局 on 2020.
ERQI = """
litigation_direct       0 0 0 1 1
litigation_after_review 1 0 0 0 1
"""
ERQI_SAYS = (
    "2020 年，我局共办理政府信息公开行政复议案件 1 件，目前尚未审结；"
    "办理政府信息公开行政诉讼案件 1 件，为未经复议直接起诉，结果维持。"
)
APPLICATIONS = """
new_received    5 2 0 0 0 0 7
carried_over    1 0 0 0 0 0 1
granted         4 1 0 0 0 0 5
partial         1 1 0 0 0 0 2
total_processed 5 2 0 0 0 0 7
carried_forward 1 0 0 0 0 0 1
"""


def asked(told: Report) -> list[Finding]:
    return list(prose_findings(told))


def rules(told: Report) -> list[tuple[str, str | None]]:
    return [(item.rule, item.row) for item in asked(told)]


def test_a_sound_report_raises_no_question() -> None:
    assert asked(report()) == []


def test_erqi_has_three_questions_about_section_four() -> None:
    review, after, direct = asked(report(ERQI_SAYS, ERQI))
    assert (review.row, after.row, direct.row) == (
        "review",
        "litigation_after_review",
        "litigation_direct",
    )
    assert {item.severity for item in (review, after, direct)} == {"question"}
    assert review.message == (
        "正文与表不一（行政复议）：正文说总计 1 件、尚未审结 1 件，表中总计为 空、尚未审结为 空；"
        "空格和横线按 0 计（口径可能不同，请核对）。"
    )
    assert review.cells == ("disputes.review.total", "disputes.review.pending")
    assert (review.left, review.right, review.equation) == (1, 0, "正文 1 ≠ 表 空")
    assert (after.left, after.right) == (0, 1)
    assert direct.cells == (
        "disputes.litigation_direct.upheld",
        "disputes.litigation_direct.pending",
    )
    (quote,) = direct.quotes
    assert quote.text == ERQI_SAYS
    marked = quote.text[quote.start : quote.end]
    assert marked == "办理政府信息公开行政诉讼案件 1 件，为未经复议直接起诉，结果维持"


def test_questions_of_one_report_have_keys_of_their_own() -> None:
    found = check_report(report(ERQI_SAYS, ERQI))
    assert len({item.key for item in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "本年新收政府信息公开申请7件，办结7件，结转下年1件。",
        "受理政府信息公开申请8件。",  # with what last year left over
        "办理政府信息公开申请8件。",  # what was taken on, not what was done
        "收到政府信息公开申请5件以上。",
        "收到政府信息公开申请不足10件。",
        "予以公开申请5件。收到依申请公开约20件。",
    ],
)
def test_what_the_table_can_mean_is_no_contradiction(text: str) -> None:
    assert asked(report(text, APPLICATIONS)) == []


@pytest.mark.parametrize(
    ("text", "row", "left", "right"),
    [
        ("收到政府信息公开申请9件。", "new_received", 9, 7),
        ("答复政府信息公开申请8件。", "total_processed", 8, 7),
        ("收到政府信息公开申请10余件。", "new_received", 10, 7),
        ("收到政府信息公开申请不足5件。", "new_received", 5, 7),
        ("未收到政府信息公开申请。", "new_received", 0, 7),
        ("收到申请7件，结转下年2件。", "carried_forward", 2, 1),
        ("收到申请7件，部分公开3件。", "partial", 3, 2),
        ("收到申请7件，不予公开3件。", None, 3, 0),
    ],
)
def test_contradictions(text: str, row: str, left: int, right: int) -> None:
    (found,) = asked(report(text, APPLICATIONS))
    assert (found.row, found.left, found.right) == (row, left, right)


def test_blanks_count_as_zero_and_it_is_said() -> None:
    (found,) = asked(report("发生行政复议2件。", APPLICATIONS))
    assert "空格和横线按 0 计" in found.message
    assert asked(report("未发生行政复议。", APPLICATIONS)) == []


def test_a_blank_total_counts_as_its_parts() -> None:
    lines = "new_received 4 . . . . . .\npartial 2 . . . . . .\nunable_not_held 2 . . . . . 2"
    assert asked(report("收到申请4件。", lines)) == []
    assert rules(report("收到申请5件。", lines)) == [("prose_count", "new_received")]


def test_unknown_cells_contradict_only_where_no_candidate_fits() -> None:
    lines = "review 0 0 0 0 ?1|2"
    assert asked(report("发生行政复议2件。", lines)) == []
    assert rules(report("发生行政复议3件。", lines)) == [("prose_count", "review")]
    assert asked(report("发生行政复议3件。", "review 0 0 0 0 ?")) == []


def test_a_table_that_is_not_there_contradicts_nothing() -> None:
    told = report("收到申请9件。", APPLICATIONS)
    cells = {place: cell for place, cell in told.cells.items() if "applications" not in place}
    assert asked(replace(told, cells=cells)) == []


def test_a_claim_said_twice_differently_is_shown_with_both_sentences() -> None:
    (found,) = asked(report("收到申请7件。\n全年共收到政府信息公开申请17件。", APPLICATIONS))
    assert [quote.text for quote in found.quotes] == [
        "全年共收到政府信息公开申请17件。",
        "收到申请7件。",
    ]
    assert "正文前后所述也不一致" in found.message


def test_what_was_not_gone_into_need_not_be_answered() -> None:
    lines = """
    new_received          5 0 0 0 0 0 5
    granted               3 0 0 0 0 0 3
    unprocessed_complaint 2 0 0 0 0 0 2
    total_processed       5 0 0 0 0 0 5
    """
    assert asked(report("收到申请5件，答复3件。", lines)) == []
    assert rules(report("收到申请5件，答复4件。", lines)) == [("prose_count", "total_processed")]


def test_lawsuits_of_both_kinds_are_summed() -> None:
    lines = "litigation_direct 1 0 0 0 1\nlitigation_after_review 2 0 0 0 2"
    assert asked(report("因政府信息公开发生行政诉讼3件。", lines)) == []
    (found,) = asked(report("因政府信息公开发生行政诉讼1件。", lines))
    assert found.place == "行政诉讼"
    assert found.equation == "正文 1 ≠ 表 1 + 2"


def test_documents_go_with_their_edition() -> None:
    lines = "normative_documents 2 0 9"
    said = "制发行政规范性文件3件，现行有效9件。"
    (found,) = asked(report(said, lines, editions="2021", year=2022))
    assert found.cells == ("disclosure.normative_documents.issued",)
    older = report("制发规范性文件2件，全部公开。", "normative_documents 2 2 9")
    assert asked(older) == []


def test_a_government_s_other_reviews_are_not_asked_about() -> None:
    text = "全年办理行政复议案件120件。"
    assert asked(report(text, agency="乙县人民政府")) == []
    assert rules(report(text)) == [("prose_count", "review")]


def test_another_year_is_asked_about_once_with_its_sentences() -> None:
    (found,) = asked(report("2019年公开信息30条。\n2019年，我局举办培训2次。"))
    assert (found.rule, found.place, len(found.quotes)) == ("prose_year", "2019", 2)
    assert "有 2 处" in found.message


def test_sections_missing_and_empty() -> None:
    told = report(s6="甲市水务局")
    (found,) = asked(told)
    assert found.rule == "section_missing"
    assert "没有文字" in found.message
    lines = tuple(item for item in told.paragraphs if item.section != 6)
    (found,) = asked(replace(told, paragraphs=lines))
    assert found.message == ("缺章节（六、其他需要报告的事项）：报告没有“六、其他需要报告的事项”。")


def test_late_only_after_the_last_day() -> None:
    assert asked(report(s6="无。\n2021年1月31日")) == []
    (found,) = asked(report(s6="无。\n2021年2月1日"))
    assert found.rule == "late"
    assert found.message.endswith("应于 2021-01-31 前公布，晚 1 天。")
    assert asked(report(s6="无。\n2021年3月31日", agency="乙县人民政府")) == []
    assert rules(report(s6="无。\n2021年4月1日", agency="乙县人民政府")) == [("late", None)]
    assert asked(report(s6="无。\n2021年6月1日", agency="辛镇人民政府")) == []


def test_a_local_term_is_named_with_its_source() -> None:
    local = Whose(term=Term(2, 20, "甲市年度报告制度"))
    told = replace(report(s6="无。\n2021年2月21日", agency="辛镇人民政府"), whose=local)
    (found,) = asked(told)
    assert found.message == (
        "迟报：所印日期为 2021-02-21，乡镇的年报应于 2021-02-20 前公布（甲市年度报告制度），晚 1 天。"
    )
    assert asked(replace(told, whose=Whose(kind="government"))) == []


def test_torn_lines_are_read_as_one_sentence() -> None:
    told = report(
        "为做好公开工作，我局规范流程、明确责任、加强协调，全年受理政府信息\n公开申请 9 件。",
        APPLICATIONS,
    )
    (found,) = asked(told)
    assert "受理政府信息公开申请 9 件" in found.quotes[0].text


def test_the_place_of_a_sentence_is_its_line() -> None:
    told = report("收到申请9件。", APPLICATIONS)
    lines = [
        Paragraph(item.section, item.text, item.place._replace(line=n))
        for n, item in enumerate(told.paragraphs, 1)
    ]
    (found,) = asked(replace(told, paragraphs=tuple(lines)))
    assert found.quotes[0].place.line == 2
