"""Many processes, and processes that die: one file is one report, whole or not at all."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
import sqlalchemy as sa

from library.importing import import_file
from library.originals import sha256
from library.schema import evidence, file, report, touched
from library.store import Library
from tests.library import children
from tests.library.made import made_report, reading
from tests.waiting import HANGS

PROCESSES, FILES = 8, 25
KILLS = 40
EDITS = 100
EDITS_OVER_THE_NETWORK = 25


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([children.__name__])
    return context


def test_of_many_processes_one_wins_each_file(
    context: ForkServerContext, database: str | None, tmp_path: Path
) -> None:
    barrier, outcomes = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(
            target=children.import_all, args=(database, tmp_path, FILES, barrier, outcomes)
        )
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    told = [outcomes.get(timeout=HANGS) for _ in processes]
    for process in processes:
        process.join()
    for states in zip(*told, strict=True):
        assert Counter(states) == {"kept": 1, "duplicate": PROCESSES - 1}
    with Library(database, home=tmp_path) as library:
        assert library.summary().reports == 2 * FILES
        assert halves(library) == []


def killed_imports(
    context: ForkServerContext,
    url: str | None,
    home: Path,
    random_moments: random.Random,
    *,
    careless: bool,
) -> Iterator[list[tuple[int, str]]]:
    """Start an importing child, kill it at a random moment, and tell what it had acknowledged."""
    first = 0
    while True:
        receiving, sending = context.Pipe(duplex=False)
        child = context.Process(
            target=children.import_for_ever, args=(url, home, first, careless, sending)
        )
        child.start()
        sending.close()
        acknowledged = [receiving.recv()]  # it is at work
        time.sleep(random_moments.uniform(0, 0.06))
        child.kill()
        child.join()
        acknowledged += told_before_death(receiving)
        # The files it was at come again, as a person would hand them in again.
        first = acknowledged[-1][0] + 1
        yield acknowledged


def told_before_death(pipe: children.Pipe) -> list[tuple[int, str]]:
    told = []
    while pipe.poll():
        try:
            told.append(pipe.recv())
        except EOFError:
            break
    return told


def halves(library: Library) -> list[str]:
    """Say what is not whole: a file without both reports, a report without its evidence or bytes."""
    with library.reading() as connection:
        own = sa.select(sa.func.count(report.c.id)).where(report.c.file_id == file.c.id)
        files = connection.execute(sa.select(file.c.sha256, own.scalar_subquery())).all()
        stamped = connection.scalar(sa.select(sa.func.count()).select_from(touched))
        bare = connection.scalars(
            sa.select(report.c.id).outerjoin(evidence).where(evidence.c.report_id.is_(None))
        ).all()
    originals = library.originals.hashes()
    lost = [sha for sha, _reports in files if sha not in originals]
    return [
        *(f"file {sha} has {reports} reports" for sha, reports in files if reports != 2),
        *(f"report {number} has no evidence" for number in bare),
        *(f"file {sha} has no original" for sha in lost),
        *([] if stamped == 2 * len(files) else [f"{len(files)} files, but {stamped} stamps"]),
    ]


def hashes(library: Library) -> set[str]:
    with library.reading() as connection:
        return set(connection.scalars(sa.select(file.c.sha256)))


def test_a_killed_import_leaves_nothing_half_and_loses_nothing(
    context: ForkServerContext, database: str | None, tmp_path: Path
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    kept: set[int] = set()
    orphans = 0
    children_killed = killed_imports(
        context, database, tmp_path, random.Random(seed), careless=False
    )
    with Library(database, home=tmp_path) as library:
        for _kill, acknowledged in zip(range(KILLS), children_killed, strict=False):
            kept |= {number for number, _state in acknowledged}
            assert halves(library) == []
            # What an importer does when it starts: what the dead one left is taken in or dropped.
            left = library.originals.left_by(library.owner).hashes
            orphans += len(left)
            library.tidy_originals()
            assert library.originals.hashes() == library.originals.in_place() == hashes(library)
        print(f"{KILLS} kills, {len(kept)} acknowledged imports, {orphans} originals left beside")
        for number in kept:
            data = f"文件{number}".encode()
            first, second = library.seen(sha256(data))
            assert library.original(first)[1] == data
            assert library.report(second) == children.two_reports(data, "").reports[1]


def test_without_transactions_the_same_kills_leave_halves(
    context: ForkServerContext, database: str | None, tmp_path: Path
) -> None:
    moments = random.Random()
    children_killed = killed_imports(context, database, tmp_path, moments, careless=True)
    with Library(database, home=tmp_path) as library:
        for _kill, _acknowledged in zip(range(KILLS), children_killed, strict=False):
            if halves(library):
                return
    pytest.fail("the test above cannot fail")


def edited(
    context: ForkServerContext, url: str | None, home: Path, *, edits: int, hasty: bool
) -> tuple[int, int]:
    """Let many add ones to five cells at once; return the sum and how often one had to look again."""
    with Library(url, home=home) as library:
        import_file(library, "1", b"", read=lambda _data, _name: reading(made_report(count=0)))
    barrier, outcomes = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(
            target=children.add_ones, args=(url, home, edits, number, hasty, barrier, outcomes)
        )
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    conflicts = sum(outcomes.get(timeout=HANGS) for _ in processes)
    for process in processes:
        process.join()
    with Library(url, home=home) as library:
        assert library.log.verify() == ()
        cells = library.report(1).cells
        return sum(int(cells[place].value or 0) for place in children.COUNTED), conflicts


def test_no_edit_is_lost(context: ForkServerContext, database: str | None, tmp_path: Path) -> None:
    edits = EDITS if database is None else EDITS_OVER_THE_NETWORK
    total, conflicts = edited(context, database, tmp_path, edits=edits, hasty=False)
    assert total == PROCESSES * edits
    assert conflicts > 0
    with Library(database, home=tmp_path) as library:
        entries = library.log.entries()
        assert [item.number for item in entries] == list(range(1, PROCESSES * edits + 1))
        assert Counter(item.who for item in entries) == {
            str(number): edits for number in range(PROCESSES)
        }


def test_without_looking_at_what_was_seen_edits_are_lost(
    context: ForkServerContext, database: str | None, tmp_path: Path
) -> None:
    total, _conflicts = edited(context, database, tmp_path, edits=20, hasty=True)
    assert total < PROCESSES * 20
