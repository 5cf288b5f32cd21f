"""The log as lines to take away: the entries about the chosen reports, in plain Chinese."""

from datetime import UTC, datetime

import pandas as pd

from form.decisions import Decision
from form.report import Cell
from library.log_frame import log_frame
from outputs.log_table import entries_about, log_table

LATE = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)  # the sixth in Beijing
NEW = "applications.new_received.total"
COUNT = "disclosure.regulations.in_force"


def log() -> pd.DataFrame:
    read, typed = Cell(77, "number", "77"), Cell(75, "typed", "75")
    entries = [
        Decision(1, "recycle", None, 2022, LATE, "李", report_id=3),
        Decision(2, "correct", "甲市", 2023, LATE, None, NEW, read, typed, "balance", report_id=1),
        Decision(
            3, "identify", "乙县", 2022, LATE, "王", report_id=1, version=2,
            from_agency="甲市", from_year=2023,
        ),
        Decision(4, "choose", "丙区", 2021, LATE, "王", report_id=2, version=1),
        Decision(5, "correct", "丙区", 2021, LATE, "王", COUNT, read, typed, report_id=2),
    ]  # fmt: skip
    editions = {2: {"disclosure": "2021"}}
    return log_frame(entries, editions)


def test_entries_about_a_year_and_what_left_it() -> None:
    assert entries_about(log(), {("甲市", 2023)}).index.tolist() == [2, 3]
    assert entries_about(log(), {("乙县", 2022)}).index.tolist() == [3]
    assert entries_about(log(), [("丙区", 2021), ("丙区", 2020)]).index.tolist() == [4, 5]
    assert entries_about(log(), set()).empty


def test_lines_say_who_did_what_when() -> None:
    lines = log_table(log()).astype(object)
    told = lines[["编号", "时间", "经办人", "操作", "位置", "原数", "改为", "有效"]].values.tolist()
    assert told[2] == [
        3,
        "2026-03-06 00:30",
        "王",
        "认领",
        "第 2 版",
        "甲市 2023",
        "乙县 2022",
        "是",
    ]
    assert told[3][2:5] == ["王", "选定版本", "第 1 版"]
    assert told[4][4:] == ["规章 · 现行有效件数", "77", "75", "是"]
    assert lines["机构"].isna().tolist() == [True, *[False] * 4]
    assert pd.isna(told[1][2])
    assert log_table(log().iloc[:0]).empty
