"""The log of decisions cannot be changed unseen, and what counts is what it gives."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import replay
from form.editions import all_columns
from form.matrix import matrix_of
from form.report import Cell
from library.chain import canonical
from library.errors import Conflict, LibraryError
from library.frames import load_frames
from library.originals import sha256
from library.schema import correction, decision, meta
from library.store import Library
from library.verifying import problems
from tests.library.conftest import Keep
from tests.library.made import made_report
from tests.library.tampering import unguard

NEW = "applications.new_received.natural_person"
TAMPERINGS, ENTRIES = 100, 12
STEPS = 10_000
STEPS_OVER_THE_NETWORK = 300

Tamper = Callable[[Connection, random.Random], None]


@pytest.fixture
def decided(library: Library, keep: Keep) -> Library:
    """A library with a dozen decisions."""
    (one,) = keep(made_report()).report_ids
    for number in range(ENTRIES):
        cell = library.report(one).cells[NEW]
        library.log.correct(one, NEW, str(100 + number), cell, "checker", f"第{number}次")
    return library


_AGAIN = "INSERT OR REPLACE INTO decision SELECT * FROM decision WHERE number = 3"
_OTHER = (
    "REPLACE INTO decision (number, content, previous, hash)"
    " SELECT number, content, previous, 'x' FROM decision WHERE number = 12"
)
ON_POSTGRESQL = {
    _AGAIN: "INSERT INTO decision SELECT * FROM decision WHERE number = 3"
    " ON CONFLICT (number) DO UPDATE SET hash = 'x'",
    _OTHER: "TRUNCATE decision CASCADE",
}
"""The same by other words."""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET content = content WHERE number = 1",
        "UPDATE decision SET hash = 'x'",
        "DELETE FROM decision WHERE number = 12",
        "DELETE FROM decision",
        _AGAIN,
        _OTHER,
        "INSERT INTO decision (number, agency, year, content, previous, hash)"
        " SELECT 40, agency, year, content, previous, hash FROM decision WHERE number = 3",
    ],
)
def test_the_engine_refuses_to_change_the_log(decided: Library, statement: str) -> None:
    if not decided.url.startswith("sqlite"):
        statement = ON_POSTGRESQL.get(statement, statement)
    with (
        pytest.raises(sa.exc.DBAPIError, match="decisions") as error,
        decided.writing() as changing,
    ):
        changing.exec_driver_sql(statement)
    assert "syntax" not in str(error.value)
    assert decided.log.verify() == ()
    assert len(decided.log.entries()) == ENTRIES


def some(connection: Connection, chance: random.Random) -> int:
    return chance.choice(connection.scalars(sa.select(decision.c.number)).all())


def change_text(connection: Connection, chance: random.Random) -> None:
    """Another value, with a hash that fits."""
    number = some(connection, chance)
    own = decision.c.number == number
    told = json.loads(connection.scalar(sa.select(decision.c.content).where(own)))
    told["reason"] += "!"
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    values = {"content": text}
    if chance.random() < 0.7:
        values["hash"] = sha256(text.encode())
    connection.execute(sa.update(decision).where(own).values(values))


def change_column(connection: Connection, chance: random.Random) -> None:
    values = chance.choice(
        [
            {"agency": "乙县"},
            {"year": 1999},
            {"address": None},
            {"hash": "0" * 64},
            {"previous": "0"},
        ]
    )
    own = decision.c.number == some(connection, chance)
    connection.execute(sa.update(decision).where(own).values(values))


def delete_one(connection: Connection, chance: random.Random) -> None:
    number = some(connection, chance)
    connection.execute(sa.delete(correction).where(correction.c.number == number))
    connection.execute(sa.delete(decision).where(decision.c.number == number))


def delete_the_last(connection: Connection, chance: random.Random) -> None:
    first = chance.randrange(2, ENTRIES + 1)
    connection.execute(sa.delete(correction))
    connection.execute(sa.delete(decision).where(decision.c.number >= first))


def insert_one(connection: Connection, chance: random.Random) -> None:
    """A copy of an entry at the end or in between, with everything after it moved on."""
    number = some(connection, chance)
    connection.execute(sa.delete(correction))
    rows = [dict(row._mapping) for row in connection.execute(sa.select(decision))]
    at = chance.randrange(len(rows) + 1)
    forged = {**rows[number - 1], "previous": rows[at - 1]["hash"] if at else ""}
    rewrite(connection, [*rows[:at], forged, *rows[at:]], chance)


def reorder(connection: Connection, chance: random.Random) -> None:
    connection.execute(sa.delete(correction))
    rows = [dict(row._mapping) for row in connection.execute(sa.select(decision))]
    one, other = chance.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]
    rewrite(connection, rows, chance)


def rewrite(connection: Connection, rows: list[dict[str, object]], chance: random.Random) -> None:
    """Number rows anew, sometimes in their text and hash too."""
    in_text = chance.random() < 0.5
    connection.execute(sa.delete(decision))
    for number, row in enumerate(rows, 1):
        row["number"] = number
        if in_text:
            told = {**json.loads(str(row["content"])), "number": number}
            row["content"] = json.dumps(told, ensure_ascii=False, sort_keys=True)
            row["hash"] = sha256(row["content"].encode())
        connection.execute(sa.insert(decision).values(row))


def change_what_counts(connection: Connection, chance: random.Random) -> None:
    values = chance.choice([{"figure": 7}, {"mark": "b"}, {"printed": "b"}, {"number": 1}])
    connection.execute(sa.update(correction).values(values))


def forget_what_counts(connection: Connection, _chance: random.Random) -> None:
    connection.execute(sa.delete(correction))


def invent_what_counts(connection: Connection, chance: random.Random) -> None:
    address = chance.choice(
        [
            place
            for place, column in all_columns().items()
            if column.kind == "count" and place != NEW
        ]
    )
    values = {"report_id": 1, "address": address, "number": 1, "printed": "n", "mark": "y"}
    connection.execute(sa.insert(correction).values(**values, figure=1))


def change_the_end(connection: Connection, chance: random.Random) -> None:
    connection.execute(sa.update(meta).values(head=chance.choice(["0" * 64, None])))


TAMPERS: list[Tamper] = [
    change_text,
    change_column,
    delete_one,
    delete_the_last,
    insert_one,
    reorder,
    change_what_counts,
    forget_what_counts,
    invent_what_counts,
    change_the_end,
]


def test_every_tampering_is_seen(decided: Library) -> None:
    """Past the triggers, as whoever has the file in hand."""
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    print(f"seed {seed}")
    with decided.writing() as connection:
        unguard(connection)
    assert decided.log.verify() == ()
    for number in range(TAMPERINGS):
        tamper = TAMPERS[number % len(TAMPERS)]
        with decided.writing() as connection, connection.begin_nested() as point:
            connection.exec_driver_sql(
                "PRAGMA defer_foreign_keys = ON"
                if connection.dialect.name == "sqlite"
                else "SET LOCAL session_replication_role = replica"
            )
            tamper(connection, chance)
            found = list(problems(connection))
            assert found, f"{tamper.__name__} was not seen, seed {seed}"
            assert all(item.message for item in found)
            point.rollback()
    assert decided.log.verify() == ()


def test_a_hash_is_over_the_canonical_text(decided: Library) -> None:
    entries = decided.log.entries()
    assert entries[0].previous == ""
    for before, entry in pairwise(entries):
        assert entry.previous == before.hash == sha256(canonical(before).encode())
    with decided.reading() as connection:
        assert connection.scalar(sa.select(meta.c.head)) == entries[-1].hash


def test_a_spoilt_entry_is_said(decided: Library) -> None:
    with decided.writing() as connection:
        unguard(connection)
        connection.execute(sa.update(decision).values(content="moon"))
    with pytest.raises(LibraryError, match="损坏"):
        decided.log.entries()
    assert {item.kind for item in decided.log.verify()} == {"altered"}


# --- replay ---------------------------------------------------------------------------------------


class Person:
    """Corrects, undoes and redoes at random; looks again where a cell has changed meanwhile."""

    def __init__(self, library: Library, chance: random.Random) -> None:
        self.library, self.chance = library, chance
        self.holding: list[int] = []
        self.seen: dict[int, dict[str, Cell]] = {}

    def step(self) -> None:
        if self.holding and self.chance.random() < 0.25:
            number = self.chance.choice(self.holding)
            self.holding.remove(number)
            self.holding.append(self.library.log.undo(number, None).number)
            return
        report_id = self.chance.choice(list(self.seen))
        cells = self.seen[report_id]
        address = self.chance.choice(list(cells))
        text = self.chance.choice(["", str(self.chance.randrange(5)), "17"])
        if text and all_columns()[address].kind == "amount":
            text += self.chance.choice([".5元", "万元"])
        try:
            self.correct(report_id, address, text, cells[address])
        except Conflict as conflict:
            cells[address] = conflict.current

    def correct(self, report_id: int, address: str, text: str, seen: Cell) -> None:
        try:
            entry = self.library.log.correct(report_id, address, text, seen, None, "")
        except Conflict:
            raise
        except LibraryError as error:
            assert "没有改动" in error.message  # noqa: PT017
        else:
            self.holding.append(entry.number)


def without_syncing(library: Library) -> None:
    """Wait for no disk: ten thousand times takes long. The server of the tests waits for none."""
    if library._engine.dialect.name != "sqlite":
        return

    def relax(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    library.close()
    sa.event.listen(library._engine, "connect", relax)


def odd_versions(keep: Keep, chance: random.Random) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """Reports on two agencies' years in two versions, whose prints agree here and there."""
    for agency in ("甲市", "乙县"):
        for _version in range(2):
            cells = {
                address: odd_cell(chance)
                for address in made_report().cells
                if all_columns()[address].kind == "count"
            }
            report = made_report(agency, cells=cells)
            (number,) = keep(report).report_ids
            yield number, report.cells


