"""`cli.py rollup`: the shape of its JSON, its workbook, how it ends."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from cli import app
from library.store import Library
from sample_reports.city import PARENT, city
from tests.desk.city import keep_city, put_roster


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["rollup", *map(str, arguments)])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "library.sqlite"
    made = city()
    with Library(str(path)) as library:
        keep_city(library, made)
        put_roster(library, made)
    return path


def test_json_is_a_list_with_an_object_an_edition(kept: Path) -> None:
    result = run("--year", 2024, "--json", "--library", kept)
    assert result.exit_code == 0
    (whole,) = json.loads(result.stdout)
    assert list(whole) == [
        *("year", "scope", "edition", "in", "missing", "excluded", "cells", "differences")
    ]
    assert (whole["year"], whole["scope"], whole["edition"]) == (2024, "all", "2021")
    cell = whole["cells"]["applications.new_received.total"]
    assert set(cell) == {"sum", "printed", "parts"}
    assert sum(part["value"] or 0 for part in cell["parts"]) == cell["sum"]
    assert {*cell["parts"][0]} == {"agency", "version", "value", "mark"}
    assert len(whole["cells"]) == 200
    for item in whole["differences"]:
        assert set(item) == {"cells", "cause", "agency", "evidence"}
    odd = {place for item in whole["differences"] for place in item["cells"]}
    assert odd == set(city().gaps)
    for place, item in whole["cells"].items():
        if item["printed"] is not None and item["sum"] is not None:
            assert (item["printed"] != item["sum"]) == (place in odd)


def test_the_workbook_is_written_and_the_sum_told(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    result = run(out, "--year", 2024, "--library", kept)
    assert result.exit_code == 0
    assert f"与{PARENT}印发的报告 200 格中" in result.stdout
    assert "各机构的数" in load_workbook(out).sheetnames


def test_scope_own_is_the_governments_own_departments(kept: Path) -> None:
    (own,) = json.loads(run("--year", 2024, "--scope", "own", "--json", "--library", kept).stdout)
    assert own["scope"] == "own"
    assert len(own["in"]) == 46
    assert not any("县" in name for name in own["in"])


@pytest.mark.parametrize("how", ["--json", "out.xlsx"])
def test_a_year_without_reports_ends_with_2(kept: Path, tmp_path: Path, how: str) -> None:
    target = how if how.startswith("--") else tmp_path / how
    result = run(target, "--year", 1999, "--library", kept)
    assert result.exit_code == 2
    assert not (tmp_path / "out.xlsx").exists()


def test_something_to_write_must_be_named(kept: Path) -> None:
    assert run("--year", 2024, "--library", kept).exit_code == 2
