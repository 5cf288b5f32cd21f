"""资料库 · 重新读取: what today's readers say otherwise, let count and taken back, never by force."""

import re
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from library import runs
from library.importing import READER, import_file, read_file
from library.replacing import run_again
from library.rereading import EVERYTHING
from library.store import Library
from tests.pages.conftest import REAL_REPORTS, OpenPage, checked, html
from tests.worse import OLDER, worse_reader

PART = "重新读取"
NOTICE = "5 份年报是旧读法读出的"


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Runs that pages have started: none is at work beside these tests."""
    numbers: list[int] = []

    def start(_library: Library, number: int) -> subprocess.Popen[bytes] | None:
        numbers.append(number)
        return None

    monkeypatch.setattr(runs, "start", start)
    monkeypatch.setattr(runs, "resume", lambda _library: None)
    return numbers


@pytest.fixture
def old_home(empty_home: Path) -> Path:
    """The folder of a library that older readers have read, worse than ours."""
    read = worse_reader(read_file, 1)
    with Library(home=empty_home) as library:
        for path in REAL_REPORTS:
            import_file(library, path.name, path.read_bytes(), read=read)
    return empty_home


def go_on(home: Path, number: int) -> None:
    """Do what the process beside the app would do."""
    with Library(home=home) as library:
        list(run_again(library, number))


def press(app: AppTest, key: str) -> AppTest:
    return checked(app.button(key=key).click().run())


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def test_an_upgrade_offers_to_read_again_until_it_is_put_away(
    old_home: Path, open_page: OpenPage
) -> None:
    for key in ("overview", "library"):
        shown = html(open_page(key))
        assert NOTICE in shown
        assert f"library?part={quote(PART)}" in shown
    app = press(open_page("overview"), "reread-put-away")
    assert NOTICE not in html(app)
    assert NOTICE not in html(open_page("library"))
    with Library(home=old_home) as library:
        assert runs.recent(library) == ()
        assert library.log.entries() == ()
    assert f"5 份年报里有 5 份是旧读法读出的，现在的读法是第 {READER} 版" in html(
        open_page("library", part=PART)
    )


@pytest.mark.usefixtures("home")
def test_nothing_is_offered_where_today_s_readers_have_read_everything(open_page: OpenPage) -> None:
    assert "旧读法" not in html(open_page("overview"))
    assert "5 份年报都是现在的读法" in html(open_page("library", part=PART))


@pytest.mark.usefixtures("empty_home")
def test_an_empty_library_says_what_this_is_for(open_page: OpenPage) -> None:
    shown = html(open_page("library", part=PART))
    assert "还没有可以重新读取的报告。" in shown


def test_what_changes_is_looked_at_let_count_and_taken_back(
    old_home: Path, open_page: OpenPage, started: list[int]
) -> None:
    app = press(open_page("library", part=PART), "reread-look")
    assert started == [1]
    assert "已读 0 / 5 个文件" in html(app)
    assert keys(app) >= {"reread-stop"}
    assert not keys(app) & {"reread-look", "reread-apply"}
    go_on(old_home, 1)

    app = open_page("library", part=PART, run="1")
    shown = html(app)
    with Library(home=old_home) as library:
        changes = runs.changes_of(library, 1, limit=None)
        before = [library.as_read(number) for number in range(1, 6)]
    assert f"5 个文件里有 {len(changes)} 处读法不同，涉及 5 份年报。" in shown
    assert f"共 {len(changes)} 条" in " ".join(item.value for item in app.caption)
    assert shown.count(f"{OLDER} → {READER}") == 50
    assert re.search(r"cell=disclosure\.\w+\.\w+", shown)
    assert "承德高新区" in shown
    assert "同一处的读法变了" in shown
    assert NOTICE not in shown

    app = press(app, "reread-apply")
    assert started == [1, 2]
    assert app.query_params["run"] == "2"
    go_on(old_home, 2)
    app = open_page("library", part=PART, run="2")
    assert f"有 {len(changes)} 处读法变了" in html(app)
    assert "第 1 次：试读" in html(app)
    assert "5 份年报都是现在的读法" in html(app)
    assert NOTICE not in html(open_page("overview"))
    assert "reread-apply" not in keys(open_page("library", part=PART, run="1"))
    with Library(home=old_home) as library:
        assert library.as_read(1) != before[0]
    log = html(open_page("report", agency="承德高新区", tab="修改记录"))
    assert "<b>重新读取</b>" in log
    assert f"读法 {OLDER} → {READER}" in log

    app = press(app, "reread-undo")
    assert "整次撤回了，读数和原来一样" in html(app)
    assert "reread-undo" not in keys(app)
    with Library(home=old_home) as library:
        assert [library.as_read(number) for number in range(1, 6)] == before
        assert library.log.verify() == ()
    assert "reread-apply" in keys(open_page("library", part=PART, run="1"))


def test_a_selection_is_read_again_alone(old_home: Path, open_page: OpenPage) -> None:
    app = open_page("library", part=PART)
    app.multiselect(key="reread-agencies").set_value(["承德高新区"]).run()
    app = press(app, "reread-look")
    go_on(old_home, 1)
    shown = html(open_page("library", part=PART, run="1"))
    assert "承德高新区；第" in shown
    assert "涉及 1 份年报" in shown


def test_a_run_without_changes_says_so(home: Path, open_page: OpenPage) -> None:
    press(open_page("library", part=PART), "reread-look")
    go_on(home, 1)
    app = open_page("library", part=PART, run="1")
    assert "没有不同。" in html(app)
    assert "reread-apply" not in keys(app)


def test_a_run_that_is_cut_short_can_be_gone_on_with_or_stopped(
    old_home: Path, open_page: OpenPage, started: list[int]
) -> None:
    press(open_page("library", part=PART), "reread-look")
    with Library(home=old_home) as library, library.writing() as connection:
        found = runs.get_in(connection, 1)
        runs.note(connection, 1, touched_at=found.touched_at - runs.QUIET)
    app = open_page("library", part=PART)
    assert "重新读取好像中断了" in html(app)
    app = press(app, "reread-go-on")
    assert started == [1, 1]
    app = press(app, "reread-stop")
    assert "已停止" in html(open_page("library", part=PART, run="1"))
    assert "reread-look" in keys(open_page("library", part=PART))


def test_reports_that_read_the_same_are_said_to_have_been_read_again(
    home: Path, open_page: OpenPage
) -> None:
    with Library(home=home) as library:
        with library.writing() as connection:
            connection.exec_driver_sql(f"UPDATE report SET reader = {OLDER}")
        runs.create(library, "公开科", EVERYTHING, dry=False)
    assert "5 份年报里有 5 份是旧读法读出的" in html(open_page("library", part=PART))
    go_on(home, 1)
    shown = html(open_page("library", part=PART))
    assert "已经用现在的读法全部读过一遍" in shown
    assert NOTICE not in html(open_page("library"))


def test_a_run_of_an_older_program_is_not_said_to_have_found_nothing(
    old_home: Path, open_page: OpenPage
) -> None:
    with Library(home=old_home) as library:
        before = [library.as_read(number) for number in range(1, 6)]
        number = runs.create(library, "公开科", EVERYTHING, dry=False)
        list(run_again(library, number))
        # As the programs before it left it: they kept no more of a run.
        with library.writing() as connection:
            connection.exec_driver_sql("DELETE FROM run_change")
            connection.exec_driver_sql("UPDATE run SET files = NULL, done = 0, touched_at = NULL")
    app = open_page("library", part=PART, run=str(number))
    assert "没有不同" not in html(app)
    assert "明细没有留下；换了 5 份年报的读数" in html(app)
    app = press(app, "reread-undo")
    with Library(home=old_home) as library:
        assert [library.as_read(number) for number in range(1, 6)] == before
    line = html(open_page("library", part=PART))
    assert "0 个文件" not in line
    assert '<td class="dd-number">—</td>' in line
