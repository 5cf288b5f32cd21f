"""Any valid table, printed into every kind of file, is read back equal; the seed is printed."""

from __future__ import annotations

from random import Random, SystemRandom

import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns
from form.model import EditionKey
from form.report import Cell
from form.values import parse
from loaders import read
from sample_reports.makers import MAKERS
from sample_reports.samples import Line, Sample, printed_table
from sample_reports.truth import Truth
from tests.loaders.tables import HEADINGS, expected, random_texts, read_back

YEARS: dict[EditionKey, int] = {"2019": 2019, "2021": 2024}
ROUNDS = 3


def sample(texts: dict[str, str], edition: EditionKey, kind: str) -> Sample:
    cells = {}
    for address, text in texts.items():
        reading = parse(text, all_columns()[address])
        cells[address] = Cell(reading.value, reading.mark, text)
    truth = Truth("甲市税务局", YEARS[edition], dict.fromkeys(TABLE_KEYS, edition), cells)
    tables = [
        block
        for key in TABLE_KEYS
        for block in (Line(HEADINGS[key], "heading"), printed_table(key, edition, cells))
    ]
    title = Line(f"甲市税务局{YEARS[edition]}年政府信息公开工作年度报告", "title")
    overview = (Line("一、总体情况", "heading"), Line("规章与行政许可均已公开，共 30 件。"))
    return Sample(kind, truth, (title, *overview, *tables, Line("五、存在的主要问题", "heading")))


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_tables_come_back_equal(edition: EditionKey, kind: str) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    random = Random(seed)
    for _ in range(ROUNDS):
        texts = random_texts(edition, random)
        data = MAKERS[kind](sample(texts, edition, kind))
        (report,) = read(data, f"report.{kind.rpartition('.')[2]}")
        assert read_back(report.cells) == expected(texts)
        assert (report.agency, report.year) == ("甲市税务局", YEARS[edition])
        assert (report.edition, report.editions["applications"]) == (edition, edition)
        if kind != "tabs.txt":  # where blanks pad the lines, a row's place needs the rules
            assert report.notes == ()
