"""Which of several reports on one year counts, and taking an import back, as people meet them."""

from datetime import date
from functools import partial
from pathlib import Path

from desk.desk import Desk
from desk.judging import judge_new
from desk.letters import letters_now
from form.report import Cell, Report
from library import jobs
from library.importing import run_job
from library.letters import Outgoing
from library.roster import RowChange
from library.store import Library
from tests.library.made import made_report, reading
from tests.pages.conftest import OpenPage, checked, html

NEW = "applications.new_received.natural_person"


def bring(library: Library, *reports: Report) -> int:
    made = {f"{library.revision} {n}".encode(): report for n, report in enumerate(reports)}
    names = [(f"{n}.docx", data) for n, data in enumerate(made)]
    job_id = jobs.create_job(library, names, "李")
    read = lambda data, _name: reading(made[data])  # noqa: E731
    run_job(library, job_id, read=read, after=partial(judge_new, library))
    return job_id


def pair() -> tuple[Report, Report]:
    wrong = {NEW: Cell(14, "number", "14")}
    return made_report("甲市", 2022, count=0, cells=wrong), made_report("甲市", 2022, count=0)


def test_two_of_one_batch_lie_side_by_side_and_wait(empty_home: Path, open_page: OpenPage) -> None:
    with Library(home=empty_home) as library:
        job_id = bring(library, *pair())
        app = open_page("upload", job=str(job_id))
        shown = html(app)
        assert "2 份等您定" in shown
        assert "甲市 2022：收到 2 份不同的，哪份算数？" in shown
        assert "一、本年新收政府信息公开申请数量 · 自然人" in shown
        assert "14 + 0" in shown
        assert "格相同，正文相同" in shown
        buttons = [button.label for button in app.button][1:]
        assert buttons == ["撤销整批", "只留甲", "只留乙", "都留，乙更正甲", "都留，甲更正乙"]
        assert not any(button.proto.type == "primary" for button in app.button)
        (one, other) = library.reports().index
        app.button(key=f"corrects-{other}").click()
        shown = html(checked(app.run()))
        assert "哪份算数" not in shown
        assert "已入库" in shown
        assert library.reports()["counts"].loc[[one, other]].tolist() == [False, True]


def test_what_came_later_counts_and_is_asked_about(empty_home: Path, open_page: OpenPage) -> None:
    with Library(home=empty_home) as library:
        old, new = pair()
        bring(library, old)
        bring(library, new)
        app = open_page("upload")
        assert "后收到的一份是更正吗" in html(app)
        (one, other) = library.reports().index
        assert library.reports()["counts"].tolist() == [False, True]
        app.button(key=f"only-{one}").click()
        assert "后收到的一份" not in html(checked(app.run()))
        assert library.reports()["counts"].loc[[one, other]].tolist() == [True, False]


def test_an_import_is_undone_and_its_letters_are_named_before(
    empty_home: Path, open_page: OpenPage
) -> None:
    with Library(home=empty_home) as library:
        job_id = bring(library, pair()[0])
        (number,) = library.reports().index
        letter = Outgoing(
            "check", "甲市", 2022, date(2023, 2, 1), None, "7号", b"x", number, {"balance": "x"}
        )
        library.letters.send([letter], "李")
        app = open_page("upload", job=str(job_id))
        assert "所依报告已撤回" in html(app)
        assert "甲市 2022 核验意见 7号" in html(app)
        app.button(key=f"undo-{job_id}").click()
        shown = html(checked(app.run()))
        assert "1 份在回收站" in shown
        assert library.reports().empty
        assert [item.number for item in library.letters.all()] == [1]
        (now,) = letters_now(Desk(library).settled(), library.letters.all(), date(2023, 2, 2))
        assert now.state == "withdrawn"


def test_what_names_nobody_is_asked_about_where_it_came_in(
    empty_home: Path, open_page: OpenPage
) -> None:
    with Library(home=empty_home) as library:
        job_id = bring(library, made_report(None, 2022), pair()[1])
        app = open_page("upload", job=str(job_id))
        assert "1 份报告待认领" in html(app)
        (box,) = [box for box in app.text_input if box.label == "机构全称"]
        box.set_value("乙县")
        (form,) = [button for button in app.button if button.label == "认领"]
        form.click()
        shown = html(checked(app.run()))
        assert "份报告待认领" not in shown
        assert sorted(library.reports()["agency"]) == ["乙县", "甲市"]


def test_who_is_not_on_the_roster_is_asked_about_only_where_there_is_one(
    empty_home: Path, open_page: OpenPage
) -> None:
    with Library(home=empty_home) as library:
        job_id = bring(library, pair()[1], made_report("乙县", 2022, count=0))
        assert "不在名册上" not in html(open_page("upload", job=str(job_id)))
        library.roster.put([RowChange("乙县", {"due_from": 2020})], "李")
        shown = html(open_page("upload", job=str(job_id)))
        assert "不在名册上的 1 份，是谁的？甲市 2022。" in shown
        assert 'href="roster"' in shown
