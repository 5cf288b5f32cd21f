"""Rows with words nobody knows, rows without headers, rows that are not there: each taken or said."""

from __future__ import annotations

import pytest

from form.report import Report
from loaders import read

TITLE = "甲区2023年政府信息公开工作年度报告\n一、总体情况\n"
HEAD = "三、收到和处理政府信息公开申请情况\n\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
ONE = "1.属于国家秘密" + "\t0" * 7 + "\n"
THREE = "3.危及“三安全一稳定”" + "\t0" * 7 + "\n"
FOUR = "4.保护第三方合法权益" + "\t0" * 7 + "\n"
CUT = "2.其他法律行政止公开\t1\t0\t0\t0\t0\t0\t1\n"
AFTER = "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题\n无。\n"
FORBIDDEN = "applications.denied_law_forbidden"
FIFTEEN = (19, 2, 9, 2, 32, 7, 0, 1, 6, 14, 2, 1, 7, 9, 19)


def found(*lines: str) -> Report:
    (report,) = read((TITLE + "".join(lines)).encode(), "1.txt")
    return report


def row(report: Report, name: str) -> list[object]:
    return [c.value for a, c in report.cells.items() if a.rpartition(".")[0] == name]


def codes(report: Report) -> list[str]:
    return [note.code for note in report.notes]


def test_a_row_by_its_number_between_its_neighbours() -> None:
    report = found(HEAD, ONE, CUT, THREE, AFTER)
    assert row(report, FORBIDDEN) == [1, 0, 0, 0, 0, 0, 1]
    assert FORBIDDEN not in report.unprinted
    assert "row_unnamed" not in codes(report)
    (note,) = [note for note in report.notes if note.code == "row_adopted"]
    assert "其他法律行政止公开" in note.message
    assert "2.其他法律行政法规禁止公开" in note.message
    assert {report.cells[name].value for name in note.cells} == {0, 1}


def test_not_with_another_number_or_elsewhere_or_beside_another() -> None:
    for lines in (
        (HEAD, ONE, CUT.replace("2.", "3."), THREE, AFTER),
        (HEAD, ONE, CUT.replace("2.", ""), THREE, AFTER),
        (HEAD, ONE, CUT, FOUR, AFTER),
        (HEAD, ONE, CUT, CUT, THREE, AFTER),
        (HEAD, ONE, CUT.replace("\t0\t0", "\t0", 1), THREE, AFTER),
    ):
        report = found(*lines)
        assert row(report, FORBIDDEN) == [None] * 7, lines
        assert FORBIDDEN not in report.unprinted
        (note, *_others) = [note for note in report.notes if note.code == "row_unnamed"]
        assert "其他法律行政止公开" in note.message
        assert "1 0 0 0" in note.message


def test_fifteen_numbers_under_the_heading_that_add_up() -> None:
    numbers = "\t".join(map(str, FIFTEEN)) + "\n"
    four, five = AFTER.split("\n", 1)
    report = found(HEAD, ONE, f"{four}\n行政复议行政诉讼\n{numbers}{five}")
    assert row(report, "disputes.review") == [19, 2, 9, 2, 32]
    assert row(report, "disputes.litigation_after_review") == [2, 1, 7, 9, 19]
    wrong = numbers.replace("19", "18", 1)
    assert not found(HEAD, ONE, f"{four}\n{wrong}{five}").has_table("disputes")
    assert not found(HEAD, ONE, f"{four}\n{numbers}{numbers}{five}").has_table("disputes")
    assert not found(HEAD, ONE, f"{numbers}{AFTER}").has_table("disputes")


