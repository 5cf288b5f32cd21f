"""A roster as an office has it: a list of names, or a table with headings."""

import pytest

from form.roster_lines import lines_of, rows_of_text

CODE = "91350100M000100Y43"


def test_a_table_says_what_its_headings_name() -> None:
    rows = [
        ["甲市 2025 年度名册", "", "", "", "", ""],
        ["序号", "单位名称", "组别", "报送期限", "信用代码", "口径", "电话"],
        ["1", "甲市 教育局", "部门", "2月20日", CODE.lower(), "本级", "12345"],
        ["", "", "", "", "", "", ""],
        ["2", "乙县人民政府", "县区", "03-31", "", "全县", ""],
    ]
    found = lines_of(rows)
    assert found.unknown == ("电话",)
    first, second = found.lines
    assert (first.number, first.name) == (3, "甲市 教育局")
    assert first.fields == {
        "order": 1,
        "group": "部门",
        "term": "02-20",
        "credit_code": CODE,
        "covers": "own",
    }
    assert (second.name, second.fields["covers"], second.fields["term"]) == (
        "乙县人民政府",
        "area",
        "03-31",
    )


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("起始年度", "二〇二四", "起始年度读不出"),
        ("期限", "13月1日", "报送期限读不出"),
        ("期限", "尽快", "报送期限读不出"),
        ("信用代码", CODE[:-1] + "4", "信用代码读不出"),
        ("口径", "一半", "口径读不出"),
        ("序号", "第一", "序号读不出"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_value(heading: str, text: str, said: str) -> None:
    (line,) = lines_of([["机构", heading], ["甲局", text]]).lines
    assert line.fields == {}
    assert said in line.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "甲局\n乙局\n",
        "甲局、乙局",
        "1\t甲局\n2\t乙局",
        "机构名称\t分组\n甲局\t部门\n乙局\t",
        "机构名称,分组\n甲局,部门\n乙局,",
        "  甲局  \n\n乙局",
    ],
)
def test_pasted_text_is_taken_as_it_comes(text: str) -> None:
    assert [line.name for line in lines_of(rows_of_text(text)).lines] == ["甲局", "乙局"]
