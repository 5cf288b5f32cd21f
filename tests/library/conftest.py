"""A library of its own for each test, on each engine."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from form.report import Report
from library import database as engines_of
from library.importing import ImportResult, import_file
from library.store import DATABASE, Library
from tests.library.engines import ENGINES, Emptied, new_database
from tests.library.made import reading

Keep = Callable[..., ImportResult]


@pytest.fixture(scope="session")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Gives the address of a PostgreSQL database with tables and nothing in them."""
    homes = tmp_path_factory.mktemp("emptied")
    with ExitStack() as stack:
        known: list[Emptied] = []

        def ready() -> str:
            if not known or not known[-1].empty():
                known.append(Emptied(stack.enter_context(new_database()), homes))
                stack.callback(known[-1].close)
            return known[-1].address

        yield ready


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """Run the test on each engine: a library that is opened without an address lies there.

    Gives the address, None for SQLite; a process of its own must be told.
    """
    if request.param == "sqlite":
        return None
    address: str = request.getfixturevalue("emptied")()
    monkeypatch.setenv(DATABASE, address)
    return address


@pytest.fixture(autouse=True)
def impatience(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk: what a test looks at survives everything but a power cut."""
    if request.node.get_closest_marker("durable") is None:
        pragmas = [text for text in engines_of._PRAGMAS if "synchronous" not in text]
        monkeypatch.setattr(engines_of, "_PRAGMAS", (*pragmas, "synchronous = OFF"))
        monkeypatch.setattr("os.fsync", lambda _handle: None)


@pytest.fixture
def library(database: str | None, tmp_path: Path) -> Iterator[Library]:
    with Library(database, home=tmp_path / "home") as library:
        yield library


@pytest.fixture
def keep(library: Library) -> Keep:
    """Imports reports as the content of one file, whose bytes are new each time."""
    numbers = count(1)

    def keep(*reports: Report, name: str = "年报.txt", data: bytes | None = None) -> ImportResult:
        content = data if data is not None else b"file %d" % next(numbers)
        return import_file(library, name, content, read=lambda _data, _name: reading(*reports))

    return keep
