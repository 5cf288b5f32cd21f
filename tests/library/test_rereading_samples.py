"""A library of all samples that a worse reader read: what the good one says otherwise, and back."""

import json
import os
import random
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from checks.states import basis
from desk.desk import Desk
from form.report import Cell, Report
from library import runs
from library.errors import LibraryError
from library.importing import READER, import_file
from library.replacing import replace_readings, run_again, undo_run
from library.rereading import EVERYTHING, Change, differences, sources
from library.saving import Reading
from library.schema import correction, evidence, reading, report, run, run_change
from library.store import Library
from loaders import kind_of, read
from sample_reports import FOLDER
from tests.library.test_jobs import ROOT
from tests.waiting import HANGS, until
from tests.worse import OLDER, Read, remembering, worse_reader

SAMPLES = sorted([*(FOLDER / "real").iterdir(), *(FOLDER / "invented").iterdir()])


@remembering
def good(data: bytes, name: str) -> Reading:
    return Reading(kind_of(data, name), read(data, name))


def fill(library: Library, bad: Read, files: list[Path]) -> dict[int, tuple[Report, Report]]:
    """Import files as a bad reader reads them; return the bad and the good reading by report."""
    found = {}
    for path in files:
        data = path.read_bytes()
        ids = import_file(library, path.name, data, read=bad).report_ids
        for number, one in zip(ids, good(data, path.name).reports, strict=True):
            found[number] = (library.as_read(number), one)
    return found


def different_cells(readings: dict[int, tuple[Report, Report]]) -> set[tuple[int, str, str, str]]:
    """By plain comparison: report, address, and what is printed there by the one and the other."""
    return {
        (number, address, words(old.cells[address]), words(new.cells[address]))
        for number, (old, new) in readings.items()
        for address in old.cells
        if words(old.cells[address]) != words(new.cells[address])
    }


def words(cell: Cell) -> str:
    return f"{cell.mark} {cell.value} {cell.raw} {cell.candidates}"


def told(changes: list[Change]) -> set[tuple[int, str | None]]:
    return {(change.report_id, change.address) for change in changes}


def written(changes: Sequence[Change]) -> list[str]:
    return [json.dumps(change.to_json()) for change in changes]


def looked(library: Library, reader: Read = good) -> list[Change]:
    found = differences(library, sources(library), reader, 2)
    return [change for _source, changes in found for change in changes]


def everything(library: Library) -> list[object]:
    """Everything that is stored of readings and of what holds in them."""
    with library.reading() as connection:
        return [
            connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in (report, evidence, correction)
        ]


def filed(library: Library) -> list[object]:
    names = ("id", "file_id", "position", "agency", "year", "version", "chosen", "imported_at")
    with library.reading() as connection:
        columns = [report.c[name] for name in names]
        return list(connection.execute(sa.select(*columns).order_by(report.c.id)))


@pytest.fixture
def seed() -> int:
    seed = int(os.environ.get("SEED", random.randrange(2**32)))
    print(f"seed {seed}")
    return seed


def test_of_all_samples_exactly_the_cells_that_were_read_worse_are_listed_replaced_and_restored(
    library: Library, seed: int
) -> None:
    readings = fill(library, worse_reader(good, seed), SAMPLES)
    wrong = different_cells(readings)
    assert len(wrong) > 5 * len(readings) > 250
    revision, before = library.revision, everything(library)
    found = looked(library)
    assert told(found) == {(number, address) for number, address, _old, _new in wrong}
    for change in found:
        old, new = readings[change.report_id]
        assert change.old == old.cells[change.address].to_json()
        assert change.new == new.cells[change.address].to_json()
        assert (change.reader_from, change.reader_to) == (OLDER, READER)
    assert (library.revision, everything(library)) == (revision, before)
    assert runs.readers(library) == {OLDER: len(readings)}

    places = filed(library)
    replaced = list(replace_readings(library, "checker", good, 2))
    assert {number for item in replaced for number in item.report_ids} == readings.keys()
    assert looked(library) == []
    assert filed(library) == places
    assert all(library.as_read(number) == new for number, (_old, new) in readings.items())
    assert library.log.verify() == ()
    assert runs.readers(library) == {READER: len(readings)}

    assert undo_run(library, replaced[0].run, "checker") == tuple(readings)
    assert everything(library) == before
    assert told(looked(library)) == {(number, address) for number, address, *_words in wrong}
    assert library.log.verify() == ()


