"""`cli.py letters`: drafts of letters in a ZIP, for those to whom there is something to write."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from library.importing import import_file
from library.store import Library
from outputs.letters import plain_template
from sample_reports import FOLDER
from tests.outputs.letters.words import p, r, says, template
from tests.test_cli import run


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    with Library(str(path)) as library:
        for file in sorted((FOLDER / "real").iterdir()):
            import_file(library, file.name, file.read_bytes())
    return path


def test_letters_are_written_for_those_with_errors(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "函件.zip"
    result = run("letters", out, "--year", 2020, "--due", "2026-02-10", "--library", kept)
    assert (result.exit_code, "2 份函件" in result.output) == (0, True)
    with ZipFile(out) as archive:
        names = archive.namelist()
        first = says(archive.read(names[0]))
    assert [name.split("_")[:3] for name in names] == [
        ["核验意见", "北戴河区自然资源和规划局", "2020年"],
        ["核验意见", "聊城市自然资源和规划局", "2020年"],
    ]
    assert "请于2026年2月10日前核实上述各处，更正后重新报送年度报告" in "".join(first)
    with Library(str(kept)) as library:
        assert library.letters.all() == ()
        library.office.keep_template("check", template(p(r("自己的模板"))))
    told = run(
        "letters", out, "--year", 2020, "--agency", "聊城市自然资源和规划局", "--library", kept
    )
    assert told.exit_code == 0
    with ZipFile(BytesIO(out.read_bytes())) as archive:
        (name,) = archive.namelist()
        assert says(archive.read(name)) == ["自己的模板"]


def test_nobody_to_write_to_is_said(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    for told in (["--year", 2019], ["--year", 2020, "--kind", "remind"]):
        result = run("letters", out, *told, "--library", kept)
        assert result.exit_code == 1
        assert not out.exists()
    assert run("letters", out, "--year", 2020, "--kind", "x", "--library", kept).exit_code == 2
    assert run("letters", out, "--year", 2020, "--due", "x", "--library", kept).exit_code == 2


def test_reminders_go_to_those_named_that_have_not_reported(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    named = ["--agency", "乙县人民政府", "--agency", "聊城市自然资源和规划局"]
    told = run("letters", out, "--year", 2020, "--kind", "remind", *named, "--library", kept)
    assert told.exit_code == 0, told.output
    with ZipFile(out) as archive:
        (name,) = archive.namelist()
        lines = says(archive.read(name))
    assert name.startswith("催报函_乙县人民政府_2020年")
    assert "该报告应于2021年3月31日前报送。" in lines


def test_a_template_that_is_none_is_said(kept: Path, tmp_path: Path) -> None:
    with Library(str(kept)) as library:
        library.office.keep_template("check", plain_template("check")[:100])
    result = run("letters", tmp_path / "a.zip", "--year", 2020, "--library", kept)
    assert result.exit_code == 2
    assert "DOCX" in result.output
