"""The benchmark of checking compares two ways that give the same, and prints what it found."""

import pytest

from benchmarks.tally import main


def test_it_runs_on_a_few_reports(capsys: pytest.CaptureFixture[str]) -> None:
    main(140)
    said = capsys.readouterr().out.splitlines()
    assert "140 reports, sums by edition: {'2019': 40, '2021': 42}" in said[0]
    assert [line.split(":")[0] for line in said[1:]] == [
        "sums",
        "sums over two years",
        "findings of 140",
    ]
