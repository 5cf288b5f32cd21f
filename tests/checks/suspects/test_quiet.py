"""Nothing that a compiled library prints gets into a command's answer."""

import os
import subprocess
import sys

import pytest

from tests.sources import ROOT

PROGRAM = """
import ctypes
from checks.suspects.quiet import hush_c_stdout
library = ctypes.CDLL(None)
{before}
library.printf(b"mended\\n")
library.fflush(None)
print("answer")
"""


def answer(before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before=before)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(os.name != "posix", reason="this system has no such stream")
def test_what_c_prints_goes_nowhere_and_what_python_prints_goes_on() -> None:
    assert answer("hush_c_stdout(); hush_c_stdout()") == "answer\n"
    assert "mended" in answer("")
