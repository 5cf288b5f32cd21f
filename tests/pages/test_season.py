"""年度报送: the numbers are filters, the list is by whose turn it is, all from the address."""

import re
from pathlib import Path

import pytest

from library.roster import RowChange
from library.store import Library
from tests.pages.conftest import OpenPage, html

FUXIN, ERQI = "阜新市自然资源局", "郑州市自然资源和规划局二七分局"
ABSENT = "聊城市没有报的局"


@pytest.fixture
def roster(home: Path) -> Path:
    with Library(home=home) as library:
        named = library.agencies.all()
        names = [*(item.agency for item in named), ABSENT]
        library.roster.put(
            [RowChange(name, {"due_from": 2020, "group": "部门"}) for name in names], "checker"
        )
    return home


def numbers(shown: str) -> dict[str, int]:
    found = re.findall(
        r"dd-card-label\">([^<]+)</div><div class=\"dd-card-number[^>]*>(\d+)<", shown
    )
    return {name: int(number) for name, number in found}


@pytest.mark.usefixtures("roster")
def test_the_numbers_add_up_and_the_list_holds_everybody(open_page: OpenPage) -> None:
    app = open_page("season", year="2020")
    shown = html(app)
    found = numbers(shown)
    assert found["应报"] == 6 == found["已收"] + found["未收"]
    assert found["已收"] == 5 == found["无误"] + found["待核"] + found["有误"]
    assert (found["有误"], found["未收"]) == (2, 1)
    assert len(re.findall(r'<th scope="row">', shown)) == 6
    assert "5 家已收，还有 1 家未收；2 家有误，共 5 处，其中 2 家还没有发函" in shown
    assert [code.value for code in app.code] == [f"部门（1月31日止）：{ABSENT}。"]


@pytest.mark.usefixtures("roster")
def test_a_number_shows_its_own_and_is_in_the_address(open_page: OpenPage) -> None:
    app = open_page("season", year="2020", show="missing")
    assert re.findall(r'<th scope="row">([^<]+)<', html(app)) == [ABSENT]
    app.button(key="pick-wrong").click().run()
    assert app.query_params["show"] == "wrong"
    assert len(re.findall(r'<th scope="row"><a', html(app))) == 2
    app.button(key="pick-wrong").click().run()
    assert "show" not in app.query_params


@pytest.mark.usefixtures("roster")
def test_paper_is_noted_without_a_file(open_page: OpenPage) -> None:
    app = open_page("season", year="2020")
    app.multiselect(key="receive-who").set_value([ABSENT])
    app.selectbox(key="receive-how").set_value("paper")
    next(item for item in app.button if item.label == "记下收件").click().run()
    found = numbers(html(app))
    assert (found["未收"], found["已收"]) == (0, 6)
    assert "只登记了收件" in html(app)


@pytest.mark.usefixtures("home")
def test_without_a_roster_nothing_is_due(open_page: OpenPage) -> None:
    shown = html(open_page("season", year="2020"))
    assert "还没有名册" in shown
    assert "应报" in shown
    assert "未收" not in shown


def test_every_page_can_be_narrowed_to_a_group(roster: Path, open_page: OpenPage) -> None:
    with Library(home=roster) as library:
        library.roster.put([RowChange(FUXIN, {"group": "市局"})], "checker")
    app = open_page("season", year="2020", scope="市局")
    assert numbers(html(app))["应报"] == 1
    assert "范围：市局" in html(app)
    for page in ("overview", "compare", "trends", "findings", "matrix", "export"):
        shown = html(open_page(page, scope="市局"))
        assert ERQI not in shown, page
    shown = html(open_page("compare", year="2020", scope="名册全部", view="表"))
    # Whom the roster names and who never reported has a line of his own, and is missing.
    assert ABSENT in shown
    assert "缺报" in shown
