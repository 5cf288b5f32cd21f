"""A season in Chromium: a list is pasted, the app opens with 年度报送, numbers filter by keys."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from form.today import today
from library.importing import import_file
from library.roster import RowChange
from library.store import Library
from tests.browser.test_app import REAL_REPORTS, foreign_texts

Settled = Callable[[Page], Page]
YEAR = 2020
ABSENT = "没有报的局"


def with_reports(home: Path) -> list[str]:
    with Library(home=home) as library:
        for path in REAL_REPORTS:
            import_file(library, path.name, path.read_bytes())
        return [item.agency for item in library.agencies.all()]


def test_a_list_is_pasted_and_only_then_is_anybody_missing(
    server, page: Page, settled: Settled, traffic, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    names = with_reports(home)
    url = server(home=home).url
    page.goto(url)
    settled(page)
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    page.get_by_role("link", name="名册", exact=True).click()
    box = page.get_by_role("textbox", name="贴入名单或表格")
    box.fill("\n".join([*names, ABSENT]))
    box.press("Control+Enter")
    expect(page.get_by_text("1 个名称对不上，请认定")).to_be_visible()
    page.get_by_role("button", name="没有近似名称的 1 家都作为新机构").click()
    page.get_by_role("button", name="导入 6 行").click()
    expect(page.get_by_role("heading", name=f"{today().year - 1} 年度名册　6 家")).to_be_visible()
    settled(page)
    assert foreign_texts(page) == set()
    # From now on the app opens with the season.
    page.goto(url)
    expect(page.get_by_role("heading", name=f"{today().year - 1} 年度报送")).to_be_visible()
    expect(page.get_by_role("button", name="只看未收 6 家")).to_be_visible()
    assert traffic.outside == []


def test_numbers_filter_by_keys_and_stand_in_the_address(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    names = with_reports(home)
    with Library(home=home) as library:
        library.roster.put([RowChange(name, {"due_from": YEAR}) for name in [*names, ABSENT]], "x")
    url = server(home=home).url
    page.goto(f"{url}/season?year={YEAR}")
    settled(page)
    expect(page.get_by_role("rowheader", name=ABSENT)).to_be_visible()
    # All is judged: no more news redraws the page.
    expect(page.get_by_role("link", name="写函").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="只看有误 2 家").press("Enter")
    expect(page.get_by_role("rowheader", name=ABSENT)).to_be_hidden()
    expect(page.get_by_role("link", name="写函").first).to_be_visible()
    assert "show=wrong" in page.url
    page.goto(page.url)
    expect(page.get_by_role("link", name="写函").first).to_be_visible()
    # Paper that came is noted, and is nobody's gap any more.
    page.get_by_role("button", name="记一次收件").click()
    who = page.get_by_role("combobox", name="机构").first
    who.fill(ABSENT)
    page.get_by_role("option", name=ABSENT).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="记下收件").click()
    expect(page.get_by_role("button", name="只看未收 0 家")).to_be_attached()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="记下收件")).to_be_hidden()
    assert foreign_texts(page) == set()