def test_what_people_decided_stays_where_the_print_does_and_is_asked_again_elsewhere(
    library: Library, seed: int
) -> None:
    readings = fill(library, worse_reader(good, seed), SAMPLES[::12])
    wrong = different_cells(readings)
    # In each report about a cell that was read wrong and one that was not, and about each finding.
    for number, (old, new) in readings.items():
        lost = min(address for one, address, *_words in wrong if one == number)
        kept = min(
            address
            for address, cell in old.cells.items()
            if words(cell) == words(new.cells[address]) and cell.mark == "number"
        )
        for address in (lost, kept):
            library.log.correct(number, address, "47", old.cells[address], "checker", "")
    rested = bases(library)
    for (number, key), own in rested.items():
        library.log.accept(number, key, own, "口径", "checker")
    decided, before, accepted = library.log.entries(), everything(library), states(library)
    assert set(accepted.values()) <= {"accepted", "corrected", "caused"}

    (first, *_others) = list(replace_readings(library, "checker", good, 2))
    assert library.log.entries()[: len(decided)] == decided
    for number, (old, new) in readings.items():
        asked = {item.decision.address for item in library.log.open_questions(number)}
        now = library.report(number).cells
        for item in decided:
            if item.report_id == number and item.address is not None:
                same = words(old.cells[item.address]) == words(new.cells[item.address])
                assert (item.address in asked) != same
                assert (now[item.address].value == 47) == same
    rests = bases(library)
    for one, state in states(library).items():
        if one not in rested:
            assert state in ("open", "corrected", "caused")
        elif state not in ("corrected", "caused"):
            assert state == ("accepted" if rests[one] == rested[one] else "reopened")
    assert library.log.verify() == ()

    undo_run(library, first.run, "checker")
    assert (everything(library), states(library)) == (before, accepted)
    assert not any(library.log.open_questions(number) for number in readings)
    assert library.log.verify() == ()


def bases(library: Library) -> dict[tuple[int, str], str]:
    """What each finding rests on, by report and key."""
    judged = Desk(library).settled().judged
    return {
        (number, item.finding.key): basis(library.report(number), item.finding)
        for number, items in judged.items()
        for item in items
    }


def states(library: Library) -> dict[tuple[int, str], str]:
    """What became of each finding that was there before anything was read again, by report."""
    judged = Desk(library).settled().judged
    return {
        (number, item.finding.key): item.state for number, items in judged.items() for item in items
    }


def test_a_run_that_only_looks_keeps_what_it_found_and_replaces_nothing(
    library: Library, seed: int
) -> None:
    readings = fill(library, worse_reader(good, seed), SAMPLES[:12])
    before = everything(library)
    number = runs.create(library, "checker", EVERYTHING, dry=True)
    assert [item.report_ids for item in run_again(library, number, read=good)] == [()] * 12
    assert (everything(library), library.log.entries()) == (before, ())
    wrong = different_cells(readings)
    found = runs.found(library, number)
    assert (found.kinds, found.reports, found.left) == ({"cell": len(wrong)}, len(readings), 0)
    kept = runs.changes_of(library, number, limit=None)
    assert written(kept) == written(looked(library))
    assert kept[3:8] == runs.changes_of(library, number, kinds=["cell"], offset=3, limit=5)
    assert runs.changes_of(library, number, kinds=["text"]) == ()
    done = runs.get(library, number)
    assert (done.files, done.done, done.is_open) == (12, 12, False)
    assert list(run_again(library, number, read=good)) == []
    with pytest.raises(LibraryError, match="试读"):
        undo_run(library, number)
    assert runs.is_new_to(library)


def test_people_are_told_of_new_readers_until_all_was_read_again_or_somebody_put_it_away(
    library: Library, seed: int
) -> None:
    fill(library, worse_reader(good, seed), SAMPLES[:2])
    assert runs.is_new_to(library)
    list(replace_readings(library, None, good, 2))
    assert not runs.is_new_to(library)
    with library.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET reader_told = NULL")
    assert runs.is_new_to(library)
    runs.put_away(library)
    assert not runs.is_new_to(library)


def test_a_run_that_is_stopped_does_nothing_more(library: Library, seed: int) -> None:
    fill(library, worse_reader(good, seed), SAMPLES[:5])
    number = runs.create(library, "checker", EVERYTHING, dry=True)
    going = run_again(library, number, read=good, at_once=1)
    next(going)
    runs.stop(library, number)
    with pytest.raises(LibraryError, match=f"第 {number} 次试读已经停止了"):
        list(going)
    assert runs.get(library, number).done == 1
    assert runs.unfinished(library) == ()


