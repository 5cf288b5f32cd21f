"""Random PDF tables without vertical lines: no number is read where it is not printed."""

from __future__ import annotations

import os
from random import SystemRandom

import pytest

from benchmarks.unruled import main


def test_no_number_is_read_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    seed = os.environ.get("SEED", str(SystemRandom().randrange(2**32)))
    arguments = ["--seed", seed, "--each", "4", "--makers", "reportlab", "--examples", "10"]
    wrong = main(arguments)
    assert not wrong, capsys.readouterr().out
