"""A word that somebody types among the 15 numbers of section 四 takes none of them away."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from outputs.official import blank_workbook
from tests.outputs.official.test_round_trip import places, read_one


@pytest.mark.parametrize("word", ["?", "见附件"])
@pytest.mark.parametrize("at", [0, 7, 14])
def test_a_word_in_section_four(word: str, at: int) -> None:
    data = blank_workbook("2021", "甲市水务局", 2024)
    where = {name: place for name, place in places(data).items() if name.startswith("disputes.")}
    book = load_workbook(BytesIO(data))
    for number, place in enumerate(where.values()):
        book["年报"][place] = word if number == at else number
    filled = BytesIO()
    book.save(filled)
    cells = read_one(filled.getvalue(), "a.xlsx").cells
    for number, name in enumerate(where):
        told = ("text", None) if number == at else ("number", number)
        assert (cells[name].mark, cells[name].value) == told
