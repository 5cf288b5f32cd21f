"""Work ends when its time is up, whatever it does, and leaves the clock as it was."""

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from checks.timing import OutOfTimeError, limits_hold, within

pytestmark = pytest.mark.skipif(not limits_hold(), reason="this system has no such clock")

SOON, LATE = 0.02, 600.0


@pytest.fixture(autouse=True)
def _the_clock_is_left_as_it_was() -> Iterator[None]:
    handler, timer = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
    yield
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == timer


def for_ever() -> None:
    while True:
        pass


def swallowing() -> None:
    while True:
        with suppress(Exception):
            for_ever()


def backtracking() -> None:
    re.fullmatch("(a+)+b", "a" * 64)


@pytest.mark.parametrize("work", [for_ever, swallowing, backtracking])
def test_work_that_never_ends_is_ended(work: Callable[[], None]) -> None:
    with pytest.raises(OutOfTimeError):
        within(SOON, work)


def test_work_in_time_gives_what_it_gives() -> None:
    assert within(LATE, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        within(LATE, lambda: 1 // 0)


def test_an_alarm_that_comes_when_the_work_is_done_ends_nothing() -> None:
    handlers = []
    assert within(LATE, lambda: handlers.append(signal.getsignal(signal.SIGALRM))) is None
    (handler,) = handlers
    assert callable(handler)
    handler(signal.SIGALRM, None)


def test_no_time_is_no_work() -> None:
    with pytest.raises(OutOfTimeError):
        within(0, for_ever)


def test_work_inside_work_has_its_own_limit_and_the_outer_one_goes_on() -> None:
    def outer() -> float:
        with pytest.raises(OutOfTimeError):
            within(SOON, for_ever)
        return signal.getitimer(signal.ITIMER_REAL)[0]

    assert 0 < within(LATE, outer) < LATE


def test_the_outer_limit_ends_inner_work_and_then_the_outer_work() -> None:
    ended = []

    def outer() -> None:
        try:
            within(LATE, for_ever)
        except OutOfTimeError:
            ended.append("inner")
        for_ever()

    with pytest.raises(OutOfTimeError):
        within(SOON, outer)
    assert ended == ["inner"]


def test_a_clock_that_someone_else_had_set_goes_on() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    signal.setitimer(signal.ITIMER_REAL, LATE)
    try:
        assert within(LATE, lambda: 3) == 3
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= LATE
        signal.raise_signal(signal.SIGALRM)
        assert rung == [True]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_work_is_not_limited() -> None:
    found = []
    thread = threading.Thread(target=lambda: found.append((limits_hold(), within(0, lambda: 3))))
    thread.start()
    thread.join()
    assert found == [(False, 3)]
