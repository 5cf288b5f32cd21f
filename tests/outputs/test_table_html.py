"""The HTML of an official table: its structure, what it says to the ear, and that it is only text."""

import re
from dataclasses import replace
from itertools import product

import pytest
from lxml import html

from checks.explanations import Change, Suspects
from checks.findings import Finding
from form.editions import EDITION_KEYS, TABLE_KEYS
from form.report import Cell
from outputs.official_table import official_table
from outputs.table_html import Link, table_html
from outputs.theme import DARK, LIGHT
from tests.checks.explained import explained
from tests.outputs.samples import (
    beidaihe,
    broken_sums,
    liaocheng,
    made_up,
    missing_total,
    report,
    with_cell,
)

# What the sanitiser of st.html lets through, as far as it is used here.
ELEMENTS = {
    "style",
    "div",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "span",
    "ul",
    "li",
    "p",
    "a",
}
ATTRIBUTES = {
    "class",
    "style",
    "role",
    "tabindex",
    "scope",
    "rowspan",
    "colspan",
    "aria-label",
    "aria-hidden",
    "id",
    "href",
    "target",
}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table><iframe src='//example.org'>",
    "</style><b>x",
    "&lt;b&gt;",
    "<!--",
    "javascript:alert(1)",
    "\x00\x1b<\u202e>",
]


def tree(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent="main")


