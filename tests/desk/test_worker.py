"""Judging beside the server: it is done, and whatever a report does to it costs that report."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest

from desk.desk import Desk
from desk.worker import Beside
from library.store import Library
from tests.desk.season import AGENCIES, imported, judged_plainly, slipped

LONG = 120.0
"""Seconds after which a test gives up; nothing waits for them where all is well."""


@pytest.fixture
def reports(library: Library) -> list[int]:
    random = Random(7)
    return [
        imported(library, slipped(random, name, 2023), data=name.encode())[0] for name in AGENCIES
    ]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A stand-in for cli.py: reads lines, and does what the test writes into it."""
    return tmp_path / "cli.py"


def write(script: Path, body: str) -> None:
    head = "import json, os, sys, time\nsys.path.insert(0, os.environ['PROJECT'])\n"
    script.write_text(head + dedent(body), encoding="utf-8")


def test_a_process_of_its_own_judges(library: Library, reports: list[int]) -> None:
    desk = Desk(library, Beside(library))
    assert desk.now(LONG).judged.keys() == {*reports}
    assert desk.now(LONG).judged == judged_plainly(library)


def test_nobody_waits_longer_than_he_wants_to(
    library: Library, reports: list[int], script: Path
) -> None:
    write(script, "time.sleep(3600)")
    state = Desk(library, Beside(library, script=script)).now(0.1)
    assert state.pending == set(reports)
    assert state.judged == {}


HANGS = """
    from desk.worker import judge_all
    from library.store import Library

    with Library() as library:
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            def watch(number):
                print(json.dumps({"at": number}), flush=True)
                if number == int(os.environ["BAD"]):
                    {what}
            judge_all(library, json.loads(line), watch)
            print(json.dumps({"done": True}), flush=True)
"""


@pytest.mark.parametrize(("what", "words"), [("time.sleep(3600)", "超过"), ("os._exit(9)", "出错")])
def test_a_report_that_ends_the_process_costs_itself(
    library: Library,
    reports: list[int],
    script: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    words: str,
) -> None:
    bad = reports[1]
    monkeypatch.setenv("BAD", str(bad))
    monkeypatch.setenv("PROJECT", str(Path(__file__).resolve().parents[2]))
    write(script, HANGS.replace("{what}", what))
    state = Desk(library, Beside(library, 3.0, script)).now(LONG)
    plain = judged_plainly(library)
    (only,) = state.judged[bad]
    assert (only.finding.rule, only.state) == ("not_judged", "open")
    assert words in only.finding.message
    for number in (reports[0], reports[2]):
        assert state.judged[number] == plain[number]


def test_a_process_that_cannot_be_started_holds_nobody(
    library: Library, reports: list[int], script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.worker.REST", 0.0)
    write(script, "sys.exit(1)")
    state = Desk(library, Beside(library, script=script)).now(LONG)
    assert state.pending == set(reports)


def test_it_ends_with_whoever_started_it(library: Library, tmp_path: Path) -> None:
    starter = tmp_path / "starter.py"
    starter.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r})\n"
        "from desk.worker import SECONDS, _CLI, _Child\n"
        "from library.store import Library\n"
        f"child = _Child(Library({library.url!r}), _CLI, SECONDS)\n"
        "child.answer([])\n"
        "print(child._process.pid, flush=True)\n"
        "os._exit(0)\n",
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, str(starter)], capture_output=True, text=True, check=True
    )
    pid = int(told.stdout)
    until = time.monotonic() + LONG
    while _is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_command_answers_line_by_line(library: Library, reports: list[int]) -> None:
    root = Path(__file__).resolve().parents[2]
    asked = json.dumps([AGENCIES[0], reports[1]]) + "\n" + json.dumps([]) + "\n"
    done = subprocess.run(
        [sys.executable, str(root / "cli.py"), "judge"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DATABASE_URL": library.url, "DISCLOSURE_DESK_HOME": str(library.home)},
    )
    ready, *answers = (json.loads(line) for line in done.stdout.splitlines())
    assert ready == {"ready": True}
    assert [answer for answer in answers if "done" in answer] == [{"done": True}] * 2
    assert {answer["at"] for answer in answers if "at" in answer} == {reports[0], reports[1]}
