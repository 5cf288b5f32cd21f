"""Whatever people do, the log alone gives it back; and whoever changes what it gives is seen."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import Decision, replay
from form.filing import replay_filing
from form.matrix import matrix_of
from library import chain, verifying
from library.filing import filed_columns, filed_of
from library.schema import decision, first_filing, meta, report
from library.store import Library
from library.verifying import problems
from tests.library.people import ACTS, People
from tests.library.tampering import unguard
from tests.library.test_chain import without_syncing

STEPS = 600
FEWER_OVER_THE_NETWORK = 3
TAMPERINGS = 100

EVERYTHING = {act.__name__ for act in ACTS}

Tamper = Callable[[Connection, random.Random], None]


def at_work(library: Library, steps: int) -> People:
    """People who have done everything for a while; the seed is printed."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    if library.url.startswith("sqlite"):
        without_syncing(library)
    else:
        steps //= FEWER_OVER_THE_NETWORK
    people = People(library, random.Random(seed))
    for _step in range(steps):
        people.step()
    # Chance may leave something out, which it then is left to do.
    while people.done.keys() != EVERYTHING:
        people.step()
    return people


@pytest.fixture
def people(library: Library) -> People:
    """People who leave something of every kind: two versions, reports in the bin and outside."""
    people = at_work(library, STEPS // 3)
    numbers = [people.bring("甲市", 2023) for _ in range(4)]
    library.recycle(numbers[:2], "李")
    library.choose(numbers[3], "王")
    return people


def test_replay_equals_the_store_whatever_people_do(library: Library) -> None:
    people = at_work(library, STEPS)
    filed = people.filed
    assert library.log.verify() == ()
    entries = library.log.entries()

    # Where reports stand: as people know it, as it is stored, as the log gives it.
    with library.reading() as connection:
        first = {
            row.report_id: filed_of(row) for row in connection.execute(sa.select(first_filing))
        }
        stored = {row.id: filed_of(row) for row in connection.execute(sa.select(*filed_columns()))}
    assert replay_filing(first, entries).filed == stored
    assert stored.keys() == filed.keys()
    for number, item in filed.items():
        found = stored[number]
        assert (found.agency, found.year, found.version) == (item.agency, item.year, item.version)
        assert (found.recycled_at is not None) == (item.binned_by is not None)
        assert item.binned_by is None or item.binned_by == (found.recycled_by,)
        assert found.chosen == (people.chosen((item.agency, item.year)) == number)
    reports = library.reports()
    assert set(reports.index[reports["counts"]]) == people.counting()
    assert set(library.recycled().index) == {n for n, item in filed.items() if item.binned_by}

    # Every cell of every report, wherever it stands.
    replayed = {}
    for number, item in filed.items():
        known = item.version is not None
        log = library.log.entries(item.agency, item.year) if known else ()
        replayed[number] = replay(library.as_read(number), log)
        assert library.report(number) == replayed[number], number
    wanted, found = matrix_of(replayed), library.matrix(list(replayed))
    for part in ("counts", "marks", "amounts", "years", "agencies"):
        np.testing.assert_array_equal(getattr(found, part), getattr(wanted, part), part)
    held = sum(cell.printed is not None for r in replayed.values() for cell in r.cells.values())
    assert held > 0


# --- tampering ------------------------------------------------------------------------------------


def some_report(connection: Connection, chance: random.Random, *which: object) -> sa.Row:
    rows = connection.execute(sa.select(*filed_columns()).where(*which).order_by(report.c.id)).all()
    return chance.choice(rows)


def change(connection: Connection, report_id: int, **values: object) -> None:
    connection.execute(sa.update(report).where(report.c.id == report_id).values(values))


def another_agency(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    change(connection, row.id, agency=chance.choice(["某局", None if row.agency else "某镇"]))


def another_year(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    change(connection, row.id, year=chance.choice([1999, None if row.year else 1998]))


def another_version(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    change(connection, row.id, version=chance.choice([99, None if row.version else 98]))


def exchanged_versions(connection: Connection, chance: random.Random) -> None:
    same = (report.c.agency == "甲市", report.c.year == 2023, report.c.version.is_not(None))
    one = some_report(connection, chance, *same)
    other = some_report(connection, chance, *same, report.c.id != one.id)
    change(connection, one.id, version=99)
    change(connection, other.id, version=one.version)
    change(connection, one.id, version=other.version)


def into_the_bin(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance, report.c.deleted_at.is_(None))
    moment = connection.scalar(sa.select(report.c.imported_at).where(report.c.id == row.id))
    change(connection, row.id, deleted_at=moment, deleted_by=chance.choice(["李", None]))


def out_of_the_bin(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance, report.c.deleted_at.is_not(None))
    change(connection, row.id, deleted_at=None, deleted_by=None)


def by_somebody_else(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance, report.c.deleted_at.is_not(None))
    change(connection, row.id, deleted_by="某某")


def another_choice(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    change(connection, row.id, chosen=not row.chosen)


def another_beginning(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    values = chance.choice([{"agency": "某局"}, {"year": 1999}])
    own = first_filing.c.report_id == row.id
    connection.execute(sa.update(first_filing).where(own).values(values))


def no_beginning(connection: Connection, chance: random.Random) -> None:
    row = some_report(connection, chance)
    connection.execute(sa.delete(first_filing).where(first_filing.c.report_id == row.id))


def forged_entry(connection: Connection, chance: random.Random) -> None:
    """An entry that is chained as it should be, but of something that nobody did."""
    row = some_report(connection, chance, report.c.deleted_at.is_(None))
    last = chain.entries(connection)[-1]
    forged = Decision(
        0, "recycle", row.agency, row.year, last.at, "李", report_id=row.id, version=row.version
    )
    chain.append(connection, replace(forged, action=chance.choice(["recycle", "restore"])))


def last_entries_cut_off(connection: Connection, _chance: random.Random) -> None:
    """The last entries about filing are taken away, and the log's end is put right."""
    entries = chain.entries(connection)
    about_filing = ("recycle", "restore", "identify")
    last = max(item.number for item in entries if item.action in about_filing)
    connection.execute(sa.text("DELETE FROM correction"))
    connection.execute(sa.delete(decision).where(decision.c.number >= last))
    connection.execute(sa.update(meta).values(head=entries[last - 2].hash))


TAMPERS: list[Tamper] = [
    another_agency,
    another_year,
    another_version,
    exchanged_versions,
    into_the_bin,
    out_of_the_bin,
    by_somebody_else,
    another_choice,
    another_beginning,
    no_beginning,
    forged_entry,
    last_entries_cut_off,
]


def tamperings_seen(people: People, times: int) -> dict[str, int]:
    """How often each kind of tampering was seen."""
    seen: dict[str, int] = {}
    with people.library.writing() as connection:
        unguard(connection)
    for number in range(times):
        tamper = TAMPERS[number % len(TAMPERS)]
        with people.library.writing() as connection, connection.begin_nested() as point:
            tamper(connection, people.chance)
            found = list(problems(connection))
            assert all(item.message and "{" not in item.message for item in found)
            seen[tamper.__name__] = seen.get(tamper.__name__, 0) + bool(found)
            point.rollback()
    return seen


def test_every_tampering_with_where_reports_stand_is_seen(people: People) -> None:
    assert people.library.log.verify() == ()
    seen = tamperings_seen(people, TAMPERINGS)
    assert sum(seen.values()) == TAMPERINGS, seen
    assert people.library.log.verify() == ()


def test_without_the_replay_of_filing_they_would_not_be(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_misfiled", lambda _connection, _entries: ())
    seen = tamperings_seen(people, len(TAMPERS))
    assert seen["into_the_bin"] == seen["another_choice"] == seen["no_beginning"] == 0
