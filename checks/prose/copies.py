"""How much of a report's prose is last year's, figures and years apart.

Compared are clauses: with every number taken out, a text that was only brought up to date has the
same clauses in the same order. A fingerprint of some 64 numbers says which pairs of reports are
worth comparing in full, so that a library needs no text but theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from zlib import crc32

from checks.findings import Quote
from checks.prose.sections import LONGEST_HEADING
from checks.prose.sentences import Sentence

Fingerprint = tuple[int, ...]

NEARLY_THE_SAME: Final = 0.9
"""Share of the prose from which it is called nearly last year's.

Of the sample reports, each with its predecessor, those written with other wordings reach at most
0.28, the planted copy 1.0; of two real reports of different agencies none passes 0.1. What forms
prescribe (headings, dates, 无) is left out before. A tenth of new text is about one new sentence
in ten: a report whose year brought anything to tell has more.
"""
WORTH_COMPARING: Final = 0.5
"""Estimated share of common clauses below which no pair comes near `NEARLY_THE_SAME`.

0.9 of the signs in common leave at least 0.8 of the clauses; an estimate from 64 of them errs by
0.06, one from the 20 of a short report by 0.11.
"""
SHORTEST: Final = 120
"""Signs of prose below which likeness says nothing: three sentences are soon the same."""
SIZE: Final = 64
MOST_QUOTES: Final = 6
_CLAUSE = re.compile(r"[^,;:!?。、()，；：！？（）]{2,400}")
_FIGURES = re.compile(
    r"[\d,.〇]{1,30}|[一二三四五六七八九十百千万两零]{1,10}(?=[件条次场份期篇个项起宗])"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two proses are (0 to 1), and this year's sentences that differ, marked."""

    share: float
    differences: tuple[Quote, ...] = ()
    others: int = 0
    """Differing sentences beyond those quoted."""


def fingerprint(sentences: Iterable[Sentence]) -> Fingerprint:
    """Return the least 64 of the clauses' checksums, ascending; () where there is too little text."""
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    if sum(map(len, clauses)) < SHORTEST:
        return ()
    return tuple(
        sorted({crc32(clause.encode(errors="surrogatepass")) for clause in clauses})[:SIZE]
    )


def worth_comparing(one: Fingerprint, other: Fingerprint) -> bool:
    """Say from two fingerprints alone whether the texts may be nearly the same."""
    if not one or not other:
        return False
    both = sorted({*one, *other})[: min(SIZE, max(len(one), len(other)))]
    common = {*one} & {*other}
    return sum(value in common for value in both) >= WORTH_COMPARING * len(both)


def likeness(now: Sequence[Sentence], before: Sequence[Sentence]) -> Likeness:
    """Return how much of this year's prose is last year's, and where it differs."""
    ours = [clause for sentence in now for clause in _clauses(sentence)]
    theirs = [clause for sentence in before for clause in _clauses(sentence)]
    longest = max(sum(map(len, ours)), sum(map(len, theirs)))
    if longest < SHORTEST:
        return Likeness(0.0)
    matched = sum(_matched(ours, theirs))
    differences = tuple(_differences(now, before))
    return Likeness(
        matched / longest, differences[:MOST_QUOTES], max(0, len(differences) - MOST_QUOTES)
    )


def _clauses(sentence: Sentence) -> Iterator[str]:
    """Yield a sentence's clauses without figures; nothing of titles and headings."""
    text = "".join(sentence.text.split())
    if not sentence.section or _is_heading(sentence.text, text):
        return
    for match in _CLAUSE.finditer(_FIGURES.sub("#", text)):
        yield match[0]


def _is_heading(printed: str, text: str) -> bool:
    return len(text) <= LONGEST_HEADING and printed[-1] not in "。；！？" and "，" not in text


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[float]:
    """Yield the signs that clauses have in common, in order; changed clauses count in part."""
    for kind, start, end, other, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield float(sum(map(len, ours[start:end])))
        elif kind == "replace":
            for mine, its in zip(ours[start:end], theirs[other:other_end], strict=False):
                yield SequenceMatcher(None, mine, its, autojunk=False).ratio() * len(mine)


def _differences(now: Sequence[Sentence], before: Sequence[Sentence]) -> Iterator[Quote]:
    """Yield this year's sentences that are not last year's word by word, the new part marked."""
    texts = [sentence.text for sentence in now if sentence.section]
    ours = [sentence for sentence in now if sentence.section]
    theirs = [sentence.text for sentence in before if sentence.section]
    for kind, start, end, other, other_end in SequenceMatcher(
        None, texts, theirs, autojunk=False
    ).get_opcodes():
        if kind in ("replace", "delete"):
            matches = [*theirs[other:other_end], *[""] * (end - start)]
            for sentence, its in zip(ours[start:end], matches, strict=False):
                first, last = _changed(sentence.text, its)
                place = sentence.paragraph.place
                yield Quote(sentence.section, sentence.text, first, last, place)


def _changed(text: str, other: str) -> tuple[int, int]:
    """Return the stretch of `text` between what both begin and what both end with."""
    shorter = min(len(text), len(other))
    first = next((i for i in range(shorter) if text[i] != other[i]), shorter)
    most = shorter - first
    tail = next((i for i in range(most) if text[-1 - i] != other[-1 - i]), most)
    return first, len(text) - tail
