"""The app in Chromium: a batch from upload to workbook, and every page as the first one asked for."""

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from desk.judging import judge_new
from library.importing import import_file
from library.store import Library
from sample_reports import FOLDER
from tests.waiting import SHOWN, until

Settled = Callable[[Page], Page]
REAL_REPORTS = sorted((FOLDER / "real").iterdir())
LIAOCHENG = "聊城市自然资源和规划局"
# Names of file kinds and units that Chinese offices write so themselves.
FOREIGN_WORDS = frozenset(
    {"PDF", "Word", "docx", "doc", "Excel", "xlsx", "xls", "OpenDocument", "odt", "ods"}
    | {"LibreOffice", "WPS", "wps", "et", "RTF", "zip", "html", "Markdown", "txt", "TXT"}
    | {"ODF", "fodt", "fods", "mhtml", "csv", "tsv", "md", "pdf", "rtf"}
    | {"CSV", "PNG", "MB", "SHA"}
)

FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")

# page → its title, the selection in its address, and what it then says
FIRST_REQUESTS = {
    "": ("总览", {"order": "按错误"}, "报送情况"),
    "upload": ("上传", {}, "把年度报告拖到这里"),
    "report": ("报告核验", {"agency": LIAOCHENG, "finding": "2"}, "问题 1—3 / 3"),
    "typing": ("人工录入", {}, "录入一份读不出的报告"),
    "library": ("资料库", {"find": "cdgxq"}, "承德高新区2020年报.txt"),
    "compare": ("机构比较", {"measure": "依申请公开：予以公开"}, "4 家机构共予以公开 104 件"),
    "trends": ("年度趋势", {"view": "表"}, "只有 2020 一年"),
    "outcomes": ("申请办理结果", {"agencies": LIAOCHENG}, "1 家机构共办结 105 件"),
    "disputes": ("复议与诉讼", {"agencies": "阜新市自然资源局"}, "有行政诉讼 1 件"),
    "findings": ("勾稽问题", {"kind": "总计漏填"}, "1 份有 2 处勾稽错误"),
    "matrix": ("机构与规则", {"sort": "总计漏填"}, "2 份有 5 处勾稽错误"),
    "rules": ("勾稽规则", {"severity": "确定错误"}, "六类申请人之和，等于该行总计"),
    "rollup": ("汇总表", {"part": "organs"}, "5 家相加，没有可以比对的印发报告"),
    "export": ("汇总与导出", {"agencies": "承德高新区"}, "导出 1 份报告"),
    "settings": ("设置与备份", {}, "还没有备份过"),
}


