"""A limit of time for work in this process, by the clock on the wall."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Final, TypeVar

_T = TypeVar("_T")
# Once is not enough: raised while Python clears an object away, an exception is lost.
_AGAIN: Final = 0.05
_SOON: Final = 0.001


class OutOfTimeError(Exception):
    """The work took longer than it may."""


class _Alarm(BaseException):
    """Raised amid the work. No `except Exception` in it can swallow this."""

    def __init__(self, watch: _Watch) -> None:
        self.watch = watch


@dataclass(eq=False)
class _Watch:
    """The limit of one piece of work; `over` once it has ended, however."""

    over: bool = False

    def ring(self, _number: int, _frame: FrameType | None) -> None:
        if not self.over:
            raise _Alarm(self)


def limits_hold() -> bool:
    """Say whether `within` can end work here: on Unix, in the main thread."""
    return hasattr(signal, "setitimer") and (threading.current_thread() is threading.main_thread())


def within(seconds: float, work: Callable[[], _T]) -> _T:
    """Return what the work returns; raises OutOfTimeError once it has taken so many seconds.

    The work is ended wherever it is, in the midst of a regular expression too; a single call of a
    compiled library that never asks for signals runs to its end. Work inside such work has its
    own limit, and no more than what is left of the outer one. Where `limits_hold` says no, the
    work is not limited: whoever needs that starts a process and ends it.
    """
    if not limits_hold():
        return work()
    if seconds <= 0:
        raise OutOfTimeError
    watch, started = _Watch(), time.monotonic()
    handler = signal.signal(signal.SIGALRM, watch.ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, min(seconds, left or seconds), _AGAIN)
            return work()
        finally:
            # From here on it does not ring: neither amid the clearing up nor after it.
            watch.over = True
    except _Alarm as alarm:
        watch.over = True
        if alarm.watch is not watch:
            raise
        raise OutOfTimeError().with_traceback(alarm.__traceback__) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler if handler is not None else signal.SIG_DFL)
        if left:
            spent = time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(left - spent, _SOON), interval)
