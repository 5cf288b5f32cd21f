"""What a roster says, as it follows from the log."""

from collections.abc import Mapping
from datetime import UTC, datetime

from form.agencies.registry import Registry, registry_of
from form.agencies.terms import Term
from form.decisions import Action, Decision
from form.roster import Fields, Part, entry_words, fields_of, roster_of, value_of

AT = datetime(2026, 1, 5, tzinfo=UTC)
NOBODY = Registry()


def said(
    number: int, agency: str, told: Fields | None = None, part: Part = "add", why: str = ""
) -> Decision:
    value = None if told is None else value_of(told)
    return Decision(number, "roster", agency, None, AT, None, reason=why, part=part, value=value)


def undone(number: int, undoes: int) -> Decision:
    return Decision(number, "undo", "甲局", None, AT, None, undoes=undoes)


def named(number: int, old: str, new: str, year: int | None, action: Action = "merge") -> Decision:
    return Decision(
        number, action, new, year, AT, None, from_agency=old, part="name", reason="机构改革"
    )


def test_rows_stand_in_order_and_are_due_in_their_years() -> None:
    roster = roster_of(
        [
            said(1, "乙局", {"order": 2, "group": "部门", "due_from": 2024}),
            said(2, "甲局", {"order": 1, "group": "部门", "due_to": 2024}),
            said(3, "丙县人民政府", {"order": 3, "group": "县区", "covers": "area"}),
        ],
        NOBODY,
    )
    assert roster.members() == ("甲局", "乙局", "丙县人民政府")
    assert [row.agency for row in roster.due(2023)] == ["甲局", "丙县人民政府"]
    assert [row.agency for row in roster.due(2025)] == ["乙局", "丙县人民政府"]
    assert roster.groups == ("部门", "县区")
    assert roster.members("部门", 2025) == ("乙局",)
    assert roster.is_due("甲局", 2024)
    assert not roster.is_due("甲局", 2025)
    assert not roster.is_due("丁局", 2024)


def test_an_edit_changes_what_it_names_and_nothing_else() -> None:
    entries = [
        said(1, "甲局", {"order": 1, "group": "部门", "contact": "办公室"}),
        said(2, "甲局", {"group": None, "term": "02-20"}, "edit", "本市规定"),
    ]
    row = roster_of(entries, NOBODY).row("甲局")
    assert row is not None
    assert (row.order, row.group, row.contact) == (1, "", "办公室")
    assert row.term == Term(2, 20, "本市规定")
    assert row.numbers == (1, 2)


def test_what_is_taken_back_was_never_said() -> None:
    entries = [
        said(1, "甲局", {"order": 1}),
        said(2, "甲局", {"group": "部门"}, "edit"),
        undone(3, 2),
    ]
    row = roster_of(entries, NOBODY).row("甲局")
    assert row is not None
    assert row.group == ""
    # An edit of a row that was taken back brings nobody onto the roster.
    assert not roster_of([*entries, undone(4, 1), undone(5, 3)], NOBODY)


def test_who_is_removed_was_never_due_and_may_come_again() -> None:
    entries = [said(1, "甲局", {"group": "部门"}), said(2, "甲局", part="remove", why="重复")]
    assert not roster_of(entries, NOBODY).rows
    again = roster_of([*entries, said(3, "甲局", {"order": 4})], NOBODY).row("甲局")
    assert again is not None
    assert (again.group, again.order) == ("", 4)


def test_the_headcount_names_who_came_and_went_and_why() -> None:
    registry = registry_of([named(5, "丙局", "丁局", 2025)])
    entries = [
        said(1, "甲局", {"order": 1, "due_from": 2020}),
        said(2, "乙局", {"order": 2, "due_from": 2020}),
        said(3, "丙局", {"order": 3, "due_from": 2020}),
        said(4, "数据局", {"order": 4, "due_from": 2025}, why="2025 年组建"),
        said(6, "乙局", {"due_to": 2024}, "edit", "并入甲局"),
    ]
    roster = roster_of(entries, registry)
    found = roster.headcount(2025)
    assert (found.due, found.before) == (3, 3)
    assert [(row.agency, row.why_from) for row in found.added] == [("数据局", "2025 年组建")]
    assert [(row.agency, row.why_to) for row in found.dropped] == [("乙局", "并入甲局")]
    assert [(item.before, item.after, item.why) for item in found.renamed] == [
        ("丙局", "丁局", "机构改革")
    ]
    assert roster.headcount(2024).renamed == ()
    # The first year there is nothing to hold it against, so nobody was added.
    first = roster.headcount(2020)
    assert (first.before, first.added) == (None, ())


def test_a_row_goes_with_its_agency_under_a_new_name() -> None:
    registry = registry_of([named(2, "旧局", "新局", None)])
    roster = roster_of([said(1, "旧局", {"order": 1, "group": "部门"})], registry)
    assert roster.members() == ("新局",)


def test_what_is_no_field_or_no_value_of_one_is_not_heard() -> None:
    odd: Mapping[str, object] = {"order": "1", "due_from": True, "covers": "all", "rank": 3}
    assert fields_of(str(odd).replace("'", '"').replace("True", "true")) == {}
    assert fields_of("[") == {}
    assert fields_of("3") == {}
    assert fields_of(None) == {}


def test_words_of_an_entry() -> None:
    entry = said(1, "甲局", {"covers": "own", "due_from": 2024, "group": None})
    assert entry_words(entry) == ("列入名册", "分组 （空），起始年度 2024，年报口径 本级")
