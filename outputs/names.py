"""Names of files that people take away: Chinese, and safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED: Final = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|COM\d|LPT\d)(\.|$)", re.IGNORECASE)
_LONGEST: Final = 80
"""Characters before the suffix: 240 bytes in UTF-8, within every file system's 255."""


def file_name(scope: str, years: Collection[int], day: date, suffix: str = "") -> str:
    """Return a file's name: what it is about, its years, the day: 山东自然资源_2020—2024年_2026-02-01.xlsx.

    `suffix` without its dot; empty for none. Whatever `scope` holds, the name is valid on
    Windows, macOS and Linux.
    """
    rest = "_".join(filter(None, (_years(years), day.isoformat())))
    clean = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", scope)).strip(" ._")
    clean = clean[: _LONGEST - len(rest) - 1].rstrip(" ._")
    name = "_".join(filter(None, (clean, rest)))
    if _RESERVED.match(name):
        name = f"_{name}"
    return f"{name}.{suffix}" if suffix else name


def _years(years: Collection[int]) -> str:
    if not years:
        return ""
    first, last = min(years), max(years)
    return f"{first}年" if first == last else f"{first}—{last}年"
