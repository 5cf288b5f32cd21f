"""规章 and 规范性文件: who may make them, and that what is issued is in force."""

from dataclasses import replace

import pytest

from checks.documents import lacks_power
from checks.tally import check_library, check_report
from form.agencies.terms import Whose
from form.matrix import matrix_of
from form.report import Report
from tests.checks.reports import made


def asked(agency: str, lines: str, whose: Whose | None = None) -> list[tuple[str, str | None]]:
    report = replace(made(lines, "2021", 2022, rest="0"), agency=agency, whose=whose)
    return [(item.rule, item.row) for item in check_report(report)]


@pytest.mark.parametrize(
    "agency",
    [
        *("甲市水务局", "市水务局", "乙县人民政府", "北京市朝阳区人民政府", "河包镇人民政府"),
        *("丁街道办事处", "高新区管理委员会", "辽宁省水利厅", "国家税务总局阜新市税务局"),
        *("乙县人民政府办公室", "乙县政务公开办公室", "大兴安岭地区行政公署"),
    ],
)
def test_who_may_make_no_regulations(agency: str) -> None:
    assert lacks_power(agency)


@pytest.mark.parametrize(
    "agency",
    [
        *("辽宁省人民政府", "阜新市人民政府", "阜新市人民政府办公室", "北京市人民政府"),
        *("延边朝鲜族自治州人民政府", "内蒙古自治区人民政府办公厅", "自然资源部", "审计署"),
        *("国家税务总局", "海关总署", "中国人民银行", "甲市人民政府", "甲市人民政府办公室"),
        *("阜新市政务公开办公室", "甲市人民政府政务公开办公室"),
    ],
)
def test_who_may_or_whose_name_does_not_tell(agency: str) -> None:
    assert not lacks_power(agency)


def test_what_a_person_said_of_an_agency_counts() -> None:
    assert not lacks_power("甲中心")
    assert lacks_power("甲中心", Whose(kind="committee"))
    assert lacks_power("丙市人民政府", Whose(name="丙县人民政府"))
    assert lacks_power(None) is False


def test_regulations_of_a_department_are_asked_about_once_with_what_is_printed() -> None:
    report = made("regulations 2 0 5", "2021", 2022, rest="0")
    (found,) = check_report(report)
    assert (found.rule, found.severity, found.row) == (
        "regulations_without_power",
        "question",
        "regulations",
    )
    assert [place.rsplit(".")[-1] for place in found.cells] == ["issued", "in_force"]
    assert "本年制发件数 2、现行有效件数 5" in found.message
    assert "有权的是国务院部门及法律规定的机构，省级、设区的市和自治州的人民政府" in found.message


@pytest.mark.parametrize("text", [". . .", "- - -", "0 0 0", "? . .", "-1 0 0", "约2 . ."])
def test_what_is_no_printed_number_above_0_is_no_regulation(text: str) -> None:
    assert ("regulations_without_power", "regulations") not in asked(
        "甲市水务局", f"regulations {text}"
    )


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("9 0 3", True),
        ("9 . 3", True),
        ("4 - 0", True),
        ("9 5 3", True),
        ("5 3 2", False),
        ("3 0 3", False),
        ("3 0 .", False),
        ("3 0 -", False),
        (". 0 0", False),
        ("3 0 ?2|20", False),
        ("3 ?1|2 2", False),
        ("3 0 约2", False),
    ],
)
def test_more_issued_than_in_force(text: str, is_asked: bool) -> None:
    told = [rule for rule, _row in asked("甲市水务局", f"normative_documents {text}")]
    assert ("issued_above_in_force" in told) == is_asked


def test_the_old_form_has_nothing_in_force() -> None:
    assert check_report(made("normative_documents 9 9 3", rest="0")) == ()


def library(reports: dict[int, Report]) -> dict[int, list[str]]:
    found = check_library(matrix_of(reports), reports.__getitem__)
    return {number: [item.rule for item in items] for number, items in found.items() if items}


def test_a_library_says_the_same_of_each() -> None:
    lines = {
        1: ("甲市水务局", "regulations 1 0 1"),
        2: ("辽宁省人民政府", "regulations 1 0 1"),
        3: ("乙县人民政府", "normative_documents 9 0 3"),
        4: ("乙县人民政府", "administrative_fees -12.5"),
        5: ("乙县人民政府", "normative_documents 3 0 9"),
    }
    reports = {
        number: replace(made(text, "2021", 2022, rest="0"), agency=agency)
        for number, (agency, text) in lines.items()
    }
    assert library(reports) == {
        1: ["regulations_without_power"],
        3: ["issued_above_in_force"],
        4: ["negative"],
    }


def test_a_negative_amount_is_doubtful_and_a_negative_count_an_error() -> None:
    (amount,) = check_report(made("administrative_fees -12.5", "2021", 2022, rest="0"))
    assert (amount.rule, amount.severity) == ("negative", "warning")
    assert "−12.5 万元" in amount.message
    (count,) = check_report(made("administrative_penalty -12", "2021", 2022, rest="0"))
    assert (count.rule, count.severity) == ("negative", "error")
