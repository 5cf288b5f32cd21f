"""An upgrade of an old library in Chromium: looked at, let count, taken back, by a process beside."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from library.importing import import_file, read_file
from library.store import Library
from tests.browser.test_app import REAL_REPORTS, foreign_texts
from tests.waiting import until
from tests.worse import worse_reader

Settled = Callable[[Page], Page]


def old_library(home: Path) -> list[object]:
    """Keep three reports as a worse reader of an older version reads them; return its readings."""
    read = worse_reader(read_file, 1)
    with Library(home=home) as library:
        for path in REAL_REPORTS[:3]:
            import_file(library, path.name, path.read_bytes(), read=read)
        return readings(library)


def readings(library: Library) -> list[object]:
    return [library.as_read(number) for number in (1, 2, 3)]


def test_an_old_library_is_read_again_and_taken_back(
    server, page: Page, settled: Settled, traffic, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    before = old_library(home)
    url = server(home=home).url
    page.goto(url)
    settled(page)
    expect(page.get_by_text("3 份年报是旧读法读出的")).to_be_visible()
    name = page.get_by_role("textbox", name="经办人")
    name.fill("公开科")
    name.press("Enter")
    # The link leaves this page: the name goes along once the browser has been told of it.
    page.wait_for_function("document.cookie.includes(encodeURIComponent('公开科'))")
    page.get_by_role("link", name="去看看").click()
    expect(name).to_have_value("公开科")
    page.get_by_role("button", name="开始试读").click()
    expect(page.get_by_text("3 个文件里有")).to_be_visible()
    expect(page.get_by_role("columnheader", name="新读数")).to_be_visible()
    assert "run=1" in page.url
    settled(page)
    assert foreign_texts(page) == set()
    with Library(home=home) as library:
        assert readings(library) == before

    page.get_by_role("button", name="全部换成新读数").click()
    expect(page.get_by_text("处读法变了")).to_be_visible()
    with Library(home=home) as library:
        after = readings(library)
        assert not any(one == other for one, other in zip(before, after, strict=True))
    address = page.url
    assert "run=2" in address
    page.locator("td a").first.click()
    expect(page.get_by_role("heading", name="更正数字")).to_be_visible()
    page.goto(address)

    page.get_by_role("button", name="整次撤回").click()
    expect(page.get_by_text("整次撤回了，读数和原来一样")).to_be_visible()
    with Library(home=home) as library:
        until(lambda: readings(library) == before)
        assert library.log.verify() == ()
    assert traffic.outside == []


def test_the_offer_can_be_put_away(server, page: Page, settled: Settled, tmp_path: Path) -> None:
    home = tmp_path / "home"
    old_library(home)
    url = server(home=home).url
    page.goto(f"{url}/library")
    page.get_by_role("button", name="不再提示").click()
    expect(page.get_by_text("是旧读法读出的")).to_have_count(0)
    page.goto(url)
    settled(page)
    expect(page.get_by_text("报送情况").first).to_be_visible()
    expect(page.get_by_text("是旧读法读出的")).to_have_count(0)
