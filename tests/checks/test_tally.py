"""What each rule says about small reports made by hand, and about two real ones."""

import random
from dataclasses import replace

import pytest

from checks.findings import Finding
from checks.tally import check_library, check_report
from form.matrix import matrix_of
from form.report import Cell, Note, Report
from form.rules import outcome_rows
from tests.checks.reports import any_editions, changed, faultless, made, spoilt

# Section 三 and 四 of the report of 聊城市自然资源和规划局 on 2020.
LIAOCHENG = """
new_received      77 0 3 0 25 0 105
carried_over       0 0 0 0  0 0   0
granted           47 . . . 18 .  65
partial           11 . . .  4 .  15
denied_admin_query 10 . . . . .  10
unable_not_held    7 . 2 .  6 .  15
total_processed   75 . 2 . 28 . 105
carried_forward    0 . . .  . .   0
review             0 0 2 0 2
litigation_direct  0 1 7 0 8
litigation_after_review 0 0 0 0 0
"""
# Section 三 of the report of 北戴河区自然资源和规划局 on 2020: its totals of results are blank.
BEIDAIHE = """
new_received         4 . . . . . 4
carried_over         0 . . . . . .
partial              2 . . . . . 2
denied_law_forbidden 1 . . . . . 1
unable_not_held      1 . . . . . 1
"""
SOUND = """
new_received    5 2 0 0 0 0 7
carried_over    1 0 0 0 0 0 1
granted         4 1 0 0 0 0 5
partial         1 1 0 0 0 0 2
total_processed 5 2 0 0 0 0 7
carried_forward 1 0 0 0 0 0 1
review          1 0 2 0 3
"""


def said(report: Report) -> list[tuple[str, str | None, str]]:
    return [(item.rule, item.column or item.row, item.equation) for item in check_report(report)]


def only(report: Report) -> Finding:
    (finding,) = check_report(report)
    return finding


def test_a_sound_report_has_no_findings() -> None:
    assert check_report(made(SOUND)) == ()
    assert check_report(made(SOUND, rest="0")) == ()


def test_liaocheng_has_three_columns_out_of_balance() -> None:
    assert said(made(LIAOCHENG)) == [
        ("balance", "natural_person", "77 + 0 ≠ 75 + 0"),
        ("balance", "research", "3 + 0 ≠ 2 + 空"),
        ("balance", "legal_service", "25 + 0 ≠ 28 + 空"),
    ]


def test_liaocheng_sentences_name_place_numbers_and_gap() -> None:
    first, _, last = check_report(made(LIAOCHENG))
    assert first.message == (
        "收支不平（自然人）：本年新收 77 加上年结转 0，不等于办理总计 75 加结转下年 0，左边多 2。"
    )
    assert last.message.endswith("不等于办理总计 28 加结转下年 空，左边少 3。")
    assert (first.left, first.right, first.left_cells, first.severity) == (77, 75, 2, "error")


def test_beidaihe_misses_two_totals_and_nothing_else() -> None:
    findings = check_report(made(BEIDAIHE))
    assert [(item.rule, item.cells, item.required) for item in findings] == [
        ("missing_total", ("applications.total_processed.natural_person",), 4),
        ("missing_total", ("applications.total_processed.total",), 4),
    ]
    assert findings[0].equation == "2 + 1 + 1（其余 16 项未填） ≠ 空"


def test_unknown_cells_that_can_only_be_0_or_blank_leave_no_sum_open() -> None:
    """As in the report of 郑州市自然资源和规划局二七分局: six numbers in a row of seven."""
    row = "?0|. ?0|. ?0|. ?0|. ?0|."
    lines = f"""
        new_received         22 0 0 0 0 0 22
        carried_over          0 0 0 0 0 0  0
        granted              19 {row}     19
        denied_third_party    2 {row}      2
        denied_process_info   0 {row}      0
        unable_not_held       1 0 0 0 0 0  1
        total_processed      22 0 0 0 0 0 22
    """
    assert check_report(made(lines)) == ()


