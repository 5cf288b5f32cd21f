"""The benchmark of damaged files: what it tries, and what it calls silent."""

from random import Random

import pytest

from benchmarks import damage
from sample_reports import FOLDER


@pytest.fixture(scope="module")
def page() -> bytes:
    return min(FOLDER.rglob("*.html")).read_bytes()


def test_the_same_seed_damages_alike(page: bytes) -> None:
    one, other = (
        [damage.damaged(page, random) for _ in range(20)] for random in (Random(3), Random(3))
    )
    assert one == other
    assert any(data != page for data in one)


def test_a_whole_file_is_the_same(page: bytes) -> None:
    whole = damage.read_isolated(page, "a.html")[1]
    assert damage.fate(page, "a.html", whole).name == "same"


def test_a_number_that_reads_otherwise_is_found() -> None:
    """In a text it is shown; in a file with checksums nobody would see it."""
    path = min((FOLDER / "invented").glob("*.docx"))
    other = max((FOLDER / "invented").glob("*.docx"))
    whole = damage.read_isolated(path.read_bytes(), path.name)[1]
    found = damage.fate(other.read_bytes(), other.name, whole)
    assert found.name == "silent"
    assert found.numbers


def test_a_table_that_is_missing_is_not_silent(page: bytes) -> None:
    whole = damage.read_isolated(page, "a.html")[1]
    part = page[: page.rindex(b"<table")]
    found = damage.fate(part, "a.html", whole)
    assert (found.name, found.numbers, found.lost) == ("said", (), ())


def test_small_runs_print_a_line_a_kind(capsys) -> None:
    assert damage.main(["--seed", "1", "--each", "2", "--kinds", "reportlab.pdf", "html"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[-2:]] == ["reportlab.pdf", "html"]
