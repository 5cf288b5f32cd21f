"""A fault at any step of an import leaves nothing behind: the 1st, the 2nd, … until none is left."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from library import jobs
from library.importing import import_file
from library.schema import evidence, file, report
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


@pytest.mark.parametrize("failing", [failing_statement, failing_file])
def test_a_fault_at_any_step_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch, failing: Any
) -> None:
    data = "文件".encode()
    (item,) = jobs.begin(library, jobs.create_job(library, [("一.txt", data)]))
    assert jobs.claim(library, item)
    before = state(library)
    for steps in range(1, MOST):
        countdown = Countdown(steps)
        try:
            with failing(monkeypatch, countdown):
                import_file(
                    library,
                    "一.txt",
                    data,
                    read=children.two_reports,
                    record=lambda connection, result: jobs.settle(connection, item, result),
                )
        except FaultError:
            assert state(library) == before, f"after a fault at step {steps}"
            continue
        assert not countdown.struck
        assert steps > 3
        break
    else:
        pytest.fail(f"no success within {MOST} steps")
    assert state(library) == [1, 2, 2, before[3] + 1, ["kept"]]
    assert library.report(2) == children.two_reports(data, "").reports[1]
