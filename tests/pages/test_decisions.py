"""Corrections and words on findings, made on a report's page and kept in the log."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest

from checks.states import basis
from checks.tally import check_report
from desk.desk import Desk
from desk.letters import to_write
from form.decisions import active
from form.report import Cell, Report
from library.importing import import_file, read_file
from library.letters import Outgoing
from library.replacing import replace_readings
from library.saving import Reading
from library.store import Library
from sample_reports import FOLDER
from tests.pages.conftest import OpenPage, checked, html

LIAOCHENG = "聊城市自然资源和规划局"
NEW = "applications.new_received"
CHANGES = {"natural_person": "75", "research": "2", "legal_service": "28"}


def liaocheng(library: Library) -> int:
    reports = library.reports()
    return int(reports.index[(reports["agency"] == LIAOCHENG) & reports["counts"]][0])


def second_version(home: Path) -> None:
    """The same report printed again: 科研机构 is another number, 自然人 the same."""
    (path,) = (FOLDER / "real").glob("聊城*")
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if "一、本年新收政府信息公开申请" in line)
    assert [line.strip() for line in lines[row + 1 : row + 6]] == ["77", "0", "3", "0", "25"]
    lines[row + 3] = lines[row + 3].replace("3", "4")
    lines[row + 5] = lines[row + 5].replace("25", "28")
    with Library(home=home) as library:
        assert import_file(library, "更正.txt", "\n".join(lines).encode()).state == "new_version"


def button(app: AppTest, label: str) -> AppTest:
    (found,) = [item for item in app.button if item.label == label]
    return checked(found.click().run())


def signed(app: AppTest, name: str) -> AppTest:
    return checked(app.sidebar.text_input(key="person").set_value(name).run())


def test_a_coupled_set_is_taken_by_one_click_signed_and_taken_back_by_one(
    home: Path, open_page: OpenPage
) -> None:
    app = signed(open_page("report", agency=LIAOCHENG), "公开科")
    app = button(app, "采纳这一组 3 格")
    with Library(home=home) as library:
        entries = library.log.entries()
        assert {entry.address: entry.new and entry.new.value for entry in entries} == {
            f"{NEW}.{column}": int(text) for column, text in CHANGES.items()
        }
        assert {(entry.who, entry.rule) for entry in entries} == {("公开科", "balance")}
        cell = library.report(liaocheng(library)).cells[f"{NEW}.natural_person"]
        assert (cell.value, cell.printed and cell.printed.value) == (75, 77)
    shown = html(app)
    assert "75 ✎" in shown.replace('</span><span class="dd-pen" aria-hidden="true">', "")
    assert "已更正（原为 77）" in shown
    # The answer stands there, with the way back; what is printed is still wrong.
    assert ">更正后相符：印出的仍有 3 处错误，待机构确认</span>" in shown
    assert "没有勾稽错误" not in shown
    assert "dd-suspect" not in shown
    app = button(app, "撤销这 3 格")
    with Library(home=home) as library:
        assert active(library.log.entries()) == ()
    assert ">3 处勾稽错误，一组改法</span>" in html(app)
    app = button(app, "恢复")
    with Library(home=home) as library:
        assert len(active(library.log.entries())) == 3
    app = open_page("report", agency=LIAOCHENG, tab="修改记录")
    assert "一、本年新收政府信息公开申请数量 · 自然人：77 → 75" in html(app)
    checked(app.button(key="log-undo-2").click().run())
    with Library(home=home) as library:
        assert active(library.log.entries()) == ()


def test_a_part_of_a_set_is_seen_to_break_what_was_printed_right(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        seen = library.report(liaocheng(library)).cells[f"{NEW}.natural_person"]
        library.log.correct(liaocheng(library), f"{NEW}.natural_person", "75", seen, None, "猜的")
    app = open_page("report", agency=LIAOCHENG)
    shown = html(app)
    assert ">由更正引起</span>" in shown
    # No more is offered than to take it back: neither another repair nor a letter about what nobody printed.
    assert not [item for item in app.button if item.label.startswith("采纳")]
    app = open_page("report", agency=LIAOCHENG, finding=str(caused(home)))
    assert "印出的报告没有这一处，是更正引起的" in html(app)
    assert ">写函<" not in html(app)
    button(app, "撤销")
    with Library(home=home) as library:
        assert active(library.log.entries()) == ()


def caused(home: Path) -> int:
    """The number of the finding that a correction brought about."""
    with Library(home=home) as library:
        judged = Desk(library).judged(liaocheng(library))
    (number,) = [at for at, item in enumerate(judged, 1) if item.state == "caused"]
    return number


GENGQU = "庚区市场监督管理局"


def gengqu(home: Path) -> int:
    with Library(home=home) as library:
        (path,) = (FOLDER / "invented").glob(f"{GENGQU}2023*")
        (number,) = import_file(library, path.name, path.read_bytes()).report_ids
    return number


def test_tied_ways_are_chosen_from_with_a_basis_and_never_offered_in_one_click(
    home: Path, open_page: OpenPage
) -> None:
    number = gengqu(home)
    app = open_page("report", agency=GENGQU)
    shown = html(app)
    assert "有 21 种改法，同样都能使全部关系成立，表里看不出是哪一种。" in shown
    assert "最可能" not in shown
    assert "唯一" not in shown
    assert not [item for item in app.button if item.label.startswith("采纳") and not item.disabled]
    empty, filled = app.radio
    assert (len(empty.options), len(filled.options)) == (5, 16)
    (place,) = [at for at, text in enumerate(filled.options) if "1.本机关不掌握" in text]
    assert filled.options[place].endswith("：15 → 17，19 → 21")
    app = checked(empty.set_value(2).run())
    app = checked(app.radio[1].set_value(place).run())
    assert app.radio[0].value is None
    assert "dd-weighed" in html(app)
    app = button(app, "采纳所选 2 格")
    assert "请写明依据" in html(app)
    next(box for box in app.text_input if box.label == "依据（必填）").set_value("台账")
    app = button(app, "采纳所选 2 格")
    with Library(home=home) as library:
        entries = library.log.entries()
        assert [entry.reason for entry in entries] == ["台账"] * 2
        counts = library.report(number)
        assert counts.cells["applications.unable_not_held.total"].value == 21
        assert not [item for item in check_report(counts) if item.is_error]
    shown = html(app)
    assert ">更正后相符：印出的仍有 1 处错误，待机构确认</span>" in shown
    assert "没有勾稽错误" not in shown
    button(app, "撤销这 2 格")
    with Library(home=home) as library:
        assert active(library.log.entries()) == ()


def test_after_a_guess_nothing_is_called_the_only_way(home: Path, open_page: OpenPage) -> None:
    """The guess leaves one sum broken, and one way to mend it: which proves nothing."""
    number = gengqu(home)
    place = "applications.granted.natural_person"
    with Library(home=home) as library:
        seen = library.report(number).cells[place]
        library.log.correct(number, place, "39", seen, None, "猜的")
    for finding in ("1", "2", "3"):
        app = open_page("report", agency=GENGQU, finding=finding)
        shown = html(app)
        assert "唯一" not in shown
        assert "最可能" not in shown
        assert not [item for item in app.button if item.label.startswith("采纳")]
        assert "没有勾稽错误" not in shown


def test_an_accepted_card_is_no_longer_counted(home: Path, open_page: OpenPage) -> None:
    app = open_page("report", agency=LIAOCHENG)
    app = button(app, "记下，不再列为问题")
    assert "请写明认可的理由。" in html(app)
    next(box for box in app.text_input if box.label == "补充说明").set_value("已核实")
    app = button(app, "记下，不再列为问题")
    with Library(home=home) as library:
        entries = library.log.entries()
    assert [(entry.action, entry.reason) for entry in entries] == [("accept", "已核实")] * 3
    shown = html(app)
    assert ">3 处勾稽错误已说明原因</span>" in shown
    assert ">已认可</span>" in shown
    app = button(app, "撤销")
    assert ">3 处勾稽错误，一组改法</span>" in html(app)


def test_a_report_leads_to_its_letters(home: Path, open_page: OpenPage) -> None:
    shown = html(open_page("report", agency=LIAOCHENG))
    (address,) = set(re.findall(r'href="(letters[^"]*)"[^>]*>写函<', shown))
    assert parse_qs(urlsplit(address.replace("&amp;", "&")).query)["check-organs"] == [LIAOCHENG]
    with Library(home=home) as library:
        number = liaocheng(library)
        state = Desk(library).settled()
        (asked,) = [x for x in to_write(state, 2020, ()) if x.agency == LIAOCHENG]
        bases = {
            item.finding.key: basis(library.report(number), item.finding)
            for slip in asked.asked.slips
            for item in slip
        }
        day = date(2021, 3, 5)
        letter = Outgoing("check", LIAOCHENG, 2020, day, None, "3号", b"x", number, bases)
        library.letters.send([letter], "审核员")
    shown = html(open_page("report", agency=LIAOCHENG))
    assert shown.count(">已发函</span>") == 1
    assert "2021-03-05 审核员 发函 核验意见 · 3号 · 第 1 版" in shown
    assert ">看函件<" in shown
    assert "写函" not in shown


def test_what_was_asked_before_there_were_letters_is_still_told(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        number = liaocheng(library)
        bases = {
            item.finding.key: basis(library.report(number), item.finding)
            for item in Desk(library).judged(number)
            if item.finding.is_error
        }
        library.log.ask(number, bases, date(2021, 3, 5), "审核员", "3号")
        library.log.answer(number, bases, date(2021, 3, 9), "审核员")
    shown = html(open_page("report", agency=LIAOCHENG))
    assert shown.count(">已答复</span>") == 1
    assert "2021-03-05 审核员 已发函：3号" in shown


def test_any_cell_can_be_changed(home: Path, open_page: OpenPage) -> None:
    where = "applications.granted.total"
    app = open_page("report", agency=LIAOCHENG, edit="true", cell=where)
    assert "dd-picked" in html(app)
    boxes = {box.label: box for box in app.text_input}
    boxes["应为（不填就是空）"].set_value("六十六")
    boxes["理由"].set_value("电话核实")
    app = button(app, "保存更正")
    assert "“六十六”不是这一格能填的数字" in html(app)
    next(box for box in app.text_input if box.label.startswith("应为")).set_value("66")
    app = button(app, "保存更正")
    with Library(home=home) as library:
        assert library.report(liaocheng(library)).cells[where].value == 66
        assert library.log.entries()[0].reason == "电话核实"
    button(app, "恢复原件的数")
    with Library(home=home) as library:
        assert library.report(liaocheng(library)).cells[where].printed is None


def test_who_comes_second_sees_both_values(home: Path, open_page: OpenPage) -> None:
    where = f"{NEW}.natural_person"
    app = open_page("report", agency=LIAOCHENG)
    with Library(home=home) as library:
        seen = library.report(liaocheng(library)).cells[where]
        library.log.correct(liaocheng(library), where, "76", seen, "李雷", "别人先改")
    app = button(app, "采纳这一组 3 格")
    assert "李雷" in html(app)
    assert {"保留 76", "改为 75"} <= {item.label for item in app.button}
    button(app, "改为 75")
    with Library(home=home) as library:
        assert library.report(liaocheng(library)).cells[where].value == 75


def test_a_second_version_keeps_one_decision_and_asks_about_another(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        number = liaocheng(library)
        for column, text in CHANGES.items():
            seen = library.report(number).cells[f"{NEW}.{column}"]
            library.log.correct(number, f"{NEW}.{column}", text, seen, "公开科", "笔误")
    second_version(home)
    app = open_page("report", agency=LIAOCHENG, tab="修改记录")
    shown = html(app)
    assert "与第 1 版相比" in shown
    assert "这一版印得不同，有 1 处更正要重新确认。" in shown
    assert "这一版印的是：4" in shown
    held, asked = shown.index("继续有效的更正"), shown.index("要重新确认</div>")
    assert "自然人：77 → 75" in shown[held:asked]
    assert "法律服务机构" in shown[shown.index("这一版改好的问题") : held]
    button(app, "仍改为 2")
    with Library(home=home) as library:
        cell = library.report(liaocheng(library)).cells[f"{NEW}.research"]
        assert (cell.value, cell.printed and cell.printed.value) == (2, 4)
        assert not library.log.open_questions(liaocheng(library))


def test_a_correction_that_another_reading_touched_is_asked_again_as_such(
    home: Path, open_page: OpenPage
) -> None:
    """There is no other version: the page must not speak of one."""
    where = f"{NEW}.research"

    def otherwise(data: bytes, name: str) -> Reading:
        found = read_file(data, name)
        return Reading(found.kind, tuple(_with_four(report) for report in found.reports))

    def _with_four(report: Report) -> Report:
        if report.agency != LIAOCHENG:
            return report
        return replace(report, cells={**report.cells, where: Cell(4, "number", "4")})

    with Library(home=home) as library:
        number = liaocheng(library)
        seen = library.report(number).cells[where]
        library.log.correct(number, where, "2", seen, "公开科", "笔误")
        list(replace_readings(library, read=otherwise))
    app = open_page("report", agency=LIAOCHENG, tab="修改记录")
    shown = html(app)
    assert "重新读取后读数不同，有 1 处更正要重新确认。" in shown
    assert "原件没有变，现在读作：4" in shown
    assert "这一版" not in shown
    labels = {item.label for item in app.button}
    assert "以现在读的 4 为准" in labels
    assert not any("这一版" in label for label in labels)
    button(app, "仍改为 2")
    with Library(home=home) as library:
        cell = library.report(number).cells[where]
        assert (cell.value, cell.printed and cell.printed.value) == (2, 4)
        assert library.log.entries()[-1].reason == "重新读取后确认"
        assert not library.log.open_questions(number)
