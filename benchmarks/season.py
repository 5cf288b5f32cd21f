"""Processor time that the season of a year takes, and its page to run, with so many organs.

Run: python -m benchmarks.season [organs] [FOLDER]   (the folder keeps the library, to look at it)

Every organ but one in `ABSENT_EVERY` has a report on 2025, with the errors that `libraries` plants;
of some a receipt or a publication was noted. `first` is after a change of
one organ, with everything else known: what a click costs; `again` what every further run costs.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks.libraries import agencies, made_reports, printed
from desk.desk import Desk
from desk.season import NUMBERS, season
from library.originals import sha256
from library.roster import RowChange
from library.saving import Incoming, Reading, save_files
from library.store import HOME, Library

YEAR: Final = 2025
TODAY: Final = date(2026, 1, 23)
ABSENT_EVERY: Final = 20
_YEARS: Final = 7
_AT_ONCE: Final = 500
_ROUNDS: Final = 5
_GROUPS: Final = ("部门", "县区", "乡镇街道")


def make(library: Library, organs: int) -> None:
    """Fill a library with a year of so many organs, and put these on its roster."""
    names = [name for name, _number in zip(agencies(), range(organs), strict=False)]
    library.roster.put(
        [
            RowChange(name, {"due_from": YEAR, "group": _GROUPS[number % len(_GROUPS)]})
            for number, name in enumerate(names)
        ],
        "benchmark",
    )
    present = {name for number, name in enumerate(names) if number % ABSENT_EVERY}
    waiting: list[Incoming] = []
    for report in made_reports(organs * _YEARS):
        if report.year == YEAR and report.agency in present:
            data = printed(report)
            name = f"{report.agency}{report.year}年报.txt"
            waiting.append(Incoming(name, data, Reading("txt", (report,)), sha256(data)))
        if len(waiting) == _AT_ONCE:
            _keep(library, waiting)
    _keep(library, waiting)
    library.season.receive(names[1::7], YEAR, TODAY, "mail", "benchmark")
    for name in names[3::11]:
        library.season.publish(name, YEAR, TODAY, "https://example.cn/", "benchmark")


def _keep(library: Library, waiting: list[Incoming]) -> None:
    with library.keeping() as (connection, held):
        save_files(connection, held, waiting)
    waiting.clear()


def measured(library: Library, desk: Desk, names: list[str]) -> Iterator[tuple[str, float]]:
    """Yield what takes how many seconds of processor."""
    number = count()

    def changed() -> None:
        name = names[next(number) % len(names)]
        library.season.receive([name], YEAR, TODAY, "paper", "benchmark")

    def first() -> None:
        season(library, desk.now(), YEAR, TODAY)

    yield "first", _median(first, changed)
    found = season(library, desk.now(), YEAR, TODAY)
    yield "again", _median(lambda: [found.count(each) for each in NUMBERS], lambda: None)


def _median(work: Callable[[], object], before: Callable[[], object]) -> float:
    taken = []
    for _round in range(_ROUNDS):
        before()
        start = process_time()
        work()
        taken.append(process_time() - start)
    return statistics.median(taken)


def page_run(home: Path) -> float:
    """Return the seconds of processor that the page's script takes once it has run."""
    from streamlit.testing.v1 import AppTest

    from pages.parts.registry import FRAME

    os.environ[HOME] = str(home)
    app = AppTest.from_file(str(FRAME), default_timeout=600).run()
    taken = []
    for _round in range(_ROUNDS):
        start = process_time()
        app.run()
        taken.append(process_time() - start)
    return statistics.median(taken)


def main(organs: int, home: Path) -> None:
    """Print a line each; a library that lies in `home` already is taken as it is."""
    with Library(home=home) as library:
        if not library.roster.now():
            make(library, organs)
        desk = Desk(library)
        desk.settled()
        names = list(library.roster.now().members())
        for what, seconds in measured(library, desk, names):
            print(f"{what:<8} {1000 * seconds:8.1f} ms   {len(names)} organs")
    print(f"{'page':<8} {1000 * page_run(home):8.1f} ms")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 3000,
        Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()),
    )
