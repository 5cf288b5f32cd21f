"""Letters in a library: kept whole, told by the log, taken back, and taken along by a new name."""

from dataclasses import replace
from datetime import date

import pytest

from form.letters import Letter
from library.errors import LibraryError
from library.letters import Outgoing
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report

KEY, BASIS = "balance/applications//natural_person", "00ff"
ON, DUE = date(2026, 1, 13), date(2026, 1, 21)


def about(report_id: int, reference: str = "1号", agency: str = "甲市") -> Outgoing:
    return Outgoing(
        "check", agency, 2023, ON, DUE, reference, b"DOCX " + reference.encode(), report_id,
        {KEY: BASIS},
    )  # fmt: skip


def reminder(agency: str, reference: str) -> Outgoing:
    return Outgoing("remind", agency, 2023, ON, DUE, reference, b"please")


def one(library: Library) -> Letter:
    (found,) = library.letters.all()
    return found


def test_a_letter_is_kept_with_everything_that_it_says(library: Library, keep: Keep) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    before = library.revision
    (entry,) = library.letters.send([about(number)], "checker")
    assert library.revision == before + 1
    assert (entry.action, entry.report_id, entry.version, entry.who) == (
        "send",
        number,
        1,
        "checker",
    )
    found = one(library)
    assert (found.reference, found.on, found.due, found.findings) == (
        "1号",
        ON,
        DUE,
        ((KEY, BASIS),),
    )
    assert library.letters.document(found) == "DOCX 1号".encode()
    assert library.log.of_report(number) == (entry,)
    assert library.log.verify() == ()
    assert "甲市" in library.touched_since(before)


def test_all_of_several_letters_go_out_or_none(library: Library, keep: Keep) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    with pytest.raises(LibraryError, match="1号"):
        library.letters.send([about(number), reminder("乙市", "1号")], None)
    assert library.letters.all() == ()
    library.letters.send([about(number), reminder("乙市", "2号")], None)
    with pytest.raises(LibraryError, match="2号"):
        library.letters.send([reminder("丙市", "2号")], None)
    assert [item.kind for item in library.letters.all()] == ["check", "remind"]


def test_what_is_not_there_gets_no_letter(library: Library, keep: Keep) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    for wrong in (
        about(number, agency="乙市"),
        about(99),
        Outgoing("check", "甲市", 2023, ON, DUE, "1号", b"", number, {}),
        reminder("  ", "1号"),
    ):
        with pytest.raises(LibraryError):
            library.letters.send([wrong], None)
    library.recycle([number], None)
    with pytest.raises(LibraryError, match="回收站"):
        library.letters.send([about(number)], None)


def test_an_answer_comes_back_and_each_is_taken_back_in_its_turn(
    library: Library, keep: Keep
) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    (sent,) = library.letters.send([about(number)], None)
    with pytest.raises(LibraryError, match="早于"):
        library.letters.answered(sent.number, date(2026, 1, 12), None)
    answer = library.letters.answered(sent.number, DUE, "checker", "口径不同", b"their words")
    assert one(library).returned == answer
    assert (answer.findings, answer.letter) == (sent.findings, sent.number)
    with pytest.raises(LibraryError, match="先撤销回复"):
        library.log.undo(sent.number, None)
    library.log.undo(answer.number, None)
    assert one(library).returned is None
    undo = library.log.undo(sent.number, None)
    assert library.letters.all() == ()
    with pytest.raises(LibraryError):
        library.letters.answered(sent.number, DUE, None)
    library.log.undo(undo.number, None)
    assert one(library).number == sent.number
    assert library.log.verify() == ()


def test_a_reminder_is_taken_back_and_comes_again(library: Library) -> None:
    (sent,) = library.letters.send([reminder("乙市", "3号")], None)
    undo = library.log.undo(sent.number, None)
    assert library.letters.all() == ()
    library.log.undo(undo.number, None)
    assert one(library).agency == "乙市"
    assert library.log.frame()["place"].iloc[0] == "催报函 · 3号"


def test_a_report_takes_its_letter_along(library: Library, keep: Keep) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    (sent,) = library.letters.send([about(number)], None)
    library.letters.answered(sent.number, DUE, None)
    library.identify(number, "乙市", 2022)
    library.identify(number, "丙市", 2021)
    found = one(library)
    assert (found.agency, found.year, found.report_id) == ("丙市", 2021, number)
    assert found.returned is not None
    assert library.letters.document(found) == "DOCX 1号".encode()
    assert library.log.verify() == ()


def test_letters_are_no_originals(library: Library, keep: Keep) -> None:
    (number,) = keep(made_report("甲市", 2023)).report_ids
    before = library.originals.hashes()
    library.letters.send([about(number)], None)
    assert library.originals.hashes() == before


def test_only_what_counts_is_written_about_and_no_day_is_odd(library: Library, keep: Keep) -> None:
    (old,) = keep(made_report("甲市", 2023), data=b"1").report_ids
    (new,) = keep(made_report("甲市", 2023), data=b"2").report_ids
    with pytest.raises(LibraryError, match="别的版本"):
        library.letters.send([about(old)], None)
    later = date(2100, 1, 1)
    for wrong in (
        replace(about(new), on=later, due=None),
        replace(about(new), due=date(2026, 1, 1)),
    ):
        with pytest.raises(LibraryError):
            library.letters.send([wrong], None)
    (sent,) = library.letters.send([about(new)], None)
    with pytest.raises(LibraryError, match="晚于"):
        library.letters.answered(sent.number, later, None)
