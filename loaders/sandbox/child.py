"""One file, one process: whatever a file does to its reader, it costs that file and no other.

The process is forked from one that has the readers loaded, is bound by limits and can be killed.
Bytes go in over a private pipe and JSON of bounded size comes out, or pieces of JSON and bytes, but
never a pickle: a process that has read a hostile file is not trusted. Whatever is raised in it comes
out as a ReadError. What it prints goes nowhere. Where processes cannot be forked (Windows) a new
one is started for each file, and of the limits only the time holds.
"""

from __future__ import annotations

import ctypes
import json
import logging
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Timer
from typing import Any, Final, TypeVar

from form.exchange import report_from_json, report_to_json
from form.language import _
from form.report import Json, Report
from form.values import joined_halves
from loaders import kind_of, read, refusals
from loaders.document import ReadError
from loaders.kinds import MAX_BYTES
from loaders.sandbox import forking
from loaders.sandbox.limits import LIMITS, Limits, by_error, by_exit_code, crashed, impose, too_long
from loaders.sandbox.limits import answer as answer_too_large

Found = tuple[str | None, tuple[Report, ...]]
"""The kind of a file by its content, and its reports."""
Reader = Callable[[bytes, str], Found]
Work = Callable[[bytes, str], Json]
"""What is asked about a file's bytes and name; the answer is JSON."""
Piece = tuple[Json, bytes | None]
"""JSON, and the bytes that belong to it where there are any."""
_Frame = tuple[bytes, bytes | None]
"""A piece as it is sent: a sign and JSON, and the bytes that follow."""
Pieces = Callable[[bytes, str], Iterator[Piece]]
"""What a file's bytes and name are made into, one piece after the other."""
_Taken = TypeVar("_Taken")

_log: Final = logging.getLogger(__name__)

_GRACE: Final = 2.0
"""Seconds in which a process that is told to end may clear up."""
_LONGEST_FAULT: Final = 10_000
_LONGEST_END: Final = 100_000
_END: Final = b"E"
_ALONE: Final = b"P"
_WITH_BYTES: Final = b"B"
"""What a message begins with, before its JSON; only behind the last comes a second one, of bytes."""
_PR_SET_PDEATHSIG: Final = 1
_MALFORMED: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class ReaderError(ReadError):
    """A fault of a reader: for people a refusal with a number, under which the log says where.

    `where` is the kind of error and the way to it in the source, and nothing of the file.
    """

    def __init__(self, where: str, id: str) -> None:
        sentence = _("读取这份文件时出了意外，没有读取。错误编号 {number}，详情见日志。")
        super().__init__("crashed", sentence.format(number=id), id)
        self.where = where


@dataclass(frozen=True, slots=True)
class Made:
    """The pieces that came, and why no more did, None where these are all."""

    pieces: tuple[Piece, ...]
    error: ReadError | None = None


def read_here(data: bytes, name: str) -> Found:
    """Return kind and reports of a file, read in this process; raises ReadError."""
    return kind_of(data, name), read(data, name)


def read_isolated(
    data: bytes, name: str, limits: Limits = LIMITS, *, reader: Reader = read_here
) -> Found:
    """Return kind and reports of a file, read in a process of its own.

    `reader` must be a function of a module: the process finds it by name. Raises ReadError, whose
    code names the limit that was reached (`time`, `cpu`, `memory`, …) or says `crashed`: with its
    `id` in the log, where the process died without a reason, twice, or (a ReaderError) where the
    reader raised anything else.
    """
    return answer_isolated(data, name, partial(_reading, reader), _found, limits)


def ask_isolated(data: bytes, name: str, work: Work, limits: Limits = LIMITS) -> Json:
    """Return what `work` says of a file, asked in a process of its own; raises as `read_isolated`.

    `work` must be a function of a module, or a `functools.partial` of one.
    """
    return answer_isolated(data, name, work, _as_it_is, limits)


def answer_isolated(
    data: bytes, name: str, work: Work, taken: Callable[[Json], _Taken], limits: Limits = LIMITS
) -> _Taken:
    """Return what `taken` makes of what `work` says of a file; raises as `read_isolated`.

    What the process says is not trusted: where `taken` cannot take it, the process has crashed.
    """
    if len(data) > MAX_BYTES:
        raise refusals.too_many_bytes(MAX_BYTES)
    made = pieces_isolated(data, name, partial(_one_piece, work), limits)
    if made.error is not None:
        raise made.error
    try:
        return taken(made.pieces[0][0])
    except _MALFORMED as error:
        raise _logged(crashed(_id(data))) from error


def pieces_isolated(data: bytes, name: str, work: Pieces, limits: Limits) -> Made:
    """Return what `work` makes of a file, piece by piece, in a process of its own.

    `limits.answer` bounds the pieces together. Never raises for what the file does: what was made
    before a limit was reached, or before a fault, is kept. Where the process dies without a reason
    it is tried once more: it may have been the computer, and not the file.
    """
    for _try in range(2):
        try:
            frames, stopped = _ask(data, name, limits, work)
            pieces, fault = _understood(frames)
        except _DiedError:
            continue
        if isinstance(fault, str):
            return Made(pieces, _logged(ReaderError(fault, _id(data))))
        return Made(pieces, fault or stopped)
    return Made((), _logged(crashed(_id(data))))


