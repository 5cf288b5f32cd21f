"""What the checks say about a folder: counts, and the sentences behind them."""

from pathlib import Path

import pytest

from benchmarks import spoken
from sample_reports import samples

FOLDER = Path(samples.__file__).parent / "invented"


def test_a_folder_is_read_and_its_findings_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["丙区住房和城乡建设局2022年报.docx", "丁街道办事处2021年报.txt"]
    spoken.main([*(str(FOLDER / name) for name in names), "--rule", "prose_count"])
    said = capsys.readouterr().out
    assert "2 reports" in said
    assert "prose_count" in said
    assert "新收申请106件" in said


def test_what_is_no_report_is_said_to_be_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("今天天气很好。", encoding="utf-8")
    spoken.main([str(tmp_path)])
    assert "0 reports, 1 files refused: {'other_document': 1}" in capsys.readouterr().out
