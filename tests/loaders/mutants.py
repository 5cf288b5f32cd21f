"""Archives and packages with something wrong somewhere: bytes, sizes, parts, XML, methods of packing."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

from sample_reports import FOLDER
from tests.loaders.opendocument.test_opendocument import cell, package, row, sheet_of

METHODS = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)
MARKS = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08")
WORDS = (
    b"\0",
    b"\xff",
    b"&#xD800;",
    b"&x;",
    b"<!DOCTYPE x>",
    b"-1",
    b"9" * 5_000,
    "²".encode(),
    b"<",
    b"]]>",
)

Part = tuple[str, bytes]


def sample(ending: str) -> bytes:
    path: Path = min((FOLDER / "invented").glob(f"*.{ending}"))
    return path.read_bytes()


def bases() -> dict[str, bytes]:
    """What is mutated, by ending."""
    tables = sheet_of(row(cell("规章"), cell("7")) * 3)
    found = {
        "docx": sample("docx"),
        "xlsx": sample("xlsx"),
        "odt": package("text", f"<text:p>年报</text:p>{tables}"),
        "ods": package("spreadsheet", tables),
    }
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for number, data in enumerate([sample("txt"), sample("html"), sample("xlsx")]):
            archive.writestr(f"{number}.txt", data, METHODS[1:][number])
    return {**found, "zip": target.getvalue()}


def flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 3, 30])):
        changed[random.randrange(len(changed))] = random.choice([0, 0xFF, random.randrange(256)])
    return bytes(changed)


def in_a_head(data: bytes, random: Random) -> bytes:
    """Something else in the few bytes that say what an entry is and where it lies."""
    mark = random.choice([mark for mark in MARKS if mark in data])
    at = random.choice([n for n in range(len(data)) if data.startswith(mark, n)])
    width = random.choice([1, 2, 4])
    start = at + random.randrange(4, 46)
    value = random.choice([0, 1, 2**31 - 1, 2**32 - 1, random.randrange(2**32)])
    return data[:start] + struct.pack("<I", value)[:width] + data[start + width :]


def cut(data: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(data)) for _ in range(2))
    return random.choice([data[:end], data[start:], data[:start] + data[end:], data + data[start:]])


def repacked(data: bytes, random: Random) -> bytes:
    """The parts rewritten by a program that has gone astray."""
    with ZipFile(BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    number = random.randrange(len(parts))
    name, content = parts[number]
    parts[number : number + 1] = random.choice(
        [
            [],
            [(name, b"")],
            [(name, content), (name, content)],
            [(name, flipped(content, random) if content else b"")],
            [(name, inserted(content, random))],
            [(name.upper(), content)],
            [(parts[0][0], content)],
        ]
    )
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for part, said in parts:
            archive.writestr(part, said, random.choice(METHODS))
    return target.getvalue()


def inserted(content: bytes, random: Random) -> bytes:
    """A word where none is expected: often just behind a quote or a bracket."""
    places = [n + 1 for n, sign in enumerate(content) if sign in b"\"'>"] or [0]
    at = random.choice(places)
    end = at + random.choice([0, 1, 5])
    return content[:at] + random.choice(WORDS) + content[end:]


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped,
    in_a_head,
    cut,
    repacked,
    repacked,
)


def mutant(number: int, random: Random) -> tuple[str, bytes]:
    """A name and the bytes of one; every kind of file and of change has its turn."""
    import warnings

    kinds = bases()
    ending = [*kinds][number % len(kinds)]
    data = kinds[ending]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of parts of one name
        for change in {CHANGES[number // len(kinds) % len(CHANGES)], random.choice(CHANGES)}:
            try:
                data = change(data, random)
            except Exception:  # noqa: BLE001  what was already broken cannot be repacked
                data = flipped(data, random)
    return f"{number}.{ending}", data
