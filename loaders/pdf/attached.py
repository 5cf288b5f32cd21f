"""The files that are attached to a PDF, by PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_char, c_ulong, c_ushort
from typing import Any, Final

from pypdfium2 import raw

from loaders.archive import LONGEST_NAME, Member
from loaders.pdf.pdfium import opened

MAX_FILES: Final = 50
_MOST_BYTES: Final = 100_000_000
"""Of all files of a PDF together."""


def attached(data: bytes) -> list[Member]:
    """Return the files of a PDF, those on its pages last; [] where it cannot be opened.

    Raises ReadError where it is locked or damaged.
    """
    with opened(data) as document:
        return list(_files(document))


def _files(document: Any) -> Iterator[Member]:
    room = _MOST_BYTES
    for number, file in enumerate(_attachments(document)):
        content = _content(file, room)
        if number >= MAX_FILES or content is None:
            return
        room -= len(content)
        yield Member(_name(file), content)


def _attachments(document: Any) -> Iterator[Any]:
    for index in range(raw.FPDFDoc_GetAttachmentCount(document)):
        if file := raw.FPDFDoc_GetAttachment(document, index):
            yield file


def _name(file: Any) -> str:
    room = (c_ushort * LONGEST_NAME)()
    length = min(raw.FPDFAttachment_GetName(file, room, 2 * LONGEST_NAME), 2 * LONGEST_NAME)
    return bytes(room)[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _content(file: Any, room: int) -> bytes | None:
    """Return what is in a file, None where that is more than there is room for."""
    size = c_ulong()
    if not raw.FPDFAttachment_GetFile(file, None, 0, byref(size)):
        return b""
    if size.value > room:
        return None
    content = (c_char * size.value)()
    raw.FPDFAttachment_GetFile(file, content, size.value, byref(size))
    return bytes(content)
