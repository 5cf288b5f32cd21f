"""A batch of files, some of them hostile: an answer for each, in their order, and nothing of them in a log."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZipFile

import pytest

from checks.suspects import suspects
from checks.together import Checked, check_together
from desk import files
from form.report import Report
from form.values import joined_halves
from loaders import ReadError
from loaders.sandbox.child import Found
from sample_reports import FOLDER
from tests.loaders.sandbox.test_isolated import with_bad

ROOT = Path(__file__).resolve().parents[2]
REAL = sorted((FOLDER / "real").glob("*.txt"))
PDF = min((FOLDER / "invented").glob("*.pdf"))
NAMELESS = b"\xce\xde\xd0\xd5.txt"
"""A name in GBK, which is no UTF-8."""
SECRET = "海棠"


def read(*paths: Path, options: Sequence[str] = ("--json",)) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "cli.py", "read", *options]
    return subprocess.run([*command, *map(os.fsencode, paths)], cwd=ROOT, capture_output=True)


@pytest.fixture
def batch(tmp_path: Path) -> list[Path]:
    """Files of many kinds of trouble, a report before and behind them."""
    nameless = tmp_path / os.fsdecode(NAMELESS)
    nameless.write_bytes(REAL[1].read_bytes())
    archive = tmp_path / "坏.zip"
    archive.write_bytes(with_bad(ZIP_LZMA))
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "charset.html").write_bytes(b"<meta charset=zlib><table>\xff\xfe")
    deep = "".join(
        f"Content-Type: multipart/related; boundary={n}\n\n--{n}\n" for n in range(3_000)
    )
    (tmp_path / "deep.mhtml").write_text(deep)
    (tmp_path / "empty.pdf").touch()
    names = ["none", "folder", "pipe", "cut.docx", "charset.html", "deep.mhtml", "empty.pdf"]
    return [REAL[0], *(tmp_path / name for name in names), archive, nameless, REAL[2]]


def test_each_has_an_answer_in_the_order_given(batch: list[Path]) -> None:
    done = read(*batch)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout.decode())
    shown = [joined_halves(str(path)) for path in batch]
    expected = [*shown[:8], f"{shown[8]}/坏.txt", f"{shown[8]}/好.txt", *shown[9:]]
    assert [item["file"] for item in found] == expected
    assert [item.get("error", {}).get("code") for item in found] == [
        None,
        "unreadable",
        "unreadable",
        "unreadable",
        "damaged",
        "other_document",
        "damaged",
        "empty",
        "damaged",
        "other_document",
        None,
        None,
    ]
    agencies = [item["agency"] for item in found if "cells" in item]
    assert agencies == [path.name.removesuffix("2020年报.txt") for path in REAL[:3]]


def test_a_name_that_is_no_text_is_shown_and_its_bytes_are_told(batch: list[Path]) -> None:
    *_, nameless, last = json.loads(read(*batch[-2:]).stdout.decode())
    assert nameless["file"].endswith("/" + "\ufffd" * 4 + ".txt")
    assert bytes.fromhex(nameless["file_bytes"]) == os.fsencode(batch[-2])
    assert "file_bytes" not in last
    gone = batch[-2].with_name(os.fsdecode(b"\xff"))
    (missing,) = json.loads(read(gone).stdout.decode())
    assert bytes.fromhex(missing["file_bytes"]) == os.fsencode(gone)


@pytest.mark.parametrize("options", [(), ("--verify",), ("--why", "applications.granted.total")])
def test_people_have_a_line_for_each_too(batch: list[Path], options: Sequence[str]) -> None:
    done = read(*batch, options=options)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    for path in batch:
        assert any(line.startswith(joined_halves(str(path))) for line in lines), path


def test_pictures_are_drawn_of_what_can_be_drawn(batch: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    done = read(*batch, PDF, options=("--json", "--debug-pictures", str(folder)))
    assert done.returncode == 0
    assert len(done.stderr.decode().splitlines()) == 7
    assert {path.stem.rpartition("-")[0] for path in folder.iterdir()} == {PDF.stem}


def test_a_report_has_the_version_of_its_reader_and_what_is_odd_of_its_cells(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.txt"
    text = REAL[0].read_text("utf-8")
    path.write_text(text.replace("上一年项目数量", "上一年\u200b项目数量"), "utf-8")
    (report,) = files.described([path])
    assert type(report["reader"]) is int
    assert not any("oddities" in cell for cell in report["cells"].values())


def failing(agency: str) -> Any:
    def check(reports: Sequence[Report]) -> tuple[Checked, ...]:
        if any(report.agency == agency for report in reports):
            raise ZeroDivisionError(SECRET)
        return check_together(reports)

    return check


def test_a_fault_in_judging_is_a_finding_of_the_report_it_is_in(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    right = files.described(REAL)
    bad = right[1]["agency"]
    monkeypatch.setattr(files, "check_together", failing(bad))
    found = files.described(REAL)
    (finding,) = found[1]["findings"]
    assert (finding["rule"], finding["severity"]) == ("not_judged", "warning")
    assert finding["id"] in caplog.text
    assert SECRET not in caplog.text
    assert found[1]["cells"] == right[1]["cells"]
    assert [*found[:1], *found[2:]] == [*right[:1], *right[2:]]


def test_a_fault_in_explaining_leaves_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    right = files.described(REAL)

    def fails(report: Report, *arguments: Any, **named: Any) -> Any:
        if report.agency == right[1]["agency"]:
            raise ZeroDivisionError(SECRET)
        return suspects(report, *arguments, **named)

    monkeypatch.setattr(files, "suspects", fails)
    found = files.described(REAL)
    assert found[1]["findings"][: len(right[1]["findings"])] == right[1]["findings"]
    assert [item["rule"] for item in found[1]["findings"]][-1] == "not_judged"
    assert found[1]["suspects"] == []
    assert found[1]["suspects_limit"]
    assert [*found[:1], *found[2:]] == [*right[:1], *right[2:]]


def test_a_fault_in_asking_costs_one_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(data: bytes, name: str) -> Found:
        if name == REAL[1].name:
            raise OSError(SECRET)
        return read_isolated(data, name)

    read_isolated = files.read_isolated
    monkeypatch.setattr(files, "read_isolated", fails)
    found = files.described(REAL[:3])
    assert [item.get("error", {}).get("code") for item in found] == [None, "crashed", None]
    assert found[1]["error"]["id"] in caplog.text
    assert SECRET not in caplog.text


def test_an_archive_may_hold_any_of_it(batch: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with ZipFile(path, "w") as package:
        for number, item in enumerate(batch):
            if item.is_file():
                package.writestr(f"{number}{item.suffix}", item.read_bytes())
    found = files.described([path])
    assert sum("cells" in item for item in found) == 3
    assert [item["file"].removeprefix(f"{path}/") for item in found] == [
        "0.txt",
        "4.docx",
        "5.html",
        "6.mhtml",
        "7.pdf",
        "8.zip/坏.txt",
        "8.zip/好.txt",
        "9.txt",
        "10.txt",
    ]


def test_a_file_too_large_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 25_000_000)
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    assert len(files._bytes(path)) == 25_000_001
    (found,) = files.described([path])
    assert found["error"]["code"] == "too_large"


def test_what_a_reader_refuses_is_told_to_each_who_asks(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("关于放假的通知", "utf-8")
    for ask in (
        files.drawn,
        files.verified,
        lambda item: files.explained(item, "applications.granted.total"),
    ):
        for name, answer in ask(path):
            assert name == str(path)
            assert answer in (None, [], ()) or isinstance(answer, ReadError)
