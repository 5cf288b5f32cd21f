"""Better readings take the place of kept ones: decisions stay, a death leaves whole files."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from checks.states import basis
from form.report import Cell, Note, Report
from library.errors import LibraryError
from library.importing import import_file
from library.replacing import Replaced, replace_readings, undo_run
from library.rows import LARGEST_COUNT
from library.saving import Reading
from library.schema import correction, evidence, reading, report, run
from library.store import Library
from loaders import ReadError
from tests.library.made import made_report
from tests.library.made import reading as read_as
from tests.library.test_faults import MOST, Countdown, FaultError, failing_statement

KEPT = "applications.granted.total"
CHANGED = "disputes.review.total"
AMOUNT = "disclosure.fees.administrative.amount"

Read = Callable[[bytes, str], Reading]


def number(value: int) -> Cell:
    return Cell(value, "number", str(value))


def worse(agency: str | None = "甲局", year: int | None = 2023) -> Report:
    """What a bad reader made: one cell shifted, one lost in a blank, one no column can hold."""
    found = made_report(agency, year)
    wrong = {
        CHANGED: number(7),
        "applications.denied.total": Cell(None, "blank"),
        KEPT: number(1),
        "applications.other.total": number(LARGEST_COUNT + 1),
    }
    cells = {**found.cells, **{name: cell for name, cell in wrong.items() if name in found.cells}}
    return replace(found, cells=cells, reader=1, notes=(Note("x", "看不清"),))


def better(agency: str | None = "甲局", year: int | None = 2023) -> Report:
    return replace(made_report(agency, year, amount="2.50"), reader=2)


def import_worse(library: Library, *names: str) -> list[int]:
    ids = [
        import_file(
            library, f"{name}.txt", name.encode(), read=lambda *_, n=name: read_as(worse(n))
        )
        for name in names
    ]
    return [number for one in ids for number in one.report_ids]


def good(data: bytes, _name: str) -> Reading:
    return read_as(better(data.decode()))


def run_all(library: Library, read: Read = good) -> list[Replaced]:
    return list(replace_readings(library, "checker", read, 2))


def rows(library: Library) -> list[Any]:
    """Everything that is stored of readings and of what holds in them."""
    with library.reading() as connection:
        return [
            connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in (report, evidence, correction)
        ]


def filed(library: Library) -> list[Any]:
    names = ("id", "file_id", "position", "agency", "year", "version", "chosen", "imported_at")
    with library.reading() as connection:
        columns = [report.c[name] for name in names]
        return list(connection.execute(sa.select(*columns).order_by(report.c.id)))


def test_a_better_reading_counts_and_the_report_stays_where_it_is(library: Library) -> None:
    (one, other) = import_worse(library, "甲局", "乙局")
    before = filed(library)
    library.keep_derived("x", "1", {one: "old"})
    revision = library.revision
    found = run_all(library)
    assert [item.report_ids for item in found] == [(one,), (other,)]
    assert {item.address for item in found[0].changes} >= {CHANGED, "notes"}
    assert library.as_read(one) == better("甲局")
    assert library.matrix().report_ids.tolist() == [one, other]
    assert filed(library) == before
    assert library.derived("x", "1") == {}
    assert set(library.touched_since(revision)) == {"甲局", "乙局"}
    entries = library.log.entries()
    assert [(item.action, item.report_id, item.run, item.who) for item in entries] == [
        ("reread", one, 1, "checker"),
        ("reread", other, 1, "checker"),
    ]
    assert library.log.verify() == ()
    assert len(library.log.frame()) == 2


def test_reading_again_once_more_changes_nothing(library: Library) -> None:
    import_worse(library, "甲局")
    run_all(library)
    before, revision = rows(library), library.revision
    assert [item.report_ids for item in run_all(library)] == [()]
    assert (rows(library), library.revision) == (before, revision)


def test_decisions_stay_where_the_print_is_the_same_and_are_asked_again_where_not(
    library: Library,
) -> None:
    (one,) = import_worse(library, "甲局")
    for address, text in ((KEPT, "5"), (CHANGED, "8")):
        library.log.correct(one, address, text, library.report(one).cells[address], "checker", "")
    decided = library.log.entries()
    run_all(library)
    now = library.report(one)
    assert (now.cells[KEPT].value, now.cells[KEPT].mark) == (5, "typed")
    assert now.cells[CHANGED] == better().cells[CHANGED]
    (question,) = library.log.open_questions(one)
    assert (question.decision.address, question.read) == (CHANGED, better().cells[CHANGED])
    assert library.log.entries()[:2] == decided
    assert library.log.verify() == ()
    undo_run(library, 1, "checker")
    assert library.report(one).cells[CHANGED].value == 8
    assert library.log.open_questions(one) == ()
    assert library.log.verify() == ()


def test_a_run_is_taken_back_to_the_letter(library: Library) -> None:
    import_worse(library, "甲局", "乙局")
    before = rows(library)
    run_all(library)
    assert rows(library) != before
    revision = library.revision
    assert undo_run(library, 1, "checker") == (1, 2)
    assert rows(library) == before
    assert library.as_read(1) == worse("甲局")
    assert set(library.touched_since(revision)) == {"甲局", "乙局"}
    assert [(item.undoes, item.run) for item in library.log.entries()] == [
        (None, 1), (None, 1), (1, 1), (2, 1),
    ]  # fmt: skip
    assert library.log.verify() == ()
    with library.reading() as connection:
        kept = connection.execute(sa.select(reading.c.reader)).scalars().all()
    assert kept == [2, 2]
    with pytest.raises(LibraryError, match="撤回过"):
        undo_run(library, 1)
    with pytest.raises(LibraryError, match="没有"):
        undo_run(library, 9)
    with pytest.raises(LibraryError, match="整次撤回"):
        library.log.undo(1, "checker")
    run_all(library)
    assert library.as_read(1) == better("甲局")
    assert library.log.verify() == ()


def test_a_run_whose_readings_were_replaced_since_waits_for_the_later_one(library: Library) -> None:
    import_worse(library, "甲局")
    first = rows(library)
    run_all(library)
    best = replace(better("甲局"), cells={**better().cells, CHANGED: number(3)})
    run_all(library, lambda *_: read_as(best))
    with pytest.raises(LibraryError, match="请先撤回第 2 次"):
        undo_run(library, 1)
    undo_run(library, 2)
    assert library.as_read(1) == better("甲局")
    undo_run(library, 1)
    assert rows(library) == first


def test_another_name_is_told_and_left_to_people(library: Library) -> None:
    (one,) = import_worse(library, "甲局")
    library.identify(one, "丙局", 2021)
    (found,) = run_all(library, lambda *_: read_as(better("丁局", 2022)))
    assert {"agency", "year"} <= {item.address for item in found.changes}
    now = library.as_read(one)
    assert (now.agency, now.year, now.cells) == ("丙局", 2021, better().cells)
    assert "丁局 2022" in library.log.entries()[-1].reason
    assert library.log.verify() == ()


@pytest.mark.parametrize(
    "found",
    [
        [],
        [better("甲")],
        [better("甲"), better("乙"), better("丙")],
        [better("乙"), better("丙")],
    ],
)
def test_a_file_whose_reports_cannot_be_told_stays_as_it_is(
    library: Library, found: list[Report]
) -> None:
    import_file(library, "a", b"a", read=lambda *_: read_as(worse("甲"), worse("乙")))
    before = rows(library)

    def read(*_: object) -> Reading:
        if not found:
            raise ReadError("no_tables", "没有表格")
        return read_as(*found)

    (item,) = run_all(library, read)
    assert [change.address for change in item.changes] == [None, None]
    assert (item.report_ids, rows(library), library.log.entries()) == ((), before, ())


def test_reports_of_one_file_keep_their_own_numbers_in_another_order(library: Library) -> None:
    import_file(library, "a", b"a", read=lambda *_: read_as(worse("甲"), worse("乙")))
    first, second = better("甲"), replace(made_report("乙", count=4), reader=2)
    run_all(library, lambda *_: read_as(second, first))
    assert [library.as_read(number) for number in (1, 2)] == [first, second]


def test_reports_in_the_queue_and_in_the_bin_are_read_again_too(library: Library) -> None:
    import_file(library, "q", b"q", read=lambda *_: read_as(worse("甲", None)))
    import_file(library, "n", b"n", read=lambda *_: read_as(worse(None, None)))
    (binned,) = import_worse(library, "乙局")
    library.recycle([binned], "checker")
    before = rows(library)
    again = {b"q": better("甲", None), b"n": better(None, None), "乙局".encode(): better("乙局")}
    found = run_all(library, lambda data, _name: read_as(again[data]))
    assert [item.report_ids for item in found] == [(1,), (2,), (3,)]
    assert library.as_read(binned).cells == better().cells
    assert library.log.verify() == ()
    assert library.summary().recycled == 1
    undo_run(library, 1)
    assert rows(library) == before
    assert library.log.verify() == ()


def test_an_acceptance_is_open_again_where_its_figures_changed(library: Library) -> None:
    from desk.desk import Desk

    (one,) = import_worse(library, "甲局")
    item = Desk(library).settled().judged[one][0]
    key = item.finding.key
    library.log.accept(one, key, basis(library.report(one), item.finding), "口径", "checker")
    assert {j.finding.key: j.state for j in Desk(library).settled().judged[one]}[key] == "accepted"
    counts = {name: cell for name, cell in better().cells.items() if isinstance(cell.value, int)}
    wrong = dict.fromkeys(counts, number(9))
    changed = replace(better(), cells={**better().cells, **wrong})
    run_all(library, lambda *_: read_as(changed))
    assert {j.finding.key: j.state for j in Desk(library).settled().judged[one]}[key] == "reopened"


def test_a_death_at_any_step_leaves_whole_files_and_the_next_run_goes_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("甲局", "乙局", "丙局")
    import_worse(library, *names)
    before, seen = rows(library), set[int]()
    for steps in range(1, 3 * MOST):
        countdown = Countdown(steps)
        try:
            with failing_statement(monkeypatch, countdown):
                for item in replace_readings(library, "checker", good, 1):
                    assert item.run
        except FaultError:
            whole = [
                library.as_read(n) in (worse(name), better(name)) for n, name in enumerate(names, 1)
            ]
            assert all(whole), steps
            done = sum(library.as_read(n) == better(name) for n, name in enumerate(names, 1))
            seen.add(done)
            assert len(library.log.entries()) == done, steps
            assert library.log.verify() == ()
            if done == len(names):
                break
        else:
            break
    else:
        pytest.fail("no end")
    run_all(library)
    assert [library.as_read(n) for n in (1, 2, 3)] == list(map(better, names))
    assert seen >= {0, 1}
    with library.reading() as connection:
        runs = connection.execute(sa.select(run.c.id)).scalars().all()
    undo_run(library, runs[0])
    assert rows(library) == before


def test_a_fault_while_a_run_goes_back_takes_none_of_it_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_worse(library, "甲局", "乙局")
    before = rows(library)
    run_all(library)
    after = rows(library)
    for steps in range(1, 3 * MOST):
        try:
            with failing_statement(monkeypatch, Countdown(steps)):
                undo_run(library, 1)
            break
        except FaultError:
            assert rows(library) == after, steps
    assert steps > 3
    assert rows(library) == before


def test_amounts_come_back_as_exact_as_they_were(library: Library) -> None:
    exact = replace(made_report("甲局", amount="1234567890.123456789"), reader=1)
    import_file(library, "a", "甲局".encode(), read=lambda *_: read_as(exact))
    run_all(library)
    undo_run(library, 1)
    assert library.as_read(1) == exact
    amounts = [c.value for c in library.as_read(1).cells.values() if isinstance(c.value, Decimal)]
    assert set(amounts) == {Decimal("1234567890.123456789")}
