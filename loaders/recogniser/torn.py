"""Numbers broken within a cell, over lines or by blanks: one where nothing else is possible, else text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from form.language import _
from form.model import Table
from form.report import Cell, Note
from form.rules import Sum, evaluate, sums
from form.values import MOST_DIGITS

_TORN: Final = re.compile(r"\s*[1-9]\d*(?:\s+\d+)+\s*")

Pieces = tuple[str, ...]
"""The parts of a torn number, digits only."""


def mend(form: Table, cells: Mapping[str, Cell]) -> tuple[dict[str, Cell], list[Note]]:
    """Return one table's cells with torn numbers put together, and a note on each torn one.

    The pieces are one number if all sums in which the cell takes part hold with it, and not also
    with its first or its last part alone (a remark, or two rows printed in one). Where no sum
    tells, as in section 二, the cell stays text.
    """
    torn = {name: pieces for name, cell in cells.items() if (pieces := _pieces(cell))}
    if not torn:
        return dict(cells), []
    checked = sums(form.key, form.edition)
    joined = {name: int("".join(pieces)) for name, pieces in torn.items()}
    sound = _sound(cells, joined, checked)
    for end in (0, -1):
        sound -= _sound(cells, {name: int(pieces[end]) for name, pieces in torn.items()}, checked)
    mended = {
        name: replace(cell, value=joined[name], mark="number") if name in sound else _left(cell)
        for name, cell in cells.items()
    }
    return mended, list(_notes(mended, torn))


def _left(cell: Cell) -> Cell:
    """Return a cell that no sum joins: torn by a page's end it may be one number or two."""
    is_torn = cell.mark == "text" and "torn" in cell.oddities
    return replace(cell, mark="unknown") if is_torn else cell


def _pieces(cell: Cell) -> Pieces:
    text = unicodedata.normalize("NFKC", cell.raw) if cell.mark == "text" else ""
    pieces = tuple(text.split()) if _TORN.fullmatch(text) else ()
    return pieces if sum(map(len, pieces)) <= MOST_DIGITS else ()


def _sound(
    cells: Mapping[str, Cell], numbers: Mapping[str, int], checked: Iterable[Sum]
) -> set[str]:
    """Return which of the cells take part in sums that all hold if they say these numbers.

    A sum with another text in it, or with a cell that is not known, says nothing for them.
    """
    said = {**cells, **{name: Cell(number, "number") for name, number in numbers.items()}}
    good, bad = set[str](), set[str]()
    for outcome in evaluate(said, checked):
        places = outcome.sum.addresses
        holds = outcome.holds is True and all(said[name].mark != "text" for name in places)
        (good if holds else bad).update(name for name in places if name in numbers)
    return good - bad


def _notes(cells: Mapping[str, Cell], torn: Mapping[str, Pieces]) -> Iterator[Note]:
    for name, pieces in torn.items():
        shown, number = " ".join(pieces), cells[name].value
        if number is not None:
            message = _("“{raw}”在一格里断开，按勾稽关系是一个数 {number}。")
            yield Note("number_joined", message.format(raw=shown, number=number), (name,))
        else:
            message = _("“{raw}”在一格里断开，读不准是一个数还是几个数。")
            yield Note("number_torn", message.format(raw=shown), (name,))
