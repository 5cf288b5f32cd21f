"""How right a reading is, cell by cell, against the truth of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from benchmarks.synthetic.draft import Truth
from benchmarks.synthetic.tables import Said
from form.report import Cell, Report

Verdict = Literal["right", "missed", "allowed", "wrong"]
"""`missed`: unknown, or not found, where something is printed; `allowed`: the same where nobody
could tell what is printed; `wrong`: anything else than what is printed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One fact or cell: where, the verdict, and both sides in words where they differ."""

    place: str
    verdict: Verdict
    difference: str = ""

    @property
    def is_cell(self) -> bool:
        """Say whether it is a cell of a table, and no agency, year or edition."""
        return "." in self.place


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over judged cells, judged facts (agency, year, editions) and notes of some reports."""

    reports: int = 0
    right: int = 0
    missed: int = 0
    allowed: int = 0
    wrong: int = 0
    facts_right: int = 0
    facts_missed: int = 0
    facts_wrong: int = 0
    notes: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def cells(self) -> int:
        """The number of cells that could be read."""
        return self.right + self.missed + self.wrong

    @property
    def share_right(self) -> float:
        """The share of right cells among those that could be read; 1 where there are none."""
        return self.right / self.cells if self.cells else 1.0

    @property
    def anything_wrong(self) -> bool:
        """Say whether a cell or a fact was read otherwise than printed."""
        return bool(self.wrong or self.facts_wrong)


def judge(truths: Sequence[Truth], reports: Sequence[Report]) -> list[Judged]:
    """Return the verdicts on the reports of one file, taken in its order."""
    nothing = Truth(None, None, {}, {})
    return [
        judged
        for truth, report in zip_longest(truths, reports)
        for judged in _judge(truth or nothing, report)
    ]


def score(judged: Sequence[Judged], reports: Sequence[Report]) -> Score:
    """Return the sums of verdicts."""
    cells = [item.verdict for item in judged if item.is_cell]
    facts = [item.verdict for item in judged if not item.is_cell]
    return Score(
        1,
        cells.count("right"),
        cells.count("missed"),
        cells.count("allowed"),
        cells.count("wrong"),
        facts.count("right"),
        facts.count("missed"),
        facts.count("wrong"),
        sum(len(report.notes) for report in reports),
    )


def _judge(truth: Truth, report: Report | None) -> Iterator[Judged]:
    yield _fact("agency", truth.agency, report.agency if report else None)
    yield _fact("year", truth.year, report.year if report else None)
    for key, edition in truth.editions.items():
        if edition is not None:
            yield _fact(f"{key} edition", edition, report.editions.get(key) if report else None)
    read = dict(report.cells) if report else {}
    for place in dict.fromkeys((*truth.cells, *read)):
        may = place in truth.may_be_unknown
        yield _cell(place, truth.cells.get(place), read.get(place), may_be_unknown=may)


def _fact(name: str, due: object, found: object) -> Judged:
    if found == due:
        return Judged(name, "right")
    return Judged(name, "missed" if found is None else "wrong", f"{found!r}, not {due!r}")


def _cell(place: str, due: Said | None, found: Cell | None, *, may_be_unknown: bool) -> Judged:
    said = Said(found.mark, found.value, found.unit) if found else None
    if said == due:
        return Judged(place, "right")
    difference = f"{_words(said)}, not {_words(due)}"
    if found is not None and not (_is_open(found, due) or (may_be_unknown and _is_text(found))):
        return Judged(place, "wrong", difference)
    return Judged(place, "allowed" if may_be_unknown or due is None else "missed", difference)


def _is_text(found: Cell) -> bool:
    """Say whether a cell is shown as it is printed, and is not taken for a number or a blank."""
    return found.mark == "text"


def _is_open(found: Cell, due: Said | None) -> bool:
    """Say whether a cell is unknown, and what is printed is among the values that it may have.

    A blank counts as 0 there, as in sums.
    """
    if found.mark != "unknown":
        return False
    if due is None or due.mark == "text" or not found.candidates:
        return True
    return (due.value or 0) in {value or 0 for value in found.candidates}


def _words(said: Said | None) -> str:
    if said is None:
        return "nothing"
    return " ".join(str(part) for part in (said.mark, said.value, said.unit) if part is not None)
