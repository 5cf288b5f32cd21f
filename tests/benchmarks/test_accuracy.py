"""Synthetic reports are read right: the plain ones whole, those with a quirk without an error.

The seed is a new one on every run and is printed: `python -m benchmarks.accuracy --each 2 --seed …
--quirks … --keep …` repeats it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from random import SystemRandom

import pytest

from benchmarks.synthetic.quirk import COPIED_TEXT
from benchmarks.synthetic.quirks import QUIRKS
from benchmarks.trials import PLAIN, Trial, kinds_of, total, trials

SEED = str(SystemRandom().randrange(2**32))

# How many reports of which kinds a quirk is tried in: cheap kinds of each sort. The benchmark itself
# tries all kinds, those too that other programs print.
ROUNDS = {"cells.txt": 2, "padded-tabs.txt": 2, "repeated-markdown.txt": 2, "html": 1}
OTHER_ROUNDS = {"docx": 2, "reportlab.pdf": 2, "tabs.txt": 2}
PLAIN_KINDS = (
    "cells.txt",
    "covered-cells.txt",
    "tabs.txt",
    "padded-tabs.txt",
    "pipes.txt",
    "span-pipes.txt",
    "pipe-lines.txt",
    "markdown.txt",
    "repeated-markdown.txt",
    "csv",
    "repeated.csv",
    "docx",
    "xlsx",
    "html",
    "reportlab.pdf",
)
MOST_MISSED = 0.005


@cache
def read(quirk: str) -> tuple[Trial, ...]:
    """Return trials of a quirk, in the first kinds named above that it has."""
    rounds = next(some for some in (ROUNDS, OTHER_ROUNDS) if kinds_of(quirk, list(some)))
    kinds = kinds_of(quirk, list(rounds))
    return tuple(trial for kind in kinds for trial in trials(quirk, kind, rounds[kind], SEED))


def differences(found: Iterable[Trial], *verdicts: str) -> list[str]:
    return [
        f"{trial.kind}: {item.place}: {item.verdict}: {item.difference}"
        for trial in found
        for item in trial.judged
        if item.verdict in verdicts
    ]


def wrong(found: Iterable[Trial]) -> list[str]:
    return differences(found, "wrong")


def missed(found: Iterable[Trial]) -> list[str]:
    sums = total([trial.score for trial in found])
    return differences(found, "missed") if sums.missed > MOST_MISSED * sums.cells else []


def nameless(found: Iterable[Trial]) -> list[str]:
    """Return agencies and years that were not found; what holds no readable table is nobody's."""
    lost = differences((trial for trial in found if trial.score.right), "missed")
    return [line for line in lost if ": agency: " in line or ": year: " in line]


FAULTS = {"wrong": wrong, "missed": missed, "nameless": nameless}


def cases() -> Iterator[tuple[str, str]]:
    """Yield every quirk with every fault, those of a quirk together: its trials are shared."""
    for quirk, fault in product(QUIRKS, FAULTS):
        if kinds_of(quirk, [*ROUNDS, *OTHER_ROUNDS]):
            yield quirk, fault


@pytest.mark.parametrize("kind", PLAIN_KINDS)
def test_plain_reports_are_read_whole_and_without_a_note(kind: str) -> None:
    print(f"seed {SEED}")
    found = list(trials(PLAIN, kind, 2, SEED))
    assert differences(found, "wrong", "missed", "allowed") == []
    assert [note for trial in found for note in trial.notes] == []


@pytest.mark.parametrize("kind", COPIED_TEXT)
def test_text_without_blank_cells_is_never_read_wrongly(kind: str) -> None:
    print(f"seed {SEED}")
    found = list(trials(PLAIN, kind, 6, SEED))
    assert wrong(found) == []
    assert nameless(found) == []


@pytest.mark.parametrize(("quirk", "fault"), list(cases()))
def test_no_quirk_leads_to(quirk: str, fault: str) -> None:
    print(f"seed {SEED}")
    assert FAULTS[fault](read(quirk)) == []
