"""From a finding to its cell, its source, a correction, and back, in Chromium; then a second version."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from desk.judging import judge_new
from library.importing import import_file
from library.store import Library
from pages.typing.entry_grid import CELL, HEAD, LABEL, ROW
from sample_reports import FOLDER
from tests.browser.test_app import foreign_texts

Settled = Callable[[Page], Page]
LIAOCHENG = "聊城市自然资源和规划局"
WHERE = "applications.new_received"
(TEXT,) = (FOLDER / "real").glob("聊城*")
(PDF,) = (FOLDER / "invented").glob("甲市税务局2023年报.pdf")


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with a text whose balances fail, and a PDF."""
    home = tmp_path_factory.mktemp("two")
    with Library(home=home) as library:
        for path in (TEXT, PDF):
            judge_new(library, import_file(library, path.name, path.read_bytes()).report_ids)
    return home


@pytest.fixture
def home(two_reports: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_reports, tmp_path / "home"))


def report_url(url: str, **selection: str) -> str:
    return f"{url}/report?{urlencode({'agency': LIAOCHENG, **selection})}"


def cell(page: Page, column: str) -> Locator:
    return page.locator(f'td[id="{WHERE}.{column}"]')


def in_view(tip: Locator) -> bool:
    """Whether a tooltip lies within the window and is what one sees at its corners."""
    return bool(
        tip.evaluate(
            """tip => {
                const {left, top, right, bottom} = tip.getBoundingClientRect();
                const isSeen = (x, y) => tip.contains(document.elementFromPoint(x, y));
                return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
                    && isSeen(left + 3, top + 3) && isSeen(right - 3, bottom - 3);
            }"""
        )
    )


def test_the_equation_shows_on_hover_and_focus_and_is_cut_nowhere(
    server, page: Page, settled: Settled, home: Path
) -> None:
    page.goto(report_url(server(home=home).url))
    settled(page)
    for column in ("natural_person", "legal_service"):
        cell(page, column).hover()
        assert in_view(cell(page, column).locator(".dd-tip"))
    page.mouse.move(5, 5)
    cell(page, "research").locator(".dd-go").focus()
    tip = cell(page, "research").locator(".dd-tip")
    expect(tip).to_contain_text("3 + 0 ≠ 2 + 空")
    assert in_view(tip)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("finding=2"))


def test_a_tap_shows_the_equation_and_then_leads_to_the_finding(
    server, browser: Browser, settled: Settled, home: Path
) -> None:
    phone = browser.new_context(
        locale="zh-CN", viewport={"width": 420, "height": 900}, has_touch=True, is_mobile=True
    )
    page = phone.new_page()
    page.goto(report_url(server(home=home).url))
    settled(page)
    cell(page, "legal_service").tap()
    tip = cell(page, "legal_service").locator(".dd-tip")
    expect(tip).to_contain_text("25 + 0 ≠ 28 + 空")
    assert in_view(tip)
    assert "finding=" not in page.url
    tip.get_by_role("link").tap()
    expect(page).to_have_url(re.compile("finding=3"))
    card = page.locator("#dd-finding-3.dd-chosen")
    expect(card).to_be_in_viewport()
    settled(page)
    page.get_by_role("link", name="到表中这一格").tap()
    expect(cell(page, "legal_service")).to_be_in_viewport()
    phone.close()


def test_from_a_finding_to_its_cell_its_source_a_correction_and_back(
    server, page: Page, settled: Settled, traffic, home: Path
) -> None:
    page.goto(report_url(server(home=home).url, finding="2"))
    settled(page)
    page.evaluate("window.isTheSamePage = true")
    cell(page, "natural_person").click()
    expect(page).to_have_url(re.compile("finding=1"))
    expect(cell(page, "natural_person").locator(".dd-repair")).to_have_text("→75")
    assert page.evaluate("window.isTheSamePage")  # another finding needs no new page
    page.go_back()
    expect(page).to_have_url(re.compile("finding=2"))
    page.go_forward()
    expect(page).to_have_url(re.compile("finding=1"))
    settled(page)

    page.get_by_role("button", name="看原文").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("第 119 行", exact=True)).to_be_visible()
    expect(dialog.locator(".dd-lit")).to_have_text(["77", "3", "25"])
    assert foreign_texts(page) == set()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    name = page.get_by_role("textbox", name="经办人")
    name.fill("公开科")
    name.press("Enter")
    settled(page)
    page.get_by_role("button", name="采纳这一组 3 格").click()
    expect(page.get_by_text("已更正一组 3 格")).to_be_visible()
    settled(page)
    expect(page.get_by_role("cell", name=re.compile("^75 .*（已更正）"))).to_be_visible()
    page.get_by_role("tab", name="修改记录").click()
    settled(page)
    expect(page.get_by_text("自然人：77 → 75")).to_be_visible()
    expect(page.get_by_text(re.compile("第 1 条，.*，公开科"))).to_be_visible()
    page.get_by_role("button", name="撤销这 3 格").last.click()
    settled(page)
    page.get_by_role("tab", name="三 依申请公开").click()
    settled(page)
    expect(page.get_by_role("button", name="采纳这一组 3 格")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_role("textbox", name="经办人")).to_have_value("公开科")
    assert traffic.outside == []


