"""Several letters in one ZIP, each under a name that no other has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from outputs.letters.fields import DocumentKind, document_names
from outputs.names import file_name


def letter_name(kind: DocumentKind, agency: str, year: int, day: date) -> str:
    """Return the name of a letter's file: 核验意见_甲市水务局_2024年_2026-02-03.docx."""
    return file_name(f"{document_names()[kind]}_{agency}", [year], day, "docx")


def zipped(letters: Iterable[tuple[str, bytes]]) -> bytes:
    """Return letters (name of the file, its bytes) as a ZIP; always the same bytes for the same ones."""
    out, known = BytesIO(), set[str]()
    with ZipFile(out, "w", ZIP_STORED) as archive:  # they are compressed already
        for name, data in letters:
            own = _free(name, known)
            known.add(own.casefold())
            info = ZipInfo(own, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _free(name: str, known: Collection[str]) -> str:
    stem, _dot, suffix = name.rpartition(".")
    number, found = 2, name
    while found.casefold() in known:
        found, number = f"{stem}-{number}.{suffix}", number + 1
    return found
