"""The file is the same every time, and no text of a report becomes a formula in it."""

import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from checks.findings import Finding
from form.report import Cell
from outputs.workbook import About, ReportHeader, summary_workbook
from tests.outputs.samples import liaocheng, with_cell
from tests.outputs.test_guard import FORMULAS
from tests.outputs.workbook.books import ABOUT, CHANGED, data, opened
from tests.sources import ROOT


def hash_elsewhere(seed: str, zone: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.outputs.workbook.books"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_same_contents_make_the_same_bytes_in_any_process() -> None:
    assert hash_elsewhere("1", "Asia/Shanghai") == hash_elsewhere("2", "America/New_York")


def test_another_time_makes_another_file() -> None:
    later = replace(ABOUT, changed_at=CHANGED.replace(year=2027))
    assert summary_workbook([], {}, later) != summary_workbook([], {}, ABOUT)


def test_all_times_are_those_of_the_library() -> None:
    with zipfile.ZipFile(BytesIO(data())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
    properties = opened(data()).properties
    assert properties.created == properties.modified == CHANGED.replace(tzinfo=None)


def hostile(text: str) -> bytes:
    where = "applications.new_received.natural_person"
    sample = with_cell(liaocheng(), where, Cell(None, "text", text))
    finding = Finding(
        "balance", "error", "applications", text, (where,), 1, place=text, equation=text
    )
    header = ReportHeader(1, text, 2020, text)
    return summary_workbook([(header, sample)], {1: (finding,)}, About(text, CHANGED, text, text))


@pytest.mark.parametrize("text", [*FORMULAS[::4], "{=1}", "#REF!", '=HYPERLINK("x")'])
def test_no_text_of_a_report_becomes_a_formula(text: str) -> None:
    book = opened(hostile(text))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = {str(cell.value) for cell in cells if cell.data_type == "f"}
    assert all(formula.startswith(("=SUBTOTAL(9,", "=IF(COUNTIF(")) for formula in formulas)
    kept = [cell for cell in cells if isinstance(cell.value, str) and text.strip() in cell.value]
    assert len(kept) >= 8
    assert {cell.data_type for cell in kept} == {"s"}


def test_such_a_text_stays_a_text_when_it_is_edited() -> None:
    sheet = opened(hostile("=1+1"))["汇总"]
    assert sheet.cell(4, 1).value == "=1+1"
    assert sheet.cell(4, 1).quotePrefix


@pytest.mark.parametrize("text", ["\x00\x01甲", "甲" * 40_000, "\ud800", "&<>\"'", "_x000D_"])
def test_odd_text_never_breaks_the_file(text: str) -> None:
    book = opened(hostile(text))
    assert book["汇总"].cell(4, 1).value


def test_nothing_in_the_file_points_outside() -> None:
    with zipfile.ZipFile(BytesIO(hostile("http://example.org/x"))) as package:
        relations = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
    assert not any(b'TargetMode="External"' in relation for relation in relations)