def test_balance_is_asked_in_the_column_of_totals_too() -> None:
    report = changed(
        made(SOUND),
        applications__carried_over__total="0",
        applications__carried_over__natural_person="0",
    )
    assert said(report) == [
        ("balance", "natural_person", "5 + 0 ≠ 5 + 1"),
        ("balance", "total", "7 + 0 ≠ 7 + 1"),
    ]


def test_outcomes_show_what_counts_and_how_many_do_not() -> None:
    report = changed(
        made(SOUND), applications__granted__natural_person="3", applications__granted__total="4"
    )
    assert said(report) == [
        ("outcomes", "natural_person", "3 + 1（其余 17 项未填） ≠ 5"),
        ("outcomes", "total", "4 + 2（其余 17 项未填） ≠ 7"),
    ]


def test_a_side_of_many_numbers_shows_their_sum() -> None:
    rows = "".join(f"{row} . . . . . . 2\n" for row in outcome_rows("2019")[:9])
    report = made(rows + "total_processed . . . . . . 19\nnew_received . . . . . . 19")
    assert ("outcomes", "total", "18（9 项之和，其余 10 项未填） ≠ 19") in said(report)


def test_unknown_terms_of_a_long_side_are_gathered() -> None:
    report = made("partial 1 ? ? ? . 0 9")
    assert ("applicants", "partial", "1 + ?×3（其余 2 项为 0 或未填） ≟ 9") in said(report)


def test_outcomes_of_the_2021_edition_include_its_three_other_lines() -> None:
    lines = SOUND.replace("partial ", "other_no_fee ")
    assert check_report(made(lines, "2021", 2021)) == ()
    report = changed(
        made(lines, "2021", 2021),
        applications__other_no_fee__business="0",
        applications__other_no_fee__total="1",
    )
    assert [item.rule for item in check_report(report)] == ["outcomes", "outcomes"]


def test_applicants_are_asked_row_by_row() -> None:
    lines = SOUND.replace("granted         4 1 0 0 0 0 5", "granted         4 1 0 0 0 0 6").replace(
        "partial         1 1 0 0 0 0 2", "partial         1 1 0 0 0 0 1"
    )
    findings = check_report(made(lines))
    assert [(item.rule, item.row, item.equation) for item in findings] == [
        ("applicants", "granted", "4 + 1（其余 4 项为 0） ≠ 6"),
        ("applicants", "partial", "1 + 1（其余 4 项为 0） ≠ 1"),
    ]
    assert findings[0].message == (
        "横向不合总计（三（一）予以公开）：六类申请人之和为 5，不等于总计 6，左边少 1。"
    )


def test_disputes_are_asked_in_each_of_three_rows() -> None:
    lines = """
        review                  1 1 0 0 3
        litigation_direct       0 0 - 1 1
        litigation_after_review 2 . . . 1
    """
    findings = check_report(made(lines))
    assert [(item.row, item.equation) for item in findings] == [
        ("review", "1 + 1 + 0 + 0 ≠ 3"),
        ("litigation_after_review", "2 + 空 + 空 + 空 ≠ 1"),
    ]
    assert "行政诉讼 · 复议后起诉" in findings[1].message


def test_a_dash_is_shown_as_printed() -> None:
    assert only(made("review 2 — 0 0 1")).equation == "2 + — + 0 + 0 ≠ 1"


def test_an_unknown_cell_that_could_mend_a_sum_makes_it_a_question() -> None:
    finding = only(made("review 1 ?0|2 0 0 3"))
    assert (finding.severity, finding.undecided) == ("question", True)
    assert (finding.left, finding.right) == (None, 3)
    assert finding.equation == "1 + ? + 0 + 0 ≟ 3"