def test_the_page_of_a_pdf_is_shown_with_the_cell_in_a_frame(
    server, page: Page, settled: Settled, home: Path
) -> None:
    page.goto(f"{server(home=home).url}/report?{urlencode({'agency': '甲市税务局'})}")
    settled(page)
    picture = page.locator(".st-key-chosen img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 200
    page.get_by_role("button", name="看原文").click()
    whole = page.get_by_role("dialog").locator("img")
    expect(whole).to_be_visible()
    assert whole.evaluate("image => image.naturalHeight > image.naturalWidth")


def test_corrected_accepted_and_then_a_second_version_with_both_fates(
    server, page: Page, settled: Settled, home: Path
) -> None:
    app = server(home=home)
    page.goto(report_url(app.url))
    settled(page)
    page.get_by_role("button", name="采纳这一组 3 格").click()
    expect(page.get_by_text("已更正一组 3 格")).to_be_visible()
    settled(page)
    page.goto(f"{app.url}/report?{urlencode({'agency': '甲市税务局'})}")
    settled(page)
    page.get_by_role("button", name="说明原因").click()
    page.get_by_text("仅含本级", exact=True).click()
    page.get_by_role("button", name="记下，不再列为问题").click()
    expect(page.get_by_text("已记下说明")).to_be_visible()

    lines = TEXT.read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if "一、本年新收政府信息公开申请" in line)
    lines[row + 3] = lines[row + 3].replace("3", "4")
    with Library(home=home) as library:
        judge_new(library, import_file(library, "第二版.txt", "\n".join(lines).encode()).report_ids)
    page.goto(report_url(app.url))
    settled(page)
    expect(page.get_by_text("有 1 处更正要重新确认")).to_be_visible()
    expect(cell(page, "natural_person")).to_contain_text("75")
    expect(page.get_by_role("cell", name="4", exact=False).first).to_be_visible()
    page.get_by_role("link", name="去确认").click()
    settled(page)
    expect(page.get_by_text("继续有效的更正")).to_be_visible()
    expect(page.get_by_text("这一版印的是：4")).to_be_visible()
    page.get_by_role("button", name="仍改为 2").click()
    settled(page)
    expect(page.get_by_text("要重新确认", exact=True)).to_have_count(0)

    page.goto(f"{app.url}/matrix?{urlencode({'state': '全部'})}")
    settled(page)
    expect(page.get_by_role("link", name=f"{LIAOCHENG}，收支不平：更正后相符 3")).to_be_visible()
    expect(page.get_by_role("link", name="甲市税务局，收支不平：已认可 1")).to_be_visible()


def test_a_report_is_typed_into_the_grid_and_checked_meanwhile(
    server, page: Page, settled: Settled, home: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(PDF.read_bytes() + b"\n")
    page.goto(f"{server(home=home).url}/typing")
    settled(page)
    page.locator("input[type=file]").set_input_files(str(scan))
    page.get_by_role("textbox", name="机构").fill("某县档案局")
    settled(page)
    page.get_by_role("button", name="开始录入").click()
    grid = page.get_by_test_id("stDataFrame").locator("canvas").first
    expect(grid).to_be_visible()
    settled(page)
    editor = page.locator("#portal").locator("input, textarea")
    while True:  # the grid is drawn some time before it listens
        box = grid.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + LABEL + CELL / 2, box["y"] + HEAD + ROW / 2)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if editor.is_visible():
            break
    editor.fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已录入 1 / 200 格")).to_be_visible()
    expect(page.locator("td.dd-typed")).to_contain_text("7")
    expect(page.locator(".stImage img, img").last).to_be_visible()
    assert foreign_texts(page) == set()
