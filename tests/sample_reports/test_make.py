"""Everything in the folder comes out of the script, the same in every process."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sample_reports import FOLDER, sample_files
from sample_reports.invented import invented_reports
from sample_reports.planted import PLANTED
from sample_reports.readme import with_planted_table
from tests.sources import ROOT

MADE = ("real", "invented", "not_reports", "expected.json", "README.md")
ZIPPED = {".docx", ".xlsx"}


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What another process makes, with another hash seed, in another time zone."""
    folder = tmp_path_factory.mktemp("made")
    script = f"from pathlib import Path; from sample_reports.make import write; write(Path({str(folder)!r}))"
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Chatham"}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)
    return folder


def made_paths(folder: Path) -> set[str]:
    paths = (path for name in MADE for path in [folder / name, *(folder / name).glob("*")])
    return {path.relative_to(folder).as_posix() for path in paths if path.is_file()}


def content(path: Path) -> object:
    """The bytes; of an archive its entries, since compressors differ from system to system."""
    if path.suffix not in ZIPPED:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [
            (entry.filename, entry.date_time, archive.read(entry)) for entry in archive.infolist()
        ]


def test_made_anew_it_is_what_lies_here(made_anew: Path) -> None:
    assert made_paths(made_anew) == made_paths(FOLDER)
    changed = [
        name
        for name in sorted(made_paths(FOLDER))
        if content(made_anew / name) != content(FOLDER / name)
    ]
    assert changed == []


def test_a_changed_entry_of_an_archive_is_seen(tmp_path: Path) -> None:
    word = next(path for path in sample_files() if path.suffix == ".docx")
    other = tmp_path / word.name
    with zipfile.ZipFile(word) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry) + b" ")
    assert content(other) != content(word)


def test_the_readme_lists_every_planted_error() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for planted in PLANTED:
        assert f"{planted.agency}{planted.year}年报" in readme
        for place, cell in planted.cells.items():
            assert f"`{place}`: {cell.raw or 'blank'} (" in readme


def test_a_readme_without_its_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_planted_table("# Sample reports\n", invented_reports())
