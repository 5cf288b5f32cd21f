"""Markdown: tables between pipes and in HTML come back, and what is shown is what is read."""

from html import escape
from random import Random
from time import process_time

import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS
from form.layout import layout
from form.model import EditionKey
from loaders import kind_of, read
from loaders.markdown import read_markdown, recognises
from tests.loaders.forms import grids, only_grid, slots, texts
from tests.loaders.tables import HEADINGS, Texts, expected, random_texts, read_back

YEARS: dict[EditionKey, int] = {"2019": 2020, "2021": 2023}


def text_of(cell, printed: Texts) -> str:
    return printed[cell.address] if cell.address else cell.text


def piped(rows, printed: Texts) -> str:
    lines = [f"| {' | '.join(text_of(cell, printed) for cell in row)} |" for row in rows]
    width = max(len(row) for row in rows)
    return "\n".join([lines[0], "|---" * width + "|", *lines[1:]])


def in_html(rows, printed: Texts) -> str:
    def cell(item) -> str:
        text = escape(text_of(item, printed))
        return f'<td rowspan="{item.row_span}" colspan="{item.column_span}">{text}</td>'

    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<table>{body}</table>"


@pytest.mark.parametrize("table", [piped, in_html])
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_official_tables_come_back_equal(edition: EditionKey, table) -> None:
    year = YEARS[edition]
    for seed in range(6):
        printed = random_texts(edition, Random(seed))
        parts = [
            f"# 甲市税务局{year}年政府信息公开工作年度报告",
            "## 一、总体情况",
            "共 **30** 条。",
        ]
        for key in TABLE_KEYS:
            parts += [f"## {HEADINGS[key]}", table(layout(key, edition), printed)]
        data = "\n\n".join([*parts, "## 五、存在的主要问题及改进情况", "无"]).encode()
        (report,) = read(data, "x.txt")
        assert kind_of(data, "x.txt") == "md"
        assert read_back(report.cells) == expected(printed), seed
        assert (report.agency, report.year) == ("甲市税务局", year)
        assert [(p.section, p.text) for p in report.paragraphs][-2:] == [
            (5, "五、存在的主要问题及改进情况"),
            (5, "无"),
        ]


def test_html_tables_keep_their_spans_lines_and_numbers() -> None:
    text = (
        "题目\n\n<table>\n<tr><td colspan=2>甲</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n"
        "中间\n<table><tr><td>乙</td><td>3</td></tr></table>完"
    )
    document = read_markdown(text)
    first, second = grids(document)
    assert first.aligned
    assert slots(first)[0] == (0, 0, 1, 2, "甲")
    assert [cell.place.line for cell in first.cells] == [4, 5, 5]
    assert [(cell.place.line, cell.place.table) for cell in second.cells] == [(8, 2), (8, 2)]
    assert texts(document) == ["题目", "中间", "完"]
    assert [b.place.line for b in document.blocks if b not in (first, second)] == [1, 7, 8]


def test_tables_between_pipes_are_not_aligned() -> None:
    grid = only_grid(read_markdown("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"))
    assert not grid.aligned
    assert [cell.place.line for cell in grid.cells] == [1, 1, 3, 3]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## 二、主动公开 ##", "二、主动公开"),
        ("**一、总体情况**", "一、总体情况"),
        ("共 *3* 件，__5__ 份", "共 3 件，5 份"),
        (r"1\. 第一 \*注", "1. 第一 *注"),
        ("甲&amp;乙&nbsp;丙", "甲&乙\xa0丙"),
        ("见[网站](http://x.cn)。", "见网站。"),
        ("> 引文", "引文"),
        ("<span style='x'>甲</span>", "甲"),
        ("3*4*5", "3*4*5"),
        ("a_b_c", "a_b_c"),
    ],
)
def test_markup_is_not_text(written: str, shown: str) -> None:
    assert texts(read_markdown(f"{written}\n\n---\n")) == [shown]


def test_cells_lose_their_markup_too() -> None:
    text = "| 项目 | 数 |\n| --- | --- |\n| **规章**<br>甲\\|乙 | **12** |\n| 费 | \\-3 |"
    cells = [cell.text for cell in only_grid(read_markdown(text)).cells]
    assert cells[2:] == ["规章\n甲|乙", "12", "费", "-3"]


def test_emphasis_never_reaches_over_cells_or_lines() -> None:
    cells = only_grid(read_markdown("| **甲 | 乙** |\n|---|---|\n| 1* | *2 |")).cells
    assert [cell.text for cell in cells] == ["**甲", "乙**", "1*", "*2"]


@pytest.mark.parametrize(
    ("text", "name", "taken"),
    [
        ("# 题目\n正文", "x.txt", True),
        ("甲 | 乙\n--- | ---\n1 | 2", "x.txt", True),
        ("题目\n<table><tr><td>1</td></tr></table>", "x.txt", True),
        ("正文", "x.md", True),
        ("正文", "x.txt", False),
        ("<html><table><tr><td>1</td></tr></table></html>", "x.md", False),
        ("题目<p>段</p><table><tr><td>1</td></tr></table>", "x.txt", False),
        ("#1 栋楼\n|甲|乙|", "x.txt", False),
    ],
)
def test_markdown_is_told_by_its_signs(text: str, name: str, taken: bool) -> None:
    assert recognises(text.encode(), name) is taken


def test_a_table_that_says_nothing_is_left_out() -> None:
    document = read_markdown("题目\n<table><tr><td> </td></tr></table>完")
    assert texts(document) == ["题目", "完"]


def test_web_archives_are_left_to_their_reader() -> None:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    page = "Content-Type: text/html\n\n<html><table><tr><td>1</td></tr></table></html>\n--b--\n"
    assert not recognises((head + page).encode(), "x.mht")
    assert kind_of((head + page).encode(), "x.doc") == "html"


def test_a_table_that_is_never_closed_is_read_to_the_end() -> None:
    document = read_markdown("题目\n<table><tr><td>1</td><td>2</td></tr>")
    assert [cell.text for cell in only_grid(document).cells] == ["1", "2"]


@pytest.mark.parametrize(
    "sign", ["[", "![", "<b ", "**a ", "*a", "# ", " ", "<table", "|", "`", '"\t']
)
def test_long_lines_of_one_sign_take_no_time(sign: str) -> None:
    text = "题目\n# " + sign * (200_000 // len(sign)) + "完"
    began = process_time()
    assert recognises(text.encode(), "x.md")
    read_markdown(text)
    assert process_time() - began < 5
