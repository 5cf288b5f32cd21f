"""What a sum says on the cells of a report, or of two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from form.report import Cell
from form.rules.model import Sum, YearOffset, YearSum

Cells = Mapping[str, Cell]
MOST_ADDED: Final = 100_000
"""Figures times candidates that are added up at once; with more, a side can come to anything."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one sum says on one report.

    `holds` is None where unknown cells would decide it; then `left` and `right` are None too,
    unless every candidate leads to the same figure.
    """

    sum: Sum
    holds: bool | None
    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What one sum across years says on two reports; read as `Outcome`."""

    sum: YearSum
    holds: bool | None
    left: int | None
    right: int | None


def evaluate(cells: Cells, checked: Iterable[Sum]) -> list[Outcome]:
    """Evaluate sums over cells; sums whose cells are not all in `cells` are left out.

    Blank and dash count as 0. A sum with unknown cells is decided where every combination of
    their candidates gives the same verdict.
    """
    return [
        Outcome(item, *_verdict(_side(cells, item.left), _side(cells, item.right)))
        for item in checked
        if all(place in cells for place in item.addresses)
    ]


def evaluate_years(before: Cells, after: Cells, checked: Iterable[YearSum]) -> list[YearOutcome]:
    """Evaluate sums over the cells of two years' reports, in the same way as `evaluate`."""
    by_year: Mapping[YearOffset, Cells] = {-1: before, 0: after}
    outcomes = []
    for item in checked:
        if all(term.address in by_year[term.offset] for term in item.terms):
            left, right = (
                _possible((by_year[term.offset][term.address], term.weight) for term in side)
                for side in (item.left, item.right)
            )
            outcomes.append(YearOutcome(item, *_verdict(left, right)))
    return outcomes


def leaves_open(cell: Cell) -> bool:
    """Say whether a cell can make a difference that nobody knows: unknown, with several figures."""
    return cell.mark == "unknown" and len({value or 0 for value in cell.candidates}) != 1


def _side(cells: Cells, places: Iterable[str]) -> set[int] | None:
    return _possible((cells[place], 1) for place in places)


def _possible(side: Iterable[tuple[Cell, int]]) -> set[int] | None:
    """Return every figure that weighted cells can add up to; None where it can be any, or too many."""
    known, figures = 0, {0}
    for cell, weight in side:
        if cell.mark != "unknown":
            known += weight * int(cell.value or 0)
        elif not cell.candidates:
            return None
        else:
            options = {weight * int(value or 0) for value in cell.candidates}
            if len(figures) * len(options) > MOST_ADDED:
                return None
            figures = {figure + option for figure in figures for option in options}
    return {known + figure for figure in figures}


def _verdict(
    left: set[int] | None, right: set[int] | None
) -> tuple[bool | None, int | None, int | None]:
    """Return whether both sides are equal, None where that is open, and the side's figures."""
    one, other = _single(left), _single(right)
    if left is None or right is None:
        return None, one, other
    if left.isdisjoint(right):
        return False, one, other
    return (True if one is not None and other is not None else None), one, other


def _single(figures: set[int] | None) -> int | None:
    return next(iter(figures)) if figures is not None and len(figures) == 1 else None
