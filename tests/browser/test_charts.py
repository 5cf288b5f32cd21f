"""Charts as Chromium draws them: once, whole, and telling what is pointed at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.libraries import make_library
from desk.desk import Desk

Settled = Callable[[Page], Page]
CHARTS = ("compare", "trends", "outcomes", "disputes")
# Plotly says so on the element of a chart before it draws it anew, and after every look at it.
WATCH = """
(() => {
  window.drawn = [];
  new MutationObserver(() => {
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      if (chart.watched || !chart.on) continue;
      chart.watched = true;
      chart.on("plotly_beforeplot", () => window.drawn.push("again"));
      chart.on("plotly_afterplot", () => window.drawn.push("looked at"));
    }
  }).observe(document, { subtree: true, childList: true });
})();
"""
# Texts of a chart that stick out of its picture, or lie on the button in its corner.
CUT_OFF = """
() => {
  const chart = document.querySelector(".js-plotly-plot");
  const picture = chart.querySelector(".main-svg").getBoundingClientRect();
  const button = chart.querySelector(".modebar-group").getBoundingClientRect();
  const whole = (box) => box.left >= picture.left && box.right <= picture.right &&
    box.top >= picture.top && box.bottom <= picture.bottom;
  const apart = (box) => box.right <= button.left || box.top >= button.bottom ||
    box.left >= button.right || box.bottom <= button.top;
  return [...chart.querySelectorAll(".main-svg text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([said, box]) => said && box.width && !(whole(box) && apart(box)))
    .map(([said]) => said);
}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with a dozen agencies; not to be written to."""
    folder = tmp_path_factory.mktemp("dozen") / "home"
    with make_library(folder, 12 * 7, kept=None) as library:
        Desk(library).settled()
    return folder


def open_chart(page: Page, settled: Settled, url: str) -> None:
    page.goto(url)
    settled(page)
    expect(page.locator(".js-plotly-plot .main-svg text").first).to_be_attached()
    # Until nothing is to come: the width of the page is told to the chart after it was first drawn.
    page.wait_for_function(
        """() => { const chart = document.querySelector(".js-plotly-plot");
                   return chart.layout.width === Math.round(chart.clientWidth); }"""
    )


def test_no_chart_is_drawn_twice(page: Page, settled: Settled, server, home: Path) -> None:
    page.add_init_script(WATCH)
    app = server(home)
    for key in CHARTS:
        open_chart(page, settled, f"{app.url}/{key}")
        drawn = page.evaluate("window.drawn")
        assert "looked at" in drawn, key
        assert "again" not in drawn, key


@pytest.mark.parametrize("width", [1360, 420])
def test_no_text_of_a_chart_is_cut_off(
    page: Page, settled: Settled, server, home: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    app = server(home)
    for key in CHARTS:
        open_chart(page, settled, f"{app.url}/{key}")
        assert page.evaluate(CUT_OFF) == [], key


def test_pointing_at_a_value_tells_whose_it_is(
    page: Page, settled: Settled, server, home: Path
) -> None:
    app = server(home)
    open_chart(page, settled, f"{app.url}/trends")
    told = page.evaluate("document.querySelector('.js-plotly-plot').data[2].customdata[0]")
    page.locator(".js-plotly-plot .scatterlayer .point").first.hover(force=True)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text(f"{told[1]}　{told[2]}")
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text(told[3])
