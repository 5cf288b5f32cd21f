"""Random valid tables of the form, and their text in the layouts that converters leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import strategies as st

from benchmarks.synthetic.tables import random_texts
from form.editions import TABLE_KEYS, all_columns, table
from form.layout import LayoutRow, layout
from form.model import EditionKey, TableKey
from form.report import Cell
from form.values import parse

Texts = Mapping[str, str]
"""What is printed at each address."""

HEADINGS: Mapping[TableKey, str] = {key: table(key, "2021").title for key in TABLE_KEYS}


def printed_texts(edition: EditionKey) -> st.SearchStrategy[dict[str, str]]:
    """Draw a report's printed cells; every tally rule holds, zeros are printed as 0 or blank.

    One number is drawn and the cells follow from it: hundreds of draws a table are slow.
    """
    return st.integers(0, 2**32).map(lambda seed: random_texts(edition, Random(seed)))


def report_lines(texts: Texts, edition: EditionKey, render: str, title: str) -> str:
    """Return a whole report as text, its tables in one layout: `cells` or `tabs`."""
    renderer = {"cells": cells_text, "tabs": tabs_text}[render]
    parts = [title, "一、总体情况", "本年度工作情况良好，主动公开信息 30 条。"]
    for key in TABLE_KEYS:
        parts += [HEADINGS[key], renderer(layout(key, edition), texts)]
    return "\n\n".join(
        [*parts, "五、存在的主要问题及改进情况", "无", "六、其他需要报告的事项", "无"]
    )


def cells_text(rows: Sequence[LayoutRow], texts: Texts) -> str:
    """Return a table with one cell a line, each behind a tab, rows apart by empty lines."""
    return "\n\n".join(
        "\n".join("\t" + _text(cell.address, cell.text, texts) for cell in row) for row in rows
    )


def tabs_text(rows: Sequence[LayoutRow], texts: Texts) -> str:
    """Return a table with a row a line, fields between tabs, spans as one field."""
    return "\n".join(
        "\t".join(
            ["", *(_text(cell.address, cell.text, texts) for cell in row)]
            if len(row) == 1
            else [_text(cell.address, cell.text, texts) for cell in row]
        )
        for row in rows
    )


def _text(address: str | None, label: str, texts: Texts) -> str:
    return texts[address] if address else label


def expected(texts: Texts) -> dict[str, tuple[object, str]]:
    """Return value and mark of every address, as the printed texts say them."""
    said = {}
    for address, text in texts.items():
        reading = parse(text, all_columns()[address])
        said[address] = (reading.value, reading.mark)
    return said


def read_back(cells: Mapping[str, Cell]) -> dict[str, tuple[object, str]]:
    """Return value and mark of every cell that was read."""
    return {address: (cell.value, cell.mark) for address, cell in cells.items()}
