"""Bytes → Document → Report: one reader a kind of file, one recogniser for all of them."""

from __future__ import annotations

from form.report import Report
from loaders.document import ReadError
from loaders.kinds import read_document
from loaders.recogniser import recognise

__all__ = ["ReadError", "kind_of", "read"]


def read(data: bytes, name: str) -> tuple[Report, ...]:
    """Return the reports that a file holds; raises ReadError where it holds none."""
    return recognise(read_document(data, name), name)


def kind_of(data: bytes, name: str) -> str | None:
    """Return the kind of a file by its content (`txt`, `pdf`, …), None where it is unknown."""
    from loaders.kinds import reader_of

    reader = reader_of(data, name)
    return reader.KIND if reader else None
