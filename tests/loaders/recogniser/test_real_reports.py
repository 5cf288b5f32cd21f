"""Whole reports against figures set down by hand: the samples, and real ones if at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from loaders import read
from sample_reports import FOLDER, sample_files

EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
FACTS = ("mark", "value", "unit", "candidates")


def differences(path: Path, truth: dict[str, Any]) -> list[str]:
    """Return what was read otherwise than it is printed, one line each."""
    (report,) = read(path.read_bytes(), path.name)
    wrong = [
        f"{name}: {found!r}, not {truth[name]!r}"
        for name, found in (("agency", report.agency), ("year", report.year))
        if found != truth[name]
    ]
    cells = {address: cell.to_json() for address, cell in report.cells.items()}
    for address in {**truth["cells"], **cells}:
        due = {k: v for k, v in truth["cells"].get(address, {}).items() if k in FACTS}
        found = {k: v for k, v in cells.get(address, {}).items() if k in due or k == "mark"}
        if found != due:
            wrong.append(f"{address}: {found}, not {due}")
    return wrong


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_sample(path: Path) -> None:
    truth = EXPECTED[path.relative_to(FOLDER).as_posix()]
    assert differences(path, truth) == []


def test_five_real_reports(seed_reports: Path) -> None:
    truth = json.loads((seed_reports / "expected.json").read_text("utf-8"))
    assert len(truth) == 5
    assert {name: differences(seed_reports / name, due) for name, due in truth.items()} == {
        name: [] for name in truth
    }
