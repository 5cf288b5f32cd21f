"""Whether judging one visitor's report holds another visitor up.

Run: python -m benchmarks.visitors [--runs N] [--burn SECONDS]

One visitor opens 勾稽问题 on a library of which nothing is judged yet and that holds reports whose
prose takes long to read (so many seconds of plain computing each); another changes 机构比较 meanwhile.
Both are sessions of one server process, as Streamlit runs them. Printed are the other visitor's
seconds a change, alone and while judging goes on, and the ratio of their 95th percentiles: at most
1.5 is what is wanted. The control judges in the server itself, and has to be far above that.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.libraries import made_reports, make_library
from checks.prose import ProseFacts, prose_facts
from form.report import Report
from library.importing import import_file
from library.saving import Reading

RUNS: Final = 40
BURN: Final = 8.0
SLOW: Final = "慢县"
"""What the agencies are called whose reports take long."""
SLOW_REPORTS: Final = 6
WANTED: Final = 1.5
_ROOT: Final = Path(__file__).resolve().parents[1]
_CHILD: Final = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.visitors import slowed
import desk.judging
desk.judging.prose_facts = slowed({burn})
import cli
cli.app()
"""


def slowed(seconds: float) -> Callable[[Report], ProseFacts]:
    """Return `prose_facts`, which computes for so many seconds over each report of some agencies."""

    def read(report: Report) -> ProseFacts:
        end = time.monotonic() + (seconds if (report.agency or "").startswith(SLOW) else 0)
        while time.monotonic() < end:
            sum(range(1_000))
        return prose_facts(report)

    return read


def visits(runs: int, burn: float, where: str, folder: Path) -> None:
    """Print the seconds of both visitors; `where` is beside or server: in a process of its own."""
    from streamlit.testing.v1 import AppTest

    import desk.judging
    from desk.worker import Beside, Here
    from pages.parts import shelf
    from pages.parts.registry import FRAME, entry

    script = folder / "cli.py"
    script.write_text(_CHILD.format(root=str(_ROOT), burn=burn), encoding="utf-8")
    setattr(desk.judging, "prose_facts", slowed(burn))  # noqa: B010
    judge = partial(Beside, script=script) if where == "beside" else Here
    setattr(shelf, "Beside", judge)  # noqa: B010  what the app judges with

    def visitor(key: Any) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=600)
        app.switch_page(str(entry(key).path))
        return app

    comparing = visitor("compare")
    comparing.run()  # judged, but for the report that comes now
    alone = [_change(comparing, turn) for turn in range(runs)]
    slow = slow_reports()
    import_file(shelf.library(), "慢.txt", b"slow", read=lambda *_: slow)
    opening = threading.Thread(target=visitor("findings").run)
    opening.start()
    # Only what is asked for while judging goes on: in the server that is one change, and a long one.
    meanwhile = [_change(comparing, 0)]
    while shelf.desk().now(0).pending:
        meanwhile.append(_change(comparing, len(meanwhile)))
    opening.join()
    ratio = _p95(meanwhile) / _p95(alone)
    print(
        f"{where:8} alone {_p95(alone):.3f} s, meanwhile {_p95(meanwhile):.3f} s of"
        f" {len(meanwhile)} (worst {max(meanwhile):.3f}), p95 ratio {ratio:.2f}",
        flush=True,
    )


def slow_reports() -> Reading:
    """Return what a reader makes of a file of slow reports."""
    plain = next(made_reports(1))
    return Reading("txt", tuple(replace(plain, agency=f"{SLOW}{n}局") for n in range(SLOW_REPORTS)))


def _change(app: Any, turn: int) -> float:
    """Have another measure drawn, and return the seconds until it is."""
    from pages.parts import shelf

    box = next(item for item in app.selectbox if item.key == "measure")
    # Whoever has to wait for the library waits in here, too.
    started = time.perf_counter()
    shelf.now().forget()
    box.set_value(box.options[turn % len(box.options)]).run()
    return time.perf_counter() - started


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(0.95 * (len(seconds) - 1))]


def main() -> None:
    """Print what is measured, and the control."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--burn", type=float, default=BURN)
    parser.add_argument("--where", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.where:
        home = Path(os.environ["DISCLOSURE_DESK_HOME"])
        visits(asked.runs, asked.burn, asked.where, home)
        return
    for where in ("beside", "server"):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            make_library(home, 100).close()
            subprocess.run(
                [
                    *(sys.executable, "-m", "benchmarks.visitors", "--where", where),
                    *(f"--runs={asked.runs}", f"--burn={asked.burn}"),
                ],
                env={**os.environ, "DISCLOSURE_DESK_HOME": str(home)},
                check=True,
                stderr=subprocess.DEVNULL,
            )


if __name__ == "__main__":
    main()