def test_an_open_sum_names_the_cells_that_leave_it_open() -> None:
    report = made("partial 1 ?1|2 ?0|. ? . 0 5")
    (finding,) = (item for item in check_report(report) if item.rule == "applicants")
    assert finding.open_cells == (
        "applications.partial.business",
        "applications.partial.public_welfare",
    ), "a cell that is 0 or blank leaves nothing open"
    assert finding.message == (
        "横向不合总计（三（二）部分公开）：有 2 格读不准（商业企业、社会公益组织），暂不能判定。"
    )
    assert finding.to_json()["open_cells"] == list(finding.open_cells)


def test_a_column_left_open_names_rows_and_not_all_of_many() -> None:
    rows = "".join(f"{row} ? . . . . . .\n" for row in outcome_rows("2019")[:5])
    (finding,) = (item for item in check_report(made(rows)) if item.rule == "outcomes")
    assert len(finding.open_cells) == 5
    assert finding.message == (
        "分项不合总计（自然人）：有 5 格读不准（三（一）予以公开、三（二）部分公开、"
        "三（三）不予公开 · 1.属于国家秘密、三（三）不予公开 · 2.其他法律行政法规禁止公开等），"
        "暂不能判定。"
    )


def test_texts_that_leave_a_sum_open_are_named_apart() -> None:
    finding = check_report(made("review 1 约2 ? 0 9"))[0]
    assert finding.message == (
        "复议诉讼不合总计（行政复议）：有 1 格读不准（其他结果），有 1 格不是数字（结果纠正），"
        "暂不能判定。"
    )


def test_an_unknown_cell_that_cannot_mend_a_sum_leaves_an_error() -> None:
    finding = only(made("review 1 ?0|1 0 0 3"))
    assert (finding.severity, finding.undecided) == ("error", False)
    assert finding.message == "复议诉讼不合总计（行政复议）：四种结果之和为 ?，不等于总计 3。"


def test_a_text_in_a_failing_sum_proves_nothing() -> None:
    findings = check_report(made("review 1 约2 0 0 3"))
    assert [(item.rule, item.severity) for item in findings] == [
        ("disputes", "question"),
        ("not_a_number", "warning"),
    ]
    assert findings[0].left is None


def test_a_total_printed_0_is_not_missing() -> None:
    lines = BEIDAIHE + "total_processed 0 . . . . . 0"
    assert {item.rule for item in check_report(made(lines))} == {"balance", "outcomes"}


def test_a_missing_total_of_a_row_is_required_by_its_parts() -> None:
    finding = only(changed(made(SOUND), applications__granted__total="-"))
    assert (finding.rule, finding.row, finding.column) == ("missing_total", "granted", "total")
    assert finding.required == 5
    assert finding.message == (
        "总计漏填（三（一）予以公开 · 总计）：此格为-，按“六类申请人之和，等于该行总计”应填 5。"
    )


def test_a_missing_total_of_disputes_is_required_by_its_parts() -> None:
    assert only(made("review 1 0 2 0 .")).required == 3


def test_a_whole_missing_column_of_totals_is_told_cell_by_cell() -> None:
    lines = [line.split() for line in SOUND.strip().splitlines()]
    text = "\n".join(" ".join([*line[:-1], "."]) for line in lines)
    findings = check_report(made(text))
    assert {(item.row, item.required) for item in findings} == {
        ("new_received", 7),
        ("carried_over", 1),
        ("granted", 5),
        ("partial", 2),
        ("total_processed", 7),
        ("carried_forward", 1),
        ("review", 3),
    }
    assert all(item.rule == "missing_total" for item in findings)


def test_where_no_result_is_filled_in_the_balance_requires_the_total() -> None:
    lines = "new_received 4 . . . . . 4"
    assert [(item.column, item.required) for item in check_report(made(lines))] == [
        ("natural_person", 4),
        ("total", 4),
    ]


