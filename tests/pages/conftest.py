"""Pages as Streamlit runs them, over a library of the five real sample reports."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from desk.worker import Here
from library.importing import import_file
from library.store import HOME, Library
from pages.parts import shelf
from pages.parts.registry import FRAME, PageKey, entry, first_page
from sample_reports import FOLDER
from tests.waiting import HANGS

OpenPage = Callable[..., AppTest]
REAL_REPORTS = sorted((FOLDER / "real").iterdir())


@pytest.fixture(scope="session")
def five_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library that holds the real samples; not to be written to."""
    home = tmp_path_factory.mktemp("five")
    with Library(home=home) as library:
        for path in REAL_REPORTS:
            result = import_file(library, path.name, path.read_bytes())
            assert result.state == "kept", result.message
    return home


@pytest.fixture(autouse=True)
def _judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge in this process: the browser's tests see the one beside the server."""
    monkeypatch.setattr(shelf, "Beside", Here)


@pytest.fixture
def home(five_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, which the app uses as its own."""
    own = tmp_path / "home"
    shutil.copytree(five_reports, own)
    monkeypatch.setenv(HOME, str(own))
    return own


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which the app uses as its own."""
    monkeypatch.setenv(HOME, str(tmp_path / "empty"))
    return tmp_path / "empty"


@pytest.fixture
def open_page() -> OpenPage:
    """``open_page("report", year="2020")`` runs a page with this selection in its address."""

    def run(key: PageKey, **selection: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=HANGS)
        # Boxes that the page which opens first has too would keep what they had there.
        for name, value in selection.items():
            if key == "season" or name == "scope":
                app.query_params[name] = value
        app.run()
        if key == "season" == first_page():
            return checked(app)
        app.switch_page(str(entry(key).path))
        for name, value in selection.items():
            app.query_params[name] = value
        return checked(app.run())

    return run


def checked(app: AppTest) -> AppTest:
    """Fail where a page ended in its error boundary."""
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def html(app: AppTest) -> str:
    """All HTML that the page and the menu show, without style sheets and scripts."""
    shown = "\n".join(part.value for part in app.html)
    return re.sub(r"<(style|script)>.*?</\1>", "", shown, flags=re.DOTALL)
