"""What the app imports with one click."""

import ast
import json
from pathlib import Path

from sample_reports import FOLDER, sample_files


def test_every_sample_has_its_truth() -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    assert [path.relative_to(FOLDER).as_posix() for path in sample_files()] == sorted(
        expected, key=lambda name: (name.startswith("invented/"), name)
    )


def test_samples_are_few_and_small() -> None:
    sizes = [path.stat().st_size for path in sample_files()]
    assert len(sizes) == 5 + 57
    assert max(sizes) < 100_000
    everything = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.suffix != ".pyc")
    assert everything < 3_000_000


def test_what_is_no_report_is_not_among_them() -> None:
    not_reports = list((FOLDER / "not_reports").iterdir())
    assert len(not_reports) == 2
    assert not set(not_reports) & set(sample_files())


def test_the_catalogue_needs_nothing_that_only_tests_have() -> None:
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["from pathlib import Path"]


def test_paths_are_absolute_so_that_any_folder_will_do() -> None:
    assert all(path.is_absolute() and isinstance(path, Path) for path in sample_files())
