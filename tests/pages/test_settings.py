"""设置与备份: when the library was backed up, what has changed since, and what can be fetched."""

import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from library.alone import alone
from library.backups import kept
from library.store import Library
from tests.pages.conftest import OpenPage, checked, html


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Backups that pages have started: they are made at once instead, by this process."""
    names: list[str] = []

    def start(library: Library, name: str) -> subprocess.Popen[bytes] | None:
        names.append(name)
        kept.make(library, kept.folder(library) / name)
        return None

    monkeypatch.setattr(kept, "start", start)
    return names


def press(app: AppTest) -> AppTest:
    return checked(app.button(key="backup-now").click().run())


def test_a_backup_is_made_and_can_be_fetched(
    home: Path, open_page: OpenPage, started: list[str]
) -> None:
    app = open_page("settings")
    assert "还没有备份过" in html(app)
    shown = html(press(app))
    (name,) = started
    assert "上次备份：20" in shown
    assert "此后资料库没有改动" in shown
    assert f'href="backup/{quote(name)}"' in shown
    with Library(home=home) as library:
        assert [path.name for path in kept.to_fetch(library)] == [name]
        library.recycle([1], None)
    assert "此后资料库又改动了 1 次" in html(open_page("settings"))


def test_what_went_wrong_is_said_beside_what_went_right(home: Path, open_page: OpenPage) -> None:
    press(open_page("settings"))
    with Library(home=home) as library:
        kept._note(library, kept.Last(**{**vars_of(kept.last(library)), "failed": "磁盘已满"}))
    shown = html(open_page("settings"))
    assert "没有做成：磁盘已满" in shown
    assert "上次备份：20" in shown


def vars_of(last: kept.Last) -> dict[str, object]:
    return {name: getattr(last, name) for name in kept.Last.__slots__}


def test_a_backup_at_work_is_shown_and_not_started_twice(home: Path, open_page: OpenPage) -> None:
    with Library(home=home) as library, alone(kept.holder(library)) as say:
        assert say is not None
        say("2 5")
        app = open_page("settings")
        assert "已写入 2 / 5 份原件" in html(app)
        assert app.button(key="backup-now").disabled


@pytest.mark.usefixtures("home")
def test_lost_originals_are_counted(home: Path, open_page: OpenPage) -> None:
    with Library(home=home) as library:
        library.originals.remove(min(library.originals.hashes()))
    assert "有 1 份原件在资料库里已丢失或损坏" in html(press(open_page("settings")))
