"""What people decide, in Chromium: from a finding to its source and back, and into the next version."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from desk.judging import judge_new
from library.importing import import_file
from library.store import Library
from sample_reports import FOLDER

Settled = Callable[[Page], Page]
LIAOCHENG = "聊城市自然资源和规划局"
PRINTED = next((FOLDER / "real").glob(f"{LIAOCHENG}*")).read_text(encoding="utf-8")


def test_decisions_are_made_beside_the_print_and_outlive_a_new_version(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    with Library(home=tmp_path) as library:
        judge_new(library, import_file(library, "第一版.txt", PRINTED.encode()).report_ids)
    app = server(home=tmp_path)
    page.goto(f"{app.url}/findings")
    settled(page).get_by_role("link", name=LIAOCHENG).first.click()
    expect(page.get_by_role("heading", name="问题 1—3 / 3")).to_be_visible()
    table = page.get_by_role("region", name="三、收到和处理政府信息公开申请情况")

    # From a cell to its finding, and to the place in the source.
    received = table.get_by_role("row", name=re.compile("一、本年新收"))
    shown = received.locator(".dd-shown")
    received.get_by_role("link", name=re.compile("25")).click()
    expect(page).to_have_url(re.compile("finding=3"))
    expect(page.get_by_text("第 118–125 行").first).to_be_visible()

    # A coupled set in one click; the answer says what is still printed wrong, and has the way back.
    page.get_by_role("button", name="采纳这一组 3 格").click()
    expect(shown.filter(has_text="28")).to_be_visible()
    answer = page.get_by_role("status").filter(has_text="已更正一组 3 格")
    expect(answer).to_contain_text("印出的仍有 3 处错误，待机构确认")
    expect(page.get_by_text("没有勾稽错误")).to_have_count(0)
    focused = page.evaluate("document.activeElement?.textContent || ''")
    assert "采纳" not in focused
    page.get_by_role("button", name="撤销这 3 格").click()
    expect(shown.filter(has_text="25")).to_be_visible()
    page.get_by_role("button", name="恢复").click()
    expect(shown.filter(has_text="28")).to_be_visible()

    # The agency sends another version: one of the corrected cells differs, one does not.
    line = "一、本年新收政府信息公开申请数量\n\t77\n\t0\n\t3\n\t0\n\t{}\n\t0\n\t105"
    assert line.format(25) in PRINTED
    with Library(home=tmp_path) as library:
        again = PRINTED.replace(line.format(25), line.format(26))
        judge_new(library, import_file(library, "第二版.txt", again.encode()).report_ids)
    page.goto(f"{app.url}/report?{urlencode({'agency': LIAOCHENG})}")
    settled(page)
    expect(shown.filter(has_text="75")).to_be_visible()
    expect(shown.filter(has_text="26")).to_be_visible()
    expect(page.get_by_text("有 1 处更正要重新确认")).to_be_visible()
    page.get_by_role("tab", name="修改记录").click()
    settled(page)
    expect(page.get_by_text("法律服务机构：25 → 28").first).to_be_visible()
    page.get_by_role("button", name="仍改为 28").click()
    settled(page).get_by_role("tab", name="三 依申请公开").click()
    expect(shown.filter(has_text="28")).to_be_visible()


GENGQU = "庚区市场监督管理局"


def test_tied_ways_are_looked_at_in_the_table_and_one_is_adopted_with_a_basis(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    (path,) = (FOLDER / "invented").glob(f"{GENGQU}2023*")
    with Library(home=tmp_path) as library:
        judge_new(library, import_file(library, path.name, path.read_bytes()).report_ids)
    app = server(home=tmp_path)
    page.goto(f"{app.url}/report?{urlencode({'agency': GENGQU})}")
    settled(page)
    expect(page.get_by_text("有 21 种改法，同样都能使全部关系成立")).to_be_visible()
    expect(page.get_by_text("1 处勾稽错误，牵连 2 条关系")).to_be_visible()
    expect(page.get_by_text("最可能", exact=False)).to_have_count(0)
    expect(page.get_by_role("button", name="采纳所选改法")).to_be_disabled()
    # Nothing that a key can press adopts a way: only a choice and a basis do.
    expect(page.locator("[data-testid=stBaseButton-primary]:visible")).to_have_count(0)

    page.get_by_role("radiogroup").get_by_text(
        re.compile("1.本机关不掌握.*15 → 17，19 → 21")
    ).click()
    weighed = page.locator(".dd-weighed")
    expect(weighed).to_have_count(2)
    expect(weighed.first.locator(".dd-repair")).to_have_text("→17")
    settled(page)
    page.get_by_role("button", name="采纳所选 2 格").click()
    expect(page.get_by_text("请写明依据")).to_be_visible()
    settled(page).get_by_role("textbox", name="依据（必填）").fill("对方电话答复")
    page.get_by_role("button", name="采纳所选 2 格").click()
    expect(page.get_by_role("status").filter(has_text="已更正一组 2 格")).to_be_visible()
    expect(page.get_by_text("更正后相符：印出的仍有 1 处错误，待机构确认").first).to_be_visible()
    with Library(home=tmp_path) as library:
        (number,) = library.reports().index
        counts, printed = library.report(number), library.as_read(number)
    where = "applications.unable_not_held.total"
    assert (counts.cells[where].value, printed.cells[where].value) == (21, 19)
    page.get_by_role("button", name="撤销这 2 格").click()
    expect(page.get_by_text("1 处勾稽错误，牵连 2 条关系")).to_be_visible()
