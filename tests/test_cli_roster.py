"""`cli.py roster`: a list comes in, goes out, and what nobody can tell is left."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from library.roster import RowChange
from library.store import HOME, Library


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["roster", *words])


def test_a_first_list_comes_in_and_goes_out_again(run) -> None:
    Path("名册.csv").write_text("机构名称,分组\n甲市教育局,部门\n乙县人民政府,县区\n")
    result = run("import", "名册.csv", "--year", "2024")
    assert result.exit_code == 0, result.output
    assert "2024 年度名册：2 行，改动 2 处" in result.output
    assert run("export", "出.xlsx", "--year", "2024").output.strip() == "出.xlsx：名册 2 家"
    assert "名册 0 家" in run("export", "空.xlsx", "--year", "2023").output
    again = run("import", "出.xlsx", "--year", "2024", "--json")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["changed"], told["absent"]) == (0, 0, [])


def test_what_is_not_clear_is_listed_and_left(run) -> None:
    with Library() as library:
        library.roster.put([RowChange("甲市水利局", {"due_from": 2020})], "checker")
    Path("名册.txt").write_text("市水利局\n新设局\n")
    result = run("import", "名册.txt", "--year", "2024")
    assert result.exit_code == 1
    assert "市水利局：待认定，没有这个名称的机构，可能是 甲市水利局" in result.output
    result = run("import", "名册.txt", "--year", "2024", "--add-new")
    assert result.exit_code == 1
    assert "新设局" not in result.output
    with Library() as library:
        assert library.roster.now().members() == ("甲市水利局", "新设局")


def test_who_is_not_on_the_list_goes_only_where_that_is_said(run) -> None:
    with Library() as library:
        names = ("甲局", "乙局")
        library.roster.put([RowChange(name, {"due_from": 2020}) for name in names], "checker")
    Path("名册.txt").write_text("甲局\n")
    assert run("import", "名册.txt", "--year", "2024").exit_code == 1
    result = run("import", "名册.txt", "--year", "2024", "--drop-missing", "--reason", "并入甲局")
    assert result.exit_code == 0
    with Library() as library:
        (row,) = library.roster.now().headcount(2024).dropped
    assert (row.agency, row.why_to) == ("乙局", "并入甲局")


def test_a_file_that_is_no_list_ends_with_a_sentence(run) -> None:
    Path("空.txt").write_text(" ")
    assert run("import", "空.txt").exit_code == 2
    assert run("import", "没有.txt").exit_code == 2
