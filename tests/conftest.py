"""What every test gets: its own data folder, and random examples that can be repeated."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import settings

from outputs.charts import frame
from tests import figures
from tests.serving import APP, Server, StartServer, running_app

# Examples stay random, so that every run can find something new; a failure prints the line that repeats it.
# No deadline: a slow moment of the machine is not a fault of the code.
settings.register_profile("random", print_blob=True, deadline=None)
settings.load_profile("random")


def pytest_addoption(parser: pytest.Parser) -> None:
    figures.options(parser)


def pytest_configure(config: pytest.Config) -> None:
    figures.configure(config)


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test ever touches the library of the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DESK_HOME", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        yield folder


def _differences(one: Any, other: Any, place: str = "") -> list[str]:
    """Where two pieces of JSON differ."""
    if type(one) is not type(other) or not isinstance(one, dict | list):
        return [] if one == other else [f"{place}: {one!r} is not {other!r}"]
    if isinstance(one, list):
        one, other = dict(enumerate(one)), dict(enumerate(other))
    return [
        said
        for name in {**one, **other}
        for said in _differences(one.get(name, "-"), other.get(name, "-"), f"{place}/{name}")
    ]


@pytest.fixture(scope="session", autouse=True)
def _plotly_looks() -> Iterator[None]:
    """Every figure that a test draws is one that plotly accepts, and would not put otherwise."""
    plain = frame.drawn

    def looked_at(traces: Sequence[frame.Trace], layout: Mapping[str, Any]) -> go.Figure:
        checked = go.Figure(list(traces), {**layout})
        checked.layout.template = None
        written = json.loads(plain(traces, layout).to_json())
        assert written["layout"].pop("template") is None
        assert _differences(written, json.loads(checked.to_json())) == []
        return checked

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "drawn", looked_at)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_hurry() -> Iterator[None]:
    """A machine that is busy with something else makes no report one that cannot be judged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checks.unjudged.SECONDS", 3600.0)
        yield


@pytest.fixture(scope="session")
def seed_reports() -> Path:
    """Folder of real reports that are not part of the project, named by ``SEED_REPORTS``."""
    folder = os.environ.get("SEED_REPORTS")
    if not folder:
        pytest.skip("SEED_REPORTS names no folder of real reports")
    return Path(folder)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StartServer]:
    """``server(home=folder, script=app.py, NAME="value" …)`` starts an app and gives its ``Server``.

    The data folder is empty unless ``home`` names one. All servers end with the test.
    """
    started: list[Server] = []
    with ExitStack() as stack:

        def start(
            home: Path | None = None,
            script: Path = APP,
            options: Sequence[str] = (),
            **settings: str,
        ) -> Server:
            number = len(started)
            home = home or tmp_path / f"home-{number}"
            home.mkdir(parents=True, exist_ok=True)
            app = running_app(home, tmp_path / f"server-{number}.log", script, options, **settings)
            started.append(stack.enter_context(app))
            return started[-1]

        yield start
