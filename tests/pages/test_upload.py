"""上传: files become a job, a job becomes rows, one bad file stops nothing."""

import re
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from desk.judging import judge_new
from form.report import Report
from library import jobs
from library.alone import alone
from library.importing import read_file, run_job
from library.saving import ImportResult, Reading
from library.store import Library
from loaders.endings import kinds
from pages.upload.pasted import file_of
from tests.library.made import made_report, reading
from tests.pages.conftest import REAL_REPORTS, OpenPage, checked, html
from tests.waiting import until

FUXIN = next(path for path in REAL_REPORTS if "阜新" in path.name)


def finished(app: AppTest) -> str:
    until(lambda: "第 1 批 3 份：" in html(checked(app.run())))
    return html(app)


def test_files_are_imported_and_each_says_what_became_of_it(
    home: Path, open_page: OpenPage
) -> None:
    app = open_page("upload")
    changed = FUXIN.read_bytes() + "\n更正".encode()
    files = [
        ("空.txt", b"", "text/plain"),
        (FUXIN.name, FUXIN.read_bytes(), "text/plain"),
        ("阜新更正.txt", changed, "text/plain"),
    ]
    app.file_uploader[0].set_value(files)
    checked(app.run())
    assert app.query_params["job"] == "1"
    assert app.file_uploader[0].value == []  # the box is empty again: its bytes are in the store
    shown = finished(app)
    assert "第 1 批 3 份：1 份已入库，没有错误；1 份没读成，1 份重复" in shown
    assert shown.index("没读成</span>") < shown.index("无误 1 份</span>")
    assert "文件是空的。" in shown
    with Library(home=home) as library:
        assert library.summary().reports == 6


@pytest.mark.usefixtures("empty_home")
def test_pasted_text_is_a_file_too(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[tuple[str, bytes]]] = []

    def start(files: list[tuple[str, bytes]]) -> int:
        given.append(files)
        raise RuntimeError("enough seen")

    monkeypatch.setattr("pages.upload.import_progress.start_import", start)
    app = open_page("upload")
    app.text_input[0].set_value("阜新市自然资源局2020年报")
    app.text_area[0].set_value("一、总体情况")
    app.button[0].click().run()
    assert given == [[("阜新市自然资源局2020年报.txt", "一、总体情况".encode())]]


