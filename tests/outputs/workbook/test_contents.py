"""What stands in the workbook: real numbers, honest gaps, live sums, errors with their reasons."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from checks.findings import Finding
from form.report import Report
from outputs.workbook import summary_workbook
from outputs.workbook.sheet import sheet_title
from outputs.workbook.summary import MOST_REPORT_SHEETS
from tests.outputs.samples import liaocheng, made_up, report
from tests.outputs.workbook.books import ABOUT, data, headed, opened


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(data())


def head(sheet, rows: int = 4) -> dict[str, int]:
    """Columns by the text of the lowest header over them."""
    texts: dict[str, int] = {}
    for column in range(1, sheet.max_column + 1):
        found = [sheet.cell(row, column).value for row in range(3, rows + 1)]
        texts.setdefault(str(next(text for text in reversed(found) if text)), column)
    return texts


def line(sheet, agency: str, where: str | None = None) -> int:
    return next(
        row
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 1).value == agency and where in (None, sheet.cell(row, 3).value)
    )


def test_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == [
        *("说明", "汇总", "主动公开", "申请", "复议诉讼", "勾稽问题", "修改记录"),
        *(
            "聊城市自然资源和规划局 2020",
            "北戴河区自然资源和规划局 2020",
            "甲市自然资源和规划局 2023",
        ),
    ]


def test_the_cover_says_what_this_is(book: Workbook) -> None:
    lines = {
        row[0].value: row[1].value
        for row in book["说明"].iter_rows(min_row=3, max_row=10, max_col=2)
    }
    assert lines["选择范围"] == "三家机构的年度报告"
    assert lines["报告"] == "共 3 份。"
    assert lines["资料截至"] == "资料库最后一次变更：2026 年 2 月 1 日 09:30（北京时间）。"
    assert lines["勾稽问题"] == "2 份报告有勾稽错误，共 5 处；其他提示 0 处。"
    assert lines["软件版本"] == "0.1.0"
    assert "表样页" not in lines


def test_key_figures_are_real_numbers_and_blanks_stay_blank(book: Workbook) -> None:
    sheet = book["汇总"]
    columns, row = head(sheet, 3), line(sheet, "聊城市自然资源和规划局")
    figures = {name: sheet.cell(row, column).value for name, column in columns.items()}
    assert (figures["本年新收申请"], figures["不予公开"], figures["行政诉讼"]) == (105, 10, 8)
    blank = line(sheet, "北戴河区自然资源和规划局")
    assert sheet.cell(blank, columns["办理总计"]).value is None
    assert sheet.cell(row, columns["错误处数"]).value == 3


def test_totals_are_live_and_follow_the_filter(book: Workbook) -> None:
    sheet = book["汇总"]
    assert sheet.auto_filter.ref == "A3:S6"
    assert sheet.cell(7, 4).value == "=SUBTOTAL(9,D4:D6)"
    assert sheet.cell(7, 1).value == "合计"


def test_tidy_cells_keep_zero_blank_dash_and_unknown_apart(book: Workbook) -> None:
    sheet = book["申请"]
    columns, where = head(sheet, 3), "三（三）不予公开 · 4.保护第三方合法权益"
    row = line(sheet, "甲市自然资源和规划局", where)
    zero, unknown = (sheet.cell(row, columns[name]) for name in ("科研机构", "商业企业"))
    assert (zero.value, unknown.value) == (0, "?")
    assert "可能是 0 或 空" in unknown.comment.text
    row = line(sheet, "聊城市自然资源和规划局", where)
    assert sheet.cell(row, columns["总计"]).value is None
    disclosure = book["主动公开"]
    row = line(disclosure, "聊城市自然资源和规划局")
    assert "—" in [cell.value for cell in disclosure[row]]


def test_section_three_has_a_line_a_row_of_the_form(book: Workbook) -> None:
    agencies = [cell.value for cell in book["申请"]["A"][3:]]
    assert agencies.count("聊城市自然资源和规划局") == 23
    assert agencies.count("甲市自然资源和规划局") == 25


def test_amounts_are_in_wan_and_say_what_was_printed(book: Workbook) -> None:
    sheet = book["主动公开"]
    fee = sheet.cell(line(sheet, "甲市自然资源和规划局"), head(sheet)["本年收费金额（万元）"])
    assert fee.value == pytest.approx(15.279)
    assert "152790" in fee.comment.text
    bought = sheet.cell(line(sheet, "聊城市自然资源和规划局"), head(sheet)["采购总金额（万元）"])
    assert bought.value == pytest.approx(4156.93)
    assert bought.comment is None


def test_an_amount_without_unit_is_no_number() -> None:
    plain = report("甲", 2020, "2019", {"disclosure": "government_procurement 5 1858"})
    sheet = opened(summary_workbook(headed(plain), {}, ABOUT))["主动公开"]
    assert sheet.cell(5, head(sheet)["采购总金额（万元）"]).value == "1858（无单位）"


def test_amounts_and_their_sum_show_every_decimal() -> None:
    bought = ("government_procurement 5 1858.50万元", "government_procurement 5 123.4567891万元")
    reports = [report(f"{n}", 2020, "2019", {"disclosure": row}) for n, row in enumerate(bought)]
    sheet = opened(summary_workbook(headed(*reports), {}, ABOUT))["主动公开"]
    column = head(sheet)["采购总金额（万元）"]
    cells = [sheet.cell(row, column) for row in (5, 6, 7)]
    assert [cell.number_format for cell in cells] == ["0.00", "0.0000000", "0.0000000"]
    assert cells[1].value == pytest.approx(123.4567891, rel=1e-15)
    assert sheet.column_dimensions[cells[0].column_letter].width >= len("1981.9567891")


def test_an_amount_that_no_spreadsheet_holds_is_written_whole() -> None:
    plain = report(
        "甲", 2020, "2019", {"disclosure": "government_procurement 5 1.2345678901234567万元"}
    )
    sheet = opened(summary_workbook(headed(plain), {}, ABOUT))["主动公开"]
    cell = sheet.cell(5, head(sheet)["采购总金额（万元）"])
    assert cell.value == "1.2345678901234567"
    assert "不计入合计" in cell.comment.text


def test_what_a_form_does_not_have_is_grey(book: Workbook) -> None:
    sheet = book["主动公开"]
    cell = sheet.cell(line(sheet, "聊城市自然资源和规划局"), head(sheet)["本年制发件数"])
    assert (cell.value, cell.style) == (None, "年报无此格")


def test_findings_are_listed_with_equation_and_message(book: Workbook) -> None:
    sheet = book["勾稽问题"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert len(rows) == 5
    assert rows[0][:4] == ["聊城市自然资源和规划局", 2020, "确定错误", "收支不平"]
    assert rows[0][5] == "77 + 0 ≠ 75 + 0"
    assert rows[3][6] == 4


def test_suspects_are_outlined_and_explained_on_every_sheet(book: Workbook) -> None:
    own = book["聊城市自然资源和规划局 2020"]
    for sheet in (own, book["申请"]):
        marked = [cell for row in sheet.iter_rows() for cell in row if cell.style == "年报可疑"]
        values = [cell.value for cell in marked if cell.value in (77, 3, 25, 75, 2, 28)]
        assert values == [77, 3, 25, 75, 2, 28]
        assert marked[0].border.left.style == "medium"
        assert marked[0].border.left.color.rgb == "FFB42318"
        assert "77 + 0 ≠ 75 + 0" in marked[0].comment.text


def test_the_official_layout_is_merged_as_printed(book: Workbook) -> None:
    sheet = book["甲市自然资源和规划局 2023"]
    merged = {
        str(area): sheet.cell(area.min_row, area.min_col).value for area in sheet.merged_cells
    }
    heights = {
        value: int(area.split(":")[1].lstrip("ABCDEFGHIJKLMNO"))
        - int(area.split(":")[0].lstrip("ABCDEFGHIJKLMNO"))
        + 1
        for area, value in merged.items()
    }
    assert heights["三、本年度办理结果"] == 22
    assert heights["（三）不予公开"] == 8
    assert heights["自然人"] == 2
    assert sum(value == "行政诉讼" for value in merged.values()) == 1


def test_a_report_s_sheet_shows_units_and_dashes_as_printed(book: Workbook) -> None:
    sheet = book["聊城市自然资源和规划局 2020"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    amount = next(cell for cell in cells if cell.value == 4156.93)
    assert amount.number_format == '0.00" 万元"'
    assert sum(cell.value == "-" for cell in cells) == 2
    cells = [cell for row in book["甲市自然资源和规划局 2023"].iter_rows() for cell in row]
    amount = next(cell for cell in cells if cell.value == 152790)
    assert amount.number_format == '0" 元"'


def test_a_table_that_was_not_found_is_said_to_be_missing() -> None:
    lonely = report("甲", 2020, "2019", {"disputes": "review 1 0 0 0 1"})
    book = opened(summary_workbook(headed(lonely), {}, ABOUT))
    texts = [cell.value for cell in book["甲 2020"]["A"]]
    assert texts.count("报告里没有找到这张表。") == 2
    assert book["汇总"].cell(4, 4).value is None


def test_sheets_are_made_for_reading_and_printing(book: Workbook) -> None:
    for name in ("汇总", "主动公开", "申请", "复议诉讼", "勾稽问题"):
        sheet = book[name]
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (book["主动公开"].page_setup.fitToWidth, book["汇总"].page_setup.fitToWidth) == (2, 1)
    for sheet in book.worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"


def test_agencies_lead_to_their_sheets(book: Workbook) -> None:
    link = book["汇总"].cell(4, 1).hyperlink
    assert link.location == "'聊城市自然资源和规划局 2020'!A1"
    assert link.target is None


def test_more_reports_than_sheets_are_said_and_all_listed() -> None:
    many = [made_up(f"第{n}局") for n in range(MOST_REPORT_SHEETS + 5)]
    book = opened(summary_workbook(headed(*many), {}, ABOUT))
    assert len(book.sheetnames) == 7 + MOST_REPORT_SHEETS
    lines = {row[0].value: row[1].value for row in book["说明"].iter_rows(max_col=2)}
    assert "其余 5 份没有单独的工作表" in lines["表样页"]
    assert book["汇总"].auto_filter.ref == "A3:S68"


def test_no_reports_make_an_empty_book() -> None:
    book = opened(summary_workbook([], {}, ABOUT))
    assert book["汇总"].cell(4, 1).value == "没有报告"
    assert book["勾稽问题"].cell(4, 1).value == "没有发现勾稽问题"


def test_numbers_longer_than_a_spreadsheet_keeps_stay_exact() -> None:
    long = "12345678901234567890"
    huge = report("甲", 2020, "2019", {"disputes": f"review {long} 0 0 0 {long}"})
    sheet = opened(summary_workbook(headed(huge), {}, ABOUT))["复议诉讼"]
    assert sheet.cell(5, 3).value == long


def test_a_warning_is_explained_without_an_outline() -> None:
    place = ("applications.new_received.total",)
    warning = Finding("in_force", "warning", "applications", "比上年多一倍", place)
    book = opened(summary_workbook(headed(liaocheng()), {1: (warning,)}, ABOUT))
    cell = book["申请"].cell(4, 10)
    assert (cell.value, cell.style, cell.comment.text) == (105, "年报数值", "比上年多一倍")


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("甲:乙/丙[丁]?*\\", [], "甲_乙_丙_丁____"),
        ("'甲'", [], "甲"),
        ("", [], "_"),
        ("甲" * 40, [], "甲" * 31),
        ("汇总", ["汇总"], "汇总(2)"),
        ("ABC", ["abc", "Abc(2)"], "ABC(3)"),
        ("甲" * 31, ["甲" * 31], "甲" * 28 + "(2)"),
    ],
)
def test_sheet_names_are_valid_and_differ(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_title(wanted, taken) == name


def test_decimals_are_exact_in_the_file() -> None:
    plain: Report = report(
        "甲", 2020, "2019", {"disclosure": "government_procurement 8 39.3156万元"}
    )
    sheet = opened(summary_workbook(headed(plain), {}, ABOUT))["主动公开"]
    assert Decimal(str(sheet.cell(5, head(sheet)["采购总金额（万元）"]).value)) == Decimal(
        "39.3156"
    )
