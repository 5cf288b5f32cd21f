"""What is kept of roll-ups: who is left out and why, and what was sent upwards."""

from dataclasses import replace
from datetime import date

import pytest

from form.submitted import Submission, Sums, excluded_of, submissions_of
from library.errors import LibraryError
from library.importing import import_file
from library.log_frame import log_lines
from library.store import Library

SENT = Submission(
    "甲市人民政府",
    2024,
    "all",
    "",
    "汇总表.xlsx",
    {"2021": Sums({"甲局": 2}, {"a.b.c": "12", "d": None})},
)


def test_who_is_left_out_is_told_with_the_reason_and_can_come_back(library: Library) -> None:
    entry = library.rollups.exclude("甲局", 2024, "并入乙局", "checker")
    (found,) = library.rollups.excluded(2024)
    assert (found.agency, found.reason, found.number) == ("甲局", "并入乙局", entry.number)
    assert library.rollups.excluded(2023) == ()
    with pytest.raises(LibraryError, match="已经排除"):
        library.rollups.exclude("甲局", 2024, "又", "checker")
    undo = library.log.undo(entry.number, "checker")
    assert library.rollups.excluded(2024) == ()
    library.log.undo(undo.number, "checker")
    assert [item.agency for item in library.rollups.excluded(2024)] == ["甲局"]
    assert library.log.verify() == ()


def test_a_reason_must_be_given(library: Library) -> None:
    with pytest.raises(LibraryError, match="理由"):
        library.rollups.exclude("甲局", 2024, "  ", "checker")
    assert library.log.entries() == ()


def test_who_is_called_otherwise_now_stays_left_out(library: Library) -> None:
    library.rollups.exclude("旧局", 2024, "撤并", "checker")
    library.agencies.link("旧局", "新局", "name", "checker")
    assert [item.agency for item in library.rollups.excluded(2024)] == ["新局"]
    with pytest.raises(LibraryError, match="新局已经排除"):
        library.rollups.exclude("新局", 2024, "又", "checker")


def test_what_was_sent_comes_back_with_its_workbook(library: Library) -> None:
    entry = library.rollups.submit(SENT, b"workbook", date(2025, 3, 28), "checker", "报省政府")
    (found,) = library.rollups.submissions(2024)
    assert (found.parent, found.scope, found.on) == ("甲市人民政府", "all", date(2025, 3, 28))
    assert found.editions == SENT.editions
    assert (found.number, found.name, found.reason) == (entry.number, "汇总表.xlsx", "报省政府")
    assert library.rollups.workbook(found) == b"workbook"
    assert library.rollups.submissions(2023) == ()
    library.log.undo(entry.number, "checker")
    assert library.rollups.submissions() == ()
    assert library.log.verify() == ()


def test_the_workbook_is_a_file_of_the_library_without_reports(library: Library) -> None:
    library.rollups.submit(SENT, b"workbook", date(2025, 3, 28), "checker")
    library.rollups.submit(SENT, b"workbook", date(2025, 3, 29), "checker")
    (sha,) = {item.sha256 for item in library.rollups.submissions()}
    assert library.known([sha]) == {sha}
    assert library.seen(sha) == ()
    library.tidy_originals()
    assert library.originals.has(sha)
    assert library.reports().empty
    # Whoever imports it again is told that it is there.
    again = import_file(library, "汇总表.xlsx", b"workbook")
    assert (again.state, again.report_ids) == ("duplicate", ())


def test_an_altered_workbook_is_not_handed_out(library: Library) -> None:
    library.rollups.submit(SENT, b"workbook", date(2025, 3, 28), None)
    (found,) = library.rollups.submissions()
    path = library.originals.path(found.sha256)
    assert path is not None
    path.write_bytes(b"another")
    with pytest.raises(LibraryError):
        library.rollups.workbook(found)


def test_without_a_government_nothing_is_sent(library: Library) -> None:
    with pytest.raises(LibraryError):
        library.rollups.submit(replace(SENT, parent=" "), b"", date(2025, 3, 28), None)


def test_the_log_says_both_in_words(library: Library) -> None:
    library.rollups.exclude("甲局", 2024, "并入乙局", "checker")
    library.rollups.submit(SENT, b"workbook", date(2025, 3, 28), "checker")
    lines = list(log_lines(library.log.entries(), {}, {}))
    assert "汇总排除 甲局 2024" in lines[0]
    assert "并入乙局" in lines[0]
    assert "汇总上报 甲市人民政府 2024" in lines[1]
    assert "2025-03-28" in lines[1]


def test_what_is_no_submission_is_passed_over(library: Library) -> None:
    library.rollups.submit(SENT, b"workbook", date(2025, 3, 28), None)
    (entry,) = library.log.entries()
    for value in (None, "", "[]", "{}", '{"scope":"x"}', '{"scope":"all","workbook":1}'):
        assert submissions_of([replace(entry, value=value)]) == ()
    assert excluded_of([entry]) == ()
