"""Which row of the form a printed label names, and which column a printed header names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from form.editions import EDITIONS
from form.labels import COLUMN_VARIANTS, ROW_VARIANTS
from form.model import TableKey
from loaders.recogniser.lines import plain

_NUMBERING = re.compile(
    r"\s*(?:[(〔\[【]\s*[一二三四五六七八九十]\s*[)〕\]】]|[一二三四五六七八九十]\s*[、.,:]|\d{1,2}\s*[.、,:)]|\d(?=[^\d\s.]))"
)
_EXPLAINED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|20\d\d\s*年?度?")
"""What stands in a header besides its name: brackets, and the year it counts."""
_A_YEAR = re.compile(r"[(（]\s*20\d\d\s*年?度?\s*[)）]")
_EXPLAINED_BEHIND = re.compile(r"(\S[^(（]*)[(（].*[)）]\s*", re.DOTALL)
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
    explanations behind), or is the beginning of exactly one (torn by a page or cell end). A year in
    brackets within it counts for nothing: 本年（2023）新收…. Nor does what brackets explain behind
    a short one: 规章（设区的市以上填写）.
    """
    found = _matched(table, body(text))
    if not found and _A_YEAR.search(text):
        found = _matched(table, body(_A_YEAR.sub("", text)))
    if found:
        return found
    exact = _keys_of(table).get(_unexplained(text), ())
    return tuple(Match(key, True) for key in exact)


def _unexplained(text: str) -> str:
    """Return a label's body without what brackets explain behind it, all of it where there are none."""
    explained = _EXPLAINED_BEHIND.fullmatch(text)
    return body(explained[1] if explained else text)


def is_whole_label(table: TableKey, key: str, text: str) -> bool:
    """Say whether a text is nothing but a wording of a row's label, and what brackets explain."""
    known = wordings(table)[key]
    return body(text) in known or _unexplained(text) in known


def _matched(table: TableKey, found: str) -> tuple[Match, ...]:
    exact = _keys_of(table).get(found, ())
    if exact:
        return tuple(Match(key, True) for key in exact)
    alike = _by_beginning(table).get(found[:_SHORTEST_PIECE], ())
    begins = [(len(wording), key) for key, wording in alike if found.startswith(wording)]
    if begins:
        longest = max(begins)[0]
        return tuple(Match(key, True) for size, key in begins if size == longest)
    pieces = {key for key, wording in alike if wording.startswith(found)}
    return (Match(pieces.pop(), False),) if len(pieces) == 1 else ()


@lru_cache(4096)
def completes(table: TableKey, first: str, second: str) -> str | None:
    """Return the row whose wording two pieces of a torn label make together, else None.

    A sign alone, a question mark say, is no piece of one.
    """
    if not plain(second):
        return None
    return next(iter(_keys_of(table).get(body(first) + plain(second), ())), None)


@cache
def _keys_of(table: TableKey) -> dict[str, tuple[str, ...]]:
    """Return the rows that each wording names."""
    found: dict[str, tuple[str, ...]] = {}
    for key, known in wordings(table).items():
        for wording in known:
            found[wording] = (*found.get(wording, ()), key)
    return found


@cache
def _by_beginning(table: TableKey) -> dict[str, list[tuple[str, str]]]:
    """Return rows with their wordings by the first characters, as many as a piece must have."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, known in wordings(table).items():
        for wording in known:
            if len(wording) >= _SHORTEST_PIECE:
                found.setdefault(wording[:_SHORTEST_PIECE], []).append((key, wording))
    return found


@cache
def _columns_of(table: TableKey) -> dict[str, tuple[str, ...]]:
    """Return the columns that each wording names."""
    found: dict[str, dict[str, None]] = {}
    for edition in EDITIONS:
        for row in edition.table(table).rows:
            for column in row.columns:
                variants = COLUMN_VARIANTS.get(column.key, ()) if table == "disclosure" else ()
                for wording in map(plain, (column.label, *variants)):
                    found.setdefault(wording, {})[column.key] = None
    return {wording: tuple(keys) for wording, keys in found.items()}


@lru_cache(4096)
def column_wordings(table: TableKey) -> frozenset[str]:
    """Return every known wording of a column's head, as `body` has it."""
    return frozenset(_columns_of(table))


def match_column(table: TableKey, text: str) -> tuple[str, ...]:
    """Return the keys of the columns that a printed header names; () where it names none.

    What it explains (in brackets, or as a year within it) names nothing: 本年（2023）制发件数.
    """
    known = _columns_of(table)
    found = known.get(plain(text), ())
    if found or not _EXPLAINED.search(text):
        return found
    return known.get(plain(_EXPLAINED.sub("", unicodedata.normalize("NFKC", text))), ())