def of_class(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return [one for one in root.iter() if name in (one.get("class") or "").split()]


def shown(cell: html.HtmlElement) -> str:
    return "".join(one.text_content() for one in of_class(cell, "dd-shown"))


def only_harmless(root: html.HtmlElement) -> bool:
    return all(
        one.tag in ELEMENTS and set(one.attrib) <= ATTRIBUTES for one in list(root.iter())[1:]
    )


@pytest.mark.parametrize(("key", "edition"), list(product(TABLE_KEYS, EDITION_KEYS)))
def test_only_what_the_sanitiser_keeps_is_used(key, edition) -> None:
    tables = {"disclosure": "", "applications": "", "disputes": ""}
    assert only_harmless(tree(table_html(official_table(report("甲", 2020, edition, tables), key))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_report_stays_text(payload: str) -> None:
    where = "applications.new_received.natural_person"
    finding = Finding("x", "error", "applications", payload, (where,), equation=payload)
    sample = with_cell(liaocheng(), where, Cell(None, "text", payload))
    table = official_table(sample, "applications", (finding,), finding)
    table = replace(table, title=payload)
    root = tree(table_html(table))
    assert only_harmless(root)
    assert len(list(root.iter("td"))) == 23 * 7
    visible = payload.replace("\x00\x1b", "��").replace("\u202e", "�")
    assert visible in shown(of_class(root, "dd-suspect")[0])
    assert visible in root.find(".//caption").text_content()


def test_a_payload_would_be_noticed() -> None:
    assert not only_harmless(tree("<td><img src=x onerror=alert(1)></td>"))


@pytest.mark.parametrize(
    ("key", "rows"), [("applications", 26), ("disputes", 4), ("disclosure", 18)]
)
def test_the_grid_is_that_of_the_form(key: str, rows: int) -> None:
    root = tree(table_html(official_table(liaocheng(), key)))
    assert len(list(root.iter("tr"))) == rows
    assert root.find(".//caption").text_content() == official_table(liaocheng(), key).title
    assert all(
        head.get("scope") in {"row", "col", "rowgroup", "colgroup"} for head in root.iter("th")
    )


def test_blocks_of_section_two_are_bodies_of_their_own() -> None:
    root = tree(table_html(official_table(liaocheng(), "disclosure")))
    assert len(list(root.iter("tbody"))) == 5
    assert not list(root.iter("thead"))


def test_group_labels_span_their_lines() -> None:
    root = tree(table_html(official_table(made_up(), "applications")))
    spans = {one.text_content(): one.get("rowspan") for one in of_class(root, "dd-group")}
    assert spans == {
        "三、本年度办理结果": "22",
        "（三）不予公开": "8",
        "（四）无法提供": "3",
        "（五）不予处理": "5",
        "（六）其他处理": "3",
    }


def test_a_suspect_shows_by_sign_and_word_and_can_be_reached_by_key() -> None:
    sample = liaocheng()
    root = tree(table_html(official_table(sample, "applications", broken_sums(sample))))
    first = of_class(root, "dd-suspect")[0]
    assert first.get("tabindex") == "0"
    assert "⚠" in of_class(first, "dd-mark")[0].text_content()
    tip = of_class(first, "dd-tip")[0].text_content()
    assert "可疑" in tip
    assert "77 + 0 ≠ 75 + 0" in tip
    assert [shown(one) for one in of_class(root, "dd-suspect")] == [
        "77",
        "3",
        "25",
        "75",
        "2",
        "28",
    ]


def test_a_missing_total_is_marked_though_nothing_stands_there() -> None:
    table = official_table(beidaihe(), "applications", (missing_total(),))
    (cell,) = of_class(tree(table_html(table)), "dd-suspect")
    assert shown(cell) == ""
    assert "应为 4" in cell.text_content()


def test_blank_unknown_and_sides_have_words_for_the_ear() -> None:
    sample = made_up()
    found = Finding("balance", "error", "applications", "x", ("applications.granted.total",), 1)
    root = tree(table_html(official_table(sample, "applications", (), found)))
    hidden = [one.text_content() for one in of_class(root, "dd-hidden")]
    assert hidden.count("（等式左边）") == 1
    assert hidden.count("空") == sum(
        cell.mark == "blank" for cell in official_table(sample, "applications").values
    )
    unknown = of_class(root, "dd-unknown")
    assert [shown(one) for one in unknown] == ["?", "?"]
    assert "可能是 0 或 空" in unknown[0].text_content()


def test_zeros_are_told_from_other_numbers() -> None:
    root = tree(table_html(official_table(liaocheng(), "disputes")))
    assert {shown(one) for one in of_class(root, "dd-zero")} == {"0"}
    assert len(of_class(root, "dd-zero")) == 10


def test_only_the_total_column_stays_in_sight() -> None:
    root = tree(table_html(official_table(liaocheng(), "applications")))
    assert len(of_class(root, "dd-total")) == 24
    assert not of_class(tree(table_html(official_table(liaocheng(), "disputes"))), "dd-total")


def test_a_table_that_was_not_found_is_no_empty_form() -> None:
    root = tree(table_html(official_table(report("甲", 2020, "2019", {}), "disputes")))
    assert not list(root.iter("table"))
    assert "没有找到" in of_class(root, "dd-absent")[0].text_content()


def test_the_legend_names_a_hint_only_where_there_is_one() -> None:
    where = ("applications.granted.total",)
    warning = Finding("jump", "warning", "applications", "x", where)
    plain = of_class(tree(table_html(official_table(liaocheng(), "applications"))), "dd-legend")
    hinted = table_html(official_table(liaocheng(), "applications", (warning,)))
    assert len(plain[0]) == 5
    assert len(of_class(tree(hinted), "dd-legend")[0]) == 6


@pytest.mark.parametrize(("dark", "mine", "other"), [(False, LIGHT, DARK), (True, DARK, LIGHT)])
def test_each_theme_uses_its_own_colours(dark, mine, other) -> None:
    sheet = tree(table_html(official_table(liaocheng(), "disputes"), dark=dark)).find("style").text
    assert mine.error in sheet
    assert other.error not in sheet
    assert "VAR_" not in sheet
    assert "<" not in sheet
    assert "@media print" in sheet


def test_the_sheet_reaches_nothing_outside_the_table() -> None:
    sheet = tree(table_html(official_table(liaocheng(), "disputes"))).find("style").text
    selectors = re.findall(r"([^{}]+)\{", sheet)
    assert all(
        part.strip().startswith((".dd-official", "@media", "@supports"))
        for selector in selectors
        for part in re.split(r",(?![^(]*\))", selector)
    )
    assert "url(" not in sheet


def test_a_typed_zero_is_grey_and_no_suspect() -> None:
    where = "disputes.review.upheld"
    table = official_table(with_cell(liaocheng(), where, Cell(0, "typed", "")), "disputes")
    assert shown(of_class(tree(table_html(table)), "dd-zero")[0]) == "0"


def to_findings(cell) -> Link | None:
    return Link(f"?finding={cell.findings[0]}", "看问题") if cell.findings else None


def test_a_marked_cell_leads_to_its_finding_by_mouse_key_and_finger() -> None:
    sample = liaocheng()
    drawn = table_html(
        official_table(sample, "applications", broken_sums(sample)), links=to_findings
    )
    first = of_class(tree(drawn), "dd-suspect")[0]
    by_key, by_finger = first.iter("a")
    assert by_key.get("href") == by_finger.get("href") == "?finding=1"
    assert by_key.text_content().endswith("看问题")
    assert first.get("tabindex") == by_finger.get("tabindex") == "-1"
    assert by_key.get("tabindex") is None
    assert len(list(tree(drawn).iter("a"))) == 2 * 6


def test_links_hold_no_markup_of_a_report() -> None:
    sample = liaocheng()
    table = official_table(sample, "applications", broken_sums(sample))
    root = tree(table_html(table, links=lambda _cell: Link(PAYLOADS[2], PAYLOADS[0])))
    assert only_harmless(root)


def test_a_suspect_shows_what_it_has_to_be_only_where_its_finding_is_chosen() -> None:
    sample = liaocheng()
    found = broken_sums(sample)
    where = "applications.new_received.natural_person"
    suspects = Suspects((explained(Change(where, 77, 75)),))
    chosen = official_table(sample, "applications", found, found[0], suspects)
    (repaired,) = of_class(tree(table_html(chosen)), "dd-repair")
    assert repaired.text_content() == "→75"
    assert repaired.getparent().get("id") == where
    other = official_table(sample, "applications", found, found[1], suspects)
    assert not of_class(tree(table_html(other)), "dd-repair")


def test_corrected_and_typed_cells_say_so_to_eye_and_ear() -> None:
    where, other = "disputes.review.upheld", "disputes.review.other"
    sample = with_cell(liaocheng(), where, Cell(3, "typed", printed=liaocheng().cells[where]))
    sample = with_cell(sample, other, Cell(2, "typed"))
    root = tree(table_html(official_table(sample, "disputes"), picked=where))
    (pen,) = of_class(root, "dd-pen")
    cell = pen.getparent()
    assert "已更正（原为 0）" in of_class(cell, "dd-tip")[0].text_content()
    assert "dd-picked" in cell.get("class")
    (typed,) = of_class(root, "dd-typed")
    assert "（人工录入）" in typed.text_content()
    legend = of_class(root, "dd-legend")[0].text_content()
    assert "3 ✎\ufe0e已更正（原为 0）" in legend
    assert "人工录入" in legend
