"""What a backup says of itself: what is in it, with the hash of each file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from form.language import _
from library.errors import LibraryError

NAME: Final = "manifest.json"
FORMAT: Final = 1
SQLITE: Final = "library.sqlite"
POSTGRESQL: Final = "library.dump"
ORIGINALS: Final = "originals"
SPOOL: Final = "spool"
LETTERS: Final = f"{ORIGINALS}/letters"
"""The letters that went out: a store of its own among the originals."""
OFFICE: Final = "letters"
"""What an office set for its letters, with its own templates; its files keep their names."""
LARGEST: Final = 512 * 1024 * 1024
"""Bytes of a manifest; one line of it takes some 180 bytes, so that is millions of files."""

_STORED: Final = re.compile(
    rf"(?:{ORIGINALS}|{LETTERS}|{SPOOL})/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})"
)
_SET: Final = re.compile(rf"{OFFICE}/(?:settings\.json|[a-z]{{1,20}}\.docx)")
_SHA: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup: its name in it, its size in bytes, the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `database` is the name of the file that holds the database, which also tells its engine;
    `schema` the migration that it is up to, `revision` the library's, `head` the hash of its last
    decision. `missing` are the hashes of originals that the library itself has lost or holds
    damaged; `made_at` is a moment in ISO 8601 with its zone.
    """

    made_at: str
    database: str
    schema: str
    revision: int
    head: str | None
    reports: int
    missing: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def originals(self) -> int:
        """The number of originals in it."""
        return sum(
            entry.name.startswith(f"{ORIGINALS}/") and not entry.name.startswith(f"{LETTERS}/")
            for entry in self.entries
        )

    @property
    def size(self) -> int:
        """The bytes that its files take when they are taken out."""
        return sum(entry.size for entry in self.entries)


def written(manifest: Manifest) -> bytes:
    """Return a manifest as JSON in UTF-8."""
    return json.dumps({"format": FORMAT, **asdict(manifest)}, indent=0).encode()


def read(data: bytes) -> Manifest:
    """Return the manifest that JSON holds; raises LibraryError where it is none of ours.

    Every name in it is one that a backup can have: the database, or a stored file under its own
    hash. So no name leads anywhere else.
    """
    try:
        told: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _not_ours() from error
    if not isinstance(told, dict):
        raise _not_ours()
    if told.get("format") != FORMAT:
        raise LibraryError(_("这份备份由更新版本的程序做成，请先升级本程序再恢复。"))
    try:
        found = _manifest(told)
    except (KeyError, TypeError, AttributeError) as error:
        raise _not_ours() from error
    if not _is_sound(found):
        raise _not_ours()
    return found


def _manifest(told: dict[str, Any]) -> Manifest:
    entries = tuple(Entry(item["name"], item["size"], item["sha256"]) for item in told["entries"])
    named = ("made_at", "database", "schema", "revision", "head", "reports")
    return Manifest(
        **{key: told[key] for key in named}, missing=tuple(told["missing"]), entries=entries
    )


def _is_sound(found: Manifest) -> bool:
    texts = [found.made_at, found.schema, found.database, *found.missing]
    texts += [text for entry in found.entries for text in (entry.name, entry.sha256)]
    numbers = [found.revision, found.reports, *(entry.size for entry in found.entries)]
    if not all(isinstance(text, str) for text in [*texts, found.head or ""]):
        return False
    if not all(type(number) is int and number >= 0 for number in numbers):
        return False
    names = [entry.name for entry in found.entries]
    return (
        found.database in (SQLITE, POSTGRESQL)
        and names.count(found.database) == 1
        and len(set(names)) == len(names)
        and all(map(_SHA.fullmatch, (*found.missing, *(entry.sha256 for entry in found.entries))))
        and all(_is_named_well(entry, found.database) for entry in found.entries)
    )


def _is_named_well(entry: Entry, database: str) -> bool:
    stored = _STORED.fullmatch(entry.name)
    if entry.name == database or _SET.fullmatch(entry.name):
        return True
    return stored is not None and stored[2] == entry.sha256


def _not_ours() -> LibraryError:
    return LibraryError(_("这不是本程序做的备份，或者它的清单已损坏；什么也没有恢复。"))
