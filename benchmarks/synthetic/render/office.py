"""Word files, workbooks and web pages, by the makers of the samples."""

from __future__ import annotations

from functools import reduce
from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from benchmarks.synthetic.draft import Draft
from sample_reports.makers.archive import without_time
from sample_reports.makers.sheet import one_sheet
from sample_reports.makers.web import page
from sample_reports.makers.word import word
from sample_reports.samples import Sample
from sample_reports.truth import Truth


def _sample(draft: Draft) -> Sample:
    """Return the draft as the makers want it; they take nothing from the truth but a file's author."""
    return Sample("", Truth("office", 0, {}, {}), draft.blocks)


def docx(draft: Draft) -> bytes:
    """Return the draft as a Word file."""
    data = word(_sample(draft))
    if not draft.style.word:
        return data
    document = Document(BytesIO(data))
    for edit in draft.style.word:
        edit(document)
    target = BytesIO()
    document.save(target)
    return without_time(target.getvalue())


def xlsx(draft: Draft) -> bytes:
    """Return the draft as a workbook of one sheet."""
    data = one_sheet(_sample(draft))
    if not draft.style.book:
        return data
    book = load_workbook(BytesIO(data))
    for edit in draft.style.book:
        edit(book)
    target = BytesIO()
    book.save(target)
    return without_time(target.getvalue())


def html(draft: Draft) -> bytes:
    """Return the draft as a saved page."""
    source = page(_sample(draft)).decode("utf-8")
    return reduce(lambda text, edit: edit(text), draft.style.web, source).encode("utf-8")
