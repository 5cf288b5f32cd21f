"""汇总表 as Streamlit runs it, over the made city."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from library.store import HOME, Library
from sample_reports.city import PARENT, city
from tests.desk.city import keep_city, put_roster
from tests.pages.conftest import OpenPage

CARRIED = "applications.carried_over.natural_person"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("city")
    made = city()
    with Library(home=home) as library:
        keep_city(library, made)
        put_roster(library, made)
    return home


@pytest.fixture
def home(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "home"
    shutil.copytree(kept, own)
    monkeypatch.setenv(HOME, str(own))
    return own


def said(page: AppTest) -> str:
    return "".join(str(item.value) for item in page.html)


@pytest.mark.usefixtures("home")
def test_the_sentence_counts_cells_and_causes(open_page: OpenPage) -> None:
    page = open_page("rollup")
    text = said(page)
    assert f"58 家相加，与{PARENT}印发的报告 200 格中 153 格相同；不同的 47 格出自 4 处" in text
    assert "汇总表自身 42 条关系全部成立" in text
    assert "11 家按更正后的版本或数字计" in text


@pytest.mark.usefixtures("home")
def test_a_differing_cell_shows_both_numbers(open_page: OpenPage) -> None:
    text = said(open_page("rollup", part="applications"))
    assert text.count("dd-differs") >= 36
    assert 'class="dd-unequal"' in text


@pytest.mark.usefixtures("home")
def test_an_opened_cell_shows_its_parts_likeliest_first(open_page: OpenPage) -> None:
    text = said(open_page("rollup", cell=CARRIED, difference="4"))
    card = text[text.index("按可能在前") :]
    # Then whom another difference names in this cell, and the rest by size.
    assert card.index("己县人民政府") < card.index("甲市气象局") < card.index("合计 58 家")
    assert "第 1 版为 0" in card
    assert "合计 58 家" in card
    assert "最可能：" in text


@pytest.mark.usefixtures("home")
def test_the_arrows_move_between_differences(open_page: OpenPage) -> None:
    page = open_page("rollup")
    assert "不同 1 / 4" in said(page)
    page.button(key="after").click().run()
    assert page.query_params["difference"] in ("2", ["2"])
    assert "不同 2 / 4" in said(page)


@pytest.mark.usefixtures("home")
def test_the_own_level_is_not_compared_with_the_whole_region(
    open_page: OpenPage,
) -> None:
    page = open_page("rollup", covers="own")
    assert "46 家相加，没有可以比对的印发报告" in said(page)
    assert "只与那个口径的汇总比对" in said(page)


@pytest.mark.usefixtures("home")
def test_a_group_of_the_roster_is_added_up_alone_and_not_compared(open_page: OpenPage) -> None:
    page = open_page("rollup", scope="县区")
    text = said(page)
    assert "9 家相加，没有可以比对的印发报告" in text
    assert "只加名册里“县区”一组" in text
    assert "留存一次上报" not in said(open_page("rollup", scope="县区", part="sent"))


@pytest.mark.usefixtures("home")
def test_an_organ_is_left_out_for_a_reason_and_taken_back(open_page: OpenPage) -> None:
    page = open_page("rollup", part="organs")
    page.selectbox(key="exclude-who").set_value("甲市教育局")
    page.button(key="FormSubmitter:exclude-排除").click().run()
    assert "请写明排除的理由。" in said(page)
    page.selectbox(key="exclude-who").set_value("甲市教育局")
    page.text_input(key="exclude-why").set_value("撤并")
    page.button(key="FormSubmitter:exclude-排除").click().run()
    assert "已排除甲市教育局。" in said(page)
    assert "57 家相加" in said(page)
    (undo,) = [item for item in page.button if (item.key or "").startswith("undo-exclude")]
    undo.click().run()
    assert "58 家相加" in said(page)


def test_what_was_sent_is_kept_and_held_against_what_is_now(
    home: Path, open_page: OpenPage
) -> None:
    page = open_page("rollup", part="sent")
    page.text_input(key="submit-why").set_value("报省政府")
    page.button(key="FormSubmitter:submit-留存").click().run()
    assert "与上报时相同" in said(page)
    with Library(home=home) as library:
        (sent,) = library.rollups.submissions(2024)
        assert library.rollups.workbook(sent)[:2] == b"PK"
        assert len(sent.editions["2021"].versions) == 58
        library.rollups.exclude("甲市教育局", 2024, "撤并", "checker")
    text = said(open_page("rollup"))
    assert "上报时不同" in text
    assert "不再计入 1 家" in text


def test_what_came_and_cannot_be_counted_is_not_called_missing(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        reports = library.reports()
        own = reports[(reports["agency"] == "甲市教育局") & (reports["year"] == 2024)]
        library.recycle(own.index.tolist(), "checker")
        library.start_typed("扫描件.pdf", b"scan", "甲市教育局", 2024, "2021")
        gone = reports[reports["agency"] == "甲市公安局"]
        library.recycle(gone.index.tolist(), "checker")
    text = said(open_page("rollup", part="organs"))
    assert "缺 2 家" in text
    assert "缺的各家里有 1 家已经收到" in text
    table = text[text.index("情况") :]
    assert table.index("甲市教育局") < table.index("已收</td>") < table.index("缺报</td>")


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_says_what_to_do(open_page: OpenPage) -> None:
    assert "还没有可以相加的年报" in said(open_page("rollup"))


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "asked",
    [
        {"cell": "no.such.cell"},
        {"difference": "99"},
        {"part": "nothing"},
        {"year": "1900"},
        {"edition": "2019"},
        {"parent": "没有这个政府"},
        {"covers": "x"},
    ],
)
def test_an_address_that_names_nothing_is_no_error(
    open_page: OpenPage, asked: dict[str, str]
) -> None:
    page = open_page("rollup", **asked)
    assert not page.exception
    assert "家相加" in said(page)
