"""A letter in Chromium: written, previewed, downloaded, sent; and what comes back laid beside it."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from desk.judging import judge_new
from library.importing import import_file
from library.store import Library
from outputs.letters import lines_of, plain_template
from sample_reports import FOLDER

Settled = Callable[[Page], Page]
LIAOCHENG = "聊城市自然资源和规划局"
PRINTED = next((FOLDER / "real").glob(f"{LIAOCHENG}*")).read_text(encoding="utf-8")
LINE = "一、本年新收政府信息公开申请数量\n\t{}\n\t0\n\t{}\n\t0\n\t{}\n\t0\n\t105"


def test_a_letter_goes_out_and_a_mended_report_comes_back(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    with Library(home=tmp_path) as library:
        judge_new(library, import_file(library, "第一版.txt", PRINTED.encode()).report_ids)
    app = server(home=tmp_path)
    page.goto(f"{app.url}/report?{urlencode({'agency': LIAOCHENG})}")
    settled(page).get_by_role("link", name="写函").click()
    letter = page.get_by_role("region", name="函件正文")
    expect(letter).to_contain_text("有 3 处数字不合勾稽关系")
    expect(letter).to_contain_text("77 + 0 ≠ 75 + 0")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载 Word 文件").click()
    assert taken.value.suggested_filename.startswith(f"核验意见_{LIAOCHENG}_2020年_")
    told = " ".join(line.text for line in lines_of(Path(taken.value.path()).read_bytes()))
    assert "77 + 0 ≠ 75 + 0" in told
    page.get_by_role("button", name="记为已发（1 份）").click()
    expect(page.get_by_role("status")).to_contain_text("已记为发出 1 份函件")
    with Library(home=tmp_path) as library:
        (sent,) = library.letters.all()
        kept = " ".join(line.text for line in lines_of(library.letters.document(sent)))
    assert kept == told

    # One of the three is mended, and another is changed to what is still wrong.
    before, after = LINE.format(77, 3, 25), LINE.format(75, 3, 26)
    assert before in PRINTED
    with Library(home=tmp_path) as library:
        again = PRINTED.replace(before, after)
        judge_new(library, import_file(library, "第二版.txt", again.encode()).report_ids)
    page.goto(f"{app.url}/letters?{urlencode({'organ': LIAOCHENG, 'year': 2020})}")
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("重报的第 2 版"))).to_contain_text(
        "要求改的 3 处改好 1 处；2 处仍错"
    )
    row = page.get_by_role("row", name=re.compile("一、本年新收")).first
    expect(row.locator(".dd-fate-mended")).to_contain_text("77→75")
    expect(row.locator(".dd-fate-still")).to_contain_text("25→26")
    expect(page.get_by_text("已重报，没有全改好").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="更正说明（新旧对照）").click()
    cells = [line.cells for line in lines_of(Path(taken.value.path()).read_bytes()) if line.cells]
    assert [(old, new, fate) for _n, _place, old, new, fate in cells[1:]] == [
        ("77", "75", "改好"),
        ("25", "26", "仍错"),
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_an_office_brings_its_own_template(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    own = tmp_path / "函.docx"
    own.write_bytes(plain_template("check"))
    app = server(home=tmp_path / "home")
    page.goto(f"{app.url}/letters?{urlencode({'part': '模板与设置'})}")
    settled(page)
    page.get_by_label("发函机关").fill("甲市政务公开办")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    # A file that is chosen while the page is redrawn goes to a box that is no more.
    settled(page)
    page.locator("input[type=file]").first.set_input_files(own)
    expect(page.get_by_role("status")).to_contain_text("已换用这个模板")
    expect(page.get_by_text("用本办的模板")).to_be_visible()
    with Library(home=tmp_path / "home") as library:
        assert library.office.settings.office == "甲市政务公开办"
        assert library.office.template("check") == own.read_bytes()
