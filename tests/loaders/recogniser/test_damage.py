"""A file that lost, doubled or shifted a piece never gives a wrong number.

Whatever is done to one piece, each cell is read as it was printed before, or is unknown; and where
an unknown cell lists candidates, what was printed is among them. Hypothesis prints what failed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import zip_longest
from random import Random

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.synthetic.draft import Draft, report
from benchmarks.synthetic.render.office import docx, html
from benchmarks.synthetic.render.text import LAYOUTS, maker
from benchmarks.synthetic.tables import ZEROS, printed_cells, random_figures
from form.editions import EDITION_KEYS
from form.report import Cell, Report
from loaders import ReadError, read
from loaders.recogniser import recognise
from loaders.text import read_text
from tests.loaders.recogniser.harms import HARMS, Harm

SEEDS = st.integers(0, 2**32)


def made(random: Random) -> Draft:
    edition = random.choice(EDITION_KEYS)
    cells = printed_cells(random_figures(edition, random), random.choice(list(ZEROS)))
    return report(edition, cells, "甲市税务局", 2020)


def first_change(before: Sequence[str], after: Sequence[str]) -> int:
    """Return the number of the first line that differs."""
    pairs = enumerate(zip_longest(before, after))
    return next((number for number, (one, other) in pairs if one != other), len(before))


def row_of(layout: str, lines: Sequence[str], number: int) -> int:
    """Return which row of a text a line belongs to; a cell a line, rows end at empty lines."""
    return lines[:number].count("") if layout in {"cells", "pipe-lines"} else number


def wrong(draft: Draft, reports: Sequence[Report]) -> dict[str, Cell]:
    """Return the cells that say, or could only say, something else than was printed."""
    assert len(reports) == 1
    truth = draft.truth.cells
    return {
        name: cell
        for name, cell in reports[0].cells.items()
        if name not in truth or not _may_say(cell, truth[name].value or 0)
    }


def _may_say(cell: Cell, due: object) -> bool:
    """Say whether a cell says a number, or is open to it; blank and 0 count alike."""
    if cell.mark != "unknown":
        return (cell.value or 0) == due
    return not cell.candidates or due in {value or 0 for value in cell.candidates}


def read_harmed(draft: Draft, layout: str, harm: Harm, random: Random) -> Sequence[Report]:
    lines = maker(LAYOUTS[layout])(draft).decode().split("\n")
    harm(lines, random)
    return recognise(read_text("\n".join(lines)), "x.txt")


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4)
@given(seed=SEEDS)
@example(seed=550)  # in section 四 of one cell a line, a total lost with its part
@example(seed=20948297)  # a number below the dash of the cell before it
@example(seed=1137)  # a number left alone below its row, out of the table
def test_text(layout: str, harm: Harm, seed: int) -> None:
    random = Random(seed)
    draft = made(random)
    try:
        reports = read_harmed(draft, layout, harm, random)
    except ReadError:
        return
    assert wrong(draft, reports) == {}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4)
@given(seed=SEEDS, harms=st.lists(st.sampled_from(HARMS[:3]), min_size=2, max_size=3))
def test_text_harmed_twice_says_so_at_least(layout: str, harms: list[Harm], seed: int) -> None:
    """Pieces of different rows cannot make up for each other, as a cell lost and one doubled can.

    Where they do within a row, it is a whole row of other numbers, and nobody can tell.
    """
    random = Random(seed)
    draft = made(random)
    harmed: list[int] = []

    def harm(lines: list[str], chance: Random) -> None:
        for one in harms:
            before = [*lines]
            one(lines, chance)
            harmed.append(row_of(layout, lines, first_change(before, lines)))
        assume(len({*harmed}) == len(harmed))

    try:
        reports = read_harmed(draft, layout, harm, random)
    except ReadError:
        return
    doubts = reports[0].notes or any(c.mark == "unknown" for c in reports[0].cells.values())
    assert wrong(draft, reports) == {} or doubts


Damage = Callable[[Draft, Random, bool], tuple[bytes, str]]
"""Makes a file of a draft with one piece lost or (True) doubled; returns bytes and name."""


def page(element: str) -> Damage:
    def harm(draft: Draft, random: Random, doubled: bool) -> tuple[bytes, str]:
        source = html(draft).decode()
        found = random.choice(
            list(re.finditer(rf"<{element}\b[^>]*>.*?</{element}>", source, re.DOTALL))
        )
        kept = found[0] * 2 if doubled else ""
        return f"{source[: found.start()]}{kept}{source[found.end() :]}".encode(), "x.html"

    return harm


def word(element: str) -> Damage:
    def harm(draft: Draft, random: Random, doubled: bool) -> tuple[bytes, str]:
        document = Document(BytesIO(docx(draft)))
        found = random.choice(list(document.element.body.iter(qn(element))))
        if doubled:
            found.addnext(deepcopy(found))
        else:
            found.getparent().remove(found)
        target = BytesIO()
        document.save(target)
        return target.getvalue(), "x.docx"

    return harm


DRAWN = {
    "a cell of a page": page("td"),
    "a row of a page": page("tr"),
    "a cell of Word": word("w:tc"),
    "a row of Word": word("w:tr"),
}


@pytest.mark.parametrize("doubled", [False, True], ids=["lost", "doubled"])
@pytest.mark.parametrize("damage", DRAWN.values(), ids=list(DRAWN))
@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
@example(seed=6)  # two numbers under a header that spans both columns
@example(seed=3155637)  # a row that ends in blanks: one of them is moved out of the table (page)
@example(seed=274161705)  # the same (Word)
def test_drawn_tables(damage: Damage, doubled: bool, seed: int) -> None:
    random = Random(seed)
    draft = made(random)
    data, name = damage(draft, random, doubled)
    assert wrong(draft, read(data, name)) == {}
