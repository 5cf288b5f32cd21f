"""考评: the ranking, one organ's points from the address, striking one, setting a weight."""

from pathlib import Path

import pytest

from library.store import Library
from tests.pages.conftest import OpenPage, html
from tests.pages.test_season import ABSENT, roster

__all__ = ["roster"]


@pytest.mark.usefixtures("roster")
def test_who_sent_nothing_is_last_and_its_point_can_be_struck(
    open_page: OpenPage, home: Path
) -> None:
    app = open_page("scores", year="2020", organ=ABSENT)
    shown = html(app)
    assert f"{ABSENT}：90 分" in shown
    assert "截止，没有收到" in shown
    app.text_input(key="ruling-why").set_value("机构撤销")
    app.button[0].click().run()
    shown = html(app)
    assert "不扣：机构撤销" in shown
    assert f"{ABSENT}：100 分" in shown
    with Library(home=home) as library:
        (entry,) = (item for item in library.log.entries() if item.action == "strike")
    assert (entry.agency, entry.part, entry.value) == (ABSENT, "missing", "struck")


@pytest.mark.usefixtures("roster")
def test_a_weight_needs_its_source(open_page: OpenPage) -> None:
    app = open_page("scores", year="2020")
    (button,) = (item for item in app.button if item.label == "设定")
    button.click().run()
    assert "请写明分值的依据" in html(app)
    app.text_input(key="weight-source").set_value("本市办法第三条")
    (button,) = (item for item in app.button if item.label == "设定")
    button.click().run()
    assert "本市办法第三条" in html(app)


@pytest.mark.usefixtures("home")
def test_without_a_roster_nobody_is_scored(open_page: OpenPage) -> None:
    assert "由名册说了算" in html(open_page("scores"))
