"""How the desk grows with the library: every page, a correction, a start, memory.

Run: python -m benchmarks.desk [--rounds N] [--sizes 100,1000,10000] [--kept]

Libraries are made (`benchmarks.libraries`: 5 % of the reports with errors, 20 % flagged) and judged
once. Then a process a size opens every page as Streamlit runs it, in turn with the other sizes, so
that a busy machine slows all alike. Printed are the processor seconds of a run of the page's script
(median over the rounds), beside the ratio to the smallest library and to a page that draws a fixed
chart and asks the library nothing; a decision until the page after it has run, the judging in
the other process included; pages by measures that nobody has asked for since the start (`anew`);
the first page after a start; and resident memory. `fresh` is the processor time of judging a
library of which nothing is kept, a report.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import IO, Any, Final, cast

from benchmarks.libraries import KEPT, SEED, make_library

SIZES: Final = (100, 1_000, 10_000)
ROUNDS: Final = 5
FIXED: Final = "fixed chart"
DECISION: Final = "decision"
ANEW: Final = " anew"
"""Behind a page whose measures nobody has asked for since the start."""
COMPARING: Final = ("compare", "trends", "outcomes", "disputes")
START: Final = "first page"
_FIXED_PAGE: Final = """
from functools import partial
import pandas as pd
import streamlit as st
from outputs.charts.bars import comparison_bars
from pages.frame.menu import current_page, show_menu
from pages.parts import appearance
from pages.parts.chart_frame import Download, chart_frame
page = current_page()
st.set_page_config(layout="wide")
appearance.dress()
with st.sidebar:
    show_menu(page)
lines = pd.DataFrame(
    {
        "agency": [f"甲市第{n}局" for n in range(30)],
        "year": 2024,
        "report_id": range(30),
        "value": range(30, 0, -1),
        "state": "number",
        "suspect": False,
        "open_errors": 0,
    }
)
chart_frame(partial(comparison_bars, lines, "件"), str, Download("甲", (2024,), lines.copy), "甲", "乙")
"""


# --- in the process of one size -------------------------------------------------------------------


def visit() -> None:
    """Answer, line by line, how many processor seconds a page takes: for `_Visitor`."""
    from streamlit.testing.v1 import AppTest

    from pages.parts import shelf
    from pages.parts.registry import FRAME, sections

    _keep_scripts()
    keys = [entry.key for part in sections() for entry in part.entries]
    apps: dict[str, Any] = {}

    def opened(name: str) -> float:
        if name == FIXED:
            app = apps.setdefault(name, AppTest.from_string(_FIXED_PAGE, default_timeout=600))
        else:
            from pages.parts.registry import entry

            # What is remembered of a selection is forgotten: visitors choose another one each time.
            shelf.now().forget()
            if name.endswith(ANEW):
                name = name.removesuffix(ANEW)
                shelf.now().measured.forget()
            app = apps.get(name)
            if app is None:
                app = apps[name] = AppTest.from_file(str(FRAME), default_timeout=600)
                app.switch_page(str(entry(cast(Any, name)).path))
        return _seconds(app.run)

    print(json.dumps(keys), flush=True)
    for line in sys.stdin:
        name = json.loads(line)
        told = _decide(opened) if name == DECISION else opened(name)
        print(json.dumps([told, _resident()]), flush=True)


def _keep_scripts() -> None:
    """Let the runs of pages share compiled scripts, as those of a server do: AppTest compiles anew."""
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache
    from streamlit.testing.v1 import app_test, local_script_runner

    kept = ScriptCache()
    for module in (app_test, local_script_runner):
        setattr(module, "ScriptCache", lambda: kept)  # noqa: B010 - mypy knows it as a class


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of this process and of those it has waited for."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    return time.process_time()


def _decide(opened: Callable[[str], float]) -> float:
    """Accept a finding, open the page of findings again, and take the word back."""
    from checks.states import basis
    from pages.parts import shelf

    state = shelf.desk().settled()
    report_id, found = next(
        (number, item.finding)
        for number, items in state.judged.items()
        for item in items
        if item.state == "open" and item.finding.is_error
    )
    log, report = shelf.library().log, shelf.library().report(report_id)
    started = time.perf_counter()
    entry = log.accept(report_id, found.key, basis(report, found), "备案口径", "checker")
    shelf.desk().settled()
    opened("findings")
    took = time.perf_counter() - started
    log.undo(entry.number, "checker")
    shelf.desk().settled()
    return took


def _resident() -> float:
    """Return the resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- in the process that compares -----------------------------------------------------------------


