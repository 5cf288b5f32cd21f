"""Pages and the command line say the same of a library, whatever happened to it."""

import json
import os
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app
from desk.desk import Desk
from desk.worker import Beside
from library.store import Library
from tests.desk.season import AGENCIES, YEARS, befall, happen, imported, slipped

SEQUENCES = 300 if os.environ.get("FULL") else 3
STEPS = 12
LOOKS = 0.5
"""How often somebody looks at a page between two steps."""
LONG = 3600.0
"""Seconds after which a test gives up: a busy machine makes no report one that cannot be judged."""
JUDGING = """
import os, sys
sys.path.insert(0, os.environ["PROJECT"])
import checks.unjudged
from desk.worker import serve
from library.store import Library

checks.unjudged.SECONDS = {seconds}
with Library() as library:
    serve(library, sys.stdin, sys.stdout)
"""
"""What `cli.py judge` does, without its limit of time."""


@pytest.fixture
def judge(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Beside:
    """A process beside this one that judges, as the app has it."""
    monkeypatch.setenv("PROJECT", str(Path(__file__).parents[2]))
    monkeypatch.setattr("desk.worker.STARTING", LONG)
    script = tmp_path / "cli.py"
    script.write_text(JUDGING.format(seconds=LONG), encoding="utf-8")
    return Beside(library, LONG, script)


def on_pages(desk: Desk) -> list[dict[str, Any]]:
    """What pages show: judged beside the server, brought up to date from what they showed before."""
    state = desk.now(LONG)
    assert not state.pending
    who: dict[Any, dict[Any, Any]] = state.counted[["agency", "year"]].to_dict("index")
    found = [
        {**who[number], **item.to_json()}
        for number, items in state.judged.items()
        for item in items
    ]
    told: list[dict[str, Any]] = json.loads(json.dumps(found))
    return told


def on_the_command_line(library: Library) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["check", "--library", library.url, "--json"])
    told: list[dict[str, Any]] = json.loads(result.stdout)
    return told


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_both_faces_say_the_same(library: Library, judge: Beside, number: int) -> None:
    seed = int(os.environ.get("SEED", Random().randrange(10**9)))
    random, desk = Random(seed), Desk(library, judge)
    told = [f"seed {seed}, sequence {number}"]
    for name, year in product(AGENCIES, YEARS[:2]):
        imported(library, slipped(random, name, year), data=f"{name} {year}".encode())
    for step in range(STEPS):
        told.append(random.choice((happen, befall))(library, random, step))
        if random.random() < LOOKS:
            desk.now(random.choice((0, LONG)))
    shown = on_pages(desk)
    # Who asks first keeps what was judged; without it the command line judges all by itself.
    with library.writing() as connection:
        connection.exec_driver_sql("DELETE FROM derived")
    assert on_the_command_line(library) == shown, told
    # And the other way round: pages that find what the command line kept.
    assert on_pages(Desk(library, judge)) == shown, told
