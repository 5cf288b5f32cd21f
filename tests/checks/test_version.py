"""What a judgement follows from: any change of a rule or wording is another version."""

import compileall
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.version import judging_version
from tests.sources import ROOT

PARTS = ("checks", "form")
ASK = "from checks.version import judging_version; print(judging_version())"


def asked(path: Path) -> str:
    """The version as the program lying at `path`, a folder or a ZIP, gives it."""
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    copy = tmp_path / "program"
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def worded_otherwise(program: Path) -> None:
    path = program / "checks" / "prose" / "wording.py"
    path.write_text(path.read_text(encoding="utf-8").replace("正文说", "正文称"), encoding="utf-8")


def another_rule(program: Path) -> None:
    path = program / "form" / "rules" / "within.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")


def one_more_module(program: Path) -> None:
    (program / "checks" / "more.py").write_text("", encoding="utf-8")


def another_table(program: Path) -> None:
    path = program / "form" / "agencies" / "divisions.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("阜新市", "阜旧市"), encoding="utf-8")


def test_a_copy_of_the_program_judges_alike_wherever_it_lies(program: Path) -> None:
    version = judging_version()
    assert len(version) == 64
    assert asked(program) == version
    packed = program.parent / "program.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (*program.rglob("*.py"), *program.rglob("*.tsv")):
            archive.write(path, path.relative_to(program))
    assert asked(packed) == version


@pytest.mark.parametrize("change", [worded_otherwise, another_rule, one_more_module, another_table])
def test_any_change_of_rules_or_wording_is_another_version(
    program: Path, change: Callable[[Path], None]
) -> None:
    change(program)
    assert asked(program) != judging_version()


def test_a_cache_of_compiled_modules_changes_nothing(program: Path) -> None:
    assert compileall.compile_dir(program, quiet=2)
    assert asked(program) == judging_version()


def test_a_program_without_sources_has_a_version_too(program: Path) -> None:
    assert compileall.compile_dir(program, quiet=2, legacy=True)
    for path in program.rglob("*.py"):
        path.unlink()
    assert len(asked(program)) == 64
