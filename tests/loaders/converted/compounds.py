"""Compound files made by hand, as Office wrote them before 2007."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


def compound(root: dict[str, bytes], nested: dict[str, bytes] | None = None) -> bytes:
    """A file with these streams at its root, and those of `nested` in a storage beside them."""
    entries: list[tuple[str, int, int, int, int, int]] = []
    sectors: list[bytes] = []
    chains: list[list[int]] = []

    def add(name: str, data: bytes) -> tuple[str, int, int]:
        first = len(sectors)
        pieces = [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)] or [b""]
        sectors.extend(piece.ljust(SECTOR, b"\0") for piece in pieces)
        chains.append(list(range(first, len(sectors))))
        return name, first, len(data)

    inner = [add(name, data) for name, data in (nested or {}).items()]
    outer = [add(name, data) for name, data in root.items()]
    storage = bool(nested)
    first_outer, first_inner = 1, 1 + len(outer) + storage
    # Every entry hangs to the right of the one before: a tree, if not a balanced one.
    entries.append(("Root Entry", ROOT, FREE, first_outer, END, 0))
    last_outer = len(outer) + storage
    for number, (name, first, size) in enumerate(outer, first_outer):
        right = number + 1 if number < last_outer else FREE
        entries.append((name, STREAM, right, FREE, first, size))
    if storage:
        entries.append(("ObjectPool", STORAGE, FREE, first_inner, END, 0))
    for number, (name, first, size) in enumerate(inner, first_inner):
        right = number + 1 if number < first_inner + len(inner) - 1 else FREE
        entries.append((name, STREAM, right, FREE, first, size))
    directory = b"".join(map(_entry, entries))
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    _, first_directory, _ = add("", directory)
    return _header(len(sectors), first_directory) + b"".join(sectors) + _fat(chains, len(sectors))


def _entry(entry: tuple[str, int, int, int, int, int]) -> bytes:
    name, kind, right, child, start, size = entry
    text = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<64sHBBIII", text, len(text), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _header(fat_sector: int, first_directory: int) -> bytes:
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    versions = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIIII", 0, 1, first_directory, 0, 4096, END, 0, END, 0, fat_sector)
    return (magic + versions + counts).ljust(SECTOR, b"\xff")


def _fat(chains: list[list[int]], fat_sector: int) -> bytes:
    links = [FREE] * (SECTOR // 4)
    for chain in chains:
        for number, following in zip(chain, [*chain[1:], END], strict=True):
            links[number] = following
    links[fat_sector] = FAT
    return struct.pack(f"<{len(links)}I", *links)
