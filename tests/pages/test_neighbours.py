"""A report's page beside the years before and after it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from library.importing import import_file
from library.store import Library
from sample_reports import FOLDER
from tests.pages.conftest import OpenPage, html

POLICE = (
    "戊市公安局"  # has no report on 2022; its report on 2024 does not carry over what 2023 left
)
CARRIED = [f"applications.carried_over.{column}" for column in ("natural_person", "total")]


def kept(home: Path, years: Iterable[int]) -> Library:
    library = Library(home=home)
    for path in (path for year in years for path in (FOLDER / "invented").glob(f"{POLICE}{year}*")):
        import_file(library, path.name, path.read_bytes())
    return library


def test_missing_years_are_said_where_nothing_could_be_compared(
    empty_home: Path, open_page: OpenPage
) -> None:
    kept(empty_home, (2021, 2023, 2024)).close()
    said = "没有 2022 年度报告，2021 与 2023 年度之间的结转、现行有效件数和项目数量无从核对。"
    assert said in html(open_page("report", agency=POLICE, year="2023"))
    assert "无从核对" not in html(open_page("report", agency=POLICE, year="2024"))


@pytest.mark.parametrize("years", [(2023, 2024), (2024,)])
def test_a_broken_chain_is_found_between_reports_and_listed_when_it_is_mended(
    empty_home: Path, open_page: OpenPage, years: tuple[int, ...]
) -> None:
    with kept(empty_home, years) as library:
        shown = html(open_page("report", agency=POLICE, year="2024"))
        assert ("跨年结转不符 · 自然人" in shown) == (2023 in years)
        newest = int(library.reports().index[-1])
        cells = library.report(newest).cells
        repaired = {place: (cells[place], "3") for place in CARRIED}
        library.log.correct_all(newest, repaired, None, "上年结转")
    shown = html(open_page("report", agency=POLICE, year="2024"))
    assert ("跨年结转不符 · 自然人" in shown) == (2023 in years)
    assert (">更正后相符</span>" in shown) == (2023 in years)
