"""Whatever a report, a file or a person is called, on every page it is text and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page

from tests.browser.conftest import Traffic
from tests.payloads import PAYLOADS, hostile_library
from tests.serving import QUIET

Settled = Callable[[Page], Page]

# What came alive of a text: an element, an attribute or an address that no page of ours has.
ALIVE = r"""() => {
    const found = window.pwned_calls ? ["pwned"] : [];
    const mark = /§\d\d/;
    const own = location.origin + "/";
    const spoken = /^(title|alt|value|placeholder|aria-\w+|data-\w[\w-]*|id|key|content)$/;
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (/^on/i.test(name)) found.push(`${element.tagName} ${name}=${value}`);
            if (!spoken.test(name) && /^\s*(javascript|data:text|vbscript):/i.test(value))
                found.push(`${element.tagName} ${name}=${value}`);
        }
        for (const at of [element.href, element.src, element.action, element.data]) {
            const address = at && at.baseVal !== undefined ? at.baseVal : at;
            if (typeof address === "string" && address && !/^(blob:|data:image\/|#)/.test(address)
                && !new URL(address, location).href.startsWith(own))
                found.push(`${element.tagName} to ${address}`);
        }
        const around = element.parentElement && element.parentElement.textContent;
        const marked = around && around.length < 600 && mark.test(around);
        if (marked && element.matches("strong, em, del, code, s, sub, sup, h1 *, blockquote, hr, .katex, mark, iframe, object, math, video, details[ontoggle], form"))
            found.push(`${element.tagName}: ${around.slice(0, 80)}`);
    }
    return found;
}"""

# What a person can read on the page, with the texts of lists that are drawn on demand left out.
READ = "() => document.body.innerText + [...document.querySelectorAll('[title]')].map(e => e.title)"

PAGES: dict[str, dict[str, str]] = {
    "": {},
    "upload": {},
    "report": {"agency": PAYLOADS[0], "year": "2023"},
    "typing": {},
    "library": {},
    "compare": {"view": "表"},
    "trends": {"view": "表"},
    "outcomes": {"view": "表"},
    "disputes": {"view": "表"},
    "findings": {},
    "matrix": {},
    "rules": {},
    "rollup": {"part": "organs"},
    "export": {},
}
DRAWN = ("compare", "trends", "outcomes", "disputes")
TABS = ("二 主动公开", "四 复议、诉讼", "正文", "修改记录", "原始文件")
QUIET_PAGES = {"upload", "typing", "rules"}
"""Pages that name no agency before something is chosen."""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile")
    hostile_library(home)
    return home


def addresses() -> Iterator[tuple[str, dict[str, str]]]:
    yield from PAGES.items()
    for key in DRAWN:
        yield key, {}
    for tab in TABS:
        yield "report", {"agency": PAYLOADS[1], "tab": tab}
    yield "report", {"agency": PAYLOADS[2], "edit": "true"}
    yield "rollup", {"part": "sent"}
    yield "rollup", {"cell": "applications.new_received.total", "parent": PAYLOADS[3]}
    for number in (5, 30, 31, 50):
        yield "trends", {"agencies": PAYLOADS[number]}
        yield "findings", {"find": PAYLOADS[number]}


def planted_addresses() -> Iterator[tuple[str, dict[str, str]]]:
    """What an address brings along is no more to be trusted than a report."""
    for key in PAGES:
        names = ("agency", "agencies", "find", "measure", "year", "kind", "view", "job", "tab")
        names += ("covers", "parent", "edition", "part", "cell", "difference")
        yield key, dict.fromkeys(names, PAYLOADS[2])


@dataclass
class Watch:
    """Goes from page to page and keeps what came alive on them."""

    page: Page
    traffic: Traffic
    settled: Settled
    heard: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.page.add_init_script("window.pwned = () => { window.pwned_calls = 1 }")
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(dialog.message)
        dialog.dismiss()

    def _console(self, said: ConsoleMessage) -> None:
        if "Security Policy" in said.text:
            self.heard.append(said.text)

    def look(self, url: str, key: str, selection: dict[str, str]) -> None:
        self.page.goto(f"{url}/{key}?{urlencode(selection)}")
        self.settled(self.page)
        found = [*self.page.evaluate(ALIVE), *self.traffic.outside, *self.heard]
        self.wrong += [f"/{key} {selection}: {what}" for what in found]
        self.traffic.outside.clear()
        self.heard.clear()
        self.marks[key] = max(self.marks[key], self.page.evaluate(READ).count("§"))


def test_no_text_becomes_more_than_text_on_any_page(
    server, page: Page, settled: Settled, traffic: Traffic, hostile_home: Path
) -> None:
    assert len(PAYLOADS) >= 60
    url = server(home=hostile_home).url
    watch = Watch(page, traffic, settled)
    for key, selection in addresses():
        watch.look(url, key, selection)
    assert watch.wrong == []
    # The control: the texts were there to be read.
    assert {key for key in PAGES if watch.marks[key] < 5} == QUIET_PAGES


@pytest.mark.full
def test_no_text_of_an_address_becomes_more_than_text_on_any_page(
    server, page: Page, settled: Settled, traffic: Traffic, hostile_home: Path
) -> None:
    url = server(home=hostile_home).url
    watch = Watch(page, traffic, settled)
    for key, selection in planted_addresses():
        watch.look(url, key, selection)
    assert watch.wrong == []


@pytest.mark.full
@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_report_of_anybody_is_only_text(
    server, page: Page, settled: Settled, traffic: Traffic, hostile_home: Path, text: str
) -> None:
    watch = Watch(page, traffic, settled)
    watch.look(server(home=hostile_home).url, "report", {"agency": text})
    assert watch.wrong == []
    assert watch.marks["report"] > 5


def test_what_would_come_alive_is_seen(
    server, page: Page, settled: Settled, traffic, tmp_path
) -> None:
    """The control of the watch itself: a page that trusts its texts."""
    script = tmp_path / "trusting.py"
    script.write_text(
        "import streamlit as st\n"
        "from tests.payloads import PAYLOADS\n"
        "for text in PAYLOADS[30:50]: st.markdown(text)\n"
        "st.html('<img src=//evil.example/a.png>')\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[2]
    page.goto(server(script=script, PYTHONPATH=str(root), **QUIET).url)
    settled(page)
    alive = page.evaluate(ALIVE)
    assert any("evil.example" in what for what in alive)
    assert any(what.startswith("STRONG") for what in alive)
    assert any("evil.example" in url for url in traffic.outside)
