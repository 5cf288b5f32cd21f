"""Whether the bytes of a PDF are damaged: what they say of themselves, looked into without a reader.

Readers repair what is broken, and what they cannot repair is missing without a word. These tell:
the places of objects that the file gives; the checksums of the streams that hold pages, the names
of letters, and objects; whether what pages and fonts name is there; and, in pages that are not
packed and so have no checksum, operators that there are none of.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator
from typing import Final

_MOST: Final = 64_000_000
"""Bytes of one stream, beyond which it is not looked into."""
_HEAD: Final = 4_096
"""Bytes from the beginning of an object to that of its stream, at most."""
_TAIL: Final = 2_048
_MOST_TABLES: Final = 64
_ENTRY: Final = 20
_SHIFT: Final = 1_024
"""Bytes that may stand before a PDF, which some programs do not count."""

_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_SECTION: Final = re.compile(rb"\s*(\d+)[ \t]+(\d+)[ \t]*(?:\r\n|\r|\n)")
_LINE: Final = re.compile(rb"(\d{10}) \d{5} ([nf])")
_PREVIOUS: Final = re.compile(rb"/(?:Prev|XRefStm)\s+(\d+)")
_OBJECT: Final = re.compile(rb"\s*(\d+)\s+\d+\s+obj\b")
_ANY_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,8})\s\d{1,5}\sobj\b")
_TELLING: Final = re.compile(
    rb"/(?:Contents|ToUnicode)\s*(?:(\d+)\s+\d+\s+R\b|\[((?:\s*\d+\s+\d+\s+R)+)\s*\])"
    rb"|/(Type\s*/ObjStm|Type\s*/XRef|Subtype\s*/Form)\b"
)
"""What names a stream that matters, or is written in the dictionary of one."""
_REFERENCE: Final = re.compile(rb"(\d+)\s+\d+\s+R")
_STREAM: Final = re.compile(rb"stream\r?\n")
_FILTERS: Final = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)")
_NAME: Final = re.compile(rb"/(\w+)")
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)(\s+\d+\s+R)?")

_STRINGS: Final = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]+|%[^\r\n]*", re.S
)
_WITHOUT_BRACKETS: Final = bytes.maketrans(b"[]<>", b"    ")
_INLINE: Final = re.compile(rb"\bBI\b")
_OPERATORS: Final = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J k K l"
    b" m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W*"
    b" y ' \" true false null d".split()
)


_OF_NUMBERS: Final = b"0123456789.+-"
_PLAIN_FLATE: Final = b"/Filter/FlateDecode"
_SPACED_FLATE: Final = b"/Filter /FlateDecode"


def is_damaged(data: bytes) -> bool:
    """Say whether a PDF is damaged where it holds its pages. Locked files are not looked into."""
    if b"/Encrypt" in data[-_TAIL:]:
        return False
    shift = data.find(b"%PDF-", 0, _SHIFT)
    places = _places(data)
    if places is None and shift > 0:
        data = data[shift:]
        places = _places(data)
    return places is None or not all(_checked(data, places))


def _checked(data: bytes, places: dict[int, int]) -> Iterator[bool]:
    """Yield whether each stream that matters is there and sound."""
    named: set[int] = set()
    packed = [data]
    for text in packed:
        for found in _TELLING.finditer(text):
            one, several, kind = found.groups()
            if one:
                named.add(int(one))
            elif several:
                named.update(map(int, _REFERENCE.findall(several)))
            elif text is data and (head := _head(data, found)) is not None:
                content = _unpacked(data, *head)
                yield content is not None
                if content and kind.endswith(b"ObjStm"):
                    packed.append(content)
    for number in named:
        place = places.get(number)
        if place is None:
            yield False
        else:
            yield _is_sound(data, place)


def _head(data: bytes, found: re.Match[bytes]) -> tuple[bytes, int] | None:
    """Return the dictionary around a place, and where its stream begins, None where there is none."""
    start = _STREAM.search(data, found.end(), found.end() + _HEAD)
    if start is None or b"endobj" in data[found.end() : start.start()]:
        return None
    return data[max(data.rfind(b" obj", 0, found.start()), 0) : start.start()], start.end()


def _is_sound(data: bytes, place: int) -> bool:
    """Say whether the object at a place, a stream or an array of them, can be unpacked."""
    start = data.find(b"stream", place, place + _HEAD)
    if start < 0 or data.find(b"endobj", place, start) >= 0:
        return True  # An array; its streams are not followed.
    head = data[place:start]
    if _PLAIN_FLATE in head or _SPACED_FLATE in head:
        # Most are: nothing more is asked than whether they can be unpacked.
        begin = start + (8 if data[start + 6 : start + 8] == b"\r\n" else 7)
        return _inflated(data[begin : data.find(b"endstream", begin)]) is not None
    begun = _STREAM.match(data, start)
    content = None if begun is None else _unpacked(data, head, begun.end())
    if content is None:
        return False
    return _FILTERS.search(head) is not None or _is_readable(content)


def _unpacked(data: bytes, head: bytes, start: int) -> bytes | None:
    """Return what a stream holds, None where it is damaged; packed otherwise, it is not opened."""
    length = _LENGTH.search(head)
    end = data.find(b"endstream", start)
    if end < 0:
        return None
    if length is not None and not length[2]:
        own = start + int(length[1])
        if not data[own : own + 16].lstrip().startswith(b"endstream"):
            return None
        end = own
    found = _FILTERS.search(head)
    filters = _NAME.findall(found[1]) if found else []
    content: bytes | None = data[start:end]
    if filters[:1] in ([b"ASCII85Decode"], [b"A85"]):
        content, filters = _from_ascii85(data[start:end]), filters[1:]
    if content is None or not filters:
        return content
    if filters[0] not in (b"FlateDecode", b"Fl"):
        return b""
    return _inflated(content)


def _inflated(packed: bytes) -> bytes | None:
    """Return what zlib unpacks, None where its checksum is wrong or its end is missing."""
    inflating = zlib.decompressobj()
    try:
        content = inflating.decompress(packed, _MOST)
    except zlib.error:
        return None
    return content if inflating.eof or inflating.unconsumed_tail else None


def _from_ascii85(text: bytes) -> bytes | None:
    """Return the bytes that letters from ! to u stand for, None where others are among them."""
    end = text.find(b"~>")
    digits = b"".join(text[: end if end >= 0 else len(text)].split()).replace(b"z", b"!!!!!")
    if digits.translate(None, _ASCII85):
        return None
    spare = -len(digits) % 5
    values = (digits + b"u" * spare).translate(_FROM_33)
    fives = (values[n::5] for n in range(5))
    words = array("I")
    for a, b, c, d, e in zip(*fives, strict=True):
        words.append(((((a * 85 + b) * 85 + c) * 85 + d) * 85 + e) & 0xFFFFFFFF)
    words.byteswap()
    found = words.tobytes()
    return found[: len(found) - spare] if spare else found


_ASCII85: Final = bytes(range(33, 118))
_FROM_33: Final = bytes(max(0, code - 33) for code in range(256))


def _is_readable(content: bytes) -> bool:
    """Say whether all operators of a page, not packed, are some; pictures in it are not read."""
    rest = _STRINGS.sub(b" ", content).translate(_WITHOUT_BRACKETS, _OF_NUMBERS)
    return set(rest.split()) <= _OPERATORS or _INLINE.search(content) is not None


def _places(data: bytes) -> dict[int, int] | None:
    """Return where each object stands, None where the file's own tables of that are wrong."""
    starts = _START.findall(data[-_TAIL:])
    if not starts:
        return None
    places: dict[int, int] = {}
    is_packed = False
    pending, seen = [int(starts[-1])], set[int]()
    while pending and len(seen) < _MOST_TABLES:
        at = pending.pop()
        if at in seen:
            continue
        seen.add(at)
        if data[at : at + 16].lstrip().startswith(b"xref"):
            own, head = _table(data, data.index(b"xref", at) + 4)
            places = {**own, **places}
        elif _OBJECT.match(data, at):
            is_packed = True
            head = data[at : at + _HEAD].partition(b"stream")[0]
        else:
            return None
        pending += map(int, _PREVIOUS.findall(head))
    wrong = [
        number
        for number, place in places.items()
        if place and not data.startswith(b"%d 0 obj" % number, place)
    ]
    if not all(_is_at(data, number, places[number]) for number in wrong):
        return None
    if is_packed:
        found = {int(item[1]): item.start() for item in _ANY_OBJECT.finditer(data)}
        places = {**found, **places}
    return places


def _table(data: bytes, at: int) -> tuple[dict[int, int], bytes]:
    """Return the places in a table of them, none that is right where it is cut, and what follows."""
    places: dict[int, int] = {}
    while section := _SECTION.match(data, at):
        first, count = int(section[1]), min(int(section[2]), len(data) // _ENTRY)
        at = section.end() + _ENTRY * count
        entries = _LINE.findall(data, section.end(), at)
        if len(entries) != count:
            return {first: len(data)}, b""
        for number, (place, kind) in enumerate(entries, first):
            if kind == b"n":
                places[number] = int(place)
    return places, data[at : at + _HEAD]


def _is_at(data: bytes, number: int, place: int) -> bool:
    found = _OBJECT.match(data, place)
    return found is not None and int(found[1]) == number