class _DiedError(Exception):
    """A process ended without an answer and without a reason."""


def _id(data: bytes) -> str:
    return sha256(data).hexdigest()[:8]


def _logged(error: ReadError) -> ReadError:
    """Write down where a reader failed; never what it read, nor the name of the file."""
    where = error.where if isinstance(error, ReaderError) else "its process died, twice"
    _log.error("reading of %s failed: %s", error.id, where)
    return error


def _ask(
    data: bytes, name: str, limits: Limits, work: Pieces
) -> tuple[list[_Frame], ReadError | None]:
    """Return what a new process says of a file, and the limit that stopped it, if one did.

    It has ended when this returns or raises.
    """
    context = forking.context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, name, limits, work), daemon=True)
    frames: list[_Frame] = []
    with ours:
        with theirs:
            forking.start(process)
        deadline = _Deadline(process, limits.wall)
        try:
            ours.send_bytes(data)
            _receive(ours, limits.answer, frames)
        except (EOFError, OSError):
            pass  # Why is told by how it ended.
        finally:
            exit_code = deadline.end()
    if frames and frames[-1][0].startswith(_END):
        return frames, None
    if deadline.passed:
        return frames, too_long(limits)
    stopped = by_exit_code(exit_code, limits)
    if stopped is None:
        raise _DiedError
    return frames, stopped


def _receive(pipe: Connection[Any, Any], room: int, frames: list[_Frame]) -> None:
    while not frames or not frames[-1][0].startswith(_END):
        head = pipe.recv_bytes(room + _LONGEST_END)
        room -= len(head)
        body = pipe.recv_bytes(max(room, 0)) if head.startswith(_WITH_BYTES) else None
        room -= len(body or b"")
        frames.append((head, body))


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


def _understood(frames: list[_Frame]) -> tuple[tuple[Piece, ...], ReadError | str | None]:
    """Return the pieces, and what the process says was wrong: a refusal, or where a fault lies."""
    pieces: list[Piece] = []
    try:
        for head, body in frames:
            said = json.loads(head[1:])
            if not isinstance(said, dict):
                raise TypeError("not an answer")
            if head.startswith(_END):
                return tuple(pieces), _wrong(said)
            pieces.append((said, body))
    except _MALFORMED as error:
        raise _DiedError from error
    return tuple(pieces), None


def _wrong(said: Json) -> ReadError | str | None:
    if "error" in said:
        code, message = said["error"]
        return ReadError(joined_halves(str(code)), joined_halves(str(message)))
    return str(said["fault"])[:_LONGEST_FAULT] if "fault" in said else None


def _reading(reader: Reader, data: bytes, name: str) -> Json:
    kind, reports = reader(data, name)
    return {"kind": kind, "reports": [report_to_json(report) for report in reports]}


def _found(said: Json) -> Found:
    kind = said["kind"]
    known = None if kind is None else joined_halves(str(kind))
    return known, tuple(map(report_from_json, said["reports"]))


def _as_it_is(said: Json) -> Json:
    return said


def _one_piece(work: Work, data: bytes, name: str) -> Iterator[Piece]:
    yield work(data, name), None


def _serve(pipe: Connection[Any, Any], name: str, limits: Limits, work: Pieces) -> None:
    """Answer for one file: what a process does in its short life."""
    _cut_loose(pipe.fileno())
    data = pipe.recv_bytes()
    impose(limits)
    room = limits.answer
    for head, body in _frames(data, name, limits, work):
        room -= len(head) + len(body or b"")
        if room < 0 and not head.startswith(_END):
            pipe.send_bytes(_end(_error(answer_too_large(limits))))
            return
        pipe.send_bytes(head)
        if body is not None:
            pipe.send_bytes(body)


def _frames(data: bytes, name: str, limits: Limits, work: Pieces) -> Iterator[_Frame]:
    """Yield the pieces, each as JSON and perhaps bytes, and how it ended."""
    try:
        for piece, body in work(data, name):
            yield (_ALONE if body is None else _WITH_BYTES) + _dumps(piece), body
    except Exception as error:  # noqa: BLE001  whatever it is, there must be an answer
        yield _end(_said(error, limits)), None
    else:
        yield _end({}), None


def _said(error: Exception, limits: Limits) -> Json:
    bound = by_error(error, limits)
    if bound is not None:
        return _error(bound)
    return _error(error) if isinstance(error, ReadError) else {"fault": _where(error)}


def _end(said: Json) -> bytes:
    return _END + _dumps(said)


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


def _error(error: ReadError) -> Json:
    return {"error": [error.code, error.message]}


def _where(error: Exception) -> str:
    """Return the kind of an error and the way to it, without its words: they may quote the file."""
    return "".join([f"{type(error).__name__}\n", *traceback.format_tb(error.__traceback__)])


def _dumps(said: Json) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode("ascii")
