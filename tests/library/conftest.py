"""A library of its own for each test."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from form.report import Report
from library.importing import ImportResult, import_file
from library.store import Library
from tests.library.made import reading

Keep = Callable[..., ImportResult]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(home=tmp_path / "home") as library:
        yield library


@pytest.fixture
def keep(library: Library) -> Keep:
    """Imports reports as the content of one file, whose bytes are new each time."""
    numbers = count(1)

    def keep(*reports: Report, name: str = "年报.txt", data: bytes | None = None) -> ImportResult:
        content = data if data is not None else b"file %d" % next(numbers)
        return import_file(library, name, content, read=lambda _data, _name: reading(*reports))

    return keep
