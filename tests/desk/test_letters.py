"""What state letters are in beside the judged library, and who is to be written to."""

from datetime import date, timedelta
from itertools import count

from desk.desk import Desk
from desk.letters import (
    LetterNow,
    due_day,
    last_by_agency_year,
    letters_by_agency_year,
    letters_now,
    received_days,
    to_remind,
    to_write,
)
from form.report import Cell, Report
from form.today import today
from library.importing import import_file
from library.letters import Outgoing
from library.roster import RowChange
from library.store import Library
from tests.library.made import made_report, reading

NEW = "applications.new_received.natural_person"
TOTAL = "applications.new_received.total"
BROKEN = {NEW: Cell(5, "number", "5"), TOTAL: Cell(5, "number", "5")}
FILES = count()
ON, DUE = date(2026, 1, 13), date(2026, 1, 21)


def clean(agency: str = "甲市水务局", **cells: Cell) -> Report:
    return made_report(agency, 2025, count=0, cells=dict(cells))


def keep(library: Library, report: Report) -> int:
    data = b"file %d" % next(FILES)
    return import_file(library, "a.txt", data, read=lambda _d, _n: reading(report)).report_ids[0]


def now(library: Library, day: date = ON) -> tuple[LetterNow, ...]:
    return letters_now(Desk(library).settled(), library.letters.all(), day)


def states(library: Library, day: date = ON) -> list[tuple[str, bool]]:
    return [(item.state, item.withdrawn) for item in now(library, day)]


def writing(library: Library) -> list[tuple[str, bool]]:
    found = to_write(Desk(library).settled(), 2025, now(library))
    return [(item.agency, item.is_due) for item in found]


def send(library: Library, report_id: int, reference: str = "1号") -> int:
    state = Desk(library).settled()
    (item,) = [x for x in to_write(state, None, now(library)) if x.report_id == report_id]
    findings = dict.fromkeys(item.asked.keys, "00ff")
    letter = Outgoing(
        "check", item.agency, item.year, ON, DUE, reference, b"x", report_id, findings
    )
    return library.letters.send([letter], None)[0].number


def test_a_report_with_errors_is_written_about_once(library: Library) -> None:
    broken = keep(library, clean(**BROKEN))
    keep(library, clean("乙市水务局"))
    assert writing(library) == [("甲市水务局", True)]
    send(library, broken)
    assert states(library) == [("sent", False)]
    assert states(library, DUE + timedelta(1)) == [("overdue", False)]
    assert writing(library) == [("甲市水务局", False)]


def test_the_state_follows_the_version_that_comes(library: Library) -> None:
    broken = keep(library, clean(**BROKEN))
    send(library, broken)
    other = keep(library, clean(**{**BROKEN, NEW: Cell(6, "number", "6")}))
    assert states(library) == [("unmended", False)]
    assert states(library, DUE + timedelta(1)) == [("unmended_overdue", False)]
    (found,) = now(library)
    assert found.came is not None
    assert (found.came.report_id, found.came.version, found.came.on) == (other, 2, today())
    assert writing(library) == [("甲市水务局", True)]
    mended = keep(library, clean())
    assert states(library) == [("mended", False)]
    assert writing(library) == []
    # Taken back, the answer is taken back with it.
    library.recycle([mended, other], None)
    assert states(library) == [("sent", False)]


def test_a_version_that_was_there_before_is_no_answer(library: Library) -> None:
    first = keep(library, clean(**BROKEN))
    second = keep(library, clean(**{**BROKEN, NEW: Cell(6, "number", "6")}))
    send(library, second)
    library.choose(first)
    assert states(library) == [("sent", False)]


def test_a_correction_here_mends_no_print(library: Library) -> None:
    broken = keep(library, clean(**BROKEN))
    send(library, broken)
    again = keep(library, clean(**BROKEN))
    cells = library.report(again).cells
    changes = {place: (cells[place], "0") for place in BROKEN}
    library.log.correct_all(again, changes, None, "笔误")
    assert states(library) == [("unmended", False)]


def test_a_letter_stays_where_its_report_goes(library: Library) -> None:
    broken = keep(library, clean(**BROKEN))
    send(library, broken)
    library.recycle([broken], None)
    assert states(library) == [("withdrawn", True)]
    keep(library, clean())
    assert states(library) == [("mended", True)]


def test_answers_and_reminders(library: Library) -> None:
    broken = keep(library, clean(**BROKEN))
    number = send(library, broken)
    library.letters.answered(number, DUE, None, "口径不同")
    library.letters.send([Outgoing("remind", "乙市水务局", 2025, ON, DUE, "", b"y")], None)
    assert states(library) == [("answered", False), ("sent", False)]
    keep(library, clean("乙市水务局", **BROKEN))
    found = now(library)
    assert [item.state for item in found] == ["answered", "received"]
    assert last_by_agency_year(found).keys() == {("甲市水务局", 2025)}
    assert {name: len(items) for name, items in letters_by_agency_year(found).items()} == {
        ("甲市水务局", 2025): 1, ("乙市水务局", 2025): 1,
    }  # fmt: skip


def test_a_noted_day_of_receipt_counts(library: Library) -> None:
    send(library, keep(library, clean(**BROKEN)))
    keep(library, clean())
    noted = date(2026, 1, 20)
    for day in (date(2026, 1, 2), noted):
        library.season.receive(["甲市水务局"], 2025, day, "paper", None)
    state = Desk(library).settled()
    days = received_days(library, state)
    assert days == {("甲市水务局", 2025): (date(2026, 1, 2), noted)}
    (found,) = letters_now(state, library.letters.all(), ON, days)
    assert found.came is not None
    assert found.came.on == noted


def test_only_the_roster_says_who_owes(library: Library) -> None:
    keep(library, clean())
    state = Desk(library).settled()
    assert to_remind(library, state, 2025) == ()
    assert to_remind(library, state, 2025, ["甲市水务局", "乙县人民政府"]) == ("乙县人民政府",)
    library.roster.put(
        [RowChange(name, {}) for name in ("丙局", "甲市水务局", "乙县人民政府")], None
    )
    state = Desk(library).settled()
    assert to_remind(library, state, 2025) == ("丙局", "乙县人民政府")
    assert due_day(state, "乙县人民政府", 2025) == date(2026, 3, 31)
    assert due_day(state, "丙镇人民政府", 2025) is None
    library.roster.put([RowChange("乙县人民政府", {"term": "02-20"})], None)
    state = Desk(library).settled()
    assert due_day(state, "乙县人民政府", 2025) == date(2026, 2, 20)
