"""The app as a server of its own, started as the documents say, on a free port of this computer."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sources import ROOT
from tests.waiting import HANGS, until

HERE = "127.0.0.1"
SECONDS_TO_STOP = 30
APP = ROOT / "app.py"


QUIET = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
"""What a script of one's own needs, lest Streamlit itself ask outside."""


@dataclass(frozen=True)
class Server:
    """A running app; ``log`` is what it has printed."""

    url: str
    home: Path
    log_file: Path
    pid: int

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")


StartServer = Callable[..., Server]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def is_healthy(url: str) -> bool:
    # Other addresses under _stcore answer 200 with the app's page: only the body "ok" counts.
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=HANGS) as answer:
            return bool(answer.read().strip() == b"ok")
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_until_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    until(lambda: process.poll() is not None or is_healthy(server.url))
    if process.poll() is not None:
        pytest.fail(f"The app ended with code {process.returncode}:\n{server.log}")


@contextmanager
def running_app(
    home: Path, log_file: Path, script: Path, options: Sequence[str] = (), **settings: str
) -> Iterator[Server]:
    """``streamlit run script`` on a free port with its own data folder; ``settings`` join its environment."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", "--server.headless=true", *options]
    if script != APP:  # which has its own settings beside it
        command += [f"--server.address={HERE}"]
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=script.parent,
            env={**os.environ, "DISCLOSURE_DESK_HOME": str(home), **settings},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://{HERE}:{port}", home, log_file, process.pid)
        try:
            wait_until_healthy(process, server)
            yield server
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
