"""汇总表 in Chromium: from the sentence to a cell's parts, by mouse and by keys, and a roll-up that is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from library.store import Library
from sample_reports.city import city
from tests.browser.test_app import foreign_texts
from tests.desk.city import keep_city, put_roster
from tests.waiting import until

Settled = Callable[[Page], Page]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = city()
    with Library(home=tmp_path / "home") as library:
        keep_city(library, made)
        put_roster(library, made)
    return tmp_path / "home"


def test_a_difference_is_followed_to_the_organ_behind_it(
    server, page: Page, settled: Settled, traffic, home: Path
) -> None:
    url = server(home=home).url
    # As the first request of a fresh server.
    page.goto(f"{url}/rollup")
    settled(page)
    expect(page.get_by_role("heading", name="不同的 47 格出自 4 处")).to_be_visible()
    assert foreign_texts(page) == set()
    first = page.get_by_role("heading", name="不同 1 / 4")
    expect(first).to_be_visible()
    expect(page.get_by_role("button", name="下一处")).to_be_visible()

    def moves_on() -> bool:  # keys are listened to some time after the buttons are drawn
        page.keyboard.press("ArrowRight")
        settled(page)
        return first.count() == 0

    until(moves_on)
    assert "difference=" in page.url
    page.goto(f"{url}/rollup?difference=1")
    settled(page)
    page.get_by_role("button", name="查看第 4 处").click()
    expect(page.get_by_text("最可能：印发时计入了己县人民政府的第 1 版")).to_be_visible()
    expect(page.locator("td.dd-differs.dd-lit")).to_have_count(2)
    # A cell leads to its parts, and its address says so by keys.
    page.locator("td.dd-differs.dd-lit a").first.click()
    settled(page)
    expect(page.get_by_role("cell", name="第 2 版；第 1 版为 0")).to_be_visible()
    assert "cell=applications.carried_over.natural_person" in page.url
    assert "covers=all" in page.url
    page.get_by_role("link", name="看己县人民政府第 1 版").click()
    expect(page.get_by_role("heading", name="己县人民政府 · 2024 年度报告")).to_be_visible()
    assert traffic.outside == []


def test_a_roll_up_is_kept_and_held_against_what_is_now(
    server, page: Page, settled: Settled, home: Path
) -> None:
    url = server(home=home).url
    page.goto(f"{url}/rollup?part=sent")
    settled(page)
    page.get_by_role("textbox", name="备注").fill("报省政府")
    page.get_by_role("button", name="留存").click()
    expect(page.get_by_text("与上报时相同")).to_be_visible()
    with Library(home=home) as library:
        until(lambda: len(library.rollups.submissions(2024)) == 1)
        library.rollups.exclude("甲市教育局", 2024, "撤并", "checker")
    page.goto(f"{url}/rollup")
    settled(page)
    expect(page.get_by_text("上报时不同")).to_be_visible()
    page.get_by_role("link", name="看上报记录").click()
    settled(page)
    expect(page.get_by_text("不再计入：甲市教育局")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载上报的工作簿").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
