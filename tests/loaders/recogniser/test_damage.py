"""Text that lost or doubled a piece never gives a wrong number; the seed is printed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random, SystemRandom

import pytest

from form.editions import EDITION_KEYS
from form.model import EditionKey
from loaders import ReadError
from loaders.recogniser import recognise
from loaders.text import read_text
from tests.loaders.tables import expected, random_texts, report_lines

ROUNDS = 25
TITLE = "甲市税务局2020年政府信息公开工作年度报告"


def delete(pieces: list[str], random: Random) -> None:
    del pieces[random.randrange(len(pieces))]


def double(pieces: list[str], random: Random) -> None:
    at = random.randrange(len(pieces))
    pieces.insert(at, pieces[at])


def damaged(
    text: str, render: str, harm: Callable[[list[str], Random], None], random: Random
) -> str:
    """Return the text with one field (tabs) or one cell's line (cells) of a table harmed."""
    lines = text.split("\n")
    at = random.choice([index for index, line in enumerate(lines) if "\t" in line])
    if render == "tabs":
        fields = lines[at].split("\t")
        harm(fields, random)
        lines[at] = "\t".join(fields)
    else:
        piece = [lines[at]]
        harm(piece, random)
        lines[at : at + 1] = piece
    return "\n".join(lines)


@pytest.mark.parametrize("harm", [delete, double])
@pytest.mark.parametrize("render", ["cells", "tabs"])
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_no_number_is_shifted(
    edition: EditionKey, render: str, harm: Callable[[list[str], Random], None]
) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    random = Random(seed)
    for _ in range(ROUNDS):
        texts = random_texts(edition, random)
        text = damaged(report_lines(texts, edition, render, TITLE), render, harm, random)
        try:
            (report,) = recognise(read_text(text), "x.txt")
        except ReadError:
            continue
        truth = expected(texts)
        said = {a: c for a, c in report.cells.items() if c.mark != "unknown"}
        wrong = {a: c.raw for a, c in said.items() if (c.value or 0) != (truth[a][0] or 0)}
        assert wrong == {}
