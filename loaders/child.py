"""One file, one process: whatever a file does to its reader, it costs that file and no other.

The process is forked from one that has the readers loaded, is bound by limits and can be killed.
Bytes go in over a private pipe and JSON of bounded size comes out, never a pickle: a process that
has read a hostile file is not trusted. What it prints goes nowhere. Where processes cannot be
forked (Windows) a new one is started for each file, and of the limits only the time holds.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Timer
from typing import Any, Final, TypeVar

from form.exchange import report_from_json, report_to_json
from form.report import Json, Report
from loaders import forking, kind_of, read, refusals
from loaders.document import ReadError
from loaders.kinds import MAX_BYTES
from loaders.limits import LIMITS, Limits, by_error, by_exit_code, crashed, impose, too_long
from loaders.limits import answer as answer_too_large

Found = tuple[str | None, tuple[Report, ...]]
"""The kind of a file by its content, and its reports."""
Reader = Callable[[bytes, str], Found]
Work = Callable[[bytes, str], Json]
"""What is asked about a file's bytes and name; the answer is JSON."""
_Taken = TypeVar("_Taken")

_GRACE: Final = 2.0
"""Seconds in which a process that is told to end may clear up."""
_LONGEST_FAULT: Final = 10_000
_PR_SET_PDEATHSIG: Final = 1
_MALFORMED: Final = (ValueError, KeyError, TypeError, RecursionError)


class ReaderError(Exception):
    """A fault of a reader; says where in the source it lies, and nothing of the file."""


class _DiedError(Exception):
    """A process ended without an answer and without a reason."""


def read_here(data: bytes, name: str) -> Found:
    """Return kind and reports of a file, read in this process; raises ReadError."""
    return kind_of(data, name), read(data, name)


def read_isolated(
    data: bytes, name: str, limits: Limits = LIMITS, *, reader: Reader = read_here
) -> Found:
    """Return kind and reports of a file, read in a process of its own.

    `reader` must be a function of a module: the process finds it by name. Raises ReadError, whose
    code names the limit that was reached (`time`, `cpu`, `memory`, …) or says `crashed` where the
    process died without a reason, twice. Raises ReaderError where the reader raised anything else.
    """
    return _isolated(data, name, limits, partial(_reading, reader), _found)


def ask_isolated(data: bytes, name: str, work: Work, limits: Limits = LIMITS) -> Json:
    """Return what `work` says of a file, asked in a process of its own; raises as `read_isolated`.

    `work` must be a function of a module, or a `functools.partial` of one.
    """
    return _isolated(data, name, limits, partial(_answering, work), _answered)


def _isolated(
    data: bytes, name: str, limits: Limits, work: Work, taken: Callable[[Json], _Taken]
) -> _Taken:
    if len(data) > MAX_BYTES:
        raise refusals.too_many_bytes(MAX_BYTES)
    try:
        return _understood(_ask(data, name, limits, work), taken)
    except _DiedError:
        pass  # It may have been the computer, and not the file.
    try:
        return _understood(_ask(data, name, limits, work), taken)
    except _DiedError as error:
        raise crashed() from error


def _ask(data: bytes, name: str, limits: Limits, work: Work) -> bytes:
    """Return what a new process says of a file; it has ended when this returns or raises."""
    context = forking.context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, name, limits, work), daemon=True)
    with ours:
        with theirs:
            forking.start(process)
        deadline = _Deadline(process, limits.wall)
        answer = None
        try:
            ours.send_bytes(data)
            answer = ours.recv_bytes(limits.answer)
        except (EOFError, OSError):
            pass  # Why is told by how it ended.
        finally:
            exit_code = deadline.end()
    if answer is not None:
        return answer
    if deadline.passed:
        raise too_long(limits)
    raise by_exit_code(exit_code, limits) or _DiedError


class _Deadline:
    """Ends a process when its time is over, or before."""

    def __init__(self, process: BaseProcess, seconds: float) -> None:
        self.passed = False
        self._process = process
        self._timer = Timer(seconds, self._expire)
        self._timer.start()

    def end(self) -> int | None:
        """End the process if it goes on, and return its exit code."""
        self._timer.cancel()
        # Two threads must not wait for one process.
        self._timer.join()
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code

    def _expire(self) -> None:
        self.passed = True
        self._process.terminate()
        self._process.join(_GRACE)
        self._process.kill()


def _understood(answer: bytes, taken: Callable[[Json], _Taken]) -> _Taken:
    try:
        said = json.loads(answer)
        if "error" in said:
            code, message = said["error"]
            raise ReadError(str(code), str(message))
        if "fault" in said:
            raise ReaderError(str(said["fault"])[:_LONGEST_FAULT])
        return taken(said)
    except _MALFORMED as error:
        raise _DiedError from error


def _reading(reader: Reader, data: bytes, name: str) -> Json:
    kind, reports = reader(data, name)
    return {"kind": kind, "reports": [report_to_json(report) for report in reports]}


def _found(said: Json) -> Found:
    kind = said["kind"]
    return None if kind is None else str(kind), tuple(map(report_from_json, said["reports"]))


def _answering(work: Work, data: bytes, name: str) -> Json:
    return {"answer": work(data, name)}


def _answered(said: Json) -> Json:
    answer: Json = said["answer"]
    return answer


def _serve(pipe: Connection[Any, Any], name: str, limits: Limits, work: Work) -> None:
    """Answer for one file: what a process does in its short life."""
    _cut_loose(pipe.fileno())
    data = pipe.recv_bytes()
    impose(limits)
    answer = _dumps(_said(data, name, limits, work))
    if len(answer) > limits.answer:
        answer = _dumps(_error(answer_too_large(limits)))
    pipe.send_bytes(answer)


def _cut_loose(pipe: int) -> None:
    """Keep nothing of what this process was born with but its pipe."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is None or not parent.is_alive():
            os._exit(0)  # It died before it could be told of.
    # Told to end, it leaves like any program: a reader may have files to remove.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    if forking.POSSIBLE:
        # Among them the end of a pipe by which the forking process knows that it is still needed:
        # it would outlive its parent, and so would this one.
        os.closerange(3, pipe)
        os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))


def _said(data: bytes, name: str, limits: Limits, work: Work) -> Json:
    try:
        return work(data, name)
    except Exception as error:  # noqa: BLE001  whatever it is, there must be an answer
        bound = by_error(error, limits)
        if bound is not None:
            return _error(bound)
        return _error(error) if isinstance(error, ReadError) else {"fault": _where(error)}


def _error(error: ReadError) -> Json:
    return {"error": [error.code, error.message]}


def _where(error: Exception) -> str:
    """Return the kind of an error and the way to it, without its words: they may quote the file."""
    return "".join([f"{type(error).__name__}\n", *traceback.format_tb(error.__traceback__)])


def _dumps(said: Json) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode("ascii")