def odd_cell(chance: random.Random) -> Cell:
    return chance.choice(
        [
            Cell(chance.randrange(2), "number"),
            Cell(None, "blank"),
            Cell(None, "unknown", candidates=(1, 2)),
            Cell(None, "text", chance.choice("甲乙")),
        ]
    )


def test_replay_equals_the_store_after_10_000_random_decisions(
    library: Library, keep: Keep
) -> None:
    steps = STEPS if library.url.startswith("sqlite") else STEPS_OVER_THE_NETWORK
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    without_syncing(library)
    person = Person(library, chance)
    for _half in range(2):
        person.seen |= {number: dict(cells) for number, cells in odd_versions(keep, chance)}
        for _step in range(steps // 2):
            person.step()
    assert len(library.log.entries()) > steps / 2
    ids = list(person.seen)
    replayed = {}
    for number in ids:
        reading = library.as_read(number)
        replayed[number] = replay(reading, library.log.entries(reading.agency, reading.year))
        counted = library.report(number)
        for address, cell in replayed[number].cells.items():
            assert counted.cells[address] == cell, (seed, number, address)
        assert counted == replayed[number]
    wanted, found = matrix_of(replayed), library.matrix(ids)
    np.testing.assert_array_equal(found.counts, wanted.counts)
    np.testing.assert_array_equal(found.marks, wanted.marks)
    np.testing.assert_array_equal(found.amounts, wanted.amounts)
    corrected = sum(
        cell.printed is not None
        for number in library.matrix().report_ids.tolist()
        for cell in replayed[number].cells.values()
    )
    frames = load_frames(library)
    parts = (frames.disclosure, frames.applications, frames.disputes)
    assert sum(int(frame["corrected"].sum()) for frame in parts) == corrected > steps // 100
    assert library.log.verify() == ()
