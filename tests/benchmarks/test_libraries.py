"""Made libraries: the same each time, as faulty as they say, and free to be changed."""

from pathlib import Path

import pytest

from benchmarks.libraries import made_reports, make_library
from checks.tally import check_library
from desk.facts import facts_of

REPORTS = 120


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


def test_one_in_five_has_findings_and_one_in_twenty_an_error(tmp_path: Path, kept: Path) -> None:
    with make_library(tmp_path / "home", REPORTS, kept=kept) as library:
        matrix = library.matrix()
        facts = facts_of(library, matrix.report_ids.tolist())
        found = check_library(matrix, library.report, facts).values()
    assert library.home == (tmp_path / "home").resolve()
    assert sum(any(item.is_error for item in own) for own in found) == REPORTS // 20
    assert sum(bool(own) for own in found) == REPORTS // 5


def test_a_library_may_be_changed_and_is_then_made_anew(tmp_path: Path, kept: Path) -> None:
    with make_library(tmp_path / "one", 5, kept=kept) as library:
        first = library.reports()
        library.recycle(first.index.tolist(), None)
        assert library.summary().counted == 0
    with make_library(tmp_path / "other", 5, kept=kept) as library:
        again = library.reports()
        assert library.summary().counted == 5
    assert first[["agency", "year", "sha256"]].equals(again[["agency", "year", "sha256"]])


def test_a_seed_gives_the_same_reports_and_a_longer_library_more_of_them() -> None:
    assert list(made_reports(9, 1)) == list(made_reports(9, 1)) != list(made_reports(9, 2))
    short = [(item.agency, item.year) for item in made_reports(9)]
    assert [(item.agency, item.year) for item in made_reports(20)][:9] == short


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(FileExistsError):
        make_library(tmp_path, 5, kept=kept)
