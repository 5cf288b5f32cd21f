"""The whole app in a real browser: a fresh page for every test, on a server of its own (``server``).

Chromium is the one that is installed. Without one these tests are skipped with a sentence;
``REQUIRE_BROWSER=1`` makes that a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.serving import HERE
from tests.waiting import SHOWN

# What is expected of a page may come late; only what hangs for good is to fail.
expect.set_options(timeout=1000 * SHOWN)
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = "[data-testid=stMain] [data-testid=stElementContainer]"

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
    fresh.set_default_timeout(1000 * SHOWN)
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

    def wait(page: Page) -> Page:
        # Just after a click the page still says that it is at rest: the server has not yet answered.
        # On a busy computer this may not be long enough, so what is looked for is waited for as well.
        page.wait_for_timeout(200)
        # A page that was just opened says so too, until its script begins to draw.
        page.locator(DRAWN).first.wait_for(state="attached")
        page.locator(SETTLED).wait_for()
        return page

    return wait