class _Visitor:
    """A process that opens the pages of one library."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.desk", "--visit"],
            env={**os.environ, "DISCLOSURE_DESK_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.keys: list[str] = json.loads(self._line())

    def opened(self, name: str) -> tuple[float, float]:
        """Return the seconds that a page took, and the resident memory after it in MB."""
        stdin = cast(IO[str], self._process.stdin)
        stdin.write(json.dumps(name) + "\n")
        stdin.flush()
        seconds, memory = json.loads(self._line())
        return seconds, memory

    def end(self) -> None:
        """Let the process end."""
        cast(IO[str], self._process.stdin).close()
        self._process.wait()

    def _line(self) -> str:
        return cast(IO[str], self._process.stdout).readline()


def measured(
    homes: Sequence[Path], rounds: int
) -> tuple[list[str], dict[str, list[list[float]]], list[list[float]]]:
    """Return the names measured, seconds by name and size over the rounds, and memory by size."""
    visitors = [_Visitor(home) for home in homes]
    anew = [key + ANEW for key in COMPARING]
    names = [FIXED, *visitors[0].keys, DECISION, *anew]
    seconds: dict[str, list[list[float]]] = {name: [[] for _ in homes] for name in (START, *names)}
    memory: list[list[float]] = [[] for _ in homes]
    for size, visitor in enumerate(visitors):
        seconds[START][size].append(visitor.opened("overview")[0])
    for turn in range(rounds + 1):
        for name in names:
            for size, visitor in enumerate(visitors):
                took, resident = visitor.opened(name)
                memory[size].append(resident)
                if turn:  # the first opens it: what follows is what visitors meet
                    seconds[name][size].append(took)
        for name in ("overview", *COMPARING):  # what has been forgotten is there for the next turn
            for visitor in visitors:
                visitor.opened(name)
    for visitor in visitors:
        visitor.end()
    return [START, *names], seconds, memory


def judged_fresh(home: Path) -> float:
    """Return the processor seconds a report of judging a library of which nothing is kept."""
    from desk.desk import Desk
    from library.store import Library

    with Library(home=home) as library:
        with library.writing() as connection:
            connection.exec_driver_sql("DELETE FROM derived")
        started = time.process_time()
        judged = Desk(library).settled().judged
        return (time.process_time() - started) / len(judged)


def lines(
    sizes: Sequence[int],
    names: Sequence[str],
    seconds: dict[str, list[list[float]]],
    memory: list[list[float]],
) -> Iterator[str]:
    """Yield the table, a line a page: seconds by size, then the largest against the smallest."""
    yield " ".join(
        [f"{'':14}", *(f"{size:>8}" for size in sizes), "  large/small", "  large/fixed"]
    )
    fixed = median(seconds[FIXED][-1])
    for name in names:
        middle = [median(of_size) for of_size in seconds[name]]
        ratios = f"{middle[-1] / middle[0]:13.2f} {middle[-1] / fixed:13.2f}"
        yield " ".join([f"{name:14}", *(f"{each:8.3f}" for each in middle), ratios])
    most = [max(of_size) for of_size in memory]
    yield " ".join(
        [f"{'memory, MB':14}", *(f"{each:8.0f}" for each in most), f"{most[-1] / most[0]:13.2f}"]
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--kept", action="store_true", help="do not judge the libraries afresh")
    parser.add_argument("--visit", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.visit:
        visit()
        return
    sizes = [int(size) for size in asked.sizes.split(",")]
    homes = [KEPT / f"judged-{size}-{SEED}" for size in sizes]
    for size, home in zip(sizes, homes, strict=True):
        if not home.exists():
            make_library(home, size).close()
        if not asked.kept:
            print(f"fresh: {1000 * judged_fresh(home):.1f} ms a report of {size}", flush=True)
    for line in lines(sizes, *measured(homes, asked.rounds)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
