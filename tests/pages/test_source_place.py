"""原文: the printed line of a cell, its figures told from its label and from what stands beside."""

import re
from pathlib import Path

import pytest

from form.report import Report
from loaders import read
from loaders.evidence import evidence
from pages.report.source_place import printed_html
from sample_reports import FOLDER

FILES = sorted(path for folder in ("invented", "real") for path in (FOLDER / folder).iterdir()
               if path.suffix in (".xlsx", ".docx", ".html", ".txt", ".pdf"))  # fmt: skip


def shown(report: Report, path: Path, address: str) -> tuple[str, list[str], list[str]]:
    """The label, the figures and the marked figures of the line of a cell."""
    (line,) = evidence(path.read_bytes(), path.name, 0, (address,))
    html = printed_html(report, line, {address})
    label, figures = html.split('<div class="dd-figures">')
    lit = re.findall(r'<span class="dd-lit">([^<]*)<', figures)
    return (
        re.sub(r"<span class=.dd-where.*", "", label),
        re.findall(r"<span[^>]*>([^<]*)<", figures),
        lit,
    )


def test_a_sheet_with_empty_columns_to_the_right_shows_seven_figures() -> None:
    (path,) = (FOLDER / "invented").glob("庚区市场监督管理局2023*")
    (report,) = read(path.read_bytes(), path.name)
    label, figures, lit = shown(report, path, "applications.granted.natural_person")
    assert figures == ["37", "1", "1", "0", "0", "0", "39"]
    assert lit == ["37"]
    assert "予以公开" in label
    assert "37" not in label


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_kind_of_file_shows_the_row_and_marks_the_one_that_is_meant(path: Path) -> None:
    report = read(path.read_bytes(), path.name)[0]
    address = "applications.new_received.total"
    label, figures, lit = shown(report, path, address)
    assert len(figures) == 7
    assert lit == [report.cells[address].raw.strip()]
    assert "新收" in label
