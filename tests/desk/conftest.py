"""A library of its own for each test, and reports with slips to judge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.store import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(home=tmp_path / "home") as library:
        yield library
