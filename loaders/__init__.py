"""Bytes → Document → Report: one reader a kind of file, one recogniser for all of them."""

from __future__ import annotations

from form.report import Report
from loaders import refusals
from loaders.archive import Member, is_archive, members
from loaders.document import Document, ReadError
from loaders.kinds import read_document, reader_of
from loaders.portfolio import may_hold_files, reports_in
from loaders.recogniser import recognise
from loaders.recogniser.summaries import without_summaries
from loaders.unreadable import papers
from loaders.unreadable.pictures import has_pictures

__all__ = ["Member", "ReadError", "files_in", "kind_of", "read", "stands_for_others"]

ARCHIVE = "zip"


def read(data: bytes, name: str) -> tuple[Report, ...]:
    """Return the reports that a file holds.

    Raises ReadError where it holds none, with a sentence that says what it is instead. An
    archive is no file of reports but one of files: `files_in` gives them.
    """
    document = _document(data, name)
    refused = papers.despite_tables(document, name)
    if refused is not None:
        raise refused
    try:
        return recognise(document, name)
    except ReadError as error:
        if error.code != "no_tables":
            raise
        if without_summaries(document) is not document:
            raise refusals.summary_sheet() from error
        raise papers.explain(document, name, has_pictures=has_pictures(data)) from error


def files_in(data: bytes, name: str) -> tuple[Member, ...]:
    """Return the files that a file stands for: those in an archive, else itself.

    A PDF that is no report stands for the reports attached to it.

    Files of an archive are named after it (`2023.zip/甲市税务局.pdf`). One that cannot be
    unpacked, like an archive that is refused as a whole, has its error instead of bytes.
    """
    if not stands_for_others(data):
        return (Member(name, data),)
    try:
        found = members(data) if is_archive(data) else tuple(reports_in(data, name, read))
    except ReadError as error:
        return (Member(name, error=error),)
    if not found:
        return (Member(name, data),)
    return tuple(Member(f"{name}/{item.name}", item.data, item.error) for item in found)


def stands_for_others(data: bytes) -> bool:
    """Say whether the bytes may be a file of files: an archive, or a PDF with files attached."""
    return is_archive(data) or may_hold_files(data)


def kind_of(data: bytes, name: str) -> str | None:
    """Return the kind of a file by its content (`txt`, `pdf`, …), None where it is unknown."""
    if is_archive(data):
        return ARCHIVE
    reader = reader_of(data, name)
    return None if reader is None else reader.KIND


def _document(data: bytes, name: str) -> Document:
    try:
        return read_document(data, name)
    except ReadError as error:
        if error.code == "empty" and has_pictures(data):
            raise refusals.pictures_only() from error
        raise
