"""总览 over the five real samples: counts, the matrix and its links, what to do first."""

import re
from urllib.parse import quote

import pytest

from desk.owing import Owing
from form.roster import Roster, Row
from pages.overview.received_table import (
    Received,
    agencies_of,
    legend_html,
    matrix_html,
    worst_first,
)
from tests.pages.conftest import OpenPage, html

NOBODY = Owing(Roster(), frozenset())


@pytest.mark.usefixtures("home")
def test_cards_count_reports_errors_applications_and_unread_cells(open_page: OpenPage) -> None:
    shown = html(open_page("overview"))
    numbers = re.findall(r"dd-card-number[^>]*>([^<]+)<", shown)
    # 聊城 3 + 北戴河 2 errors; 105 + 22 + 15 + 5 + 4 applications; 40 cells of 郑州二七 are unknown
    assert numbers == ["5", "5", "151", "40"]
    assert "5 家机构，2020 年" in shown


@pytest.mark.usefixtures("home")
def test_every_report_is_a_cell_that_links_to_its_page(open_page: OpenPage) -> None:
    shown = html(open_page("overview"))
    liaocheng = f'href="report?agency={quote("聊城市自然资源和规划局")}&amp;year=2020"'
    assert re.search(
        rf'<td class="dd-bad"><a [^>]*{re.escape(liaocheng)}[^>]*>⚠\ufe0e 3</a>', shown
    )
    assert len(re.findall(r'<td class="dd-well">', shown)) == 2  # 阜新, 承德
    assert len(re.findall(r'<td class="dd-doubt">', shown)) == 1  # 郑州二七


def test_errors_that_are_settled_are_called_so_in_the_table_and_below_it() -> None:
    item = Received(1, "甲局", 2021, errors=0, others=1, unknown=0, settled=2)
    table, legend = str(matrix_html([item], ["甲局"], NOBODY)), str(legend_html(NOBODY))
    assert 'class="dd-settled"' in table
    assert "更正后相符或已说明，印出的仍有 2 处错误" in table
    assert "更正后相符或已说明，印出的仍有错误" in legend


def test_what_is_settled_is_no_task_and_what_a_correction_broke_is_one() -> None:
    settled = Received(1, "甲局", 2021, errors=0, others=0, unknown=0, settled=2)
    broken = Received(2, "甲局", 2022, errors=0, others=0, unknown=0, settled=1, caused=1)
    doubtful = Received(3, "甲局", 2023, errors=0, others=0, unknown=4)
    assert worst_first([settled, doubtful, broken]) == [broken, doubtful]


def test_only_what_the_roster_calls_due_is_missing() -> None:
    items = [Received(1, "甲局", year, errors=0, others=0, unknown=0) for year in (2021, 2023)]
    roster = Roster((Row("甲局", due_from=2023), Row("乙局", due_from=2023)))
    owed = Owing(roster, frozenset())
    names = agencies_of(items, roster, by_errors=False)
    assert names == ["甲局", "乙局"]
    missing = re.findall(r'title="(\S+ \d+) 年度未收到"', str(matrix_html(items, names, owed)))
    assert missing == ["乙局 2023"]
    assert "缺" in str(legend_html(owed))
    without = str(matrix_html(items, ["甲局"], NOBODY)) + str(legend_html(NOBODY))
    assert "缺" not in without
    # Paper that came, and that nobody has typed in yet, is not missing.
    came = str(matrix_html(items, names, Owing(roster, frozenset({("乙局", 2023)}))))
    assert "年度未收到" not in came
    assert "乙局 2023 年度已收到" in came


@pytest.mark.usefixtures("home")
def test_the_worst_report_comes_first(open_page: OpenPage) -> None:
    shown = html(open_page("overview"))
    tasks = re.findall(r'<span class="dd-what">([^<]+)</span>', shown)
    assert tasks[0] == "聊城市自然资源和规划局 · 2020"
    assert tasks[1] == "北戴河区自然资源和规划局 · 2020"


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_says_so_and_offers_the_samples(open_page: OpenPage) -> None:
    app = open_page("overview")
    assert "资料库还是空的" in html(app)
    assert [button.label for button in app.button] == ["导入样例"]


@pytest.mark.usefixtures("empty_home")
def test_the_samples_come_in_by_one_click(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def start(files: list[tuple[str, bytes]]) -> int:
        started.append([name for name, _data in files])
        return 1

    monkeypatch.setattr("pages.overview.samples.start_import", start)
    open_page("overview").button[0].click().run()
    assert "聊城市自然资源和规划局2020年报.txt" in started[0]
    assert len(started[0]) > 50
