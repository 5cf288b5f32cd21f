"""The directory at the end of a ZIP, read by its own rules: total, and without opening anything.

Python's `zipfile` gives up a whole archive for one entry that it cannot understand. Here what it
would stumble over is mended in a copy, so that a damaged entry costs no other. Follows 4.3.12 and
4.3.16 of PKWARE's APPNOTE; an archive of more than 4 GB is none of ours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_END: Final = struct.Struct("<4s4H2IH")
_END_MARK: Final = b"PK\x05\x06"
_LONGEST_COMMENT: Final = 65_535
_ENTRY: Final = struct.Struct("<4s2B5H3I5H2I")
_ENTRY_MARK: Final = b"PK\x01\x02"
_VERSION_AT: Final = 6
_FLAGS_AT: Final = 8
_NEWEST: Final = 63
"""The version of the format that `zipfile` knows; it refuses a directory that asks for more."""
_UTF8_FLAG: Final = 0x800
_EXTRA: Final = struct.Struct("<2H")
_NO_MEANING: Final = 0xFFFF
_MOST_ENTRIES: Final = 65_535


class _Entry(NamedTuple):
    at: int
    version: int
    flags: int
    name: bytes
    extra: tuple[int, int]


def entry_names(data: bytes) -> Iterator[str]:
    """Yield the names that the directory of a ZIP lists, what is not ASCII in them as U+FFFD."""
    return (entry.name.decode("ascii", "replace") for entry in _entries(data))


def mended(data: bytes) -> bytes:
    """Return a ZIP whose entries can be listed, even if some of them can then not be unpacked."""
    copy: bytearray | None = None
    for entry in _entries(data):
        for at, value in _changes(data, entry):
            copy = bytearray(data) if copy is None else copy
            copy[at : at + len(value)] = value
    return data if copy is None else bytes(copy)


def _changes(data: bytes, entry: _Entry) -> Iterator[tuple[int, bytes]]:
    """Yield what is to be written where: a version, flags, or the head of what comes besides."""
    if entry.version > _NEWEST:
        yield entry.at + _VERSION_AT, bytes([_NEWEST])
    if entry.flags & _UTF8_FLAG and not _is_utf8(entry.name):
        yield entry.at + _FLAGS_AT, struct.pack("<H", entry.flags & ~_UTF8_FLAG)
    start, end = entry.extra
    if end - start >= _EXTRA.size and not _holds_together(data, start, end):
        yield start, _EXTRA.pack(_NO_MEANING, end - start - _EXTRA.size)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _holds_together(data: bytes, start: int, end: int) -> bool:
    while end - start >= _EXTRA.size:
        _kind, length = _EXTRA.unpack_from(data, start)
        start += _EXTRA.size + length
    return start <= end


def _entries(data: bytes) -> Iterator[_Entry]:
    """Yield the entries up to the first that is none."""
    at = _directory(data)
    for _ in range(_MOST_ENTRIES):
        if at is None or at + _ENTRY.size > len(data) or data[at : at + 4] != _ENTRY_MARK:
            return
        _mark, _made, _by, version, flags, *_sizes = _ENTRY.unpack_from(data, at)
        name, extra, comment = _ENTRY.unpack_from(data, at)[11:14]
        start = at + _ENTRY.size
        behind = start + name + extra
        yield _Entry(at, version & 0xFF, flags, data[start : start + name], (start + name, behind))
        at = behind + comment


def _directory(data: bytes) -> int | None:
    """Return where the directory begins, counted back from its end: something may stand before."""
    end = data.rfind(_END_MARK, max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end < 0 or end + _END.size > len(data):
        return None
    size = _END.unpack_from(data, end)[5]
    return end - size if size <= end else None
