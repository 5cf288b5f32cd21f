"""人工录入: a file that cannot be read becomes a report by hand, checked while it is typed."""

from pathlib import Path

import pytest

from form.report import Cell
from library.importing import start_typed
from library.store import Library
from pages.typing.entry_grid import as_if_blank, changes, entered, grid_of, texts_of
from sample_reports import FOLDER
from tests.pages.conftest import OpenPage, checked, html

NEW = "applications.new_received"
COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other",
    "total",
)
(PDF,) = (FOLDER / "invented").glob("甲市税务局2022年报.pdf")


def begun(home: Path, row: str = "12 1 0 0 0 0 14") -> int:
    with Library(home=home) as library:
        data = PDF.read_bytes() + b"\n"
        number = start_typed(library, "扫描件.pdf", data, "某县档案局", 2022, "2021")
        places = [f"{NEW}.{column}" for column in COLUMNS]
        library.enter_typed(number, dict(zip(places, row.split(), strict=True)))
    return number


def test_grids_have_every_cell_of_the_form_once() -> None:
    applications = grid_of("applications", "2021")
    assert (len(applications.labels), len(applications.columns)) == (25, 7)
    assert applications.places[0][0] == f"{NEW}.natural_person"
    disclosure = grid_of("disclosure", "2021")
    assert disclosure.columns == ("数",)
    assert disclosure.labels[0] == "规章 · 本年制发件数"
    assert grid_of("disputes", "2019").labels[1] == "行政诉讼 · 未经复议直接起诉"


def test_only_what_is_new_is_entered(home: Path) -> None:
    number = begun(home)
    with Library(home=home) as library:
        report = library.report(number)
    grid = grid_of("applications", "2021")
    edits = {"0": {"自然人": "12", "总计": " 13 "}, "1": {"其他": None}}
    assert changes(grid, edits, report) == {
        f"{NEW}.total": "13",
        "applications.carried_over.other": "",
    }
    shown = texts_of(grid, report)
    assert shown.iloc[0].tolist() == ["12", "1", "0", "0", "0", "0", "14"]
    assert shown.iloc[1].isna().all()
    assert entered(report) == (7, len(report.cells))
    assert as_if_blank(report).cells["applications.granted.total"] == Cell(None, "blank")


def test_a_sum_that_fails_is_shown_while_typing(home: Path, open_page: OpenPage) -> None:
    shown = html(open_page("typing", report=str(begun(home))))
    assert "某县档案局 · 2022 年度报告" in shown
    assert ">1 处不成立</span>" in shown
    assert "横向不合总计" in shown
    assert shown.count("dd-typed") == 7


def test_a_report_that_is_still_typed_in_stands_in_no_list(home: Path, open_page: OpenPage) -> None:
    begun(home)
    assert "某县档案局" not in html(open_page("library"))
    assert "某县档案局" not in html(open_page("library", part="待认领"))
    assert "还在录入" in html(open_page("typing"))


def test_what_is_finished_counts_and_says_that_it_was_typed(
    home: Path, open_page: OpenPage
) -> None:
    app = open_page("typing", report=str(begun(home, "12 1 0 0 0 0 13")))
    app = checked(app.button(key="finish-typing").click().run())
    assert "格没有录入" in html(app)
    app.checkbox(key="rest-blank").check()
    app.button(key="finish-typing").click().run()
    shown = html(open_page("report", agency="某县档案局"))
    assert shown.count("（人工录入）") == 7
    assert "没有找到" not in shown
    assert ">录入</b>" in html(open_page("report", agency="某县档案局", tab="修改记录"))


@pytest.mark.usefixtures("home")
def test_nothing_begins_without_a_file_and_a_name(open_page: OpenPage) -> None:
    app = open_page("typing")
    (start,) = [button for button in app.button if button.label == "开始录入"]
    assert "请先选择原件" in html(checked(start.click().run()))
