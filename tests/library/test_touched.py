"""What changes with an agency is stamped, and what was computed before it no longer holds."""

import pytest

from library.importing import import_file
from library.store import Library
from tests.library.made import made_report, reading

A, B = "甲市", "乙县"


def imported(library: Library, agency: str | None, year: int, data: bytes) -> int:
    kept = reading(made_report(agency, year))
    result = import_file(library, "一.txt", data, read=lambda *_: kept)
    return result.report_ids[0]


def keep(library: Library, *ids: int) -> None:
    library.keep_derived("said", "1", dict.fromkeys(ids, "[]"), library.revision)


def test_an_import_touches_its_agency_alone(library: Library) -> None:
    start = library.revision
    imported(library, A, 2023, b"1")
    then = library.revision
    imported(library, B, 2023, b"2")
    assert set(library.touched_since(start)) == {A, B}
    assert library.touched_since(then) == (B,)
    assert library.touched_since(library.revision) == ()


def test_what_was_computed_before_a_change_of_its_agency_no_longer_holds(library: Library) -> None:
    one, two = imported(library, A, 2023, b"1"), imported(library, B, 2023, b"2")
    keep(library, one, two)
    assert library.derived("said", "1") == {one: "[]", two: "[]"}
    imported(library, A, 2022, b"3")
    assert library.derived("said", "1") == {two: "[]"}
    assert library.derived("said", "1", [one]) == {}


def test_what_was_computed_from_an_older_state_is_not_kept_as_if_new(library: Library) -> None:
    one, before = imported(library, A, 2023, b"1"), library.revision
    imported(library, A, 2022, b"2")
    library.keep_derived("said", "1", {one: "[]"}, before)
    assert library.derived("said", "1") == {}


def test_what_follows_from_the_reading_alone_holds_on(library: Library) -> None:
    one = imported(library, A, 2023, b"1")
    library.keep_derived("facts", "1", {one: "[]"})
    imported(library, A, 2022, b"2")
    assert library.derived("facts", "1") == {one: "[]"}


@pytest.mark.parametrize("change", ["recycle", "restore", "identify", "choose", "correct", "type"])
def test_every_change_touches_whose_it_is(library: Library, change: str) -> None:
    one = imported(library, A, 2023, b"1")
    if change == "restore":
        library.recycle([one], None)
    before, expected = library.revision, {A}
    if change == "recycle":
        library.recycle([one], None)
    elif change == "restore":
        library.restore([one], None)
    elif change == "identify":
        library.identify(one, B, 2023)
        expected = {A, B}
    elif change == "choose":
        library.choose(one)
    elif change == "correct":
        address = "applications.new_received.total"
        seen = library.report(one).cells[address]
        library.log.correct(one, address, "99", seen, None, "笔误")
    else:
        library.start_typed("纸.pdf", b"paper", A, 2020, "2021")
    assert set(library.touched_since(before)) == expected
