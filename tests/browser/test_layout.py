"""Every page in both themes, on wide, middling and small screens, with few reports and with many.

Nothing is wider than the screen, nothing is cut off, nothing is English, nothing fails in the
console. `--screenshots FOLDER` keeps a picture of each.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from benchmarks.libraries import make_library
from pages.parts.registry import sections
from tests.browser.test_app import five_reports, foreign_texts  # noqa: F401
from tests.figures import PAGES
from tests.serving import Server, StartServer
from tests.waiting import SHOWN, until

Settled = Callable[[Page], Page]
Theme = Literal["light", "dark"]
TRANSLATED = 30
"""Seconds."""
WIDTHS = (1360, 768, 420)
SIZES = (5, 500)
KEYS = [entry.key for section in sections() for entry in section.entries]
TABS = {"report": ("二 主动公开", "四 复议、诉讼", "正文", "修改记录", "原始文件")}
TABLES = ("compare", "trends", "outcomes", "disputes")

# What is wider than the screen, what is cut off, and what scrolls without being reached by keys.
AMISS = r"""width => {
    const found = [];
    if (document.documentElement.scrollWidth > width)
        found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const main = document.querySelector("[data-testid=stMain]");
    for (const element of [main, main.querySelector("[data-testid=stMainBlockContainer]")])
        if (element.scrollWidth > element.clientWidth + 1)
            found.push(`the page is ${element.scrollWidth} wide in ${element.clientWidth}`);
    const shown = element => {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.opacity !== "0";
    };
    const named = element => `${element.tagName}.${element.className} “${(element.innerText || element.ariaLabel || "").slice(0, 40)}”`;
    const scroller = element => {
        for (let at = element.parentElement; at; at = at.parentElement) {
            const how = getComputedStyle(at).overflowX;
            if (at === main) return null;  // the page itself is not to scroll across
            if ((how === "auto" || how === "scroll") && at.clientWidth < at.scrollWidth) return at;
        }
        return null;
    };
    for (const element of main.querySelectorAll("button, a, [role=button], [role=tab]")) {
        if (!shown(element) || element.closest(".modebar, [data-testid=stElementToolbar]")) continue;
        const box = element.getBoundingClientRect();
        if ((box.left < -1 || box.right > width + 1) && !scroller(element))
            found.push(`off the screen: ${named(element)}`);
        if (element.matches("button, [role=button]") && element.scrollWidth > element.clientWidth + 2)
            found.push(`cut off: ${named(element)}`);
        for (const text of element.matches("button") ? element.querySelectorAll("p") : [])
            if (text.scrollWidth > text.clientWidth + 2) found.push(`cut off: ${named(element)}`);
    }
    for (const element of main.querySelectorAll(".dd *")) {
        const how = getComputedStyle(element).overflowX;
        if ((how !== "auto" && how !== "scroll") || element.scrollWidth <= element.clientWidth + 1) continue;
        if (element.tabIndex < 0 || element.getAttribute("role") !== "region" || !element.ariaLabel)
            found.push(`scrolls, but not for keys: ${named(element)}`);
    }
    return [...new Set(found)];
}"""


def places() -> Iterator[tuple[str, str]]:
    """Name and address of everything to look at."""
    for key in KEYS:
        yield key, "" if key == "overview" else key
    for key, tabs in TABS.items():
        for tab in tabs:
            yield f"{key}-{tab}", f"{key}?tab={tab}"
    for key in TABLES:
        yield f"{key}-表", f"{key}?view=表"
    yield "report-更正", "report?edit=true"


@pytest.fixture(scope="module")
def homes(five_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:  # noqa: F811
    many = tmp_path_factory.mktemp("many")
    make_library(many / "home", SIZES[1]).close()
    return {SIZES[0]: five_reports, SIZES[1]: many / "home"}


@pytest.fixture
def desk(server: StartServer, homes: dict[int, Path], size: int, tmp_path: Path) -> Server:
    return server(home=Path(shutil.copytree(homes[size], tmp_path / "own")))


def watched(context: BrowserContext, said: list[str]) -> Page:
    def note(message: ConsoleMessage) -> None:
        # On a deep link Streamlit asks below the page first, to find out where the app stands.
        asked = re.search(r"/\w+/_stcore/(health|host-config)$", message.location.get("url", ""))
        if message.type == "error" and not asked:
            said.append(f"{message.text} {message.location.get('url', '')}")

    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page


def left_in_english(page: Page) -> set[str]:
    """What is not translated once the script that does so has had its time."""
    with suppress(AssertionError):
        until(lambda: not foreign_texts(page), TRANSLATED)
    return foreign_texts(page)


@pytest.mark.full
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_speaks_chinese(
    desk: Server,
    browser: Browser,
    settled: Settled,
    size: int,
    theme: Theme,
    width: int,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    pictures = request.config.getoption("--screenshots")
    context = browser.new_context(
        locale="zh-CN", color_scheme=theme, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(1000 * SHOWN)
    wrong: list[str] = []
    opened = 0
    for name, address in places():
        said: list[str] = []
        page = watched(context, said)
        page.goto(f"{desk.url}/{address}")
        settled(page)
        if page.locator("[data-testid=stPlotlyChart]").count():
            page.locator(".js-plotly-plot .main-svg").first.wait_for()
        opened += 1
        at = f"{name} ({size} reports, {theme}, {width})"
        wrong += [f"{at}: {what}" for what in page.evaluate(AMISS, width)]
        wrong += [f"{at}: English: {text}" for text in left_in_english(page)]
        wrong += [f"{at}: console: {what}" for what in said]
        if page.locator("[data-testid=stAlertContentError]").count():
            wrong.append(f"{at}: an error is shown")
        if pictures:
            path = Path(pictures) / f"{name}-{size}-{theme}-{width}.png"
            page.screenshot(path=path, full_page=True)
        page.close()
    context.close()
    record_property(f"{PAGES} {size} reports, {theme}, {width} px", opened)
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_is_amiss_is_seen(
    server: StartServer, page: Page, settled: Settled, tmp_path: Path
) -> None:
    """The control: a page with each of the faults."""
    script = tmp_path / "faulty.py"
    script.write_text(
        "import streamlit as st\n"
        'st.html(\'<div style="width:3000px;height:2px;background:red"></div>'
        "<style>.st-key-cut button {width:40px; overflow:hidden} .st-key-cut p {white-space:nowrap; overflow:hidden}"
        " .st-key-off {position:absolute; left:2000px}</style>"
        '<div class=dd><div style="overflow-x:auto;width:50px"><div style="width:500px">甲</div></div></div>\')\n'
        "st.button('一个很长的按钮的名字', key='cut')\n"
        "st.button('乙', key='off')\n"
        "st.button('Save the file', key='english')\n",
        encoding="utf-8",
    )
    page.goto(server(script=script, STREAMLIT_BROWSER_GATHER_USAGE_STATS="false").url)
    settled(page)
    # Streamlit loads what draws an element when it is first used, after the script has ended.
    sought = ("the page is", "cut off", "off the screen", "scrolls, but not for keys")
    until(lambda: all(words in " ".join(page.evaluate(AMISS, 1360)) for words in sought), SHOWN)
    assert "Save the file" in foreign_texts(page)