def test_where_parts_and_balance_differ_the_parts_give_the_number_and_the_balance_stays() -> None:
    lines = """
        new_received    5 . . . . . 5
        granted         4 . . . . . 4
    """
    assert [(item.rule, item.column, item.required) for item in check_report(made(lines))] == [
        ("balance", "natural_person", None),
        ("balance", "total", None),
        ("missing_total", "natural_person", 4),
        ("missing_total", "total", 4),
    ]


def test_the_number_that_mends_most_wins() -> None:
    """The rows of results add up to 4; the columns and the balance say 5."""
    lines = """
        new_received    5 . . . . . 5
        granted         5 . . . . . 4
        total_processed 5 . . . . . .
    """
    findings = check_report(made(lines))
    assert [(item.rule, item.row or item.column, item.required) for item in findings] == [
        ("outcomes", "total", None),
        ("applicants", "granted", None),
        ("missing_total", "total_processed", 5),
    ]


def test_the_balance_requires_no_carried_total() -> None:
    """Whether the total of results or the blank 结转下年 is wrong, the numbers do not say."""
    lines = """
        new_received    5 . . . . . 5
        granted         3 . . . . . 3
        total_processed 3 . . . . . 3
    """
    assert said(made(lines)) == [
        ("balance", "natural_person", "5 + 空 ≠ 3 + 空"),
        ("balance", "total", "5 + 空 ≠ 3 + 空"),
    ]


def test_a_sum_that_only_breaks_by_writing_a_missing_total_is_not_told() -> None:
    lines = BEIDAIHE + "total_processed . . . . . . 0"
    findings = check_report(made(lines))
    assert [(item.rule, item.column) for item in findings] == [
        ("balance", "total"),
        ("outcomes", "total"),
        ("missing_total", "natural_person"),
    ], "the row of totals, 空 to 0, would only break by writing 4"


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("约5件", "not_a_number", "warning"),
        ("1、3", "not_a_number", "warning"),
        ("1.5", "fraction", "error"),
        ("-2", "negative", "error"),
    ],
)
def test_a_cell_of_section_two_that_holds_no_count(text: str, rule: str, severity: str) -> None:
    report = changed(made(), disclosure__administrative_penalty__decisions=text)
    finding = only(report)
    assert (finding.rule, finding.severity) == (rule, severity)
    assert finding.cells == ("disclosure.administrative_penalty.decisions",)
    assert "行政处罚 · 处理决定数量" in finding.message


def test_digits_apart_are_open_and_no_words() -> None:
    """They are 13, or 1 and 3 of two cells: the reader asks, and no finding calls them text."""
    report = changed(made(), disclosure__administrative_penalty__decisions="1 3")
    printed = report.cells["disclosure.administrative_penalty.decisions"]
    assert (printed.mark, printed.candidates) == ("unknown", (13, 1, 3))
    assert check_report(report) == ()


def test_a_change_may_be_below_0() -> None:
    assert check_report(changed(made(), disclosure__administrative_penalty__change="减38")) == ()


@pytest.mark.parametrize("amount", ["0", "8477万元", "152790元", "100亿元"])
def test_a_plausible_amount_passes(amount: str) -> None:
    assert check_report(made(f"government_procurement 5 {amount}")) == ()


def test_an_amount_without_a_unit_is_told() -> None:
    finding = only(made("government_procurement 5 8477"))
    assert (finding.rule, finding.severity) == ("unknown_unit", "warning")


def test_yuan_under_a_header_of_wan_yuan_is_told() -> None:
    report = made("administrative_fees 15279000", "2021", 2021)
    assert only(report).rule == "implausible_amount"
    assert check_report(made("administrative_fees 152790", "2021", 2021)) == ()


@pytest.mark.parametrize(
    ("edition", "year", "tables"),
    [
        ("2019", 2020, []),
        ("2019", 2022, ["disclosure", "applications"]),
        ("2021", 2020, ["disclosure", "applications"]),
        ("2021", 2024, []),
        ("2019", None, []),
    ],
)
def test_an_edition_that_does_not_fit_the_year(
    edition: str, year: int | None, tables: list[str]
) -> None:
    findings = check_report(made("", edition, year))
    assert [item.table for item in findings] == tables
    assert all((item.rule, item.severity) == ("edition_year", "warning") for item in findings)


