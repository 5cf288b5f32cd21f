"""A report's own sheet, cell by cell: where each of the three tables stands, and what it says."""

from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from form.report import Report
from outputs.workbook.contents import Decided, items
from outputs.workbook.official import fill_report
from outputs.workbook.styles import STYLES
from tests.outputs.samples import broken_sums, liaocheng, report
from tests.outputs.workbook.books import headed

ABSENT = "报告里没有找到这张表。"
DISCLOSURE = "二、主动公开政府信息情况"
APPLICATIONS = "三、收到和处理政府信息公开申请情况"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况"


def sheet_of(whose: Report, **header: Any) -> Worksheet:
    ((known, _),) = headed(whose)
    findings = {1: broken_sums(whose)} if whose == liaocheng() else {}
    (item,) = items([(replace(known, **header), whose)], findings, Decided())
    book = Workbook()
    for style in STYLES:
        book.add_named_style(style.named())
    sheet = book.create_sheet("甲")
    fill_report(sheet, item)
    return sheet


def first_column(sheet: Worksheet) -> dict[int, tuple[str, str]]:
    """Row → text and look of what stands at its left, outside of tables."""
    looks = {"年报标题", "年报小标题", "年报注"}
    cells = (sheet.cell(row, 1) for row in range(1, sheet.max_row + 1))
    return {
        cell.row: (cell.value, cell.style) for cell in cells if cell.value and cell.style in looks
    }


def test_the_three_tables_stand_below_each_other_with_a_row_between() -> None:
    sheet = sheet_of(liaocheng())
    heads = first_column(sheet)
    assert heads[1] == ("聊城市自然资源和规划局 2020 年度报告", "年报标题")
    assert heads[2] == (
        "表样：2019 年版　第 1 版　来源文件：1.txt　3 处勾稽错误",
        "年报注",
    )
    titles = {text: row for row, (text, _) in heads.items() if row > 2}
    assert list(titles) == [DISCLOSURE, APPLICATIONS, DISPUTES]
    assert titles[DISCLOSURE] == 4
    for title in (APPLICATIONS, DISPUTES):
        row = titles[title]
        assert [sheet.cell(row - 1, column).value for column in range(1, 16)] == [None] * 15
        assert sheet.cell(row - 2, 15).style != "Normal"  # the last row of the table above
        assert sheet.cell(row + 1, 1).style == "年报表头"
    assert sheet.max_row == titles[DISPUTES] + 4
    assert sheet.max_column == 15


def test_tables_that_were_not_found_leave_a_sentence_and_not_an_empty_form() -> None:
    only_disputes = report("甲", 2020, "2019", {"disputes": "review 1 0 0 0 1"})
    sheet = sheet_of(only_disputes)
    heads = first_column(sheet)
    assert {row: text for row, (text, _) in heads.items() if row > 2} == {
        4: DISCLOSURE,
        5: ABSENT,
        7: APPLICATIONS,
        8: ABSENT,
        10: DISPUTES,
    }
    assert heads[5][1] == heads[8][1] == "年报注"
    assert [sheet.cell(row, 15).style for row in (5, 8)] == ["Normal", "Normal"]
    assert sheet.cell(14, 1).value == 1


def test_a_report_without_any_table_has_three_sentences() -> None:
    sheet = sheet_of(report("甲", 2020, "2019", {}))
    assert [text for text, _ in first_column(sheet).values()].count(ABSENT) == 3
    assert sheet.max_row == 11
    assert len(sheet.merged_cells.ranges) == 1  # of the line about the file


@pytest.mark.parametrize(
    ("header", "edition", "said"),
    [
        ({}, "2019", "表样：2019 年版　第 1 版　来源文件：1.txt　没有勾稽错误"),
        ({"version": None, "file": ""}, "2019", "表样：2019 年版　没有勾稽错误"),
        ({"version": 3}, None, "表样：不详　第 3 版　来源文件：1.txt　没有勾稽错误"),
    ],
)
def test_the_line_about_the_file_says_what_is_known(
    header: dict[str, Any], edition: str | None, said: str
) -> None:
    whose = report("甲", 2020, "2019", {"disclosure": ""} if edition else {})
    assert sheet_of(whose, **header).cell(2, 1).value == said


def test_columns_are_equal_and_each_table_takes_all_of_them() -> None:
    sheet = sheet_of(liaocheng())
    widths = {sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMNO"}
    assert widths == {6.9}
    spans = {
        (area.min_col, area.max_col): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
    }
    assert (1, 15) in spans
    assert {(1, 4), (5, 8), (9, 12), (13, 15)} <= set(spans)  # section 二
    assert {(9, 9), (1, 1)} & set(spans) == {(9, 9), (1, 1)}  # labels that run down section 三
    assert max(area.max_col for area in sheet.merged_cells.ranges) == 15
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 1)


def test_rows_are_as_high_as_their_text() -> None:
    sheet = sheet_of(liaocheng())
    assert sheet.row_dimensions[1].height == 34
    heights = {
        str(sheet.cell(row, column).value): sheet.row_dimensions[row].height
        for row in range(4, sheet.max_row + 1)
        for column in range(1, 4)
        if isinstance(sheet.cell(row, column).value, str)
    }
    assert heights["（一）予以公开"] == 19
    assert heights["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"] > 19


def test_what_runs_down_the_side_looks_like_a_header_and_what_stands_beside_it_does_not() -> None:
    sheet = sheet_of(liaocheng())
    looks = {cell.value: cell.style for row in sheet.iter_rows(max_col=5) for cell in row}
    assert looks["三、本年度办理结果"] == "年报表头"
    assert looks["（一）予以公开"] == "年报栏目"
