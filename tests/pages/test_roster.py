"""名册: a list comes in after it was looked at, is edited, and is held against last year."""

from pathlib import Path

import pandas as pd
import pytest

from form.today import today
from library.roster import RowChange
from library.store import Library
from pages.roster.editing import _frame, changed
from tests.pages.conftest import OpenPage, html

YEAR = today().year - 1
FUXIN = "阜新市自然资源局"


def button(app, text: str):
    return next(item for item in app.button if text in item.label)


@pytest.mark.usefixtures("home")
def test_a_pasted_list_is_looked_at_and_brought_in(open_page: OpenPage) -> None:
    app = open_page("roster")
    assert "还没有名册" in html(app)
    app.text_area(key="roster-pasted").set_value(
        f"机构名称\t分组\n{FUXIN}\t市局\n新设局\t市局"
    ).run()
    assert "列入名册 1 家，待认定 1 家" in html(app)
    assert button(app, "导入 1 行")
    # Nobody is taken for new unless somebody says so.
    app.button(key="mean-new").click().run()
    button(app, "导入 2 行").click().run()
    with Library() as library:
        assert library.roster.now().members("市局", YEAR) == (FUXIN, "新设局")
    assert f"{YEAR} 年度名册　2 家" in html(app)


@pytest.mark.usefixtures("home")
def test_who_leaves_and_is_renamed_is_counted_with_the_reason(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        names = ("甲局", "乙局", "丙局")
        library.roster.put([RowChange(name, {"due_from": 2020}) for name in names], "checker")
    app = open_page("roster")
    app.multiselect(key="drop-who").set_value(["乙局"])
    app.text_input(key="drop-reason").set_value("并入甲局")
    button(app, "记下").click().run()
    app.selectbox(key="rename-old").set_value("丙局")
    app.text_input(key="rename-new").set_value("丁局")
    app.text_input(key="rename-reason").set_value("机构改革")
    button(app, "起用新名").click().run()
    app = open_page("roster", part="户数核对")
    shown = html(app)
    assert f"{YEAR} 年度应报 2 家，上年 3 家：新增 0，减少 1，更名 1" in shown
    assert "并入甲局" in shown
    assert "丙局 → 丁局" in shown


def test_only_what_was_edited_is_changed() -> None:
    from form.agencies.terms import Term
    from form.roster import Row

    rows = (
        Row("甲局", 1, "部门", 2020, term=Term(2, 20, "x"), covers="area"),
        Row("乙局", 2),
    )
    before = _frame(rows)
    assert changed(before, before.copy()) == {}
    after = before.copy()
    after.loc[0, "covers"] = "本级"
    after.loc[1, "due_to"] = "2024"
    after.loc[0, "group"] = None
    assert changed(before, after) == {
        "甲局": {"covers": "own", "group": None},
        "乙局": {"due_to": 2024},
    }
    assert isinstance(before, pd.DataFrame)
