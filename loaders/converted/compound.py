"""Compound files, in which Office kept documents before 2007: which streams lie at their root.

A Word file may hold a whole workbook as a picture of itself, so it is the root that tells what a
file is. Follows [MS-CFB]; what does not hold together gives no streams.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from loaders.package import COMPOUND

_HEADER_FATS: Final = 109
_LARGEST_SECTOR: Final = 0xFFFFFFFA
_ENTRY: Final = struct.Struct("<64sHBBIII36xIQ")
_STREAM: Final = 2
_NOBODY: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream at the root: its name, and the bytes of its first sector."""

    name: str
    head: bytes


def root_streams(data: bytes) -> tuple[Stream, ...]:
    """Return the streams that lie directly in a compound file; none where it is not one."""
    if not data.startswith(COMPOUND):
        return ()
    try:
        return tuple(_Compound(data).streams())
    except (struct.error, IndexError, ValueError):
        return ()


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 0x1E)
        if shift not in (9, 12):
            raise ValueError("not a sector size of the format")
        self._size = 1 << shift
        self._fats = list(self._fat_sectors())

    def streams(self) -> Iterator[Stream]:
        (first,) = struct.unpack_from("<I", self._data, 0x30)
        directory = b"".join(map(self._sector, self._chain(first)))
        entries = list(_ENTRY.iter_unpack(directory[: len(directory) // 128 * 128]))
        waiting, seen = [entries[0][6]], set[int]()
        while waiting:
            number = waiting.pop()
            if number == _NOBODY or number in seen:
                continue
            seen.add(number)
            name, length, kind, _colour, left, right, _child, start, _size = entries[number]
            waiting += [left, right]
            if kind == _STREAM:
                text = name[: max(0, length - 2)].decode("utf-16-le", "replace")
                yield Stream(text, self._sector(start) if start < _LARGEST_SECTOR else b"")

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _fat_sectors(self) -> Iterator[int]:
        """Yield the sectors of the allocation table: 109 in the header, then a chain of more."""
        numbers = struct.unpack_from(f"<{_HEADER_FATS}I", self._data, 0x4C)
        (more,) = struct.unpack_from("<I", self._data, 0x44)
        seen = set[int]()
        while True:
            yield from (number for number in numbers if number < _LARGEST_SECTOR)
            if more >= _LARGEST_SECTOR or more in seen:
                return
            seen.add(more)
            links = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            numbers, more = links[:-1], links[-1]

    def _chain(self, first: int) -> Iterator[int]:
        seen = set[int]()
        number, in_one = first, self._size // 4
        while number < _LARGEST_SECTOR and number not in seen:
            seen.add(number)
            yield number
            table = self._sector(self._fats[number // in_one])
            (number,) = struct.unpack_from("<I", table, number % in_one * 4)
