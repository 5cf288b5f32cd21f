"""函件: whom to write to, what goes out, what comes back, and the office's own templates."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from checks.states import Judged
from desk.desk import Desk
from form.today import today
from library.importing import import_file
from library.roster import RowChange
from library.store import Library
from sample_reports import FOLDER
from tests.outputs.letters.words import merge, p, r, template
from tests.pages.conftest import OpenPage, checked
from tests.pages.test_decisions import button, html

LIAOCHENG = "聊城市自然资源和规划局"
BEIDAIHE = "北戴河区自然资源和规划局"


def states(home: Path, agency: str) -> list[str]:
    with Library(home=home) as library:
        state = Desk(library).settled()
        (number,) = state.counted.index[state.counted["agency"] == agency].tolist()
        judged: tuple[Judged, ...] = state.judged[number]
    return [item.state for item in judged if item.finding.is_error]


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_has_nobody_to_write_to(open_page: OpenPage) -> None:
    app = open_page("letters")
    assert "还没有报告。" in html(app)


def test_letters_go_out_to_all_with_errors(home: Path, open_page: OpenPage) -> None:
    app = open_page("letters", year="2020")
    shown = html(app)
    assert "2020 年度有 2 家有错误，其中 2 家要发函，共 5 处" in shown
    assert "总计漏填（三（七）总计 · 自然人）：此格为空" in shown
    assert "还没有填写发函机关" in shown
    app = button(app, "记为已发（2 份）")
    assert "已记为发出 2 份函件，原文留存。" in html(app)
    assert "2020 年度有 2 家有错误，其中 0 家要发函，共 0 处" in html(app)
    with Library(home=home) as library:
        letters = library.letters.all()
        assert [item.agency for item in letters] == [BEIDAIHE, LIAOCHENG]
        assert [item.reference for item in letters] == [f"〔{today().year}〕{n}号" for n in (1, 2)]
        assert all(library.letters.document(item).startswith(b"PK") for item in letters)
        assert library.log.verify() == ()
    assert states(home, LIAOCHENG) == ["asked"] * 3
    app = button(app, "撤销")
    assert "2020 年度有 2 家有错误，其中 2 家要发函，共 5 处" in html(app)
    assert states(home, LIAOCHENG) == ["open"] * 3


def test_one_organ_may_be_chosen_and_its_letter_is_followed(
    home: Path, open_page: OpenPage
) -> None:
    app = open_page("letters", year="2020")
    app.multiselect(key="check-organs").set_value([LIAOCHENG]).run()
    assert "关于《聊城市自然资源和规划局2020年政府信息公开工作年度报告》的核验意见" in html(app)
    app = button(app, "记为已发（1 份）")
    app = open_page("letters", part="已发函件", year="2020")
    assert "2020 年度发函 1 份：已函，待回 1" in html(app)
    app = open_page("letters", organ=LIAOCHENG, year="2020")
    shown = html(app)
    assert ">已函，待回</span>" in shown
    assert "依据第 1 版，要求核实 3 条" in shown
    assert "收支不平（科研机构）" in shown
    app.text_input(key=answer_box(app)).set_value("口径不同")
    app = button(app, "记下回复")
    assert ">已答复，未重报</span>" in html(app)
    assert "回复：口径不同" in html(app)
    assert states(home, LIAOCHENG) == ["answered"] * 3
    app = button(app, "撤销回复")
    assert ">已函，待回</span>" in html(app)
    app = button(app, "撤销发函")
    assert "没有给这家机关的函件。" in html(app)


def answer_box(app: AppTest) -> str:
    return next(str(box.key) for box in app.text_input if str(box.key).startswith("answer-words"))


def test_who_owes_is_reminded(home: Path, open_page: OpenPage) -> None:
    app = open_page("letters", part="催报", year="2020")
    assert "2020 年度没有要催报的机关。" in html(app)
    with Library(home=home) as library:
        library.roster.put([RowChange("乙县人民政府", {}), RowChange(LIAOCHENG, {})], None)
    # With a roster the app opens with the season, which is at the year that is due now.
    year = today().year - 1
    app = open_page("letters", part="催报")
    shown = html(app)
    assert f"{year} 年度还有 2 家没有报，其中 2 家没有催过" in shown
    assert f"该报告应于{year + 1}年3月31日前报送。" in shown
    app = button(app, "记为已发（2 份）")
    assert f"{year} 年度还有 2 家没有报，其中 0 家没有催过" in html(app)


def test_an_office_sets_its_name_and_brings_its_template(home: Path, open_page: OpenPage) -> None:
    app = open_page("letters", part="模板与设置")
    app.text_input(key="office-name").set_value("甲市政务公开办")
    app = button(app, "保存")
    assert "已保存。" in html(app)
    own = template(p(r("本办模板："), merge("机关名称")) + p(merge("错名")))
    box = next(
        item for item in app.get("file_uploader") if item.key.startswith("template-new-check")
    )
    box.set_value([("函.docx", own, "application/octet-stream")])
    app.run()
    shown = html(app)
    assert "已换用这个模板。" in shown
    assert "不认识的域：错名。" in shown
    assert "模板里没有逐处列出问题的域" in shown
    app = open_page("letters", year="2020")
    assert f"本办模板：{BEIDAIHE}" in html(app)
    assert "还没有填写发函机关" not in html(app)
    app = open_page("letters", part="模板与设置")
    box = next(
        item for item in app.get("file_uploader") if item.key.startswith("template-new-check")
    )
    box.set_value([("函.docx", b"PK", "application/octet-stream")])
    app.run()
    assert "这不是 Word 文档（DOCX）。" in html(app)
    app = button(app, "改用自带的")
    with Library(home=home) as library:
        assert library.office.template("check") is None


def test_what_comes_back_is_laid_beside_what_was_asked(home: Path, open_page: OpenPage) -> None:
    app = open_page("letters", year="2020")
    app.multiselect(key="check-organs").set_value([LIAOCHENG]).run()
    button(app, "记为已发（1 份）")
    text = next((FOLDER / "real").glob("聊城*")).read_text("utf-8")
    # 自然人 77 becomes 75 as was asked, and 科研机构 stays at 3.
    changed = text.replace("77", "75", 1)
    assert changed != text
    with Library(home=home) as library:
        result = import_file(library, "聊城更正.txt", changed.encode())
        assert result.state == "new_version", result.message
        old = library.letters.all()[0].report_id
    app = open_page("letters", organ=LIAOCHENG, year="2020")
    shown = html(app)
    assert "重报的第 2 版：要求改的 3 处改好 1 处；2 处仍错" in shown
    assert "dd-fate-mended" in shown
    assert "77→" in shown
    assert ">已重报，没有全改好</span>" in shown
    assert "仍错 2 处" in shown
    app = open_page("letters", organ=LIAOCHENG, year="2020", only="other")
    assert "dd-was" not in html(app)
    app = button(app, "改以第 1 版为准")
    assert "已改为以这一版为准。" in html(app)
    with Library(home=home) as library:
        reports = library.reports()
        assert bool(reports["counts"][old])
    app = button(app, "撤销")
    assert "重报的第 2 版" in html(app)


def test_letters_are_narrowed_to_the_roster(home: Path, open_page: OpenPage) -> None:
    with Library(home=home) as library:
        library.roster.put([RowChange(LIAOCHENG, {})], None)
    app = open_page("letters", year="2020", scope="名册全部")
    app = checked(app.selectbox(key="year").set_value(2020).run())
    assert "2020 年度有 1 家有错误，其中 1 家要发函，共 3 处" in html(app)
