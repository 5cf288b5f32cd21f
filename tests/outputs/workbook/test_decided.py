"""What people decided in the workbook: corrected cells, states of findings, suspects, the log."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from openpyxl import Workbook

from checks.explanations import Change, Suspects
from checks.findings import Finding
from checks.states import Judged
from form.decisions import Decision
from form.report import Cell
from outputs.workbook import Decided, ReportHeader, summary_workbook
from outputs.workbook.styles import CORRECTED, TYPED
from tests.checks.explained import explained
from tests.outputs.samples import broken_sums, liaocheng, with_cell
from tests.outputs.workbook.books import ABOUT, headed, opened
from tests.outputs.workbook.test_contents import head, line

NEW = "applications.new_received"
AGENCY = "聊城市自然资源和规划局"
MOMENT = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)  # the sixth in Beijing


def log() -> pd.DataFrame:
    """Entries as `library.log_frame` gives them: the second about another agency, the third about
    a report that went there, the fourth about one in the queue."""
    own = {
        "at": pd.Timestamp(MOMENT).tz_convert("Asia/Shanghai"),
        "who": "=公开科",
        "action_name": "更正",
        "agency": AGENCY,
        "year": 2020,
        "place": "一、本年新收 · 自然人",
        "old": "77",
        "new": "75",
        "rule": "balance",
        "reason": "笔误",
        "on": pd.NA,
        "undoes": pd.NA,
        "holds": True,
        "from_agency": pd.NA,
        "from_year": pd.NA,
    }
    other = {**own, "agency": "别处", "who": pd.NA, "rule": pd.NA}
    gone = {**other, "action_name": "认领", "from_agency": AGENCY, "from_year": 2020}
    queued = {**other, "agency": pd.NA, "year": pd.NA}
    return pd.DataFrame([own, other, gone, queued], index=pd.Index([7, 8, 9, 10], name="number"))


def data() -> bytes:
    corrected = Cell(75, "typed", printed=liaocheng().cells[f"{NEW}.natural_person"])
    sample = with_cell(liaocheng(), f"{NEW}.natural_person", corrected)
    sample = with_cell(sample, "disputes.review.other", Cell(2, "typed"))
    first, second, third = broken_sums(liaocheng())
    accepted = Decision(
        1, "accept", AGENCY, 2020, MOMENT, "公开科", finding=third.key, reason="备案口径"
    )
    asked = Decision(2, "ask", AGENCY, 2020, MOMENT, None, on=date(2026, 2, 3))
    judged = (
        Judged(second, "asked", asked, (asked,)),
        Judged(third, "accepted", accepted, (accepted,)),
        Judged(first, "corrected"),
    )
    ties = tuple(explained(Change(f"{NEW}.research", 3, number)) for number in range(5))
    decided = Decided({1: judged}, lambda _number: Suspects(ties), log())
    return summary_workbook(headed(sample), {}, ABOUT, decided)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(data())


def test_a_corrected_cell_counts_as_corrected_with_its_print_in_a_note(book: Workbook) -> None:
    for name, cells in (("申请", "自然人"), (f"{AGENCY} 2020", None)):
        sheet = book[name]
        found = [cell for row in sheet.iter_rows() for cell in row if cell.style == CORRECTED.name]
        assert [cell.value for cell in found] == [75], (name, cells)
        assert "已更正（原为 77）" in found[0].comment.text
    typed = [
        cell for row in book["复议诉讼"].iter_rows() for cell in row if cell.style == TYPED.name
    ]
    assert [cell.value for cell in typed] == [2]


def test_every_finding_says_its_suspects_and_what_became_of_it(book: Workbook) -> None:
    sheet = book["勾稽问题"]
    columns = head(sheet, 3)
    first = line(sheet, AGENCY)
    states = [sheet.cell(first + n, columns["处理"]).value for n in range(3)]
    assert states == ["已发函", "已认可", "更正后相符"]
    words = [sheet.cell(first + n, columns["处理说明"]).value for n in range(3)]
    assert words == ["2026-02-03", "2026-03-06 公开科 备案口径", None]
    likely = sheet.cell(first, columns["可能的改法"]).value
    assert likely.splitlines()[0] == "有 5 种改法，看不出是哪一种："
    assert likely.splitlines()[1].endswith("科研机构 应为 0")
    assert likely.splitlines()[-1] == "另有 2 种改法"
    assert sheet.cell(first + 1, columns["可能的改法"]).value is None


def test_settled_findings_are_not_counted(book: Workbook) -> None:
    lines = {row[0].value: row[1].value for row in book["说明"].iter_rows(max_row=12, max_col=2)}
    assert lines["勾稽问题"] == "1 份报告有勾稽错误，共 1 处；其他提示 0 处。"


def test_what_is_settled_is_named_beside_what_is_left(book: Workbook) -> None:
    told = book[f"{AGENCY} 2020"].cell(2, 1).value
    assert told.split("　")[-3:] == [
        "1 处勾稽错误",
        "另有 1 处印出的错误，更正后相符",
        "另有 1 处勾稽错误已说明原因",
    ]
    lines = {row[0].value: row[1].value for row in book["说明"].iter_rows(max_row=14, max_col=2)}
    assert "印出的仍有 1 处错误" in lines["更正后相符"]
    assert lines["已说明原因"] == "1 处勾稽错误已说明原因，不再列为待处理。"


def test_a_slip_between_two_years_is_one_in_the_whole_workbook() -> None:
    sample = liaocheng()
    carried = Finding("carry", "error", "applications", "x", slip="2020-2021/carry/total")
    headers = [ReportHeader(number, AGENCY, 2019 + number) for number in (1, 2)]
    reports = [(header, replace(sample, year=header.year)) for header in headers]
    judged = {number: (Judged(carried, "open"),) for number in (1, 2)}
    decided = Decided(judged, lambda _number: Suspects(), log())
    whole = opened(summary_workbook(reports, {}, ABOUT, decided))
    lines = {row[0].value: row[1].value for row in whole["说明"].iter_rows(max_row=12, max_col=2)}
    assert lines["勾稽问题"] == "2 份报告有勾稽错误，共 1 处；其他提示 0 处。"


def test_the_log_lists_what_is_about_these_reports(book: Workbook) -> None:
    sheet = book["修改记录"]
    columns = head(sheet, 3)
    row = {name: sheet.cell(4, column).value for name, column in columns.items()}
    assert (row["编号"], row["时间"], row["规则"]) == (7, "2026-03-06 04:00", "收支不平")
    assert (row["经办人"], sheet.cell(4, columns["经办人"]).data_type) == ("=公开科", "s")
    assert (row["原数"], row["改为"], row["有效"], row["撤销第几条"]) == ("77", "75", "是", None)
    (gone,) = sheet.iter_rows(min_row=5, max_row=5)
    told = {name: gone[column - 1].value for name, column in columns.items()}
    assert (told["编号"], told["操作"], told["机构"]) == (9, "认领", "别处")
    assert sheet.max_row == 5


def test_the_same_decisions_give_the_same_bytes() -> None:
    assert data() == data()
