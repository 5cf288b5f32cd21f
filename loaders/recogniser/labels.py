"""Which row of the form a printed label names, and which column a printed header names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from form.editions import EDITIONS
from form.labels import COLUMN_VARIANTS, ROW_VARIANTS
from form.model import TableKey
from loaders.recogniser.lines import plain

_NUMBERING = re.compile(
    r"\s*(?:[(〔\[【]\s*[一二三四五六七八九十]\s*[)〕\]】]|[一二三四五六七八九十]\s*[、.,:]|\d{1,2}\s*[.、,:)]|\d(?=[^\d\s.]))"
)
_SHORTEST_PIECE = 4
"""Fewer characters than this of a torn label are not taken for it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A label found: its row key, and whether all of its wording was there."""

    key: str
    whole: bool


@lru_cache(4096)
def body(text: str) -> str:
    """Return a label folded and without its numbering: （三）, 三、 or 3."""
    folded = unicodedata.normalize("NFKC", text)
    numbering = _NUMBERING.match(folded)
    return plain(folded[numbering.end() :] if numbering else folded)


@cache
def wordings(table: TableKey) -> dict[str, tuple[str, ...]]:
    """Return every folded wording of each row label of a table, the official ones first."""
    found: dict[str, list[str]] = {}
    for edition in EDITIONS:
        for row in edition.table(table).rows:
            known = found.setdefault(row.key, [])
            variants = ROW_VARIANTS.get((table, row.key), ())
            known += [w for w in map(body, (row.label, *variants)) if w not in known]
    return {key: tuple(known) for key, known in found.items()}


@cache
def group_wordings(table: TableKey) -> frozenset[str]:
    """Return the folded wordings of labels that head several rows."""
    return frozenset(
        body(group)
        for edition in EDITIONS
        for row in edition.table(table).rows
        for group in row.groups
    )


@lru_cache(4096)
def match_row(table: TableKey, text: str) -> tuple[Match, ...]:
    """Return the rows that a printed label can name, best first; () where it names none.

    A label names a row when it is one of its wordings, or begins with one (some carry long
    explanations behind), or is the beginning of exactly one (torn by a page or cell end).
    """
    found = body(text)
    if not found:
        return ()
    exact = [key for key, known in wordings(table).items() if found in known]
    if exact:
        return tuple(Match(key, True) for key in exact)
    begins = [
        (len(wording), key)
        for key, wording in _all(table)
        if len(wording) >= _SHORTEST_PIECE and found.startswith(wording)
    ]
    if begins:
        longest = max(begins)[0]
        return tuple(Match(key, True) for size, key in begins if size == longest)
    pieces = {key for key, wording in _all(table) if wording.startswith(found)}
    if len(found) >= _SHORTEST_PIECE and len(pieces) == 1:
        return (Match(pieces.pop(), False),)
    return ()


@lru_cache(4096)
def completes(table: TableKey, first: str, second: str) -> str | None:
    """Return the row whose wording two pieces of a torn label make together, else None."""
    joined = body(first) + plain(second)
    return next((key for key, wording in _all(table) if wording == joined), None)


def _all(table: TableKey) -> Iterator[tuple[str, str]]:
    for key, known in wordings(table).items():
        for wording in known:
            yield key, wording


@cache
def _column_wordings(table: TableKey) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for edition in EDITIONS:
        for row in edition.table(table).rows:
            for column in row.columns:
                variants = COLUMN_VARIANTS.get(column.key, ()) if table == "disclosure" else ()
                found.setdefault(column.key, set()).update(map(plain, (column.label, *variants)))
    return {key: frozenset(known) for key, known in found.items()}


@lru_cache(4096)
def match_column(table: TableKey, text: str) -> tuple[str, ...]:
    """Return the keys of the columns that a printed header names; () where it names none."""
    found = plain(text)
    return tuple(key for key, known in _column_wordings(table).items() if found in known)