@pytest.mark.parametrize("dry", [False, True])
def test_what_is_ended_after_the_last_file_is_not_told_to_be_finished(
    library: Library, seed: int, dry: bool
) -> None:
    fill(library, worse_reader(good, seed), SAMPLES[:2])
    number = runs.create(library, "checker", EVERYTHING, dry=dry)
    going = run_again(library, number, read=good, at_once=1)
    next(going), next(going)
    if dry:
        runs.stop(library, number)
    else:
        undo_run(library, number)
    ended = runs.get(library, number)
    assert list(going) == []
    assert runs.get(library, number) == ended
    assert runs.is_new_to(library)


def test_two_computers_at_one_run_do_each_file_once(
    library: Library, seed: int, tmp_path: Path
) -> None:
    readings = fill(library, worse_reader(good, seed), SAMPLES[:6])
    number = runs.create(library, "checker", EVERYTHING, dry=False)
    here = run_again(library, number, read=good, at_once=1)
    next(here)
    with Library(library.url, home=tmp_path / "another computer") as other:
        other.originals = library.originals
        assert len(list(run_again(other, number, read=good))) == 5
    assert list(here) == []
    assert runs.found(library, number).changes == len(different_cells(readings))
    assert len(library.log.entries()) == len(readings)
    assert runs.get(library, number).done == 6


# --- killed ------------------------------------------------------------------------------------------


def script_of(tmp_path: Path, seconds: float) -> Path:
    """A program in place of `cli.py` that takes its time over each file."""
    script = tmp_path / f"rereader-{seconds}.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys, time
            sys.path.insert(0, {str(ROOT)!r})
            from library.replacing import run_again
            from library.store import Library
            from tests.library.test_rereading_samples import good
            assert sys.argv[1:3] == ["reread", "--run"]
            def read(data, name):
                time.sleep({seconds})
                return good(data, name)
            with Library() as library:
                for item in run_again(library, int(sys.argv[3]), read=read, at_once=1):
                    pass
            """
        )
    )
    return script


@pytest.mark.parametrize("dry", [False, True])
def test_a_run_that_is_killed_goes_on_when_the_app_starts(
    library: Library, seed: int, tmp_path: Path, dry: bool
) -> None:
    readings = fill(library, worse_reader(good, seed), SAMPLES[:16])
    before, wrong = everything(library), different_cells(readings)
    number = runs.create(library, "checker", EVERYTHING, dry=dry)
    assert runs.unfinished(library) == (runs.get(library, number),)
    slow = script_of(tmp_path, 0.1)
    process = runs.start(library, number, slow)
    moment = random.Random(seed).uniform(0, 0.4)
    until(lambda: runs.get(library, number).done >= 3 or process.poll() is not None)
    assert process.poll() is None, (library.home / "import.log").read_text()
    assert runs.is_at_it(library)
    assert runs.resume(library, slow) is None, "somebody is at it"
    time.sleep(moment)
    process.kill()
    process.wait()
    assert not runs.is_at_it(library)
    half = runs.get(library, number)
    assert 3 <= half.done < half.files
    assert half.is_open
    for one, (old, new) in readings.items():
        assert library.as_read(one) == (new if one <= half.done and not dry else old)
    assert len(library.log.entries()) == (0 if dry else half.done)
    assert library.log.verify() == ()

    with library.writing() as connection:  # as if the app had been started a while later
        runs.note(connection, number, touched_at=half.touched_at - 2 * runs.QUIET)
    again = runs.resume(library, script_of(tmp_path, 0))
    assert again is not None
    assert again.wait(timeout=HANGS) == 0, (library.home / "import.log").read_text()
    whole = runs.get(library, number)
    assert (whole.done, whole.finished_at is not None) == (16, True)
    changes = runs.changes_of(library, number, limit=None)
    assert len(changes) == len(wrong), "nothing twice, nothing missed"
    assert told([*changes]) == {(one, address) for one, address, *_words in wrong}
    assert runs.resume(library, slow) is None
    if dry:
        assert everything(library) == before
        return
    assert looked(library) == []
    assert len(library.log.entries()) == len(readings)
    undo_run(library, number, "checker")
    assert everything(library) == before
    assert library.log.verify() == ()
    with library.reading() as connection:
        for table in (run, reading, run_change):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