def test_a_mixture_of_editions_is_checked_table_by_table() -> None:
    mixture = {"disclosure": "2021", "applications": "2019", "disputes": "2021"}
    lines = SOUND.replace("partial ", "other ")
    assert [(item.rule, item.table) for item in check_report(made(lines, mixture, 2021))] == [
        ("edition_year", "applications")
    ]


def test_a_missing_table_is_an_error() -> None:
    finding = only(made(tables=("disclosure", "applications")))
    assert (finding.rule, finding.severity, finding.table) == ("table_missing", "error", "disputes")
    assert (
        finding.message == "缺表（四、政府信息公开行政复议、行政诉讼情况）：报告中没有找到这张表。"
    )


def test_what_the_reader_noted_is_told_only_where_it_is_for_people() -> None:
    notes = (Note("double_sign", "两个负号"), Note("table_doubled", "表三出现两次"))
    finding = only(made(notes=notes))
    assert (finding.rule, finding.message) == ("table_doubled", "表三出现两次")


def test_findings_are_listed_by_table_then_rule_then_place() -> None:
    lines = """
        administrative_penalty . . -1
        new_received    2 1 . . . . 3
        granted         1 2 . . . . 3
        total_processed 1 1 . . . . 3
        review          1 . . . 2
    """
    found = [(item.table, item.rule, item.column or item.row) for item in check_report(made(lines))]
    assert found == [
        ("disclosure", "negative", "decisions"),
        ("applications", "balance", "natural_person"),
        ("applications", "outcomes", "business"),
        ("applications", "applicants", "total_processed"),
        ("disputes", "disputes", "review"),
    ]


def test_a_library_is_told_what_each_report_is_told() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    reports = {}
    for report_id in range(1, 301):
        report = faultless(rng, any_editions(rng), rng.choice((2019, 2020, 2021, 2025)))
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            report = spoilt(rng, report) if report.cells else report
        reports[report_id] = report
    expected = {report_id: check_report(report) for report_id, report in reports.items()}
    assert check_library(matrix_of(reports), reports.__getitem__) == expected
    assert any(expected.values())


def test_sound_reports_are_never_loaded() -> None:
    rng = random.Random(1)
    same = {"disclosure": "2021", "applications": "2021", "disputes": "2021"}
    reports = {number: faultless(rng, same, 2022) for number in range(20)}
    reports[7] = changed(reports[7], disputes__review__total="99")
    loaded: list[int] = []

    def load(report_id: int) -> Report:
        loaded.append(report_id)
        return reports[report_id]

    found = check_library(matrix_of(reports), load)
    assert loaded == [7]
    assert [report_id for report_id, items in found.items() if items] == [7]


def test_rows_not_printed_are_one_finding_in_place_of_open_sums() -> None:
    unknown = {"carried_over": "? ? ? ? ? ? ?", "granted": "? ? ? ? ? ? ?"}
    lines = "\n".join(f"{row} {texts}" for row, texts in unknown.items())
    report = made(lines, rest="0")
    assert {item.rule for item in check_report(report)} == {"applicants", "balance", "outcomes"}
    rows = tuple(f"applications.{row}" for row in unknown)
    (found,) = check_report(replace(report, unprinted=rows))
    assert (found.rule, found.severity, found.table) == ("row_missing", "warning", "applications")
    assert len(found.cells) == 14
    assert "二、上年结转政府信息公开申请数量" in found.message
    assert "（一）予以公开" in found.message
    typed = {a: Cell(0, "typed") for a in found.cells}
    assert check_report(replace(report, cells={**report.cells, **typed}, unprinted=rows)) == ()