@pytest.fixture(scope="module")
def five_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library that holds the real samples."""
    home = tmp_path_factory.mktemp("five")
    with Library(home=home) as library:
        for path in REAL_REPORTS:
            judge_new(library, import_file(library, path.name, path.read_bytes()).report_ids)
    return home


@pytest.fixture
def home(five_reports: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(five_reports, tmp_path / "home"))


# What a person can see, hover or hear. Icons are letters in the page, set in a font of pictures.
SAID = """() => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const holder = walker.currentNode.parentElement;
        const isIcon = getComputedStyle(holder).fontFamily.includes("Material");
        const isCode = holder.closest("script, style, noscript");
        if (!isIcon && !isCode) texts.push(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll("*"))
        for (const name of ["aria-label", "title", "placeholder", "alt"])
            texts.push(element.getAttribute(name) || "");
    return texts;
}"""


def foreign_texts(page: Page) -> set[str]:
    """Texts with Latin words in them that are not the names of file kinds."""
    return {
        text
        for text in page.evaluate(SAID)
        if set(re.findall(r"[A-Za-z]{2,}", FINGERPRINT.sub("", text))) - FOREIGN_WORDS
    }


@pytest.mark.parametrize("path", FIRST_REQUESTS)
def test_a_page_can_be_the_first_request_of_a_fresh_server(
    server, page: Page, settled: Settled, traffic, home: Path, path: str
) -> None:
    title, selection, sentence = FIRST_REQUESTS[path]
    page.goto(f"{server(home=home).url}/{path}?{urlencode(selection)}")
    settled(page)
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == f"{title} · 政府信息公开年报分析台"
    for name, value in selection.items():
        assert f"{name}={quote(value)}" in page.url
    if path in {"compare", "outcomes", "disputes"}:  # drawn after the script has come to its end
        expect(page.get_by_role("figure")).to_be_visible()
    assert foreign_texts(page) == set()
    assert traffic.outside == []


def test_a_batch_from_upload_to_workbook(
    server, page: Page, settled: Settled, traffic, tmp_path: Path
) -> None:
    broken = tmp_path / "坏文件.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    page.goto(f"{server().url}/upload")
    settled(page)
    files = [*map(str, REAL_REPORTS), str(broken)]
    page.locator("input[type=file]").set_input_files(files)
    expect(
        page.get_by_text("第 1 批 6 份：5 份已入库，其中 2 份共 5 处错误；1 份没读成")
    ).to_be_visible()
    assert "job=1" in page.url
    page.reload()
    settled(page)
    expect(
        page.get_by_text("第 1 批 6 份：5 份已入库，其中 2 份共 5 处错误；1 份没读成")
    ).to_be_visible()

    page.get_by_role("row", name=f"{LIAOCHENG}2020年报.txt").get_by_role("link").click()
    settled(page)
    table = page.get_by_role("region", name="三、收到和处理政府信息公开申请情况")
    expect(table.get_by_role("cell", name=re.compile("77.*→75.*等式左边"))).to_be_visible()
    expect(page.get_by_text("77 + 0 ≠ 75 + 0").first).to_be_visible()

    page.get_by_role("link", name="汇总与导出").click()
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载汇总工作簿").click()
    download = waiting.value
    assert re.fullmatch(
        r"北戴河区自然资源和规划局等5家机构_2020年_[\d-]+\.xlsx", download.suggested_filename
    )
    book = openpyxl.load_workbook(BytesIO(Path(download.path()).read_bytes()))
    assert book.sheetnames[:3] == ["说明", "汇总", "主动公开"]
    figures = {cell.value for row in book["申请"].iter_rows() for cell in row}
    assert {105, 77, LIAOCHENG} <= figures
    assert traffic.outside == []


def test_the_samples_fill_an_empty_library_by_one_click(
    server, page: Page, settled: Settled
) -> None:
    page.goto(server().url)
    settled(page)
    page.get_by_role("button", name="导入样例").click()
    expect(page.get_by_text("去总览看结果")).to_be_visible()
    page.get_by_role("link", name="去总览看结果").click()
    settled(page)
    cell = page.get_by_role("link", name=f"{LIAOCHENG} 2020 年度：3 处勾稽错误")
    expect(cell).to_be_visible()


def test_a_report_fits_one_screen_and_its_findings_answer_to_keys(
    server, page: Page, settled: Settled, home: Path
) -> None:
    longest = FOLDER / "invented" / "辛镇人民政府2023年报.txt"  # 25 lines, the 2021 edition
    two_cards = FOLDER / "invented" / "丙区住房和城乡建设局2022年报.docx"
    with Library(home=home) as library:
        for path in (longest, two_cards):
            judge_new(library, import_file(library, path.name, path.read_bytes()).report_ids)
    app = server(home=home)
    page.goto(f"{app.url}/report?{urlencode({'agency': '辛镇人民政府'})}")
    settled(page)
    table = page.get_by_role("region", name="三、收到和处理政府信息公开申请情况")
    bottom = table.get_by_role("row").last.bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= 900

    page.goto(f"{app.url}/report?{urlencode({'agency': '丙区住房和城乡建设局'})}")
    settled(page)
    first = page.get_by_role("heading", name="问题 1—2 / 3")
    last = page.get_by_role("heading", name="问题 3 / 3")
    expect(first).to_be_visible()
    expect(page.get_by_role("button", name="下一处")).to_be_visible()

    def moves_on() -> bool:  # keys are listened to some time after the buttons are drawn
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
        return last.is_visible()

    until(moves_on, SHOWN)
    settled(page)
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_visible()
    page.get_by_role("button", name="查看第 3 条").click()
    expect(last).to_be_visible()
    assert "finding=3" in page.url

    page.set_viewport_size({"width": 420, "height": 900})
    # The table scrolls in its own region, and the page does not, once it is laid out anew.
    until(lambda: table.evaluate("region => region.scrollWidth > region.clientWidth"))
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollWidth <= 420")


def test_a_small_screen_gets_chinese_and_its_menu_out_of_the_way(
    server, page: Page, settled: Settled, home: Path
) -> None:
    page.set_viewport_size({"width": 420, "height": 900})
    page.goto(f"{server(home=home).url}/compare")
    settled(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert foreign_texts(page) == set()
    page.get_by_role("button", name="展开菜单").click()
    page.get_by_role("link", name="年度趋势").click()
    expect(page.get_by_role("heading", name="年度趋势")).to_be_visible()
    expect(page.get_by_role("link", name="资料库")).not_to_be_in_viewport()
