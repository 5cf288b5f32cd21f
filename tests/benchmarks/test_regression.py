"""Two versions of the reader on one folder: what is gained, lost and changed."""

from pathlib import Path

import pytest

from benchmarks.regression import compare, main

# A program that reads a file's only line as the value of one cell.
READER = """
import json
class ReadError(Exception):
    code = "empty"
class Report:
    def __init__(self, text): self.text = text
    def to_json(self):
        return {{"agency": "甲市税务局", "cells": {{"a.b.c": {{"mark": "number", "value": {value}}}}}}}
def read(data, name):
    if not data:
        raise ReadError
    return (Report(data.decode()),)
"""


def cell(value: int | None, mark: str = "number") -> list[dict[str, object]]:
    return [{"cells": {"a.b.c": {"mark": mark, "value": value}}}]


@pytest.mark.parametrize(
    ("old", "new", "due"),
    [
        (cell(3), cell(3), []),
        (cell(None, "unknown"), cell(3), ["gained"]),
        ([{"cells": {}}], cell(3), ["gained"]),
        (cell(3), cell(None, "unknown"), ["lost"]),
        (cell(3), cell(4), ["changed"]),
        (cell(0), cell(None, "blank"), ["changed"]),
        (cell(None, "unknown"), [{"cells": {}}], []),
        ({"error": "no_tables"}, cell(3), ["lost", "gained"]),
        ([*cell(3), *cell(4)], cell(3), ["lost"]),
        ([{"agency": "甲"}], [{"agency": "乙"}], ["changed"]),
    ],
)
def test_changes(old: object, new: object, due: list[str]) -> None:
    assert [difference.change for difference in compare("x.txt", old, new)] == due


def version(folder: Path, value: str) -> str:
    (folder / "loaders").mkdir(parents=True)
    (folder / "loaders" / "__init__.py").write_text(READER.format(value=value), "utf-8")
    return str(folder)


def test_two_checkouts_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = tmp_path / "files"
    (files / "inner").mkdir(parents=True)
    (files / "inner" / "一.txt").write_text("3", "utf-8")
    (files / "empty.txt").write_bytes(b"")
    old = version(tmp_path / "old", "int(self.text)")
    new = version(tmp_path / "new", "int(self.text) + 1")
    assert main([str(files), old, old]) == 0
    assert main([str(files), old, new]) == 1
    said = capsys.readouterr().out
    assert "inner/一.txt: a.b.c: changed: number 3 → number 4" in said
    assert "2 files: 0 cells and facts gained, 0 lost, 1 changed" in said


def test_a_version_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="neither a folder nor a git revision"):
        main([str(tmp_path), "no such version"])
