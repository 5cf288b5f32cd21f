"""The whole app in a real browser: a server of its own for every test that asks, and a fresh page.

Chromium is the one that is installed. Without one these tests are skipped with a sentence;
``REQUIRE_BROWSER=1`` makes that a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HERE = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The last four keep the browser itself from calling home, which would be counted as the app's doing.
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


# --- the server ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A running app; ``log`` is what it has printed."""

    url: str
    home: Path
    log_file: Path

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
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.read().strip() == b"ok")
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_until_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_healthy(server.url):
        if process.poll() is not None:
            pytest.fail(f"The app ended with code {process.returncode}:\n{server.log}")
        if time.monotonic() > deadline:
            pytest.fail(f"The app was not ready after {SECONDS_TO_START} s:\n{server.log}")
        time.sleep(0.1)


@contextmanager
def running_app(home: Path, log_file: Path, script: Path, **settings: str) -> Iterator[Server]:
    """``streamlit run script`` on a free port with its own data folder; ``settings`` join its environment."""
    port = free_port()
    server = Server(f"http://{HERE}:{port}", home, log_file)
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", f"--server.address={HERE}", "--server.headless=true"]
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=script.parent,
            env={**os.environ, "DISCLOSURE_DESK_HOME": str(home), **settings},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StartServer]:
    """``server(home=folder, script=app.py, NAME="value" …)`` starts an app and gives its ``Server``.

    The data folder is empty unless ``home`` names one. All servers end with the test.
    """
    started: list[Server] = []
    with ExitStack() as stack:

        def start(
            home: Path | None = None, script: Path = ROOT / "app.py", **settings: str
        ) -> Server:
            number = len(started)
            home = home or tmp_path / f"home-{number}"
            home.mkdir(parents=True, exist_ok=True)
            app = running_app(home, tmp_path / f"server-{number}.log", script, **settings)
            started.append(stack.enter_context(app))
            return started[-1]

        yield start


# --- the browser --------------------------------------------------------------------------------


@dataclass
class Traffic:
    """What a page asked for and what went wrong in it."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note_request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != HERE:
            self.outside.append(url)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", lambda socket: self.note_request(socket.url))


def installed_browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sentence = f"No Chromium is installed (looked for {', '.join(BROWSERS)})."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    executable = installed_browser()
    driver: Playwright = request.getfixturevalue("playwright")
    chromium = driver.chromium.launch(executable_path=executable, args=list(BROWSER_ARGUMENTS))
    yield chromium
    chromium.close()


@pytest.fixture
def traffic() -> Traffic:
    """``traffic.outside`` lists the requests of this test's pages that left this machine: assert it is []."""
    return Traffic()


@pytest.fixture
def context(browser: Browser, traffic: Traffic) -> Iterator[BrowserContext]:
    """A fresh profile, Chinese, 1360×900; every page opened in it is watched."""
    fresh = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1360, "height": 900},
        accept_downloads=True,
    )
    fresh.on("page", traffic.watch)
    fresh.on("request", lambda request: traffic.note_request(request.url))
    yield fresh
    fresh.close()
    assert not traffic.errors, "Errors in the page:\n" + "\n".join(traffic.errors)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def settled() -> Callable[[Page], Page]:
    """``settled(page)`` waits until the app has run to its end and gives the page back."""

    def wait(page: Page, seconds: float = 30) -> Page:
        # Just after a click the page still says that it is at rest: the server has not yet answered.
        page.wait_for_timeout(200)
        page.locator(SETTLED).wait_for(timeout=seconds * 1000)
        return page

    return wait
