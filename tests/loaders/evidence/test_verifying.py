"""Two readers of one PDF: they agree on what is printed, and where not, every cell is named."""

from pathlib import Path

import pytest

from loaders.document import ReadError
from loaders.evidence import verifying
from loaders.pdf import read_with_pdfium
from sample_reports import sample_files
from tests.loaders.pdf.press import Press

PDFS = [path for path in sample_files() if path.suffix == ".pdf"]


@pytest.mark.parametrize("path", PDFS[:4], ids=lambda path: path.name)
def test_the_samples_are_read_alike(path: Path) -> None:
    assert verifying.differences(path.read_bytes(), path.name) == ()


def test_where_one_reader_finds_nothing_all_cells_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = read_with_pdfium(Press().text("正文").done())
    monkeypatch.setattr(verifying, "read_with_pdfplumber", lambda _data: nothing)
    found = verifying.differences(PDFS[0].read_bytes(), PDFS[0].name)
    assert len(found) > 190
    assert all(item.second is None and item.first is not None for item in found)
    assert found[0].report.cells[found[0].address] == found[0].first


def test_what_neither_reads_says_why() -> None:
    with pytest.raises(ReadError) as caught:
        verifying.differences(Press().text("正文").done(), "x.pdf")
    assert caught.value.code == "no_tables"
