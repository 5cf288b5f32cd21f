"""What people would use instead is measured fairly: plain files are read by it, as we read them."""

import pytest

from benchmarks.baselines import BASELINES
from benchmarks.synthetic.render import ending
from benchmarks.trials import PLAIN, trials


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "reportlab.pdf"])
def test_plain_files_are_read_whole_by_what_people_would_use(kind: str) -> None:
    (trial,) = trials(PLAIN, kind, 1, "2026", steps=False, baselines=True)
    assert trial.baselines.keys() == BASELINES[ending(kind)].keys()
    assert {(found.missed, found.wrong) for found in trial.baselines.values()} == {(0, 0)}


def test_nobody_is_held_to_files_of_several_reports() -> None:
    (trial,) = trials("two reports in one file", "html", 1, "2026", steps=False, baselines=True)
    assert trial.baselines == {}
