"""Parts that a sentence lists behind 其中 and that do not come to what it counted.

收到申请 20 件，其中网上 12 件、信函 9 件: 21 is more than 20, whatever else there was. Fewer is asked
about only where the list is of one kind, ends with its sentence and names no rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from checks.prose.claims import DISPUTES, OUTCOMES, Said
from checks.prose.remarks import Remark, quoted
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded, Token
from checks.prose.words import QUIET, RESULTS, kinds_of

RULE: Final = "prose_parts"
_KINDS_OF_PARTS: Final = {
    "channel": frozenset({"channel"}),
    "applicant": frozenset({"applicant"}),
    "result": frozenset({*RESULTS, "outcome_line"}),
    "outcome": frozenset({*OUTCOMES}),
}
_WHOLES: Final = {
    "applications.received": ("channel", "applicant"),
    "applications.answered": ("channel", "applicant", "result"),
    **{f"{row}.total": ("outcome",) for row in DISPUTES},
}
"""What a number can be parted into: what was received has no results yet."""
_ALL_NAMED: Final = ("channel", "applicant")
"""Kinds of parts that a list can name all of; of results another may go without saying."""
_BESIDE: Final = QUIET | {"application", "gap"}
_REST: Final = re.compile(r"等|主要|其余|余下|另|其[他它]|包括但|大部分|多数|以及其")


@dataclass
class _List:
    """Parts of one number, as they are read."""

    whole: Said
    start: int
    kind: str = ""
    parts: list[Token] = field(default_factory=list)
    closed: bool = True

    def take(self, words: Sequence[Token], number: Token) -> bool:
        """Take a number in as a part; False where it is none, and the list ends before it."""
        kinds = {*kinds_of(words)}
        kind = next((name for name, marks in _KINDS_OF_PARTS.items() if marks & kinds), "")
        allowed = kind in _WHOLES[self.whole.quantity] and kind == (self.kind or kind)
        if number.kind != "number" or number.bound != "=" or not allowed:
            return False
        if len(_KINDS_OF_PARTS[kind] & kinds) > 1 or kinds - _KINDS_OF_PARTS[kind] - _BESIDE:
            return False
        self.kind = kind
        self.parts.append(number)
        return True


def unequal_parts(
    sentence: Sentence, fold: Folded, words: Sequence[Token], said: Sequence[Said]
) -> Iterator[Remark]:
    """Yield a remark for each list of parts that does not come to the number before it."""
    for found in _lists(words, said):
        total = sum(part.value for part in found.parts)
        if len(found.parts) < 2 or total == found.whole.value:
            continue
        end = found.parts[-1].end
        named_all = (
            found.closed and found.kind in _ALL_NAMED and not _REST.search(fold.text, found.start)
        )
        if total > found.whole.value or named_all:
            values = (found.whole.value, total, *(part.value for part in found.parts))
            yield Remark(RULE, values, (quoted(sentence, fold, found.whole.start, end),))
            # One question a sentence: decisions are known by what is quoted.
            return


def _lists(words: Sequence[Token], said: Sequence[Said]) -> Iterator[_List]:
    # What holds last year's rest is no whole of this year's parts.
    if any(token.kind == "carried_over" for token in words):
        return
    walk = _Walk(said)
    for token in _outside_brackets(words):
        yield from walk.take(token)
    yield from walk.end()


def _outside_brackets(words: Sequence[Token]) -> Iterator[Token]:
    inside = False
    for token in words:
        if token.kind in ("bracket", "bracket_end"):
            inside = token.kind == "bracket"
        elif not inside:
            yield token


class _Walk:
    """A walk over a sentence that gathers lists of parts behind 其中."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._wholes = {
            item.end: item
            for item in said
            if item.quantity in _WHOLES and item.bound == "=" and item.value
        }
        self._whole: Said | None = None
        self._list: _List | None = None
        self._clause: list[Token] = []

    def take(self, token: Token) -> Iterator[_List]:
        """Take the next token in; yield the list that it ends."""
        if token.kind == "semicolon":
            yield from self.end()
            self._whole = None
        elif token.kind == "among":
            yield from self.end()
            self._list = None if self._whole is None else _List(self._whole, token.end)
        elif token.kind in ("number", "figure"):
            yield from self._number(token)
        elif token.kind not in ("comma", "colon"):
            self._clause.append(token)

    def end(self) -> Iterator[_List]:
        """Yield the list at hand, if any: nothing more belongs to it."""
        if self._list is not None:
            yield self._list
        self._list = None
        self._clause = []

    def _number(self, token: Token) -> Iterator[_List]:
        clause = self._clause
        if self._list is not None and not self._list.take(clause, token):
            self._list.closed = False
            yield from self.end()
        self._clause = []
        if token.end in self._wholes:
            self._whole = self._wholes[token.end]
        elif self._list is None:
            self._whole = None
