"""Every kind of file that can be read: a new one is a new module and a line here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final, Protocol, cast

from form.language import _
from loaders import refusals
from loaders.archive import is_archive
from loaders.document import Document, ReadError
from loaders.unreadable.formats import refusal

_READERS: Final = (
    "pdf",
    "converted.formats:DOC",
    "converted.formats:XLS",
    "docx",
    "xlsx",
    "opendocument.odt",
    "opendocument.ods",
    "converted.formats:RTF",
    "converted.formats:WORD_2003",
    "converted.formats:EXCEL_2003",
    "separated",
    "markdown",
    "html",
    "text",
)
"""Modules, or readers in one, in order of trust: the last one takes any text."""

MAX_BYTES: Final = 20_000_000
"""Of one file; what an archive may hold together stands in `archive`."""


class Reader(Protocol):
    """A module of `loaders`, or an object in one, that reads one kind of file."""

    @property
    def KIND(self) -> str:  # noqa: N802  a constant of modules
        """The kind's short name, as in `kind_of`."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Say, by content, whether the bytes are of this kind."""

    def read(self, data: bytes) -> Document:
        """Return the document; raises ReadError where the bytes cannot be read."""


@cache
def readers() -> tuple[Reader, ...]:
    """Return all readers; their libraries are loaded on first use."""
    return tuple(map(_reader, _READERS))


def _reader(name: str) -> Reader:
    module_name, _colon, attribute = name.partition(":")
    module = import_module(f"loaders.{module_name}")
    return cast(Reader, getattr(module, attribute) if attribute else module)


def reader_of(data: bytes, name: str) -> Reader | None:
    """Return the first reader that recognises the bytes, else None."""
    return next((reader for reader in readers() if reader.recognises(data, name)), None)


def read_document(data: bytes, name: str) -> Document:
    """Return the document of a file; raises ReadError where it cannot be read."""
    if not data.strip():
        raise ReadError("empty", _("文件是空的。"))
    if len(data) > MAX_BYTES:
        raise refusals.too_many_bytes(MAX_BYTES)
    # First: a PDF or a page that an archive holds unpacked would be taken for all there is.
    if is_archive(data):
        raise ReadError("archive", _("这是装着多个文件的压缩包，要解开后逐个读取。"))
    reader = reader_of(data, name)
    if reader is not None:
        return reader.read(data)
    raise refusal(data)
