"""What our reading is measured against: the plainest parse of each kind, and what people would use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Final
from zipfile import ZipFile

import openpyxl
import pypdfium2
from lxml import etree

from benchmarks.baselines import by_pdfplumber, by_python_docx

_DOCUMENT_PART: Final = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to take something out of a file, and our aim beside it."""

    name: str
    parse: Callable[[bytes], object]
    aim: float | None = None
    """Our time over the rival's, at most; None where nothing is aimed at."""


def plain_text(data: bytes) -> list[str]:
    """Return the text of every page of a PDF, by PDFium."""
    texts = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        letters = page.get_textpage()
        texts.append(letters.get_text_range())
        letters.close()
        page.close()
    document.close()
    return texts


def tables_by_pdfplumber(data: bytes) -> list[object]:
    """Return the tables of every page of a PDF."""
    return list(by_pdfplumber(data))


def document_part(data: bytes) -> etree._Element:
    """Return the parsed main part of a Word file."""
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(_DOCUMENT_PART))


def cells_by_python_docx(data: bytes) -> list[object]:
    """Return the texts of all cells of a Word file."""
    return list(by_python_docx(data))


def values_by_openpyxl(data: bytes) -> list[object]:
    """Return the values of all cells of a workbook, in openpyxl's fast way."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    book.close()
    return [*rows]


def values_by_calamine(data: bytes) -> list[object]:
    """Return the values of all cells of a workbook, without formats, formulas and merged cells."""
    book = import_module("python_calamine").load_workbook(BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def page_tree(data: bytes) -> etree._Element:
    """Return the parsed tree of a page."""
    return etree.fromstring(data, etree.HTMLParser())


def decoded(data: bytes) -> str:
    """Return the characters of a text."""
    return data.decode("utf-8", "replace")


_DECODING: Final = (Rival("characters decoded", decoded),)
_CALAMINE: Final = (
    (Rival("calamine, values", values_by_calamine),) if find_spec("python_calamine") else ()
)
RIVALS: Final[Mapping[str, Sequence[Rival]]] = {
    "pdf": (
        Rival("PDFium, text of all pages", plain_text, 1.5),
        Rival("pdfplumber, extract_tables", tables_by_pdfplumber, 1 / 12),
    ),
    "docx": (
        Rival("lxml, document part parsed", document_part, 2.0),
        Rival("python-docx, text of cells", cells_by_python_docx, 1 / 6),
    ),
    "xlsx": (Rival("openpyxl, read-only", values_by_openpyxl, 1.3), *_CALAMINE),
    "html": (Rival("lxml, page parsed", page_tree),),
    "txt": _DECODING,
    "md": _DECODING,
}
"""Ending of a file → what it is measured against. Calamine joins in where it is installed."""
