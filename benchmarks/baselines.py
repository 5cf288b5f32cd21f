"""What people would use instead: tables by common libraries, read by label in the simplest fair way.

A fair way is given what our reader must find out itself (the edition), and the same idea of what a
text says (`form.values`). It is given no repairs: a row is where its label is, its numbers are the
cells right of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO, StringIO
from tempfile import NamedTemporaryFile
from typing import Final

import pandas as pd
import pdfplumber
from docx import Document

from benchmarks.synthetic.draft import Truth
from form.editions import table
from form.layout import grid_width
from form.model import Column, Table, address
from form.report import Cell, Report
from form.values import folded, parse

# pdfminer warns of every oddity of a font, hundreds of times a file.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

Rows = Sequence[Sequence[str | None]]
"""The rows of one extracted table; None is what a span covers, for libraries that say so."""


def by_pdfplumber(data: bytes) -> Iterator[Rows]:
    """Yield the tables of a PDF, page by page."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            yield from page.extract_tables()


def by_camelot(data: bytes) -> Iterator[Rows]:
    """Yield the tables of a PDF that camelot finds by their lines, where it is installed."""
    # No dependency: it brings OpenCV along, and only this comparison would use it.
    camelot = import_module("camelot")

    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        for found in camelot.read_pdf(file.name, pages="all", flavor="lattice"):
            yield found.df.to_numpy().tolist()


def by_python_docx(data: bytes) -> Iterator[Rows]:
    """Yield the tables of a Word file; a merged cell is repeated in all that it covers."""
    for drawn in Document(BytesIO(data)).tables:
        yield [[cell.text for cell in row.cells] for row in drawn.rows]


def by_read_html(data: bytes) -> Iterator[Rows]:
    """Yield the tables of a page; a merged cell is repeated in all that it covers."""
    text = StringIO(data.decode("utf-8"))
    for frame in pd.read_html(text, header=None, keep_default_na=False):
        yield frame.astype(str).to_numpy().tolist()


def by_read_excel(data: bytes) -> Iterator[Rows]:
    """Yield the sheets of a workbook; of a merged cell only the first place has text."""
    sheets = pd.read_excel(
        BytesIO(data), sheet_name=None, header=None, dtype=str, keep_default_na=False
    )
    for frame in sheets.values():
        yield frame.fillna("").astype(str).to_numpy().tolist()


Extract = Callable[[bytes], Iterator[Rows]]
BASELINES: Final[Mapping[str, Mapping[str, Extract]]] = {
    "docx": {"python-docx tables": by_python_docx},
    "xlsx": {"pandas read_excel": by_read_excel},
    "html": {"pandas read_html": by_read_html},
    "pdf": {
        "pdfplumber extract_tables": by_pdfplumber,
        **({"camelot lattice": by_camelot} if find_spec("camelot") else {}),
    },
}
"""Ending of a file → the libraries that people would use, by name."""


def read_by_label(tables: Iterator[Rows], truth: Truth) -> Report:
    """Return what rows say that begin with a label of the form, in the truth's own editions."""
    rows = [row for rows in tables for row in rows]
    disclosure = table("disclosure", truth.editions.get("disclosure") or "2021")
    applications = table("applications", truth.editions.get("applications") or "2021")
    cells = {
        **_labelled(disclosure, rows, _first),
        **_labelled(applications, rows, _last),
        **_disputes(rows),
    }
    return Report(None, None, {}, cells)


def _labelled(
    form: Table, rows: Rows, choose: Callable[[list[str], int], list[str]]
) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    labels = {folded(row.label): row for row in form.rows}
    width = grid_width(form.key)
    for printed in rows:
        texts = [text or "" for text in printed[:width] if text is not None]
        places = [i for i, text in enumerate(texts) if folded(text) in labels]
        if not places:
            continue
        row = labels[folded(texts[places[-1]])]
        values = choose(texts[places[-1] + 1 :], len(row.columns))
        names = [address(form.key, row.key, column.key) for column in row.columns]
        if len(values) == len(names):
            found |= _cells(names, row.columns, values)
    return found


def _first(texts: list[str], count: int) -> list[str]:
    return texts[:count]


def _last(texts: list[str], count: int) -> list[str]:
    return texts[-count:]


def _disputes(rows: Rows) -> dict[str, Cell]:
    """Return the first row of 15 cells below the headers of section 四."""
    form = table("disputes", "2021")
    columns = [column for row in form.rows for column in row.columns]
    below = False
    for printed in rows:
        texts = [text or "" for text in printed]
        below = below or folded(columns[0].label) in map(folded, texts)
        values = texts[: len(columns)]
        said = [parse(text, column).mark for text, column in zip(values, columns, strict=False)]
        if below and len(said) == len(columns) and "text" not in said:
            return _cells(list(form.addresses()), columns, values)
    return {}


def _cells(
    names: Sequence[str], columns: Sequence[Column], texts: Sequence[str]
) -> dict[str, Cell]:
    cells = {}
    for name, column, text in zip(names, columns, texts, strict=True):
        said = parse(text, column)
        cells[name] = Cell(said.value, said.mark, text, unit=said.unit)
    return cells
