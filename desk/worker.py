"""Judging in a process of its own: one report, however it is made, holds nobody else up.

The process (`cli.py judge`) is asked by a line of JSON on its standard input and keeps what it says
in the library; on its standard output it names the report that it is at, then says that it is done.
One that stays at a report for too long is ended, and that report is `not_judged`. It ends by
itself when its input does, so it never outlives whoever started it.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Any, Final, Protocol
from uuid import uuid4

from checks.explanations import Suspects
from checks.states import Judged
from checks.unjudged import Why, not_judged
from desk.judging import AGENCIES_AT_ONCE, Watch, judge_agencies, judge_report
from desk.kept import Said, keep
from library.store import DATABASE, HOME, Library

SECONDS: Final = 30.0
"""How long the process may stay at one report: it stops by itself long before, where it can."""
STARTING: Final = 120.0
"""How long the process may take until it is ready."""
FAILURES: Final = 3
"""How often the process may end without having been at a report before it is left alone."""
REST: Final = 60.0
"""Seconds until it is then tried again."""

_LONGEST_WAIT: Final = 3600.0
_CLI: Final = Path(__file__).resolve().parent.parent / "cli.py"
_log: Final = logging.getLogger(__name__)

Wanted = str | int
"""An agency, all of whose reports that count are to be judged, or the id of one report."""


class Judge(Protocol):
    """Whoever judges what a desk wants to know; what it says is kept in the library."""

    def start(self) -> None:
        """Get ready, so that the first who wants something need not wait for that."""

    def judge(self, wanted: Collection[Wanted], seconds: float) -> bool:
        """Have agencies and reports judged; say whether all of it is done after so many seconds."""


class Here:
    """Judges in this process, however long it takes: for the command line."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def start(self) -> None:
        """Get ready: nothing to do."""

    def judge(self, wanted: Collection[Wanted], seconds: float) -> bool:  # noqa: ARG002
        """Have agencies and reports judged; True."""
        judge_all(self._library, wanted)
        return True


def judge_all(
    library: Library, wanted: Iterable[Wanted], watch: Watch = lambda _report_id: None
) -> None:
    """Judge agencies and single reports in this process, and keep what is said."""
    everything = list(wanted)
    judge_agencies(library, [item for item in everything if isinstance(item, str)], watch)
    for item in everything:
        if isinstance(item, int):
            judge_report(library, item, watch)


def serve(library: Library, asked: IO[str], told: IO[str]) -> None:
    """Answer line by line until the input ends: what `cli.py judge` does."""

    def tell(said: object) -> None:
        print(json.dumps(said), file=told, flush=True)

    tell({"ready": True})
    for line in asked:
        judge_all(library, json.loads(line), lambda report_id: tell({"at": report_id}))
        tell({"done": True})


class Beside:
    """Judges in a process beside this one, started when first needed; many threads may share it."""

    def __init__(self, library: Library, seconds: float = SECONDS, script: Path = _CLI) -> None:
        self._library = library
        self._seconds = seconds
        self._script = script
        self._changed = threading.Condition()
        self._urgent: list[Wanted] = []
        self._wanted: dict[Wanted, None] = {}
        """All that is still to be judged, what is being judged included."""
        self._thread: threading.Thread | None = None

    def judge(self, wanted: Collection[Wanted], seconds: float) -> bool:
        """Have agencies and reports judged; say whether all of it is done after so many seconds."""
        with self._changed:
            new = [item for item in wanted if item not in self._wanted]
            self._wanted |= dict.fromkeys(new)
            if len(new) <= AGENCIES_AT_ONCE:
                self._urgent += new
            self._start()
            self._changed.notify_all()
            return self._changed.wait_for(
                lambda: self._wanted.keys().isdisjoint(wanted), timeout=min(seconds, _LONGEST_WAIT)
            )

    def start(self) -> None:
        """Get ready: start the process, which takes a second or two to load what it needs."""
        with self._changed:
            self._start()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="judging", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        child: _Child | None = _Child(self._library, self._script, self._seconds)
        failures = 0
        while True:
            batch = self._next()
            child = child or _Child(self._library, self._script, self._seconds)
            try:
                child.answer(batch)
                failures = 0
            except _EndedError as ended:
                child = None
                if ended.report_id is not None:
                    self._give_up(ended.report_id, "time" if ended.too_long else "failed")
                    batch = [item for item in batch if item == ended.report_id]
                elif (failures := failures + 1) < FAILURES:
                    batch = []
                else:
                    _log.error("no process can be started that judges reports")
                    time.sleep(REST)
            with self._changed:
                for item in batch:
                    self._wanted.pop(item, None)
                self._changed.notify_all()

    def _next(self) -> list[Wanted]:
        """Return what is to be judged next, waiting for it: what somebody waits for comes first."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._wanted))
            urgent = [item for item in self._urgent if item in self._wanted]
            self._urgent = urgent[AGENCIES_AT_ONCE:]
            return (urgent or list(self._wanted))[:AGENCIES_AT_ONCE]

    def _give_up(self, report_id: int, why: Why) -> None:
        """Keep of a report that it could not be judged, so that nobody tries it again."""
        number = uuid4().hex[:8]
        _log.error("judging report %d ended the process (%s): %s", report_id, why, number)
        finding = not_judged(number, why)
        revision = self._library.revision
        said = Said((Judged(finding, "open"),), (finding,), Suspects())
        keep(self._library, {report_id: said}, revision)


class _EndedError(Exception):
    """The process has ended, or had to be; `report_id` is the report that it was at."""

    def __init__(self, report_id: int | None, *, too_long: bool) -> None:
        super().__init__(report_id)
        self.report_id = report_id
        self.too_long = too_long


class _Child:
    """A running `cli.py judge`."""

    def __init__(self, library: Library, script: Path, seconds: float) -> None:
        self._seconds = seconds
        self._process = subprocess.Popen(
            [sys.executable, str(script), "judge"],
            cwd=script.parent,
            # The address may hold a password, and everybody can read command lines.
            env={**os.environ, DATABASE: library.url, HOME: str(library.home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        self._ready = False
        threading.Thread(target=self._listen, name="judging-answers", daemon=True).start()

    def answer(self, wanted: Collection[Wanted]) -> None:
        """Have these judged; raises _EndedError where the process ends over it or takes too long."""
        at: int | None = None
        try:
            if not self._ready:
                self._ready = bool(self._told(STARTING)["ready"])
            self._ask(json.dumps(list(wanted)))
            while "at" in (said := self._told(self._seconds)):
                at = int(said["at"])
        except Empty:
            raise self._ended(at, too_long=True) from None
        except (OSError, ValueError, KeyError):
            raise self._ended(at, too_long=False) from None

    def _told(self, seconds: float) -> dict[str, Any]:
        """Return the next answer; raises Empty where there is none in so many seconds."""
        said: dict[str, Any] = json.loads(self._lines.get(timeout=seconds))
        return said

    def _ask(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")  # what no JSON is: there is nothing more to come

    def _ended(self, at: int | None, *, too_long: bool) -> _EndedError:
        self._process.kill()
        self._process.wait()
        return _EndedError(at, too_long=too_long)
