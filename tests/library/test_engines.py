"""A database that tests use one after the other is to each as if it were new."""

from collections.abc import Callable
from pathlib import Path

import pytest

from library import runs
from library.importing import import_file
from library.store import Library
from tests.library.engines import SERVER
from tests.library.made import made_report, reading


@pytest.mark.skipif(SERVER is None, reason="names no PostgreSQL server")
def test_nothing_of_one_test_is_left_to_the_next(
    emptied: Callable[[], str], tmp_path: Path
) -> None:
    for _test in range(2):
        with Library(emptied(), home=tmp_path) as library:
            assert runs.is_new_to(library)
            assert (library.revision, library.log.entries()) == (0, ())
            result = import_file(
                library, "1.txt", b"1", read=lambda *_: reading(made_report("甲局", 2021))
            )
            assert result.report_ids == (1,)
            library.recycle([1], None)
            runs.put_away(library)
