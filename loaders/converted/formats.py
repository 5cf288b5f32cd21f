"""Formats that only a word processor reads: old Office and WPS files, RTF, XML of Office 2003.

LibreOffice turns them into today's formats, for which there are readers.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import Final, Protocol

from loaders import docx, refusals, xlsx
from loaders.converted import soffice
from loaders.converted.compound import root_streams
from loaders.document import Document, ReadError

_HEAD: Final = 4096
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WORD_ENCRYPTED: Final = 0x0100
_FILE_PASS: Final = 0x002F


class _Reader(Protocol):
    def read(self, data: bytes) -> Document:
        """Return the document of converted bytes."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A reader of one old format.

    It is told by a stream at the root of a compound file, or by words at the beginning of a text.
    """

    KIND: str
    ending: str
    target: str
    part: soffice.Part
    streams: frozenset[str] = frozenset()
    beginning: bytes | None = None
    namespace: bytes | None = None

    def recognises(self, data: bytes, name: str) -> bool:
        """Say whether the bytes are of this format."""
        del name
        if self.beginning is not None:
            return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(self.beginning)
        if self.namespace is not None:
            return self.namespace in data[:_HEAD]
        return any(stream.name in self.streams for stream in root_streams(data))

    def read(self, data: bytes) -> Document:
        """Return the document; raises ReadError, also where LibreOffice is not there."""
        if self.namespace is not None and _DOCTYPE.search(data):
            raise refusals.unsafe()
        try:
            converted = soffice.convert(data, self.ending, self.target, self.part)
        except ReadError as error:
            if error.code == "damaged" and _is_locked(data):
                raise refusals.encrypted() from error
            raise
        return replace(_READERS[self.target].read(converted), kind=self.KIND)


_READERS: Final[dict[str, _Reader]] = {"docx": docx, "xlsx": xlsx}

DOC: Final = Converted("doc", "doc", "docx", "Writer", streams=frozenset({"WordDocument"}))
XLS: Final = Converted("xls", "xls", "xlsx", "Calc", streams=frozenset({"Workbook", "Book"}))
RTF: Final = Converted("rtf", "rtf", "docx", "Writer", beginning=b"{\\rtf")
WORD_2003: Final = Converted(
    "doc",
    "xml",
    "docx",
    "Writer",
    namespace=b"http://schemas.microsoft.com/office/word/2003/wordml",
)
EXCEL_2003: Final = Converted(
    "xls", "xml", "xlsx", "Calc", namespace=b"urn:schemas-microsoft-com:office:spreadsheet"
)


def _is_locked(data: bytes) -> bool:
    """Say whether an old Word or Excel file has a password, by its own mark."""
    heads = {stream.name: stream.head for stream in root_streams(data)}
    word = heads.get("WordDocument")
    if word is not None:
        return len(word) > 12 and bool(struct.unpack_from("<H", word, 10)[0] & _WORD_ENCRYPTED)
    return _FILE_PASS in _records(heads.get("Workbook") or heads.get("Book") or b"")


def _records(head: bytes) -> list[int]:
    """Return the types of the first records of a workbook."""
    kinds: list[int] = []
    at = 0
    while at + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, at)
        kinds.append(kind)
        at += 4 + length
    return kinds
