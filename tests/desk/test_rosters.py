"""A roster from a file: round trip by the workbook, and what an import leaves to people."""

import pytest

from desk.rosters import carry_out, lines_of_file, lines_of_text, plan_words, planned
from library.errors import LibraryError
from library.store import Library
from outputs.roster_file import headings, roster_workbook
from tests.desk.season import imported
from tests.desk.test_season import ONE, THREE, TWO, right

TEXT = f"机构名称\t分组\t报送期限\t年报口径\n{ONE}\t部门\t\t本级\n{TWO}\t部门\t2月20日\t\n{THREE}\t县区\t\t全区域"


def test_the_first_list_is_taken_as_it_stands(library: Library) -> None:
    found = planned(library, lines_of_text(TEXT), 2023)
    assert [item.status for item in found.lines] == ["joins"] * 3
    assert carry_out(library, found, "checker", "初次导入") == 3
    rows = library.roster.now().due(2023)
    assert [(row.agency, row.group, row.covers) for row in rows] == [
        (ONE, "部门", "own"),
        (TWO, "部门", None),
        (THREE, "县区", "area"),
    ]
    assert library.roster.now().due(2022) == ()


def test_a_workbook_that_was_taken_away_says_the_same_when_it_comes_back(
    library: Library,
) -> None:
    carry_out(library, planned(library, lines_of_text(TEXT), 2023), "checker", "初次导入")
    data = roster_workbook(library.roster.now().rows)
    lines = lines_of_file("名册.xlsx", data)
    assert lines.unknown == ()
    again = planned(library, lines, 2023)
    assert [item.status for item in again.lines] == ["same"] * 3
    assert again.absent == ()
    assert carry_out(library, again, "checker", "") == 0


def test_the_template_has_all_headings_and_no_line() -> None:
    with pytest.raises(LibraryError, match="机构名称"):
        lines_of_file("空表.xlsx", roster_workbook(()))
    assert {"agency", "reason", "credit_code"} <= set(headings())


def test_the_next_list_asks_about_names_nobody_knows(library: Library) -> None:
    imported(library, right("甲市教育局"), data=b"1")
    carry_out(
        library,
        planned(library, lines_of_text(TEXT), 2023, {name: name for name in (ONE, TWO, THREE)}),
        "checker",
        "初次导入",
    )
    found = planned(library, lines_of_text(f"甲市教育局\n{ONE}\n新设局"), 2024)
    assert [item.status for item in found.lines] == ["joins", "changed", "asked"]
    assert [row.agency for row in found.absent] == [TWO, THREE]
    carry_out(library, found, "checker", "调整", drop=[TWO])
    roster = library.roster.now()
    assert roster.members(year=2024) == ("甲市教育局", ONE, THREE)
    count = roster.headcount(2024)
    assert [(row.agency, row.why_from) for row in count.added] == [("甲市教育局", "调整")]
    assert [(row.agency, row.why_to) for row in count.dropped] == [(TWO, "调整")]
    said = "\n".join(plan_words(found, 3, ("电话",), [TWO]))
    assert "新设局：待认定" in said
    assert f"{TWO}：不再应报" in said
    assert f"{THREE}：文件里没有，仍应报" in said
    assert "电话" in said
