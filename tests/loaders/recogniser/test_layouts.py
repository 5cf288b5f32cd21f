"""Any valid table of either edition, in either text layout, is read back equal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form.editions import EDITION_KEYS
from form.model import EditionKey
from loaders.recogniser import recognise
from loaders.text import read_text
from tests.loaders.tables import expected, printed_texts, read_back, report_lines


@pytest.mark.parametrize("render", ["cells", "tabs"])
@pytest.mark.parametrize("edition", EDITION_KEYS)
@settings(max_examples=25)
@given(data=st.data())
def test_tables_come_back_equal(data: st.DataObject, edition: EditionKey, render: str) -> None:
    texts = data.draw(printed_texts(edition))
    year = {"2019": 2020, "2021": 2023}[edition]
    text = report_lines(texts, edition, render, f"甲市税务局{year}年政府信息公开工作年度报告")
    (report,) = recognise(read_text(text), "x.txt")
    assert read_back(report.cells) == expected(texts)
    assert (report.agency, report.year, report.edition) == ("甲市税务局", year, edition)
    assert report.editions["applications"] == edition
    assert report.notes == ()


@given(st.data())
@settings(max_examples=25)
def test_raw_text_is_kept_as_printed(data: st.DataObject) -> None:
    texts = data.draw(printed_texts("2019"))
    text = report_lines(texts, "2019", "cells", "乙县教育局2019年政府信息公开工作年度报告")
    (report,) = recognise(read_text(text), "x.txt")
    assert {address: cell.raw for address, cell in report.cells.items()} == texts
    lines = text.split("\n")
    for cell in report.cells.values():
        assert cell.place.line is not None
        assert lines[cell.place.line - 1] == f"\t{cell.raw}"
