"""Reports typed into an empty official form: nothing of them counts before they are finished."""

from decimal import Decimal

import pandas as pd
import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.report import Cell
from library.errors import Conflict, LibraryError
from library.frames import load_frames
from library.importing import import_file, start_typed
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report, reading

NEW = "applications.new_received.natural_person"
FEES = "disclosure.administrative_fees.amount"


def start(library: Library, data: bytes = b"a scan") -> int:
    return start_typed(library, "扫描件.jpg", data, " 甲市 ", 2023, "2021")


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_an_empty_form_says_that_nothing_was_entered(library: Library, edition: str) -> None:
    number = library.start_typed("a.jpg", b"a scan", "甲市", 2023, edition)
    report = library.report(number)
    places = [place for key in TABLE_KEYS for place in table(key, edition).addresses()]
    assert sorted(report.cells) == sorted(places)
    assert {cell.mark for cell in report.cells.values()} == {"unknown"}
    assert (report.agency, report.year, report.edition) == ("甲市", 2023, edition)


def test_while_it_is_typed_it_counts_nowhere(library: Library, keep: Keep) -> None:
    (printed,) = keep(made_report("甲市", 2023)).report_ids
    number = start(library)
    library.enter_typed(number, {NEW: "12"})
    listed = library.reports()
    assert listed["counts"].to_dict() == {printed: True, number: False}
    assert listed["typing"].to_dict() == {printed: False, number: True}
    assert listed.loc[printed, "versions"] == 1
    assert listed.loc[number, "version"] is pd.NA
    assert library.matrix().report_ids.tolist() == [printed]
    assert set(load_frames(library).applications["report_id"]) == {printed}
    summary = library.summary()
    assert (summary.counted, summary.queued, summary.typing) == (1, 0, 1)
    assert library.original(number) == ("扫描件.jpg", b"a scan")


def test_finished_it_is_the_newest_version(library: Library, keep: Keep) -> None:
    keep(made_report("甲市", 2023))
    number = start(library)
    library.enter_typed(number, {NEW: "1,012", FEES: "3.50万元", "disputes.review.total": ""})
    with pytest.raises(LibraryError, match="没有录入"):
        library.finish_typed(number, "typist")
    assert not library.reports().loc[number, "counts"]
    result = library.finish_typed(number, "typist", rest_blank=True)
    assert (result.state, result.report_ids) == ("new_version", (number,))
    assert "第 2 版" in result.message
    cells = library.report(number).cells
    assert (cells[NEW].value, cells[NEW].mark, cells[NEW].raw) == (1012, "typed", "1,012")
    assert (cells[FEES].value, cells[FEES].unit) == (Decimal("3.50"), "万元")
    assert {cell.mark for cell in cells.values()} == {"typed", "blank"}
    assert library.report(number) == library.as_read(number)
    row = library.reports().loc[number]
    assert (row["counts"], row["typing"], row["version"], row["cells_unknown"]) == (
        True,
        False,
        2,
        0,
    )
    (entry,) = library.log.entries("甲市", 2023)
    assert (entry.action, entry.who, entry.report_id) == ("type", "typist", number)


def test_afterwards_cells_are_corrected_through_the_log(library: Library) -> None:
    number = start(library)
    library.enter_typed(number, {NEW: "12"})
    library.finish_typed(number, None, rest_blank=True)
    with pytest.raises(LibraryError, match="更正"):
        library.enter_typed(number, {NEW: "13"})
    with pytest.raises(LibraryError, match="更正"):
        library.finish_typed(number, None)
    seen = library.report(number).cells[NEW]
    library.log.correct(number, NEW, "13", seen, None, "录错")
    cell = library.report(number).cells[NEW]
    assert (cell.value, cell.mark, cell.printed) == (13, "typed", seen)
    assert library.as_read(number).cells[NEW] == seen


def test_two_people_at_one_form(library: Library) -> None:
    number = start(library)
    library.enter_typed(number, {NEW: "12"})
    with pytest.raises(Conflict) as error:
        library.enter_typed(number, {"disputes.review.total": "1", NEW: "13"})
    assert (error.value.current.value, error.value.new.value) == (12, 13)
    assert library.report(number).cells["disputes.review.total"].mark == "unknown"
    library.enter_typed(number, {NEW: "13"}, {NEW: error.value.current})
    assert library.report(number).cells[NEW].value == 13


@pytest.mark.parametrize("text", ["约12", "1 2", "--3", "3（其中1件）", "2.5", "9" * 20, "十二"])
def test_what_is_no_number_is_refused(library: Library, text: str) -> None:
    number = start(library)
    before = library.revision
    with pytest.raises(LibraryError):
        library.enter_typed(number, {"disputes.review.total": "1", NEW: text})
    assert library.report(number).cells["disputes.review.total"].mark == "unknown"
    assert library.revision == before


def test_what_cannot_be_done_is_said(library: Library, keep: Keep) -> None:
    (printed,) = keep(made_report()).report_ids
    number = start(library)
    library.log.entries()
    gone = start(library, b"another scan")
    library.recycle([gone], None)
    seen = Cell(None, "unknown")
    for impossible in (
        lambda: library.start_typed("a", b"b", "  ", 2023, "2021"),
        lambda: library.enter_typed(99, {NEW: "1"}),
        lambda: library.enter_typed(printed, {NEW: "1"}),
        lambda: library.enter_typed(gone, {NEW: "1"}),
        lambda: library.enter_typed(number, {"disputes.moon.total": "1"}),
        lambda: library.enter_typed(number, {"applications.other.total": "1"}),
        lambda: library.finish_typed(99, None),
        lambda: library.log.correct(number, NEW, "1", seen, None, ""),
    ):
        before = library.revision
        with pytest.raises(LibraryError) as error:
            impossible()
        assert error.value.message
        assert library.revision == before


def test_a_file_that_is_there_already_can_be_typed_too(library: Library, keep: Keep) -> None:
    (read,) = keep(made_report("甲市", 2023), data=b"a poor scan").report_ids
    number = start(library, b"a poor scan")
    other = start(library, b"a poor scan")
    assert len({read, number, other}) == 3
    again = import_file(library, "x", b"a poor scan", read=lambda _d, _n: reading(made_report()))
    assert again.report_ids == (read, number, other)


def test_a_name_can_be_put_right_while_it_is_typed(library: Library) -> None:
    number = start(library)
    library.identify(number, "乙县", 2022)
    assert library.reports()["typing"].tolist() == [True]
    library.finish_typed(number, None, rest_blank=True)
    row = library.reports().loc[number]
    assert (row["agency"], row["year"], row["version"], row["counts"]) == ("乙县", 2022, 1, True)
