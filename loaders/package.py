"""Office files are ZIP packages of XML parts, and they come from strangers.

Nothing is unpacked that is larger than any report needs, and no part may declare entities.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

from lxml import etree

from loaders import refusals
from loaders.document import ReadError

MAX_PARTS: Final = 2_000
MAX_BYTES: Final = 200_000_000
MAX_RATIO: Final = 100
RATIO_COUNTS_FROM: Final = 1_000_000
"""Bytes: smaller parts may shrink as well as they like."""

# Office files from before 2007, and newer ones behind a password, are compound files.
COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM: Final = "EncryptedPackage"
LOCKED_FLAG: Final = 0x1
"""Of an entry of a ZIP that a password is needed for."""


def part_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the parts; none where the bytes are no ZIP."""
    if not data.startswith(b"PK"):
        return ()
    try:
        with refusals.told_as(), ZipFile(BytesIO(data)) as package:
            return tuple(package.namelist())
    except ReadError:
        return ()


def is_compound_with(data: bytes, streams: Iterable[str]) -> bool:
    """Say whether the bytes are a compound file that names one of these streams."""
    return data.startswith(COMPOUND) and any(name.encode("utf-16-le") in data for name in streams)


def open_package(data: bytes) -> ZipFile:
    """Return the package; raises ReadError for what is damaged, locked or too large.

    The sizes that the directory states are upper bounds: zipfile never unpacks a part further.
    """
    if is_compound_with(data, (ENCRYPTED_STREAM,)):
        raise refusals.encrypted()
    with refusals.told_as():
        package = ZipFile(BytesIO(data))
    parts = package.infolist()
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_BYTES
        or any(_is_bomb(part) for part in parts)
    ):
        raise refusals.too_large()
    return package


def _is_bomb(part: ZipInfo) -> bool:
    return part.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * part.compress_size)


def read_part(package: ZipFile, name: str) -> bytes:
    """Return the bytes of one part; raises ReadError where it is missing or torn."""
    with refusals.told_as():
        if package.getinfo(name).flag_bits & LOCKED_FLAG:
            raise refusals.encrypted()
        return package.read(name)


def parse_xml(xml: bytes) -> etree._Element:
    """Return the root of one part; raises ReadError for broken XML and for any DTD."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with refusals.told_as():
        root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusals.unsafe()
    return root
