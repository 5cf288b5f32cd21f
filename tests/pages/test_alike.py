"""One amount is written in one way on every page, in charts and tables, with every digit."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from form.report import Cell, Report
from library.importing import import_file
from library.store import HOME, Library
from pages.parts.registry import PageKey
from tests.library.made import made_report, reading
from tests.pages.conftest import OpenPage, html

FEES = "disclosure.administrative_fees.amount"
AMOUNT = "123.4567891"
# Seven columns of 12345 and a total that is their sum.
COUNT, TOTAL = 12345, 74070
UNGROUPED = re.compile(r"(?<![\d,.#&])\d{4,}(?![\d:])")
YEARS = {str(year) for year in range(2008, 2041)}
PAGES: list[tuple[PageKey, dict[str, str]]] = [
    ("compare", {}),
    ("compare", {"measure": "主动公开：行政事业性收费金额"}),
    ("compare", {"measure": "依申请公开：公开率（全部公开 ÷ 办结）"}),
    ("trends", {}),
    ("trends", {"measure": "主动公开：行政事业性收费金额"}),
    ("outcomes", {}),
    ("disputes", {}),
]


def amount(text: str, unit: str | None) -> dict[str, Cell]:
    return {FEES: Cell(Decimal(text), "number", text, unit=unit)}


def made(agency: str, year: int, cells: dict[str, Cell]) -> Report:
    report = made_report(agency, year, count=COUNT)
    totals = {
        place: Cell(TOTAL, "number", str(TOTAL))
        for place in report.cells
        if place.startswith("applications.") and place.endswith(".total")
    }
    return made_report(agency, year, count=COUNT, cells=totals | cells)


REPORTS = [
    made("甲市人民政府", 2022, amount("0.0000001", "亿元")),
    made("甲市人民政府", 2023, amount(AMOUNT, "万元")),
    made("乙市人民政府", 2022, amount("1234567890123456789012345678.91", "万元")),
    made("乙市人民政府", 2023, amount("1234567", "元")),
    made("丙市人民政府", 2022, amount("-0.50", "万元")),
    made("丙市人民政府", 2023, amount("1858", None)),
]


@pytest.fixture
def large_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "large"
    with Library(home=home) as library:
        for number, report in enumerate(REPORTS):
            result = import_file(
                library,
                f"{number}.txt",
                b"file %d" % number,
                read=lambda _data, _name, report=report: reading(report),
            )
            assert result.state == "kept", result.message
    monkeypatch.setenv(HOME, str(home))
    return home


def drawn(app: AppTest) -> Iterator[str]:
    """Every text in a page's charts: beside bars, on axes, under the pointer, over the plot."""

    def texts(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            for name, value in part.items():
                if name not in ("bdata", "color", "family", "shape"):
                    yield from texts(value)
        elif isinstance(part, list):
            for value in part:
                yield from texts(value)
        elif isinstance(part, str):
            yield part

    for chart in app.get("plotly_chart"):
        spec = json.loads(chart.proto.spec)
        for unseen in ("template", "datarevision"):
            spec["layout"].pop(unseen, None)
        yield from texts(spec)


def ungrouped(texts: Iterator[str]) -> set[str]:
    found = {number for text in texts for number in UNGROUPED.findall(re.sub(r"#\w{6}", "", text))}
    return found - YEARS


@pytest.mark.usefixtures("large_home")
@pytest.mark.parametrize(("key", "selection"), PAGES)
@pytest.mark.parametrize("view", ["图", "表"])
def test_thousands_are_set_apart_everywhere(
    open_page: OpenPage, key: PageKey, selection: dict[str, str], view: str
) -> None:
    app = open_page(key, view=view, **selection)
    visible = re.sub(r"(href|id|style)=\"[^\"]*\"", "", html(app))
    assert ungrouped(iter([visible])) == set()
    assert ungrouped(drawn(app)) == set()


@pytest.mark.usefixtures("large_home")
@pytest.mark.parametrize("view", ["图", "表"])
def test_amounts_are_whole_on_pages_that_compare(open_page: OpenPage, view: str) -> None:
    chosen = {"measure": "主动公开：行政事业性收费金额", "view": view}
    app = open_page("compare", year="2023", **chosen)
    shown = " ".join([html(app), *drawn(app)])
    # 乙 has 123.4567, which four decimals could not tell from it.
    assert f"甲市人民政府最多，{AMOUNT} 万元" in shown
    for text in (AMOUNT, "123.4567", "246.9134891"):
        assert re.search(rf"(?<![\d.]){text}(?!\d)", shown), text
    assert "无单位" in shown
    followed = open_page("trends", **chosen)
    shown = " ".join([html(followed), *drawn(followed)])
    assert "0.001" in shown
    assert re.search(r"−1,234,567,890,123,456,789,012,345,555\.4533", shown)


@pytest.mark.usefixtures("large_home")
def test_the_first_page_writes_as_the_others_do(open_page: OpenPage) -> None:
    shown = html(open_page("overview"))
    assert "222,210" in shown  # 3 × 74,070 new applications


@pytest.mark.usefixtures("large_home")
def test_nothing_is_written_that_is_no_figure(open_page: OpenPage) -> None:
    for key, selection in PAGES:
        for view in ("图", "表"):
            app = open_page(key, view=view, **selection)
            shown = re.sub(r"<[^>]*>", " ", html(app))
            for text in (shown, *drawn(app)):
                assert not re.search(r"(?i)\bnan\b|\d[eE][+-]?\d|(?<!\d)[-−]0(?![.\d])|<NA>", text)
