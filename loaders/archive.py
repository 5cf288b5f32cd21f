"""ZIP archives: every file inside is a file of its own for whoever imports.

They come from strangers: sizes are limited before anything is unpacked and counted again while it
is, and the names inside are only text, never paths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

from form.language import _
from loaders import refusals
from loaders.directory import entry_names, mended
from loaders.document import ReadError
from loaders.package import LOCKED_FLAG, MAX_BYTES, MAX_RATIO, RATIO_COUNTS_FROM

MAX_FILES: Final = 500
MAX_ENTRIES: Final = 2_000
MAX_NESTING: Final = 1
"""An archive inside the archive is opened, one inside that is not."""

LONGEST_NAME: Final = 255

_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
# A ZIP with one of these at its root is one document.
_PACKAGE_PARTS: Final = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml"})
_CHUNK: Final = 1 << 20
_UTF8_FLAG: Final = 0x800
# What computers put beside files: the Mac's Finder, Windows' Explorer, Word at work.
_CLUTTER: Final = re.compile(
    r"__MACOSX/|(?:.*/)?(?:\.(?!\.?/)[^/]*(?:/|$)|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name as text, and its bytes or why there are none."""

    name: str
    data: bytes = b""
    error: ReadError | None = None


def is_archive(data: bytes) -> bool:
    """Say whether the bytes are a ZIP that is not itself one document (Word, Excel, …)."""
    return data.startswith(_MAGIC) and not _PACKAGE_PARTS & set(entry_names(data))


def members(data: bytes) -> tuple[Member, ...]:
    """Return the files of an archive in its order, those of archives in it included.

    Raises ReadError where the archive is damaged, holds no file, or goes beyond a limit, which
    the message names. A file that alone cannot be unpacked (a password, a torn end, an archive
    nested too deep) comes with its own error instead of bytes.
    """
    return tuple(each_member(data))


def each_member(data: bytes) -> Iterator[Member]:
    """Yield the files of an archive one by one, as soon as each is unpacked; raises as `members`."""
    found = False
    for member in _Unpacking(len(data)).files(data, "", 0):
        found = True
        yield member
    if not found:
        raise ReadError("empty", _("压缩包里没有文件。"))


class _Unpacking:
    """Counts what comes out of an archive, over all its levels."""

    def __init__(self, size: int) -> None:
        self._entries = 0
        self._files = 0
        self._bytes = 0
        self._most_bytes = max(RATIO_COUNTS_FROM, MAX_RATIO * size)

    def files(self, data: bytes, prefix: str, depth: int) -> Iterator[Member]:
        with refusals.told_as():
            package = ZipFile(BytesIO(mended(data)))
        with package:
            entries = package.infolist()
            self._check(entries)
            for entry in entries:
                name = name_of(entry)
                # Not `is_dir`, which stumbles over an entry without a name.
                if not entry.filename.endswith("/") and not _CLUTTER.match(name):
                    yield from self._file(package, entry, f"{prefix}{name}", depth)

    def _file(self, package: ZipFile, entry: ZipInfo, name: str, depth: int) -> Iterator[Member]:
        try:
            data = self._unpacked(package, entry)
            if not is_archive(data):
                self._files += 1
                if self._files > MAX_FILES:
                    raise _beyond("archive_files", _("文件超过 {limit} 个"), MAX_FILES)
                yield Member(name, data)
            elif depth < MAX_NESTING:
                yield from self.files(data, f"{name}/", depth + 1)
            else:
                yield Member(name, error=_nested_too_deep())
        except ReadError as error:
            if error.code.startswith("archive_"):
                raise
            yield Member(name, error=error)

    def _check(self, entries: Sequence[ZipInfo]) -> None:
        """Refuse by what the directory states, before anything is unpacked."""
        self._entries += len(entries)
        if self._entries > MAX_ENTRIES:
            raise _beyond("archive_entries", _("条目超过 {limit} 个"), MAX_ENTRIES)
        if self._bytes + sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise too_many_bytes()
        if any(entry.file_size > _most_bytes_of(entry) for entry in entries):
            raise _too_dense()

    def _unpacked(self, package: ZipFile, entry: ZipInfo) -> bytes:
        """Return a file's bytes, counted as they come: the directory may have lied."""
        if entry.flag_bits & LOCKED_FLAG:
            raise refusals.encrypted()
        data = bytearray()
        # Every method of packing has errors of its own.
        with refusals.told_as(), package.open(entry) as source:
            while chunk := source.read(_CHUNK):
                data += chunk
                self._count(len(chunk))
        return bytes(data)

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MAX_BYTES:
            raise too_many_bytes()
        if self._bytes > self._most_bytes:
            raise _too_dense()


def _most_bytes_of(entry: ZipInfo) -> int:
    return max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size)


def name_of(entry: ZipInfo) -> str:
    """Return the name of an entry as text: UTF-8 where it says so or can only be, else GBK.

    Signs that are not printed, or turn the direction of writing, are left out.
    """
    name = entry.orig_filename if entry.flag_bits & _UTF8_FLAG else _decoded(entry.orig_filename)
    shown = (sign for sign in name.replace("\\", "/") if unicodedata.category(sign)[0] != "C")
    return "".join(shown)[-LONGEST_NAME:] or _("未命名")


def _decoded(name: str) -> str:
    """Return a name that zipfile has read as code page 437, in the encoding it was written in."""
    data = name.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Two bytes in UTF-8 are Greek or Cyrillic; the same two in GBK are a Chinese character.
        if encoding != "utf-8" or text.isascii() or max(text) > "\u07ff":
            return text
    return name


def _beyond(code: str, what: str, limit: int) -> ReadError:
    message = _("压缩包超出限度，没有解开：{what}。请分成几个压缩包，或解压后只选年报导入。")
    return ReadError(code, message.format(what=what.format(limit=limit)))


def too_many_bytes() -> ReadError:
    """The archive holds more than may be unpacked."""
    return _beyond("archive_bytes", _("解开后超过 {limit} MB"), MAX_BYTES // 1_000_000)


def _too_dense() -> ReadError:
    return _beyond("archive_ratio", _("解开后超过原来的 {limit} 倍，不像正常文件"), MAX_RATIO)


def _nested_too_deep() -> ReadError:
    message = _("压缩包里套着压缩包，里面又有压缩包，没有再往里解。请解压后再导入。")
    return ReadError("archive_nesting", message)
