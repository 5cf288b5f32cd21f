"""资料库 · 机关: proposals, what a person says of an agency, and addresses with former names."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from library.importing import import_file
from library.store import Library
from tests.library.made import made_report, reading
from tests.pages.conftest import OpenPage, checked, html

OLD, NEW, OTHER = "阜新市国土资源局", "阜新市自然资源局", "朝阳区人民政府"


@pytest.fixture
def kept(home: Path) -> Path:
    with Library(home=home) as library:
        for name, year in ((OLD, 2017), (OLD, 2018), (OTHER, 2022)):
            content = reading(made_report(name, year, edition="2019"))
            data = f"{name}{year}".encode()
            import_file(library, f"{name}.txt", data, read=lambda *_, c=content: c)
    return home


def said(home: Path) -> list[str]:
    with Library(home=home) as library:
        return [item.action for item in library.log.entries()]


def box(app: AppTest, part: str, agency: str) -> Any:
    """The box that says a part of an agency, whatever was said of it before."""
    boxes = (*app.selectbox, *app.text_input)
    return next(item for item in boxes if (item.key or "").startswith(f"said-{part}-{agency}-"))


def test_a_proposal_is_accepted_and_the_old_name_still_opens_the_agency(
    kept: Path, open_page: OpenPage
) -> None:
    app = open_page("library", part="机关")
    shown = html(app)
    assert "1 组疑似同一机关" in shown
    assert f"{OLD}（2017–2018 年度）" in shown
    checked(app.button(key=f"same-{OLD}-{NEW}").click().run())
    assert said(kept)[0] == "merge"
    shown = html(open_page("library", part="机关", look="gtzy"))
    assert f"曾用名 {OLD}（2017–2018 年度）" in shown
    app = open_page("report", agency=OLD, year="2018")
    assert (app.selectbox(key="agency").value, app.selectbox(key="year").value) == (NEW, 2018)
    assert f"当时名称：{OLD}" in html(app)
    assert f"{NEW} · 2018" in html(app)
    shown = html(open_page("library", find="gtzy 2018"))
    assert f"{OLD}.txt" in shown
    app = open_page("compare", agencies=OLD)
    assert app.multiselect(key="agencies").value == [NEW]


def test_two_that_are_two_are_not_asked_about_again(kept: Path, open_page: OpenPage) -> None:
    app = open_page("library", part="机关")
    app = checked(app.button(key=f"apart-{OLD}-{NEW}").click().run())
    assert said(kept) == ["split"]
    assert "疑似同一机关" not in html(app)


def test_an_agency_has_a_view_of_its_own_where_words_are_taken_back(
    kept: Path, open_page: OpenPage
) -> None:
    with Library(home=kept) as library:
        number = library.agencies.link(OLD, NEW, "name", "checker").number
    shown = html(open_page("library", part="机关", organ=NEW))
    assert "名称与沿革" in shown
    assert "report?agency=" in shown
    app = open_page("library", part="机关", organ=OLD)
    assert "名称与沿革" in html(app)
    app = checked(app.button(key=f"organ-undo-{number}").click().run())
    assert said(kept)[-1] != "merge"
    with Library(home=kept) as library:
        assert library.agencies.registry().links == {}


def test_each_way_to_write_a_name_has_its_own_years(kept: Path, open_page: OpenPage) -> None:
    with Library(home=kept) as library:
        library.agencies.link("阜国土局", NEW, "alias", None)
        library.agencies.link(OLD, NEW, "alias", None)
    rows = re.findall(r"<tr>(.*?)</tr>", html(open_page("library", part="机关", organ=NEW)))
    years = {row.split("<")[1].split(">")[1]: re.findall(r">(20\d\d)</a>", row) for row in rows}
    assert years["阜国土局"] == []
    assert years[OLD] == ["2017", "2018"]


def test_what_a_name_leaves_open_is_asked_and_said(kept: Path, open_page: OpenPage) -> None:
    shown = html(open_page("library", part="机关", unsure="true"))
    assert OTHER in shown
    assert "聊城市自然资源和规划局" not in shown
    assert "北京市朝阳区或吉林省长春市朝阳区" in shown
    app = open_page("library", part="机关", organ=OTHER)
    box(app, "region", OTHER).set_value("朝阳区").run()
    assert "没有唯一的这个地区" in app.error[0].value
    app = open_page("library", part="机关", organ=OTHER)
    app = checked(box(app, "region", OTHER).set_value("北京市朝阳区").run())
    app = checked(box(app, "kind", OTHER).set_value("committee").run())
    with Library(home=kept) as library:
        (found,) = [item for item in library.agencies.all() if item.agency == OTHER]
    assert found.region is not None
    assert (found.region.full_name, found.kind) == ("北京市朝阳区", "committee")


def test_the_boxes_show_what_holds_of_the_agency_that_is_shown(
    kept: Path, open_page: OpenPage
) -> None:
    app = open_page("library", part="机关", organ=OTHER)
    app = checked(box(app, "region", OTHER).set_value("北京市朝阳区").run())
    app = checked(box(app, "kind", OTHER).set_value("committee").run())
    assert box(app, "kind", OTHER).value == "committee"
    with Library(home=kept) as library:
        numbers = [item.number for item in library.agencies.entries()]
    for number in numbers:
        app = checked(app.button(key=f"organ-undo-{number}").click().run())
    assert (box(app, "region", OTHER).value, box(app, "kind", OTHER).value) == ("", "")
    app = checked(box(app, "kind", OTHER).set_value("committee").run())
    app.query_params["organ"] = OLD
    app = checked(app.run())
    assert box(app, "kind", OLD).value == ""


def test_a_merger_and_a_local_term_are_said(kept: Path, open_page: OpenPage) -> None:
    app = open_page("library", part="机关", organ=NEW)
    app.multiselect(key="join-names").set_value([OLD])
    app.number_input(key="join-year").set_value(2020)
    app = checked(next(item for item in app.button if item.label == "记下").click().run())
    with Library(home=kept) as library:
        assert library.agencies.registry().joined_into(NEW, 2020) == (OLD,)
    app = open_page("library", part="机关")
    app.selectbox(key="term-kind").set_value("township")
    app.text_input(key="term-day").set_value("02-20")
    app.text_input(key="term-source").set_value("甲市的规定")
    button = next(item for item in app.button if item.label == "设定本地期限")
    app = checked(button.click().run())
    assert "甲市的规定" in html(app)
    assert said(kept) == ["merge", "setting"]


def test_a_refusal_is_a_sentence(kept: Path, open_page: OpenPage) -> None:
    content = reading(made_report(NEW, 2018))
    with Library(home=kept) as library:
        import_file(library, "又一份.txt", b"again", read=lambda *_: content)
    app = open_page("library", part="机关", organ=NEW)
    app.selectbox(key="link-name").set_value(OLD)
    button = next(item for item in app.button if item.label == "关联")
    app = button.click().run()
    assert "2018" in app.error[0].value
    assert said(kept) == []


def test_what_would_stand_beside_anothers_stays_in_the_bin(kept: Path, open_page: OpenPage) -> None:
    content = reading(made_report(NEW, 2018))
    with Library(home=kept) as library:
        told = import_file(library, "又一份.txt", b"again", read=lambda *_: content)
        library.recycle(told.report_ids, None)
        library.agencies.link(OLD, NEW, "name", None)
    app = open_page("library", part="回收站")
    app.multiselect(key="binned").set_value([*told.report_ids]).run()
    app = checked(app.button(key="restore").click().run())
    assert f"以“{OLD}”的名称报送" in app.toast[0].value
    with Library(home=kept) as library:
        assert len(library.recycled()) == 1


def test_an_empty_library_says_so(empty_home: Path, open_page: OpenPage) -> None:  # noqa: ARG001
    assert "还没有机关" in html(open_page("library", part="机关"))


def test_a_carry_across_a_merger_is_shown_with_whose_sum_it_is(
    kept: Path, open_page: OpenPage
) -> None:
    content = reading(made_report("甲市规划局", 2018, edition="2019"))
    later = reading(made_report("甲市自然资源和规划局", 2019, edition="2019", count=7))
    with Library(home=kept) as library:
        import_file(library, "一.txt", b"one", read=lambda *_: content)
        import_file(library, "二.txt", b"two", read=lambda *_: later)
        library.agencies.join([OLD, "甲市规划局"], "甲市自然资源和规划局", 2019, "checker")
    shown = html(open_page("report", agency="甲市自然资源和规划局", year="2019"))
    assert f"2018 年度的数字是甲市规划局、{OLD}之和" in shown


def test_an_agency_is_found_by_a_former_name(kept: Path, open_page: OpenPage) -> None:
    with Library(home=kept) as library:
        library.agencies.link(OLD, NEW, "name", "checker")
    app = open_page("compare")
    app = checked(app.text_input(key="look-for").set_value("国土").run())
    assert app.multiselect(key="agencies").options == [NEW]