@pytest.mark.usefixtures("empty_home")
def test_what_nobody_foresaw_is_said_in_chinese_with_an_id(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("secret path /etc/x")

    monkeypatch.setattr("pages.upload.limits.show_limits", broken)
    with pytest.raises(AssertionError, match=r"请把编号 [0-9a-f]{6} 告诉管理员") as said:
        open_page("upload")
    assert "secret" not in str(said.value)


@pytest.mark.usefixtures("empty_home")
def test_limits_stand_beside_the_box(open_page: OpenPage) -> None:
    shown = html(open_page("upload"))
    assert "每份报告不超过 20 MB（解开后 200 MB），压缩包不超过 50 MB" in shown
    assert "最多 500 份" in shown
    assert "PDF 不超过 200 页，文字不超过 200 万字，表格不超过 20 万格" in shown
    assert "每份不超过 30 秒、内存不超过 1024 MB" in shown
    for kind in kinds():
        assert f"{kind.name}（{'、'.join(kind.endings)}）" in shown


@pytest.mark.usefixtures("empty_home")
def test_a_job_that_does_not_exist_is_said_plainly(open_page: OpenPage) -> None:
    with pytest.raises(AssertionError, match="没有编号为 99 的导入任务"):
        open_page("upload", job="99")


def test_a_long_job_is_shown_by_pages_those_first_that_failed(
    home: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(home=home) as library:
        names = [*(f"{number}.txt" for number in range(119)), "坏.txt"]
        job_id = jobs.create_job(library, [(name, name.encode()) for name in names])
        items = jobs.begin(library, job_id)
        results = [ImportResult("duplicate", (), "同一个文件。")] * 119
        with library.writing() as connection:
            failed = ImportResult("failed", (), "加了密码。")
            jobs.settle_all(connection, list(zip(items, [*results, failed], strict=True)))
    asked: list[int | None] = []
    job = jobs.job

    def counted(*args: object, **options: object) -> object:
        found = job(*args, **options)
        asked.append(len(found.items))
        return found

    monkeypatch.setattr("library.jobs.job", counted)
    app = open_page("upload", job=str(job_id))
    shown = html(app)
    assert "第 1 批 120 份：1 份没读成，119 份重复" in shown
    assert shown.index("坏.txt") < shown.index(">0.txt")
    assert ">48.txt" in shown
    assert ">49.txt" not in shown
    assert max(asked) <= jobs.PAGE
    app.get("pagination")
    app.session_state["job-page"] = 3
    shown = html(checked(app.run()))
    assert ">118.txt" in shown
    assert ">98.txt" not in shown


def test_errors_come_first_in_slips_and_lead_to_the_report(
    empty_home: Path, open_page: OpenPage
) -> None:
    waits = made_report(None, 2020, cells={})
    with Library(home=empty_home) as library:
        files = [(path.name, path.read_bytes()) for path in REAL_REPORTS]
        job_id = jobs.create_job(library, [*files, ("不知谁.txt", b"x")], "李")
        read = partial(_read_or, b"x", waits)
        run_job(library, job_id, read=read, after=partial(judge_new, library))
    shown = html(open_page("upload", job=str(job_id)))
    assert "第 1 批 6 份：5 份已入库，其中 2 份共 5 处错误；1 份等您定" in shown
    assert " · 李</div>" in shown
    rows = re.findall(r"<tr>.*?</tr>", shown, flags=re.DOTALL)[1:]
    chips = [re.findall(r"dd-chip[^>]*>([^<]*)<", row)[0] for row in rows]
    assert chips == ["等您定", "3 处错误", "2 处错误", "5 处待核", "无误 2 份"]
    assert "收支不平 自然人" in rows[1]
    assert "report?agency=" in rows[1]
    assert "77 + 0" in rows[1]
    assert "去认领" in rows[0]


def _read_or(data: bytes, report: Report, given: bytes, name: str) -> Reading:
    return reading(report) if given == data else read_file(given, name)


def test_what_went_into_the_bin_is_no_longer_counted(home: Path, open_page: OpenPage) -> None:
    with Library(home=home) as library:
        job_id = jobs.create_job(library, [("改.txt", b"a"), ("又.txt", b"b")])
        made = {b"a": made_report("甲市", 2023), b"b": made_report("乙市", 2023)}
        run_job(library, job_id, read=lambda data, _name: reading(made[data]))
        (number,) = library.reports().query("agency == '甲市'").index
        library.recycle([number], "李")
    shown = html(open_page("upload", job=str(job_id)))
    assert "第 1 批 2 份：1 份已入库" in shown
    assert "；1 份在回收站" in shown


def test_a_job_that_waits_for_room_says_so(
    home: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.jobs.resume", lambda _library: None)
    with Library(home=home) as library:
        job_id = jobs.create_job(library, [("a.txt", b"a")])
        with alone(jobs.holder(library, job_id)) as say:
            assert say is not None
            say("“/data”所在的磁盘已满，这一步没有存入；请腾出空间。")
            app = open_page("upload", job=str(job_id))
            assert "“/data”所在的磁盘已满" in html(app) + "".join(item.value for item in app.info)


def test_what_was_pasted_stands_for_the_text_only_while_the_box_says_the_same() -> None:
    pasted = ("<table><tr><td>1<td></table>", "1\t\n")
    name, data = file_of("甲", "1", pasted)
    assert name == "甲.html"
    assert b"<table><tr><td>1<td></table>" in data
    assert file_of("甲", "1 2", pasted) == ("甲.txt", b"1 2")
    assert file_of("甲", "1", None) == ("甲.txt", b"1")
