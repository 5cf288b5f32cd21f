"""Any report, printed in any layout and kind of file, is read back as it is; also one whose sums fail.

Hypothesis prints the seed of what failed.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.synthetic.draft import AGENCIES, YEARS, Draft, report
from benchmarks.synthetic.edits import with_values
from benchmarks.synthetic.quirk import COPIED_TEXT
from benchmarks.synthetic.render import MAKERS, available, ending
from benchmarks.synthetic.scoring import judge
from benchmarks.synthetic.tables import ZEROS, Printed, Said, printed_cells, random_figures
from form.editions import EDITION_KEYS, all_columns
from loaders import read

EXAMPLES = {"reportlab.pdf": 5, "chromium.pdf": 0, "office.pdf": 0}
"""By kind, where they are fewer; those that other programs print stand in the benchmark alone."""
KINDS = [kind for kind in available() if EXAMPLES.get(kind, 1) and kind not in COPIED_TEXT]


def made(seed: int, mistakes: int) -> Draft:
    """A report, some of whose counts are other than their sums require.

    Blanks stay: text that prints numbers and no total may have lost a cell, and is in doubt.
    """
    random = Random(seed)
    edition = random.choice(EDITION_KEYS)
    zero = random.choice(list(ZEROS))
    cells = printed_cells(random_figures(edition, random), zero)
    plain = report(edition, cells, random.choice(AGENCIES), random.choice(YEARS[edition]))
    counts = [
        name for name in cells if all_columns()[name].kind == "count" and cells[name].said.value
    ]
    wrong = random.sample(counts, min(mistakes, len(counts)))
    numbers = {name: random.randint(1, 99999) for name in wrong}
    return with_values(
        plain, {name: Printed(str(n), Said("number", n)) for name, n in numbers.items()}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_comes_back_and_nothing_is_noted(kind: str) -> None:
    @settings(max_examples=EXAMPLES.get(kind, 12), deadline=None)
    @given(seed=st.integers(0, 2**32), mistakes=st.integers(0, 9))
    def comes_back(seed: int, mistakes: int) -> None:
        draft = made(seed, mistakes)
        reports = read(*MAKERS[kind]([draft]), f"{draft.stem}.{ending(kind)}")
        assert [item for item in judge(draft.truths, reports) if item.verdict != "right"] == []
        assert [note.code for note in reports[0].notes] == []

    comes_back()


@pytest.mark.parametrize("kind", COPIED_TEXT)
def test_text_without_blank_cells_shows_no_number_that_is_not_printed_there(kind: str) -> None:
    """Whether sums hold or fail: what a blank left behind no rule may fill with another number."""

    @settings(max_examples=30, deadline=None)
    @given(seed=st.integers(0, 2**32), mistakes=st.integers(0, 9))
    def is_never_wrong(seed: int, mistakes: int) -> None:
        draft = made(seed, mistakes)
        reports = read(*MAKERS[kind]([draft]), f"{draft.stem}.{ending(kind)}")
        found = judge(draft.truths, reports)
        assert [item for item in found if item.verdict == "wrong" and item.is_cell] == []

    is_never_wrong()
