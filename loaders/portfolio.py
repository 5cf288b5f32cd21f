"""Files inside a PDF: where the PDF itself is no report, those of them that are stand for it.

A portfolio is such a PDF, with a page that only asks for another program; so is a letter with the
report attached. Files inside those files are not looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from form.language import _
from loaders.archive import Member
from loaders.document import ReadError

_PDF: Final = b"%PDF-"
_HEAD_BYTES: Final = 1024
_MARK: Final = b"/EmbeddedFile"
Read = Callable[[bytes, str], object]
"""Reads a file, as `loaders.read` does."""


def may_hold_files(data: bytes) -> bool:
    """Say whether the bytes are a PDF that may hold other files; looks at no more than words."""
    return _PDF in data[:_HEAD_BYTES] and _MARK in data


def reports_in(data: bytes, name: str, read: Read) -> Iterator[Member]:
    """Yield the reports that are attached to a PDF, none where it stands for itself.

    Raises ReadError (`portfolio`) where neither it nor anything in it is a report.
    """
    # Only here is the library for PDF files needed.
    from loaders.pdf.attached import attached

    files = attached(data)
    if not files or _is_report(data, name, read):
        return
    found = [file for file in files if _is_report(file.data, file.name, read)]
    if not found:
        raise _nothing_in(len(files))
    yield from found


def _is_report(data: bytes, name: str, read: Read) -> bool:
    try:
        read(data, name)
    except ReadError:
        return False
    return True


def _nothing_in(count: int) -> ReadError:
    message = _("这个 PDF 里附有 {count} 个文件，正文和附件都不是年报。请取出要读的附件再导入。")
    return ReadError("portfolio", message.format(count=count))
