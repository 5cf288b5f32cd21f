"""A fault at any step of an import leaves nothing behind: the 1st, the 2nd, … until none is left."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from library import importing, jobs
from library.importing import import_file, run_job
from library.originals import sha256
from library.saving import Incoming, save_files
from library.schema import (
    correction,
    decision,
    derived,
    evidence,
    file,
    first_filing,
    meta,
    report,
)
from library.store import Library
from tests.library import children

MOST = 60


class FaultError(Exception):
    """Planted by this test."""


class Countdown:
    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, *_args: Any, **_options: Any) -> None:
        self.left -= 1
        if self.left == 0:
            raise FaultError

    @property
    def struck(self) -> bool:
        return self.left <= 0


@contextmanager
def failing_statement(_patch: pytest.MonkeyPatch, countdown: Countdown) -> Iterator[None]:
    """Every statement counts, and so does each commit."""
    for name in ("before_cursor_execute", "commit"):
        event.listen(sa.Engine, name, countdown.step)
    try:
        yield
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(sa.Engine, name, countdown.step)


@contextmanager
def failing_file(patch: pytest.MonkeyPatch, countdown: Countdown) -> Iterator[None]:
    """Each way of touching the disk that an original takes counts."""

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            countdown.step()
            return call(*args, **options)

        return step

    with patch.context() as changed:
        steps = ((Path, "mkdir"), (tempfile, "mkstemp"), (os, "fsync"), (Path, "replace"))
        for owner, name in steps:
            changed.setattr(owner, name, counted(getattr(owner, name)))
        yield


def state(library: Library) -> list[object]:
    with library.reading() as connection:
        counts = [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (file, report, evidence)
        ]
    return [*counts, library.revision, [item.state for item in jobs.recent(library)[0].items]]


FILES = [(f"{name}.txt", name.encode()) for name in ("文件", "另一份", "第三份")]


@pytest.mark.parametrize("failing", [failing_statement, failing_file])
def test_a_fault_at_any_step_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch, failing: Any
) -> None:
    name, data = FILES[0]
    (item,) = jobs.begin(library, jobs.create_job(library, [(name, data)]))
    assert jobs.claim(library, item)
    before = state(library)
    for steps in range(1, MOST):
        countdown = Countdown(steps)
        try:
            with failing(monkeypatch, countdown):
                result = import_file(
                    library,
                    name,
                    data,
                    read=children.two_reports,
                    record=lambda connection, result: jobs.settle(connection, item, result),
                )
        except FaultError:
            assert state(library) == before, f"after a fault at step {steps}"
            assert library.originals.hashes() == frozenset(), f"after a fault at step {steps}"
            continue
        assert not countdown.struck
        assert steps > 3
        break
    else:
        pytest.fail(f"no success within {MOST} steps")
    assert state(library) == [1, 2, 2, before[3] + 1, ["kept"]]
    assert library.report(result.report_ids[1]) == children.two_reports(data, "").reports[1]


@pytest.mark.parametrize("failing", [failing_statement, failing_file])
def test_a_fault_at_any_step_leaves_nothing_of_a_group(
    library: Library, monkeypatch: pytest.MonkeyPatch, failing: Any
) -> None:
    job_id = jobs.create_job(library, FILES)
    items = jobs.begin(library, job_id)
    before = state(library)
    files = [
        Incoming(name, data, children.two_reports(data, name), sha256(data)) for name, data in FILES
    ]
    for steps in range(1, MOST):
        countdown = Countdown(steps)
        try:
            with failing(monkeypatch, countdown), library.keeping() as (connection, held):
                results = save_files(connection, held, files)
                jobs.settle_all(connection, list(zip(items, results, strict=True)))
        except FaultError:
            assert state(library) == before, f"after a fault at step {steps}"
            assert library.originals.hashes() == frozenset(), f"after a fault at step {steps}"
            continue
        assert not countdown.struck
        break
    else:
        pytest.fail(f"no success within {MOST} steps")
    assert steps > 3
    assert state(library) == [3, 6, 6, before[3] + 1, ["kept"] * 3]
    assert library.originals.in_place() == {sha256(data) for _name, data in FILES}


@pytest.mark.parametrize("failing", [failing_statement, failing_file])
def test_a_job_loses_nothing_by_a_fault_at_any_step(
    library: Library, monkeypatch: pytest.MonkeyPatch, failing: Any
) -> None:
    """A fault costs at most the file it strikes; where it ends the job, the job goes on."""
    monkeypatch.setattr(importing, "READ_AT_ONCE", 1)
    for steps in range(1, MOST):
        files = [(name, f"{steps} ".encode() + data) for name, data in FILES]
        job_id = jobs.create_job(library, files)
        countdown = Countdown(steps)
        ended = False
        try:
            with failing(monkeypatch, countdown):
                run_job(library, job_id, read=children.two_reports)
        except FaultError:
            ended = True
        run_job(library, job_id, read=children.two_reports)
        job = jobs.job(library, job_id)
        kept = [item for item in job.items if item.state == "kept"]
        assert job.finished, f"after a fault at step {steps}"
        assert len(kept) == 3 or (not ended and len(kept) == 2), f"after a fault at step {steps}"
        assert all(len(item.report_ids) == 2 for item in kept)
        with library.reading() as connection:
            hashes = set(connection.scalars(sa.select(file.c.sha256)))
        assert library.originals.hashes() == hashes, f"after a fault at step {steps}"
        if not countdown.struck:
            break
    else:
        pytest.fail(f"no success within {MOST} steps")


ADDRESS = "applications.new_received.natural_person"


def everything(library: Library) -> list[object]:
    """All rows that a decision may touch, and what they make of the report."""
    with library.reading() as connection:
        rows = [
            connection.execute(sa.select(table)).all()
            for table in (decision, correction, derived, meta, report, evidence, first_filing)
        ]
    return [rows, library.report(1), library.log.entries()]


def fix(library: Library) -> None:
    library.log.correct(1, ADDRESS, "75", library.as_read(1).cells[ADDRESS], "who", "why")


def accept(library: Library) -> None:
    library.log.accept(1, "total//", "00ff", "备案口径", "who")


def ask(library: Library) -> None:
    library.log.ask(1, {"total//": "00ff", "late//": "11"}, date(2026, 3, 1), "who")


def undo(library: Library) -> None:
    library.log.undo(1, "who", "why")


def rename(library: Library) -> None:
    library.identify(1, "丙区", 2020, "who")


def recycle(library: Library) -> None:
    library.recycle([1, 2], "who")


def restore(library: Library) -> None:
    library.restore([1, 2], "who")


def choose(library: Library) -> None:
    library.choose(1, "who")


def unchoose(library: Library) -> None:
    library.log.undo(1, "who")


def import_again(library: Library) -> None:
    import_file(library, "一.txt", b"", read=children.two_reports)


def new_version(library: Library) -> None:
    data = "再来".encode()
    import_file(library, "二.txt", data, read=lambda _data, _name: children.two_reports(b"", ""))


def type_in(library: Library) -> None:
    library.start_typed("扫描件", b"a scan", "甲", 2023, "2021")


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], fix),
        ([], accept),
        ([], ask),
        ([fix], undo),
        ([fix, accept], rename),
        ([fix], new_version),
        ([fix], type_in),
        ([fix], recycle),
        ([fix, recycle], restore),
        ([recycle], import_again),
        ([fix], choose),
        ([choose], unchoose),
    ],
)
def test_a_fault_at_any_step_leaves_nothing_half_decided(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    before: list[Callable[[Library], None]],
    act: Callable[[Library], None],
) -> None:
    import_file(library, "一.txt", b"", read=children.two_reports)
    for step in before:
        step(library)
    was = everything(library)
    for steps in range(1, MOST):
        countdown = Countdown(steps)
        try:
            with failing_statement(monkeypatch, countdown):
                act(library)
        except FaultError:
            assert everything(library) == was, f"after a fault at step {steps}"
            continue
        assert not countdown.struck
        assert steps > 5
        break
    else:
        pytest.fail(f"no success within {MOST} steps")
    assert everything(library) != was
    assert library.log.verify() == ()


def test_a_fault_while_typing_leaves_nothing_half(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.start_typed("扫描件", b"a scan", "甲", 2023, "2021")
    for act in (
        lambda: library.enter_typed(1, {ADDRESS: "3", "disputes.review.total": "4"}),
        lambda: library.finish_typed(1, "who", rest_blank=True),
    ):
        was = everything(library)
        for steps in range(1, MOST):
            try:
                with failing_statement(monkeypatch, Countdown(steps)):
                    act()
            except FaultError:
                assert everything(library) == was, f"after a fault at step {steps}"
            else:
                break
        assert everything(library) != was
        assert 3 < steps < MOST - 1


def test_without_transactions_a_fault_leaves_something_half_decided(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(library, "一.txt", b"", read=children.two_reports)
    was = everything(library)
    with children.Careless(library.url, library.home) as careless:
        for steps in range(1, MOST):
            try:
                with failing_statement(monkeypatch, Countdown(steps)):
                    fix(careless)
            except FaultError:
                if everything(library) != was:
                    return
            else:
                break
    pytest.fail("the tests above cannot fail")
