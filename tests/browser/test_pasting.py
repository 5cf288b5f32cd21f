"""What a person copies out of a page in Chromium and pastes on the upload page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from library.store import Library

Settled = Callable[[Page], Page]

# The cells hold paragraphs, as pages of governments do; two are blank.
_ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "12", "", "7"),
)
_TABLE = "".join(f"<tr>{''.join(f'<td><p>{text}</p></td>' for text in row)}</tr>" for row in _ROWS)
PAGE = f"""<!doctype html><html lang="zh"><meta charset="utf-8"><body>
<h1>丁县水利局2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>无。</p>
<h2>二、主动公开政府信息情况</h2><table border="1">{_TABLE}</table></body></html>"""
LISTENS = "[role=status][data-listens]"
"""What hears a paste is there: Streamlit loads it after the script has ended."""
REPEALED = "disclosure.normative_documents.repealed"
WHOLE = "disclosure.regulations.in_force"
ISSUED = "disclosure.normative_documents.issued"


@pytest.mark.parametrize(
    ("keys", "repealed"), [("Control+v", "blank"), ("Control+Shift+v", "unknown")]
)
def test_a_table_copied_from_a_page_is_pasted_with_its_blank_cells_or_as_text(
    server, page: Page, settled: Settled, traffic, tmp_path: Path, keys: str, repealed: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    page.goto(file.as_uri())
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")

    app = server()
    page.goto(f"{app.url}/upload")
    settled(page)
    page.get_by_text("没有文件？粘贴报告的文字").click()
    page.locator(LISTENS).wait_for(state="attached")
    box = page.get_by_label("报告全文，连同表格一起复制")
    box.focus()  # the keyboard alone does all of it
    page.keyboard.press(keys)
    told = page.get_by_text("已连同网页中的表格一起取到")
    expect(told).to_be_visible() if repealed == "blank" else expect(told).to_have_count(0)
    expect(box).to_have_value(re.compile("行政规范性文件"))
    page.get_by_role("button", name="导入这段文字").click()
    settled(page)
    expect(page.get_by_text("第 1 批 1 份：")).to_be_visible()
    with Library(home=app.home) as library:
        (report,) = (library.report(number) for number in library.reports().index)
    assert report.cells[WHOLE].value == 0
    assert report.cells[ISSUED].value == (12 if repealed == "blank" else None)
    assert report.cells[REPEALED].mark == repealed
    assert traffic.outside == []


def test_what_is_written_beside_what_was_pasted_gives_the_tables_up(
    server, page: Page, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    page.goto(file.as_uri())
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")

    page.goto(f"{server().url}/upload")
    settled(page)
    page.get_by_text("没有文件？粘贴报告的文字").click()
    page.locator(LISTENS).wait_for(state="attached")
    box = page.get_by_label("报告全文，连同表格一起复制")
    told = page.get_by_text("已连同网页中的表格一起取到")
    box.focus()
    page.keyboard.press("Control+v")
    expect(told).to_be_visible()
    page.keyboard.press("Control+v")  # twice in one box: only the text says both
    expect(told).to_have_count(0)
    expect(box).to_have_value(re.compile(r"行政规范性文件[\s\S]*行政规范性文件"))
    box.fill("")
    page.keyboard.press("Control+v")
    expect(told).to_be_visible()
    page.keyboard.type("补一句")
    expect(told).to_have_count(0)
    expect(box).to_have_value(re.compile("补一句"))
