"""What a judgement follows from besides the reports: the rules and their wording, as one short text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from checks.catalogue import kinds
from form.rules import RULES_VERSION

PACKAGE: Final = "disclosure-desk"
JUDGING: Final = ("checks", "form")
"""The parts of the program that a finding, its sentence or an explanation comes from."""
_SOURCES: Final = (".py", ".pyc")
"""What modules may be installed as; the first of which there are any counts."""
_DATA: Final = ".tsv"
"""Tables that modules read."""


@cache
def judging_version() -> str:
    """Return a digest that changes with any rule, check or wording: 64 hexadecimal digits.

    Of the names and bytes of all modules in `checks/` and `form/` and the tables beside them, from a
    folder or a ZIP; where
    neither sources nor compiled modules can be had, of the program's version. Also of the
    language that sentences come in. Computed once a process.
    """
    digest = sha256()
    modules = _modules()
    for name, data in sorted([*modules, *_with(_DATA)]) if modules else _released():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    digest.update("\0".join(kind.name for kind in kinds().values()).encode())
    return digest.hexdigest()


def _modules() -> list[tuple[str, bytes]]:
    """Return every module of the judging parts, its path with its bytes."""
    for ending in _SOURCES:
        found = _with(ending)
        if found:
            return found
    return []


def _with(ending: str) -> list[tuple[str, bytes]]:
    return [item for part in JUDGING for item in _within(files(part), part, ending)]


def _within(folder: Traversable, path: str, ending: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        # The cache holds when files were changed: another copy of the same program differs in it.
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _within(entry, name, ending)
        elif entry.name.endswith(ending):
            yield name, entry.read_bytes()


def _released() -> list[tuple[str, bytes]]:
    try:
        released = version(PACKAGE)
    except PackageNotFoundError:
        released = ""
    return [("version", released.encode()), ("rules", str(RULES_VERSION).encode())]
