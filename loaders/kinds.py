"""Every kind of file that can be read: a new one is a new module and a line here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final, Protocol, cast

from form.language import _
from loaders.document import Document, ReadError

_MODULES: Final = ("pdf", "docx", "xlsx", "markdown", "html", "text")
"""In order of trust: the last one takes any text."""


class Reader(Protocol):
    """A module of `loaders` that reads one kind of file."""

    KIND: str

    def recognises(self, data: bytes, name: str) -> bool:
        """Say, by content, whether the bytes are of this kind."""

    def read(self, data: bytes) -> Document:
        """Return the document; raises ReadError where the bytes cannot be read."""


@cache
def readers() -> tuple[Reader, ...]:
    """Return all readers; their libraries are loaded on first use."""
    return tuple(cast(Reader, import_module(f"loaders.{name}")) for name in _MODULES)


def reader_of(data: bytes, name: str) -> Reader | None:
    """Return the first reader that recognises the bytes, else None."""
    return next((reader for reader in readers() if reader.recognises(data, name)), None)


def read_document(data: bytes, name: str) -> Document:
    """Return the document of a file; raises ReadError for empty files and unknown kinds."""
    if not data.strip():
        raise ReadError("empty", _("文件是空的。"))
    reader = reader_of(data, name)
    if reader is None:
        raise ReadError(
            "unknown_kind",
            _("不认识的文件种类；支持 PDF、Word（docx）、Excel（xlsx）、网页和文本。"),
        )
    return reader.read(data)
