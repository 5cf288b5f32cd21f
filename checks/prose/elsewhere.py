"""Prose that is nearly another agency's: found by an index of clauses, never pair by pair.

Two texts of which nine tenths are the same have most clauses in common, so that the least of their
checksums are too: reports are looked up by these, a few candidates are compared by their
fingerprints, and fewer still in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checks.prose.copies import Fingerprint, worth_comparing
from form.agencies.alike import may_be_one, same_place
from form.agencies.names import read_name
from form.agencies.offices import reports_for_government

LOOKED_UP: Final = 8
"""Checksums of a text, the least, by which it is looked up."""
MOST_BY_CLAUSE: Final = 50
"""Reports remembered for one clause, the earliest; who has it later is compared with these only."""
MOST_COMPARED: Final = 3
"""Reports with which one is compared in full, those that have most in common with it."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of a report's prose for looking it up: whose, of which year, its fingerprint."""

    agency: str
    year: int
    fingerprint: Fingerprint


def alike(texts: Sequence[Text | None]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for texts those of other agencies that may be what they were copied from, by place.

    The earlier year is taken for the origin; of one year, the text that stands first. None has no
    text.
    """
    known = [(item.year, place, item) for place, item in enumerate(texts) if item is not None]
    by_clause: dict[int, list[int]] = defaultdict(list)
    for _year, place, item in sorted(known, key=lambda one: one[:2]):
        least = item.fingerprint[:LOOKED_UP]
        candidates = dict.fromkeys(other for clause in least for other in by_clause[clause])
        found = [other for other in candidates if _may_be_copied(item, texts[other])]
        if found:
            found.sort(key=lambda other: -_common(item, texts[other]))
            yield place, tuple(found[:MOST_COMPARED])
        for clause in least:
            if len(by_clause[clause]) < MOST_BY_CLAUSE:
                by_clause[clause].append(place)


def _may_be_copied(item: Text, other: Text | None) -> bool:
    if other is None or item.agency == other.agency:
        return False
    if not worth_comparing(item.fingerprint, other.fingerprint):
        return False
    return not may_be_one(item.agency, other.agency) and not _share_a_report(item, other)


def _share_a_report(item: Text, other: Text) -> bool:
    """A government and its office publish one report between them."""
    names = [read_name(text.agency) for text in (item, other)]
    return all(map(reports_for_government, names)) and same_place(*names)


def _common(item: Text, other: Text | None) -> int:
    return len({*item.fingerprint} & {*(other.fingerprint if other else ())})
