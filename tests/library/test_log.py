"""What people decide: who is heard, what is refused, and what a new version does to it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from form.matrix import matrix_of
from form.report import Cell
from library.errors import Conflict, LibraryError
from library.frames import load_frames
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report

NEW = "applications.new_received.natural_person"
TOTAL = "applications.new_received.total"
FEES = "disclosure.administrative_fees.amount"
PROCUREMENT = "disclosure.government_procurement.amount"
KEY, BASIS = "total/applications/new_received/", "00ff"


def version(
    keep: Keep, value: int | Cell, *, agency: str | None = "甲市", year: int | None = 2023
) -> int:
    cell = value if isinstance(value, Cell) else Cell(value, "number", str(value))
    return keep(made_report(agency, year, cells={NEW: cell})).report_ids[0]


def correct(library: Library, report_id: int, text: str, address: str = NEW, **said: str) -> int:
    seen = library.report(report_id).cells[address]
    return library.log.correct(report_id, address, text, seen, "checker", "笔误", **said).number


def shown(library: Library, report_id: int, address: str = NEW) -> tuple[object, ...]:
    cell = library.report(report_id).cells[address]
    return cell.value, cell.mark, cell.printed and cell.printed.value


def test_a_correction_says_so_everywhere(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    before = library.revision
    entry = library.log.correct(
        one, NEW, " 75 ", library.report(one).cells[NEW], "checker", "笔误", rule="r", finding=KEY
    )
    assert library.revision == before + 1
    assert (entry.number, entry.action, entry.agency, entry.year) == (1, "correct", "甲市", 2023)
    assert (entry.old.value, entry.new.value, entry.rule, entry.finding) == (77, 75, "r", KEY)
    assert shown(library, one) == (75, "typed", 77)
    assert library.as_read(one).cells[NEW] == Cell(77, "number", "77")
    matrix = library.matrix()
    assert matrix.counts[0, matrix.addresses.index(NEW)] == 75
    assert matrix.marks[0, matrix.addresses.index(NEW)] == b"y"
    frame = load_frames(library).applications
    (line,) = frame[frame["corrected"]].to_dict("records")
    assert (line["row"], line["column"]) == ("new_received", "natural_person")
    assert (line["count"], line["printed"], line["mark"]) == (75, 77, "typed")
    assert (frame["count"] == frame["printed"]).sum() == len(frame) - 1
    assert library.reports()["corrected"].tolist() == [1]
    assert library.log.verify() == ()
    assert library.log.entries() == library.log.of_report(one) == (entry,)


def test_emptied_and_undone(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    first = correct(library, one, "75")
    second = correct(library, one, "")
    assert shown(library, one) == (None, "blank", 77)
    frame = load_frames(library).applications
    assert frame.loc[frame["corrected"], "count"].isna().all()
    undo = library.log.undo(second, "other", "看错").number
    assert shown(library, one) == (75, "typed", 77)
    library.log.undo(first, "other")
    assert library.report(one) == library.as_read(one)
    library.log.undo(undo, "other")
    assert shown(library, one) == (None, "blank", 77)
    for number in (first, undo, 99):
        with pytest.raises(LibraryError):
            library.log.undo(number, "other")
    frame = library.log.frame()
    assert frame["holds"].tolist() == [False, True, False, False, False]
    assert frame["action_name"].tolist() == ["更正", "更正", "撤销", "撤销", "撤销"]
    assert frame.loc[1, ["old", "new", "who"]].tolist() == ["77", "75", "checker"]


def test_to_type_what_is_printed_takes_a_correction_back(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    correct(library, one, "75")
    correct(library, one, "77")
    assert library.report(one) == library.as_read(one)
    assert library.reports()["corrected"].tolist() == [0]
    with pytest.raises(LibraryError, match="没有改动"):
        correct(library, one, "77")


def test_the_second_of_two_is_shown_both_values(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    seen = library.report(one).cells[NEW]
    correct(library, one, "75")
    before = library.revision
    with pytest.raises(Conflict) as error:
        library.log.correct(one, NEW, "74", seen, "other", "")
    conflict = error.value
    assert (conflict.current.value, conflict.seen.value, conflict.new.value) == (75, 77, 74)
    assert conflict.current.printed.value == 77
    assert (conflict.who, conflict.address) == ("checker", NEW)
    assert "77" in conflict.message
    assert "75" in conflict.message
    assert library.revision == before
    library.log.correct(one, NEW, "74", conflict.current, "other", "")
    assert shown(library, one) == (74, "typed", 77)


@pytest.mark.parametrize(
    "text", ["约75", "7 5", "详见附件", "7.5", "75万元", "--3", "1" + "0" * 13]
)
def test_what_is_no_number_is_refused(library: Library, keep: Keep, text: str) -> None:
    one = version(keep, 77)
    with pytest.raises(LibraryError) as error:
        correct(library, one, text)
    assert text in error.value.message
    assert library.log.entries() == ()


def test_amounts_keep_digits_and_units(library: Library, keep: Keep) -> None:
    (one,) = keep(
        made_report(cells={PROCUREMENT: Cell(Decimal(5), "number", "5元", unit="元")})
    ).report_ids
    correct(library, one, "1,234.50", PROCUREMENT)
    cell = library.report(one).cells[PROCUREMENT]
    assert (str(cell.value), cell.unit) == ("1234.50", "元")
    correct(library, one, "3万元", PROCUREMENT)
    frame = load_frames(library).disclosure
    (line,) = frame[frame["corrected"]].to_dict("records")
    assert (line["amount"], line["unit"], line["amount_wan"]) == (Decimal(3), "万元", Decimal(3))
    assert line["printed_amount"] == Decimal(5)
    wanted = matrix_of({one: library.report(one)})
    np.testing.assert_array_equal(library.matrix().amounts, wanted.amounts)
    library.log.correct(
        one, PROCUREMENT, Cell(Decimal(4), "number"), library.report(one).cells[PROCUREMENT], "", ""
    )
    assert shown(library, one, PROCUREMENT)[:2] == (Decimal(4), "typed")


def test_an_amount_needs_a_unit(library: Library, keep: Keep) -> None:
    cell = Cell(Decimal(5), "number", "5", unit=None)
    (one,) = keep(made_report(cells={PROCUREMENT: cell})).report_ids
    with pytest.raises(LibraryError, match="单位"):
        correct(library, one, "6", PROCUREMENT)
    correct(library, one, "6元", PROCUREMENT)


def test_an_unknown_cell_is_told(library: Library, keep: Keep) -> None:
    one = version(keep, Cell(None, "unknown", "7 7", candidates=(7, 77)))
    assert library.reports()["cells_unknown"].tolist() == [1]
    correct(library, one, "77")
    assert shown(library, one) == (77, "typed", None)
    assert library.report(one).cells[NEW].printed.candidates == (7, 77)
    assert library.reports()["cells_unknown"].tolist() == [0]
    frame = load_frames(library).applications
    assert frame.loc[frame["corrected"], "printed"].isna().all()


# --- versions -------------------------------------------------------------------------------------


def test_an_unchanged_cell_keeps_its_correction_in_a_new_version(
    library: Library, keep: Keep
) -> None:
    one = version(keep, 77)
    correct(library, one, "75")
    two = version(keep, Cell(77, "number", "７７ "))
    assert shown(library, two) == (75, "typed", 77)
    assert library.log.open_questions(two) == ()
    other_year = version(keep, 77, year=2022)
    assert shown(library, other_year) == (77, "number", None)


def test_a_changed_cell_is_asked_about_again(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    number = correct(library, one, "75")
    two = version(keep, 76)
    assert shown(library, two) == (76, "number", None)
    (question,) = library.log.open_questions(two)
    assert (question.decision.number, question.read.value) == (number, 76)
    assert library.log.open_questions(one) == ()
    correct(library, two, "76")  # it is right as it is printed
    assert library.log.open_questions(two) == ()
    assert shown(library, two) == (76, "number", None)
    assert shown(library, one) == (75, "typed", 77)
    correct(library, two, "70")
    assert shown(library, one) == (75, "typed", 77)
    assert shown(library, version(keep, 77)) == (75, "typed", 77)
    assert library.log.open_questions(version(keep, 70)) == ()


def test_a_text_is_the_same_print_only_in_the_same_words(library: Library, keep: Keep) -> None:
    correct(library, version(keep, Cell(None, "text", "约75")), "75")
    assert shown(library, version(keep, Cell(None, "text", "约 75"))) == (75, "typed", None)
    assert shown(library, version(keep, Cell(None, "text", "约80"))) == (None, "text", None)


def test_a_correction_of_an_older_version_holds_where_it_can(library: Library, keep: Keep) -> None:
    one, two, three = (version(keep, value) for value in (77, 76, 77))
    correct(library, one, "75")
    assert [shown(library, number)[0] for number in (one, two, three)] == [75, 76, 75]


# --- names ----------------------------------------------------------------------------------------


def test_decisions_follow_the_report_they_were_made_about(library: Library, keep: Keep) -> None:
    stranger = version(keep, 77)
    own = version(keep, 77)
    correct(library, stranger, "75")
    library.log.accept(stranger, KEY, BASIS, "备案口径", "checker")
    correct(library, own, "6", TOTAL)
    library.identify(stranger, "乙县", 2022, "other")
    assert shown(library, stranger) == (75, "typed", 77)
    assert shown(library, stranger, TOTAL) == (1, "number", None)
    assert shown(library, own) == (77, "number", None)
    assert shown(library, own, TOTAL) == (6, "typed", 1)
    carried = library.log.entries("乙县", 2022)
    assert [(item.action, item.who, item.carries) for item in carried] == [
        ("identify", "other", None),
        ("correct", "other", 1),
        ("accept", "other", 2),
    ]
    assert (carried[0].from_agency, carried[0].from_year) == ("甲市", 2023)
    assert (carried[2].reason, carried[2].basis) == ("备案口径", BASIS)
    assert carried[0] in library.log.entries("甲市", 2023)
    assert library.log.verify() == ()
    library.identify(stranger, "甲市", 2023, "other")
    assert shown(library, own) == (75, "typed", 77)
    assert library.log.verify() == ()


def test_a_name_for_the_queue_brings_what_was_decided(library: Library, keep: Keep) -> None:
    correct(library, version(keep, 77), "75")
    unnamed = version(keep, 77, agency=None)
    assert shown(library, unnamed) == (77, "number", None)
    library.identify(unnamed, "甲市", 2023)
    assert shown(library, unnamed) == (75, "typed", 77)
    library.identify(unnamed, "乙县", 2023)
    assert shown(library, unnamed) == (77, "number", None)
    assert library.log.verify() == ()


# --- findings -------------------------------------------------------------------------------------


def test_words_on_findings(library: Library, keep: Keep) -> None:
    one = version(keep, 77)
    library.log.ask(one, {KEY: BASIS, "late//": "11"}, date(2026, 3, 1), "checker", "第3号函")
    library.log.answer(one, {KEY: BASIS}, date(2026, 3, 9), "checker")
    library.log.accept(one, KEY, BASIS, "仅含本级", "checker")
    told = [(item.action, item.finding, item.basis, item.on) for item in library.log.entries()]
    assert told == [
        ("ask", KEY, BASIS, date(2026, 3, 1)),
        ("ask", "late//", "11", date(2026, 3, 1)),
        ("answer", KEY, BASIS, date(2026, 3, 9)),
        ("accept", KEY, BASIS, None),
    ]
    assert library.log.entries()[1].rule == "late"
    with pytest.raises(LibraryError, match="理由"):
        library.log.accept(one, KEY, BASIS, "  ", "checker")
    library.log.undo(4, None)
    assert library.log.entries()[-1].finding == KEY


def test_what_cannot_be_decided_is_said(library: Library, keep: Keep) -> None:
    queued = version(keep, 77, agency=None)
    binned = version(keep, 77)
    bare = keep(made_report("乙县")).report_ids[0]
    library.recycle([binned], None)
    before = library.log.entries()
    seen = Cell(77, "number", "77")
    impossible: list[Callable[[], object]] = [
        lambda: library.log.correct(bare, "applications.other.total", "1", seen, None, ""),
        lambda: library.log.correct(bare, "moon", "1", seen, None, ""),
    ]
    for number in (queued, binned, 99):
        impossible += [
            lambda number=number: library.log.correct(number, NEW, "1", seen, None, ""),
            lambda number=number: library.log.accept(number, KEY, BASIS, "理由", None),
            lambda number=number: library.log.ask(number, {KEY: BASIS}, date(2026, 1, 1), None),
        ]
    for attempt in impossible:
        with pytest.raises(LibraryError) as error:
            attempt()
        assert error.value.message
    assert library.log.entries() == before
    assert library.log.open_questions(queued) == library.log.open_questions(99) == ()
    assert library.log.of_report(queued) == ()


def test_texts_that_no_database_holds(library: Library, keep: Keep) -> None:
    one = version(keep, Cell(None, "text", "a\x00\ud800"))
    seen = library.report(one).cells[NEW]
    library.log.correct(one, NEW, "3", seen, "w\x00\ud800", "r\x00")
    assert shown(library, one) == (3, "typed", None)
    (entry,) = library.log.entries()
    assert entry.old == seen
    assert library.log.verify() == ()


# --- derived texts --------------------------------------------------------------------------------


def test_derived_texts(library: Library, keep: Keep) -> None:
    one, two = version(keep, 77), version(keep, 78, year=2022)
    before = library.revision
    library.keep_derived("facts", "1", {one: "a", two: "b", 99: "c"})
    assert library.derived("facts", "1", [one, two, 99]) == {one: "a", two: "b"}
    assert library.derived("facts", "1", [two]) == {two: "b"}
    assert library.derived("facts", "2", [one, two]) == library.derived("x", "1", [one]) == {}
    library.keep_derived("facts", "2", {one: "aa"})
    assert library.derived("facts", "2", [one, two]) == {one: "aa"}
    assert library.derived("facts", "1", [one, two]) == {two: "b"}
    assert library.revision == before
    library.identify(two, "乙县", 2021)
    assert library.derived("facts", "1", [two]) == {}
