"""The parts of pages by themselves: addresses, searching, places, words, markup, files."""

import ast
import re
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from lxml.html import fragment_fromstring

from form.report import Place
from library.frames import load_frames
from measures.dictionary import MEASURES
from outputs.csv_file import csv_bytes
from outputs.table_css import table_css
from outputs.theme import palette
from pages.export.files import figure_lines
from pages.parts import shelf
from pages.parts.builtin import patterns, texts
from pages.parts.links import href
from pages.parts.markup import Markup, scrolling, tag
from pages.parts.registry import ROOT, sections
from pages.parts.report_choice import report_href
from pages.parts.search import matches
from pages.parts.words import change_text
from pages.report.source_place import place_text


def _shows_by_itself(path: Path) -> bool:
    """Whether a module calls something when it is run, as a page does and a helper does not."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) for node in body
    ) or any(isinstance(node, ast.If | ast.With) for node in body if not _is_typing(node))


def _is_typing(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def test_every_page_is_in_the_menu_and_its_key_is_its_address() -> None:
    entries = [entry for section in sections() for entry in section.entries]
    listed = {entry.path for entry in entries}
    # A page runs when it is imported; what stands beside it only defines.
    runs = {
        path
        for path in (ROOT / "pages").rglob("*.py")
        if path.parent.name != "frame" and _shows_by_itself(path)
    }
    assert listed == runs
    assert len({entry.key for entry in entries}) == len(entries)


def test_addresses_are_relative_and_leave_out_what_is_not_chosen() -> None:
    assert href("overview") == "overview"
    assert href("compare", {"year": 2020, "measure": None}) == "compare?year=2020"
    assert (
        report_href("甲市", 2020, version=2, finding=3)
        == "report?agency=%E7%94%B2%E5%B8%82&year=2020&version=%E7%AC%AC+2+%E7%89%88&finding=3"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("阜新", True),
        ("fxszrzyj", True),
        ("FXS", True),
        ("fu xin", True),
        ("fuxinshi", True),
        ("zrzyj", True),
        ("", True),
        ("聊城", False),
        ("lcs", False),
        ("xf", False),
    ],
)
def test_agencies_are_found_by_name_pinyin_and_first_letters(asked: str, found: bool) -> None:
    pinyin = "fu xin shi zi ran zi yuan ju"
    assert matches(asked, "阜新市自然资源局", pinyin) is found


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([Place(line=139), Place(line=146), Place()], "第 139–146 行"),
        ([Place(page=3, box=(0, 0, 1, 1))], "第 3 页"),
        ([Place(sheet="表三", cell="B7"), Place(sheet="表三", cell="H7")], "工作表“表三” B7–H7"),
        ([Place(table=2, row=5, column=1), Place(table=2, row=5)], "第 2 个表格，第 5 行"),
        ([Place()], ""),
    ],
)
def test_places_are_said_as_the_kind_of_file_has_them(places: list[Place], said: str) -> None:
    assert place_text(places) == said


def test_what_is_not_markup_is_escaped_wherever_it_stands() -> None:
    told = tag("td", "<b>", tag("i", '"'), title='"><script>', classes="a b", scope=None)
    assert told == ('<td class="a b" title="&quot;&gt;&lt;script&gt;">&lt;b&gt;<i>&quot;</i></td>')
    assert isinstance(told, Markup)


def test_changes_carry_their_sign_and_their_rate() -> None:
    count, share = MEASURES["new_received"], MEASURES["granted_rate"]
    assert change_text(count, 27, 0.87) == "+27 件，+87%"
    assert change_text(count, -3, None) == "−3 件"
    assert change_text(share, 0.05, None) == "+5.0 个百分点"
    assert change_text(count, pd.NA, pd.NA) == ""


def test_built_in_texts_are_translated_into_chinese() -> None:
    assert not [text for text in texts().values() if text.isascii()]
    assert all(target.replace("$1", "").replace("$2", "").strip() for _source, target in patterns())


@pytest.mark.usefixtures("home")
def test_a_file_of_figures_holds_every_cell_with_what_it_says() -> None:
    library = shelf.library()
    reports = library.reports()
    chosen = reports[reports["agency"] == "聊城市自然资源和规划局"]
    data = csv_bytes(figure_lines(load_frames(library), "applications", chosen))
    lines = pd.read_csv(StringIO(data.decode("utf-8-sig")))
    assert len(lines) == 23 * 7
    first = lines.iloc[0]
    assert (first["项目"], first["栏"], first["数"]) == (
        "一、本年新收政府信息公开申请数量",
        "自然人",
        77,
    )
    blanks = lines[lines["填写情况"] == "空"]
    assert len(blanks) > 0
    assert blanks["数"].isna().all()


def test_what_scrolls_is_reached_by_keys_and_has_a_name() -> None:
    root = fragment_fromstring(scrolling('甲"表', tag("table"), classes="dd-jobs"))
    assert dict(root.attrib) == {
        "class": "dd-scroll dd-jobs",
        "role": "region",
        "tabindex": "0",
        "aria-label": '甲"表',
    }
    with pytest.raises(ValueError, match="has a name"):
        scrolling(" ", tag("table"))


SCROLLING_CLASSES = re.compile(
    r"^\.dd(?:-official)? \.(dd-[\w-]+) \{[^}]*overflow(?:-x)?: auto", re.M
)


def test_every_class_that_scrolls_is_written_where_its_name_is_given() -> None:
    """By the style sheets, so that a new region cannot be made by hand."""
    sheets = (ROOT / "pages/parts/assets/style.css").read_text() + table_css(palette(False))
    classes = set(SCROLLING_CLASSES.findall(sheets))
    assert {"dd-scroll", "dd-region"} <= classes
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "outputs").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                given = {key.arg: ast.unparse(key.value) for key in node.keywords}
                scrolls = classes & set(re.findall(r"[\w-]+", given.get("classes", "")))
                assert not scrolls or "scroll_region" in given.get(None, ""), (
                    f"{path}:{node.lineno}"
                )
