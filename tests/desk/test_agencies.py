"""What is said of reports follows who is one agency, and who went into whom."""

import os
from dataclasses import replace
from random import Random

import pandas as pd
import pytest

from checks.standing import standing
from desk.desk import Desk
from form.report import Paragraph, Report
from library.store import Library
from tests.checks.reports import changed, made
from tests.desk.season import befall, imported, judged_plainly

SEQUENCES = 100 if os.environ.get("FULL") else 4
A, B, C = "甲市规划局", "甲市国土资源局", "甲市自然资源和规划局"
D = "甲市林业局"
FORWARD, OVER = "carried_forward", "carried_over"


def carrying(agency: str, year: int, row: str, number: str) -> Report:
    """A report of zeros but for one carried number and what balances it."""
    other = "total_processed" if row == OVER else "new_received"
    cells = {
        f"applications__{name}__{column}": number
        for name in (row, other, *(["granted"] if row == OVER else []))
        for column in ("natural_person", "total")
    }
    plain = changed(made(editions="2019", year=year, rest="0"), **cells)
    return replace(plain, agency=agency)


def rules(desk: Desk, report_id: int) -> list[str]:
    return [item.finding.rule for item in desk.settled().judged[report_id]]


@pytest.fixture
def merged(library: Library) -> tuple[int, int, int]:
    """Two agencies that carry 2 and 3 forward, and one that carries 5 over."""
    return tuple(
        imported(library, carrying(*told), data=repr(told).encode())[0]
        for told in ((A, 2019, FORWARD, "2"), (B, 2019, FORWARD, "3"), (C, 2020, OVER, "5"))
    )


def test_the_carry_across_a_merger_is_the_sum(
    library: Library, merged: tuple[int, int, int]
) -> None:
    first, _second, last = merged
    desk = Desk(library)
    assert rules(desk, last) == []
    library.agencies.join([A, B], C, 2020, "checker")
    assert rules(desk, last) == []
    place = "applications.carried_forward.total"
    entry = library.log.correct(first, place, "1", library.report(first).cells[place], None, "笔误")
    (found,) = (item.finding for item in desk.settled().judged[last])
    assert (found.rule, found.left, found.right) == ("carry", 4, 5)
    assert f"2019 年度的数字是{B}、{A}之和" in found.message
    assert Desk(library).judged(last) == desk.judged(last)
    library.log.undo(entry.number, None)
    assert rules(desk, last) == []


def test_what_a_correction_of_a_joined_report_breaks_is_no_fault_of_the_print(
    library: Library, merged: tuple[int, int, int]
) -> None:
    first, _second, last = merged
    desk = Desk(library)
    library.agencies.join([A, B], C, 2020, "checker")
    place = "applications.carried_forward.total"
    entry = library.log.correct(first, place, "1", library.report(first).cells[place], None, "笔误")
    (found,) = desk.settled().judged[last]
    assert (found.finding.rule, found.state, found.decision) == ("carry", "caused", entry)
    assert not found.is_printed
    assert Desk(library).judged(last) == (found,)
    assert desk.printed(last) == ()


def test_what_a_correction_of_a_joined_report_mends_is_not_gone(library: Library) -> None:
    (first,) = imported(library, carrying(A, 2019, FORWARD, "1"), data=b"1")
    imported(library, carrying(B, 2019, FORWARD, "3"), data=b"2")
    (last,) = imported(library, carrying(C, 2020, OVER, "5"), data=b"3")
    library.agencies.join([A, B], C, 2020, "checker")
    desk = Desk(library)
    assert [item.state for item in desk.settled().judged[last]] == ["open", "open"]
    for column in ("natural_person", "total"):
        place = f"applications.carried_forward.{column}"
        seen = library.report(first).cells[place]
        library.log.correct(first, place, "2", seen, None, "笔误")
    mended = desk.settled().judged[last]
    assert [(item.finding.rule, item.state) for item in mended] == [("carry", "corrected")] * 2
    assert standing(mended).sentence == "更正后相符：印出的仍有 1 处错误，待机构确认"
    assert Desk(library).judged(last) == mended


def test_nothing_is_said_where_a_part_of_the_sum_is_missing(
    library: Library, merged: tuple[int, int, int]
) -> None:
    _first, second, last = merged
    (own,) = imported(library, carrying(C, 2019, FORWARD, "9"), data=b"own")
    desk = Desk(library)
    assert "carry" in rules(desk, last)
    (joined, *_more) = library.agencies.join([A, B], C, 2020, "checker")
    # Its own report on the year before is a part of the sum too.
    assert {item.finding.left for item in desk.settled().judged[last]} == {14}
    library.recycle([second], None)
    assert rules(desk, last) == []
    library.recycle([own], None)
    assert rules(desk, last) == []
    library.restore([second, own], None)
    library.log.undo(joined.number, None)
    assert {item.finding.left for item in desk.settled().judged[last]} == {12}


