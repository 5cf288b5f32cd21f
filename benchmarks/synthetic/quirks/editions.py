"""Quirks of editions: mixtures, and an edition that does not fit the year."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import YEARS, Draft, draft
from benchmarks.synthetic.edits import with_words
from benchmarks.synthetic.quirk import Quirk
from form.model import EditionKey, TableKey
from sample_reports.samples import PrintedTable


def _other(edition: EditionKey) -> EditionKey:
    return "2019" if edition == "2021" else "2021"


def _edition(made: Draft) -> EditionKey:
    edition = made.truth.editions["disclosure"]
    return edition or "2021"


def _mixed(made: Draft, random: Random) -> Draft:
    """Section 二 of this edition, section 三 of the other one."""
    key: TableKey = "applications"
    other = draft(_other(_edition(made)), random)
    blocks = tuple(
        other.table(key) if isinstance(block, PrintedTable) and block.key == key else block
        for block in made.blocks
    )
    cells = {name: said for name, said in made.truth.cells.items() if not name.startswith(key)}
    cells |= {name: said for name, said in other.truth.cells.items() if name.startswith(key)}
    editions = {**made.truth.editions, key: other.truth.editions[key]}
    truth = replace(made.truth, cells=cells, editions=editions)
    return replace(made, blocks=blocks, truths=(truth,))


def _unfitting(made: Draft, random: Random) -> Draft:
    year = random.choice(YEARS[_other(_edition(made))])
    renamed = with_words(made, lambda text: text.replace(f"{made.truth.year}年", f"{year}年"))
    return replace(renamed, truths=(replace(made.truth, year=year),), stem="report")


QUIRKS: Final = (
    Quirk("section 二 of 2021, section 三 of 2019", _mixed, editions=("2021",)),
    Quirk("section 二 of 2019, section 三 of 2021", _mixed, editions=("2019",)),
    Quirk("edition not fitting the year", _unfitting),
)
