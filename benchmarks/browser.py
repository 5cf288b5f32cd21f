"""How long pages take in a browser until they have settled, with many reports beside a few.

Run: python -m benchmarks.browser [--small 5] [--large 500] [--runs 7] [--themes light dark]

Starts the app on made libraries (`benchmarks.libraries`) of both sizes, everything in them judged,
and an installed Chromium. Each page is *opened* by its address and *turned to* from the menu, in
turns for both libraries, after each has been opened once. It has settled when Streamlit does not
run, nothing is being fetched, and for 300 ms nothing in the document has changed and no frame was
late: counted is the time until then, without those 300 ms. The ratio is that of the medians, in
brackets the middle half of the pairs; a control page, which is the same for both libraries, says
what the machine adds. *nodes* are the parts that charts are drawn of. Returns 1 if a page misses
the aim.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from typing import Final

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.libraries import SEED, make_library
from desk.desk import Desk
from tests.browser.conftest import BROWSER_ARGUMENTS, SETTLED, installed_browser
from tests.serving import Server, running_app
from tests.sources import ROOT

AIM: Final = 2.0
"""Times that a page may take with many reports as long as with a few."""
CONTROL: Final = "upload"
PAGES: Final = (CONTROL, "compare", "trends", "outcomes", "disputes")
_CHARTS: Final = ".js-plotly-plot svg.main-svg *"
_QUIET_MS: Final = 300
_LATE_MS: Final = 60
_LOOK_MS: Final = 20
_SECONDS: Final = 60
_WATCH: Final = f"""
(() => {{
  const watched = window.watched = {{ changed: 0 }};
  new MutationObserver(() => {{ watched.changed = performance.now(); }}).observe(
    document, {{ subtree: true, childList: true, attributes: true, characterData: true }});
  let before = performance.now();
  const frame = () => {{
    const now = performance.now();
    if (now - before > {_LATE_MS}) watched.changed = now;
    before = now;
    requestAnimationFrame(frame);
  }};
  requestAnimationFrame(frame);
}})();
"""
# The menu marks a page when the app has answered: until then the page before looks settled.
_SETTLED: Final = f"""
(key) => {{
  const still = performance.now() - window.watched.changed > {_QUIET_MS};
  const here = document.querySelector(`.st-key-menu-current a[href$="${{key}}"]`);
  return still && here && document.querySelector({SETTLED!r}) ? window.watched.changed : null;
}}
"""
_TURN: Final = """
(key) => {
  const link = document.querySelector(`.st-key-menu a[href$="${key}"]`);
  const now = performance.now();
  link.click();
  return now;
}
"""


class NotSettledError(Exception):
    """A page that never came to rest, or drew no chart, so that its time would say nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One page, opened or turned to: milliseconds with a few and with many reports, in pairs."""

    page: str
    way: str
    small: tuple[float, ...]
    large: tuple[float, ...]
    nodes: tuple[int, int]

    @property
    def ratio(self) -> float:
        """The large library's median as so many times the small one's."""
        return median(self.large) / median(self.small)

    @property
    def met(self) -> bool:
        """Say whether the page keeps to the aim; the control has none."""
        return self.page == CONTROL or self.ratio <= AIM

    def line(self) -> str:
        """Return the line of the table."""
        ratios = [large / small for small, large in zip(self.small, self.large, strict=True)]
        low, _middle, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
        return (
            f"{self.page:<10} {self.way:<10} {median(self.small):>7.0f} {median(self.large):>7.0f}"
            f"  {self.ratio:>5.2f} ({low:.2f}–{high:.2f})"
            f" {self.nodes[0]:>6} {self.nodes[1]:>6}  {'' if self.met else 'missed'}"
        ).rstrip()


class Visitor:
    """A page of a browser at one app, and what it is fetching."""

    def __init__(self, browser: Browser, server: Server, theme: str) -> None:
        context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1360, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
        )
        context.add_init_script(_WATCH)
        self._server = server
        self._page: Page = context.new_page()
        self._fetching: set[Request] = set()
        self._page.on("request", self._begun)
        self._page.on("requestfinished", self._ended)
        self._page.on("requestfailed", self._ended)

    def _begun(self, request: Request) -> None:
        self._fetching.add(request)

    def _ended(self, request: Request) -> None:
        self._fetching.discard(request)

    def open(self, key: str) -> float:
        """Open a page by its address; return the milliseconds until it had settled."""
        self._fetching.clear()
        self._page.goto(f"{self._server.url}/{key}", wait_until="commit")
        return self._settled(key)

    def turn_to(self, key: str) -> float:
        """Turn to a page from the control, by the menu; return the milliseconds as `open` does."""
        if key == CONTROL:
            self.open(PAGES[1])
        else:
            self.open(CONTROL)
        start: float = self._page.evaluate(_TURN, key)
        return self._settled(key) - start

    def nodes(self) -> int:
        """Return how many parts the charts on the page are drawn of."""
        return self._page.locator(_CHARTS).count()

    def _settled(self, key: str) -> float:
        end = monotonic() + _SECONDS
        while monotonic() < end:
            self._page.wait_for_timeout(_LOOK_MS)
            changed = None if self._fetching else self._page.evaluate(_SETTLED, key)
            if changed is not None and (key == CONTROL or self.nodes()):
                return float(changed)
        raise NotSettledError(key)


@contextmanager
def app(home: Path, reports: int) -> Iterator[Server]:
    """Start the app on a made library in which everything is judged."""
    with make_library(home, reports) as library:
        Desk(library).settled()
    with running_app(home, home / "server.log", ROOT / "app.py") as server:
        yield server


def figures(small: Visitor, large: Visitor, runs: int) -> Iterator[Figure]:
    """Open and turn to every page so many times, in turns."""
    for key in PAGES:
        nodes = []
        for visitor in (small, large):
            visitor.open(key)
            nodes.append(visitor.nodes())
        for way, go in (("opened", Visitor.open), ("turned to", Visitor.turn_to)):
            pairs = [(go(small, key), go(large, key)) for _run in range(runs)]
            few, many = zip(*pairs, strict=True)
            yield Figure(key, way, few, many, (nodes[0], nodes[1]))


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 if an aim was missed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.browser")
    parser.add_argument("--small", type=int, default=5, help="reports in the small library")
    parser.add_argument("--large", type=int, default=500, help="reports in the large one")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--themes", nargs="*", choices=("light", "dark"), default=("light", "dark"))
    options = parser.parse_args(arguments)
    done = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sizes = {"small": options.small, "large": options.large}
        servers = [stack.enter_context(app(folder / name, size)) for name, size in sizes.items()]
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(
            executable_path=installed_browser(), args=list(BROWSER_ARGUMENTS)
        )
        for theme in options.themes:
            print(f"\nseed {SEED}, {theme}: ms with {options.small} and {options.large} reports")
            print(f"{'page':<10} {'':<10} {'small':>7} {'large':>7}  ratio {'nodes':>20}")
            few, many = (Visitor(browser, server, theme) for server in servers)
            for figure in figures(few, many, options.runs):
                print(figure.line(), flush=True)
                done.append(figure)
        browser.close()
    return int(not all(figure.met for figure in done))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
