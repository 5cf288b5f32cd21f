"""PDF files with ruled tables, which run over the end of a page as they do in print."""

from __future__ import annotations

from typing import Final

from sample_reports.samples import Sample
from sample_reports.sheets import Sheet, printed

_SHEET: Final = Sheet()


def pdf(sample: Sample) -> bytes:
    """Return the sample as a PDF."""
    author = sample.truth.agency
    return printed(sample.blocks, _SHEET, title=sample.title, author=author or "")