def test_rows_that_are_not_printed_are_named_unless_the_file_ends_before_them() -> None:
    whole = found(HEAD, ONE, THREE, AFTER)
    assert {FORBIDDEN, "applications.carried_forward"} <= {*whole.unprinted}
    assert "table_cut" not in codes(whole)
    cut = found(HEAD, ONE, THREE)
    assert FORBIDDEN in cut.unprinted
    assert "applications.carried_forward" not in cut.unprinted
    (note,) = [note for note in cut.notes if note.code == "table_cut"]
    assert "applications.carried_forward.total" in note.cells
    torn = found(HEAD, ONE, THREE, "4.保护第三方")
    assert "applications.carried_forward" not in torn.unprinted


@pytest.mark.parametrize(
    "end",
    ["（三）不予公开 |\n1.属于国家秘密 |\n2.其他法律行政法", "法人或其他\n", "自然人\n商业企业\n"],
)
def test_a_file_may_end_in_labels_and_heads_that_stand_by_themselves(end: str) -> None:
    assert "applications.carried_forward" not in found(HEAD, ONE, THREE, end).unprinted
    (note,) = [n for n in found(HEAD, ONE, THREE, end).notes if n.code == "table_cut"]
    assert "applications.carried_forward.total" in note.cells


@pytest.mark.parametrize("end", ["五、存在的主要问题\n", "自然人较多。\n", "其他需要报告\n"])
def test_what_is_no_label_ends_the_table(end: str) -> None:
    assert "applications.carried_forward" in found(HEAD, ONE, THREE, end).unprinted


def test_headers_with_a_year_and_explanations() -> None:
    report = found(
        "二、主动公开政府信息情况\n信息内容\t本年（2023）制发件数\t本年（2023年）废止件数\t现行有效件数（截至年底）\n",
        "规章\t0\t0\t0\n行政规范性文件\t0\t1\t4\n",
        "信息内容\t本年（2023）处理决定数量\n行政许可\t5\n",
    )
    assert report.editions["disclosure"] == "2021"
    assert row(report, "disclosure.normative_documents") == [0, 1, 4]
    assert row(report, "disclosure.administrative_licensing") == [5]


def test_a_full_row_beside_longer_rows() -> None:
    block = (
        "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | |\n行政许可 | 3 | {change} | 7 |\n"
    )
    head = "二、主动公开政府信息情况\n"
    full = found(head, block.format(change="-1"))
    assert row(full, "disclosure.administrative_licensing") == [3, -1, 7]
    lost = found(head, block.format(change=""))
    assert row(lost, "disclosure.administrative_licensing") == [None] * 3


def test_an_amount_has_the_unit_that_its_header_states() -> None:
    for unit, said in (("（单位：元）", "元"), ("（单位：万元）", "万元"), ("", "万元")):
        report = found(
            f"二、主动公开政府信息情况\n信息内容\t本年收费金额{unit}\n行政事业性收费\t393156\n",
            "信息内容\t本年处理决定数量\n行政许可\t5\n",
        )
        cell = report.cells["disclosure.administrative_fees.amount"]
        assert (cell.value, cell.unit) == (393156, said)


DISCLOSURE = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"


def test_labels_with_an_explanation_behind_them() -> None:
    explained = (
        "规章（设区的市、自治州人民政府填写）\t1\t0\t3\n行政规范性文件（含决定、公告）\t2\t1\t19\n"
    )
    report = found(DISCLOSURE, explained, HEAD, ONE, AFTER)
    assert row(report, "disclosure.regulations") == [1, 0, 3]
    assert row(report, "disclosure.normative_documents") == [2, 1, 19]
    # What stands behind the brackets is no explanation any more.
    other = explained.replace("填写）", "填写）和其他")
    assert row(found(DISCLOSURE, other, HEAD, ONE, AFTER), "disclosure.regulations") == [None] * 3


def test_the_words_into_which_pages_are_converted_elsewhere() -> None:
    converted = "規章\t1\t0\t3\n行政規範性檔案\t2\t1\t19\n"
    report = found(DISCLOSURE, converted, HEAD, ONE, AFTER)
    assert row(report, "disclosure.normative_documents") == [2, 1, 19]
