"""How much of a report's prose is last year's, figures and years apart.

Compared are clauses: with every number taken out, a text that was only brought up to date has the
same clauses in the same order. A fingerprint of some 64 numbers says which pairs of reports are
worth comparing in full, so that a library needs no text but theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import islice
from typing import Final, TypeVar
from zlib import crc32

from checks.findings import Quote
from checks.prose.sections import LONGEST_HEADING
from checks.prose.sentences import Sentence

_T = TypeVar("_T")
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
SHORTEST_ELSEWHERE: Final = 500
"""The same beside another agency's text: short ones are made of phrases that all offices use.

The five real reports have 700 to 2,700; the invented samples, which draw on one stock of
sentences, 190 to 240.
"""
SIZE: Final = 64
MOST_STEPS: Final = 3_000_000
"""Pairs of equal clauses, sentences or signs that are looked at when two texts are compared.

Two real reports of 20,000 signs take some 10,000; texts of few words repeated thousands of times
would take their square or cube. Where steps run out, what both begin and end with is left aside
and the rest is tried anew; where that fails too, how alike they are is not known.
"""
MOST_COMPARED: Final = 300_000
"""Signs of prose beyond which two texts are not compared: no report has a tenth of it."""
MOST_QUOTES: Final = 6
_CLAUSE = re.compile(r"[^,;:!?。、()，；：！？（）]{2,400}")
_FIGURES = re.compile(
    r"[\d,.〇]{1,30}|[一二三四五六七八九十百千万两零]{1,10}(?=[件条次场份期篇个项起宗])"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two proses are (0 to 1), and this year's sentences that differ, marked."""

    share: float | None
    """None where the texts are too long, or repeat themselves too often, to be told."""
    differences: tuple[Quote, ...] = ()
    others: int | None = 0
    """Differing sentences beyond those quoted; None where they were not all looked for."""


def fingerprint(sentences: Iterable[Sentence]) -> Fingerprint:
    """Return the least 64 of the clauses' checksums, ascending; () where there is too little text."""
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    if sum(map(len, clauses)) < SHORTEST:
        return ()
    return tuple(
        sorted({crc32(clause.encode(errors="surrogatepass")) for clause in clauses})[:SIZE]
    )


def length(sentences: Iterable[Sentence]) -> int:
    """Return how many signs of prose there are to compare: headings and figures left out."""
    return sum(len(clause) for sentence in sentences for clause in _clauses(sentence))


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
    if longest > MOST_COMPARED:
        return Likeness(None)
    matched = _in_steps(_matched, ours, theirs)
    if matched is None:
        return Likeness(None)
    share = matched / longest
    if share < NEARLY_THE_SAME:
        return Likeness(share)
    sentences = [sentence for sentence in now if sentence.section]
    printed = [sentence.text for sentence in before if sentence.section]
    changed = _in_steps(_differing, [sentence.text for sentence in sentences], printed)
    if changed is None:
        return Likeness(share, (), None)
    differences = tuple(_marked(sentences[at], its) for at, its in changed[:MOST_QUOTES])
    return Likeness(share, differences, max(0, len(changed) - MOST_QUOTES))


def _in_steps(
    compare: Callable[[Sequence[str], Sequence[str], _Steps, int, int], _T],
    ours: Sequence[str],
    theirs: Sequence[str],
) -> _T | None:
    """Return what a comparison gives; None where steps run out, ends that are equal left aside too."""
    for start, end in ((0, 0), _alike(ours, theirs)):
        try:
            return compare(ours, theirs, _Steps(MOST_STEPS), start, end)
        except _TooManyStepsError:
            continue
    return None


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Return how many items two lists begin with in common, and end with."""
    shorter = min(len(ours), len(theirs))
    start = next((at for at in range(shorter) if ours[at] != theirs[at]), shorter)
    most = shorter - start
    return start, next((at for at in range(most) if ours[-1 - at] != theirs[-1 - at]), most)


class _TooManyStepsError(Exception):
    """A comparison has used up its steps."""


@dataclass
class _Steps:
    """What may still be looked at."""

    left: int

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise _TooManyStepsError


class _Matcher(SequenceMatcher[str]):
    """Finds what two sequences have in common, as long as there are steps left."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str], steps: _Steps) -> None:
        super().__init__(None, ours, theirs, autojunk=False)
        self._ours, self._steps = ours, steps
        self._often = Counter(theirs)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest block in common, having paid for every pair that can be looked at."""
        self._steps.spend(sum(1 + self._often[item] for item in islice(self._ours, alo, ahi)))
        return super().find_longest_match(alo, ahi, blo, bhi)


def _clauses(sentence: Sentence) -> Iterator[str]:
    """Yield a sentence's clauses without figures; nothing of titles and headings."""
    text = "".join(sentence.text.split())
    if not sentence.section or _is_heading(sentence.text, text):
        return
    for match in _CLAUSE.finditer(_FIGURES.sub("#", text)):
        yield match[0]


def _is_heading(printed: str, text: str) -> bool:
    return len(text) <= LONGEST_HEADING and printed[-1] not in "。；！？" and "，" not in text


def _matched(
    ours: Sequence[str], theirs: Sequence[str], steps: _Steps, start: int, end: int
) -> float:
    """Return the signs that clauses have in common, in order; changed clauses count in part.

    The first `start` and the last `end` clauses are the same on both sides.
    """
    mine, its = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    found = float(sum(map(len, ours[:start])) + sum(map(len, ours[len(ours) - end :])))
    for kind, first, last, other, other_last in _Matcher(mine, its, steps).get_opcodes():
        if kind == "equal":
            found += sum(map(len, mine[first:last]))
        elif kind == "replace":
            for one, two in zip(mine[first:last], its[other:other_last], strict=False):
                found += _Matcher(one, two, steps).ratio() * len(one)
    return found


def _differing(
    ours: Sequence[str], theirs: Sequence[str], steps: _Steps, start: int, end: int
) -> list[tuple[int, str]]:
    """Return which of our texts are not theirs, each with the one in its place; "" where none is.

    The first `start` and the last `end` texts are the same on both sides.
    """
    mine, its = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    found: list[tuple[int, str]] = []
    for kind, first, last, other, other_last in _Matcher(mine, its, steps).get_opcodes():
        if kind in ("replace", "delete"):
            matches = [*its[other:other_last], *[""] * (last - first)]
            found += zip(range(start + first, start + last), matches, strict=False)
    return found


def _marked(sentence: Sentence, other: str) -> Quote:
    """Return a sentence with the part marked that is not in the other one."""
    first, last = _changed(sentence.text, other)
    return Quote(sentence.section, sentence.text, first, last, sentence.paragraph.place)


def _changed(text: str, other: str) -> tuple[int, int]:
    """Return the stretch of `text` between what both begin and what both end with."""
    shorter = min(len(text), len(other))
    first = next((i for i in range(shorter) if text[i] != other[i]), shorter)
    most = shorter - first
    tail = next((i for i in range(most) if text[-1 - i] != other[-1 - i]), most)
    return first, len(text) - tail
