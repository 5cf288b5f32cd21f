"""What an office sets for its letters, in the home folder: who writes, by when, its own templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from library.originals import write_durably

FOLDER: Final = "letters"
_SETTINGS: Final = "settings.json"
_KINDS: Final = ("check", "remind", "corrections")
"""The kinds of documents that have templates."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """Who writes letters, where it can be reached (an office), how long an answer may take.

    `pattern` makes reference numbers: {year} is the year of the day, {n} counts the year's letters.
    """

    office: str = ""
    contact: str = ""
    days: int = 7
    pattern: str = "〔{year}〕{n}号"

    def reference(self, on: date, taken: Iterable[str], first: int = 1) -> str:
        """Return the next reference number that no other letter has; "" without a pattern."""
        known = {*taken}
        if "{n}" not in self.pattern:
            return ""
        number = first
        while (found := self._named(on, number)) in known:
            number += 1
        return found

    def _named(self, on: date, number: int) -> str:
        return self.pattern.replace("{year}", str(on.year)).replace("{n}", str(number))


class Office:
    """The settings and templates of a library's home folder."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    @property
    def settings(self) -> Settings:
        """What is set; what cannot be read, or is missing, is as it was at first."""
        try:
            told = json.loads((self._folder / _SETTINGS).read_text("utf-8"))
        except (OSError, ValueError):
            return Settings()
        told = told if isinstance(told, dict) else {}
        known: dict[str, Any] = {
            name: told[name]
            for name, value in asdict(Settings()).items()
            if type(told.get(name)) is type(value)
        }
        return Settings(**known)

    def set(self, settings: Settings) -> None:
        """Keep settings; texts are cut at 200 characters, days are 1 to 365."""
        told = {
            name: value[:_LONGEST].strip() if isinstance(value, str) else value
            for name, value in asdict(settings).items()
        }
        told["days"] = min(max(settings.days, 1), 365)
        self._write(_SETTINGS, json.dumps(told, ensure_ascii=False).encode())

    def template(self, kind: str) -> bytes | None:
        """Return the office's own template for a kind of document, None where there is none."""
        try:
            return (self._folder / _template(kind)).read_bytes()
        except OSError:
            return None

    def keep_template(self, kind: str, data: bytes) -> None:
        """Let letters of a kind be written from this template; whoever asks has looked into it."""
        self._write(_template(kind), data)

    def drop_template(self, kind: str) -> None:
        """Let letters of a kind be written from the supplied template again."""
        with suppress(FileNotFoundError):
            (self._folder / _template(kind)).unlink()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of everything that was set, for a backup."""
        names = (_SETTINGS, *(_template(kind) for kind in _KINDS))
        for name in names:
            with suppress(OSError):
                yield name, (self._folder / name).read_bytes()

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        write_durably(self._folder / name, data)


def _template(kind: str) -> str:
    if kind not in _KINDS:
        raise ValueError(f"no kind of document: {kind}")
    return f"{kind}.docx"
