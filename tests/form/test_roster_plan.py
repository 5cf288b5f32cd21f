"""Whom the lines of an import mean: matched by what is written, never by what is alike."""

from form.agencies.registry import Link, Registry
from form.roster import Roster, Row
from form.roster_lines import Line
from form.roster_plan import plan

CODE = "91350100M000100Y43"
OLD = Registry({"甲市水务局": Link("甲市水务局", "甲市水利局", "name", 1)})
KNOWN = ("甲市教育局", "甲市水利局")
ROSTER = Roster((Row("甲市水利局", 1, "部门", 2020, credit_code=CODE), Row("乙局", 2)))


def planned(*lines: Line, meant=None, roster: Roster = ROSTER):
    return plan(lines, 2025, roster, OLD, KNOWN, meant)


def test_names_are_matched_by_any_name_and_the_rest_is_absent() -> None:
    found = planned(Line(1, "甲市 水务局"), Line(2, "甲市教育局"))
    assert [(item.status, item.agency) for item in found.lines] == [
        ("same", "甲市水利局"),
        ("joins", "甲市教育局"),
    ]
    assert found.lines[1].fields == {"order": 2, "due_from": 2025}
    assert [row.agency for row in found.absent] == ["乙局"]


def test_what_is_merely_alike_is_asked_about_and_nobody_is_absent_meanwhile() -> None:
    found = planned(Line(1, "市水利局"), Line(2, "丁局"))
    assert [(item.status, item.agency) for item in found.lines] == [("asked", None)] * 2
    assert [item.candidates for item in found.lines] == [("甲市水利局",), ()]
    assert [row.agency for row in found.absent] == ["乙局"]
    found = planned(
        Line(1, "市水利局"), Line(2, "丁局"), meant={"市水利局": "甲市水利局", "丁局": "丁局"}
    )
    assert [(item.status, item.agency) for item in found.lines] == [
        ("same", "甲市水利局"),
        ("joins", "丁局"),
    ]


def test_a_code_of_another_name_is_asked_about() -> None:
    (item,) = planned(Line(1, "甲市教育局", {"credit_code": CODE})).lines
    assert (item.status, item.candidates) == ("asked", ("甲市水利局",))


def test_two_lines_of_one_organ_and_unreadable_ones_are_refused() -> None:
    found = planned(Line(1, "甲市水务局"), Line(2, "甲市水利局"), Line(3, "乙局", problems=("x",)))
    assert [item.status for item in found.lines] == ["same", "refused", "refused"]


def test_who_was_dropped_and_stands_on_the_list_is_due_again() -> None:
    roster = Roster((Row("乙局", 1, due_from=2020, due_to=2023),))
    (item,) = planned(Line(1, "乙局"), roster=roster).lines
    assert (item.status, item.fields) == ("changed", {"due_to": None})
