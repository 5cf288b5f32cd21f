"""Kinds of words by what they do to a number, and what a sentence has spoken of so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from checks.prose.claims import DISPUTES, DOCUMENTS, OUTCOMES, Said
from checks.prose.tokens import Token

Words = Sequence[Token]
Found = list[tuple[str, int]]
"""Quantities with the weight of the word that names them (see `claims.Said`)."""

DOCUMENT_ACTS: Final = ("made", "put_out", "published", "repealed", "in_force")
RESULTS: Final = ("granted", "partial", "denied")
CROSSING: Final = ("carried_over", "carried_forward")
VERBS: Final = ("new_received", "received", "answered", "handled")
NOUNS: Final = ("application", *DISPUTES, *DOCUMENTS)
CLAIMABLE: Final = frozenset(
    {
        *(*DISPUTES, *OUTCOMES, "involved", "closed"),
        *(*DOCUMENTS, *DOCUMENT_ACTS),
        *("application", *VERBS, *RESULTS, *CROSSING, "turnover"),
    }
)
"""Words that a number can belong to."""
QUIET: Final = frozenset(
    {
        *("filler", "each", "respectively", "and", "happen", "among"),
        *("now", "own", "disclosure", "ontime", "manner", "people", "changed_from"),
        *("sum", "party"),
    }
)
"""Words that may stand between such a word and its number."""
SPOILING: Final = frozenset(
    {
        *("unlike", "complaint", "result", "outcome_line", "dispute_word", "judged"),
        *("own_organ", "on_behalf"),
    }
)
"""Words that make a number count something that is not asked for."""
SAYS_WHAT_HAPPENED: Final = frozenset(
    {"happen", "about", "involved", "received", "new_received", *DOCUMENT_ACTS}
)


@dataclass
class Context:
    """What a sentence has spoken of before the number at hand.

    `recent` are the cases just counted, by row, `partly` whether some of those have ended; `queue` the quantities whose numbers follow one
    by one (分别为); `act` and `documents` what was done to which documents; `consumed` where the
    last number's own words end, which the next number cannot have; `loose` what was counted with a
    loose word (办理); `crosses` whether the sentence tells of applications that cross a year's end,
    `left_inside` whether what was received has been counted with last year's rest inside,
    `gone_over` whether documents were looked through (规范性文件评估清理).
    """

    documents_in: str = "issued"
    topic: str = ""
    among: bool = False
    inclusive: bool = False
    consumed: int = 0
    queue: list[str] = field(default_factory=list)
    act: str = ""
    documents: tuple[str, ...] = ()
    recent: list[tuple[str, Said]] = field(default_factory=list)
    partly: bool = False
    quantities: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    crosses: bool = False
    left_inside: bool = False
    gone_over: bool = False

    def remember(self, found: Iterable[Said], *, numbered: bool = False) -> None:
        """Keep what later clauses may refer to: 均维持 means the cases just counted."""
        for item in found:
            row, _dot, column = item.quantity.partition(".")
            self.quantities.add(item.quantity)
            if item.loose:
                self.loose.add(item.quantity)
            if row == "applications":
                self.topic = "application"
            elif row in DISPUTES and column == "total" and item.value:
                self._count(row, item)
            elif row in DISPUTES:
                self.recent = [case for case in self.recent if case[0] != row and not numbered]
                self.partly = bool(self.recent)

    def _count(self, row: str, item: Said) -> None:
        """Cases whose kind is told stand for those whose kind was not."""
        if row.startswith("litigation_"):
            self.recent = [(other, case) for other, case in self.recent if other != "litigation"]
        self.recent.append((row, item))
        self.partly = False

    def part_ends(self) -> None:
        """Forget what a semicolon ends."""
        self.recent.clear()
        self.queue.clear()
        self.among = False


def kinds_of(words: Words) -> list[str]:
    """Return the kinds of words, in order."""
    return [token.kind for token in words]


def loud(words: Words) -> list[Token]:
    """Return words without the quiet ones."""
    return [token for token in words if token.kind not in QUIET]


def about_other_matters(words: Words) -> bool:
    """Say whether words tell of a cause that is not disclosure: 因征地引发的行政复议."""
    kinds = kinds_of(words)
    if "about" not in kinds:
        return False
    cause = kinds[kinds.index("about") :]
    named = {"gap", "unlike", "complaint"} & {*cause}
    return bool(named) and {"disclosure", "application", "answered"}.isdisjoint(cause)


def each(names: Iterable[str], words: Words, value: int) -> list[str]:
    """Several things with one number: each of them where it says 各 or counts none, else a sum."""
    distinct = list(dict.fromkeys(names))
    alone = value == 0 or len(distinct) == 1 or "each" in kinds_of(words)
    return distinct if alone else []