def test_nothing_is_said_of_one_that_was_there_before_without_its_own_report(
    library: Library, merged: tuple[int, int, int]
) -> None:
    _first, _second, last = merged
    place = "applications.carried_over.total"
    library.log.correct(last, place, "6", library.report(last).cells[place], None, "笔误")
    library.agencies.join([A, B], C, 2020, "checker")
    desk = Desk(library)
    assert "carry" in rules(desk, last)
    # Now it was there already, and what it carried forward itself is not known.
    imported(library, carrying(C, 2018, FORWARD, "0"), data=b"before")
    assert "carry" not in rules(desk, last)
    assert "carry" not in [item.rule for item in Desk(library).printed(last)]


def test_nothing_is_held_against_one_that_was_split(library: Library) -> None:
    (_first,) = imported(library, carrying(C, 2019, FORWARD, "5"), data=b"1")
    (there,) = imported(library, carrying(C, 2020, OVER, "3"), data=b"2")
    (out,) = imported(library, carrying(D, 2020, OVER, "2"), data=b"3")
    desk = Desk(library)
    assert rules(desk, there) == ["carry", "carry"]
    (entry,) = library.agencies.split(C, [D], 2020, "checker")
    assert rules(desk, there) == rules(desk, out) == []
    # Nor against one that was there before and took something over.
    imported(library, carrying(D, 2019, FORWARD, "0"), data=b"4")
    assert rules(desk, out) == []
    library.log.undo(entry.number, None)
    assert rules(desk, there) == rules(desk, out) == ["carry", "carry"]


def test_a_missing_total_of_one_is_not_held_against_the_other(library: Library) -> None:
    first = changed(carrying(A, 2019, FORWARD, "2"), applications__carried_forward__total=".")
    imported(library, first, data=b"1")
    imported(library, carrying(B, 2019, FORWARD, "3"), data=b"2")
    (last,) = imported(library, carrying(C, 2020, OVER, "5"), data=b"3")
    library.agencies.join([A, B], C, 2020, "checker")
    assert rules(Desk(library), last) == []


def test_the_chain_of_years_goes_on_under_another_name(library: Library) -> None:
    (first,) = imported(library, carrying(B, 2019, FORWARD, "3"), data=b"1")
    (last,) = imported(library, carrying(C, 2020, OVER, "5"), data=b"2")
    desk = Desk(library)
    before = desk.settled()
    entry = library.agencies.link(B, C, "name", "checker")
    assert rules(desk, last) == ["carry", "carry"]
    assert desk.neighbour(last, -1) == library.report(first)
    library.log.undo(entry.number, "checker")
    after = desk.settled()
    assert after.judged == before.judged
    pd.testing.assert_frame_equal(after.table, before.table)
    pd.testing.assert_frame_equal(after.counted, before.counted)


def test_late_follows_what_a_person_said_and_the_local_term(library: Library) -> None:
    told = replace(
        made(editions="2021", year=2021, rest="0"),
        agency="辛镇人民政府",
        paragraphs=(Paragraph(6, "无。"), Paragraph(6, "2022年3月1日")),
    )
    (number,) = imported(library, told, data=b"1")
    desk = Desk(library)
    assert "late" not in rules(desk, number)
    term = library.agencies.set_term("township", "02-20", "甲市的规定", "checker")
    assert "late" in rules(desk, number)
    library.log.undo(term.number, None)
    assert "late" not in rules(desk, number)
    library.agencies.say("辛镇人民政府", "kind", "department", "checker")
    assert "late" in rules(desk, number)
    library.agencies.say("辛镇人民政府", "kind", "", "checker")
    assert "late" not in rules(desk, number)
    assert Desk(library).settled().judged == desk.settled().judged == judged_plainly(library)


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_what_is_kept_is_what_is_judged_anew(library: Library, number: int) -> None:
    seed = int(os.environ.get("SEED", Random().randrange(10**9)))
    random, desk = Random(seed), Desk(library)
    told = [f"seed {seed}, sequence {number}"]
    for step in range(24):
        told.append(befall(library, random, step))
        if random.random() < 0.5:
            desk.settled()
    state = desk.settled()
    assert library.log.verify() == (), told
    with library.writing() as connection:
        connection.exec_driver_sql("DELETE FROM derived")
    fresh = Desk(library)
    assert fresh.settled().judged == state.judged, told
    pd.testing.assert_frame_equal(fresh.settled().everything, state.everything)
    for report_id in state.judged:
        assert fresh.printed(report_id) == desk.printed(report_id), told
