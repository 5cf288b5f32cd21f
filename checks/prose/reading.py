"""Sentences read for what they claim: a walk over tokens that remembers what is spoken of.

A number belongs to the words before it in its clause if nothing foreign stands between, else to
the words right after it. Clauses without a number can still claim: 未发生行政复议 is 0, and
行政复议 4 件，均维持 is four upheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from checks.prose.addends import Addends
from checks.prose.assigning import assigned, negated, nothing_left_over
from checks.prose.claims import DISPUTES, DOCUMENTS, OUTCOMES, Said
from checks.prose.disputes import ended, is_narrower_still, narrowed
from checks.prose.tokens import Token
from checks.prose.words import (
    CROSSING,
    DOCUMENT_ACTS,
    RESULTS,
    Context,
    about_other_matters,
    kinds_of,
)

_TOPICS = {
    **dict.fromkeys(DISPUTES, ""),
    **dict.fromkeys(DOCUMENTS, "documents"),
    "application": "application",
    "unlike": "unlike",
    "complaint": "unlike",
}
_SWITCHES = {
    "scope": {"foreign": True},
    "own_organ": {"foreign": True},
    "past": {"past": True},
    "span": {"past": True},
    "now": {"past": False, "future": False},
    "future": {"future": True},
    "compare": {"compared": True},
}
"""What a word tells of the numbers after it: whose they are, of which time."""
ELSEWHERE: Final = "elsewhere"
"""The topic after a sentence of others' figures, or another year's: its parts are none of ours."""
_BARRIERS = ("comma", "colon", "semicolon", "bracket", "bracket_end")


@dataclass
class _State:
    """What the sentence has spoken of so far."""

    context: Context
    clause: list[Token] = field(default_factory=list)
    foreign: bool = False
    past: bool = False
    future: bool = False
    compared: bool = False
    outside: tuple[bool, bool] | None = None
    said: list[Said] = field(default_factory=list)
    addends: Addends = field(default_factory=Addends)

    @property
    def silent(self) -> bool:
        """Whether numbers are another's or another year's, or say how things changed."""
        return self.foreign or self.past or self.future or self.compared

    def bracket(self, kind: str) -> None:
        """Enter or leave brackets: whose and which year's figures stand in them ends with them."""
        if kind == "bracket":
            self.outside = self.outside or (self.foreign, self.past)
        elif kind == "bracket_end" and self.outside is not None:
            (self.foreign, self.past), self.outside = self.outside, None


def read(
    sentence: Sequence[Token], documents_in: str = "issued", topic: str = ""
) -> tuple[tuple[Said, ...], str]:
    """Return what one sentence claims, and the topic that it ends with.

    `documents_in` is the column that 制发 fills (made, issued); `topic` what the sentence before
    ended with, which holds where this one begins with 其中.
    """
    if any(token.kind == "unrelated" for token in sentence):
        return (), ""
    goes_on = bool(sentence) and (sentence[0].kind == "among" or nothing_left_over(sentence))
    known = (goes_on and topic) or _told_by_results(sentence)
    crosses = any(token.kind in CROSSING for token in sentence)
    state = _State(Context(documents_in=documents_in, topic=known, crosses=crosses))
    for place, token in enumerate(sentence):
        if token.kind in ("number", "figure"):
            _number(state, token, sentence[place + 1 :])
        elif token.kind in _BARRIERS:
            _barrier(state, token, sentence[place + 1 : place + 2])
        else:
            _word(state, token)
    _close(state)
    elsewhere = state.foreign or state.past
    return _best(state.said), ELSEWHERE if elsewhere else state.context.topic


def _told_by_results(sentence: Sequence[Token]) -> str:
    """Several results of section 三 side by side speak of applications without the word."""
    results = {token.kind for token in sentence if token.kind in (*RESULTS, "outcome_line")}
    return "application" if len(results) > 1 else ""


def _word(state: _State, token: Token) -> None:
    state.clause.append(token)
    kind, context = token.kind, state.context
    if kind in DISPUTES and about_other_matters(state.clause):
        state.foreign = True
    if kind in DOCUMENTS:
        context.documents = tuple(item.kind for item in state.clause if item.kind in DOCUMENTS)
    if kind in _TOPICS:
        before = state.clause[-2].kind if len(state.clause) > 1 else ""
        context.gone_over = kind == "unlike" and before in DOCUMENTS
        matter = kind in ("unlike", "complaint") and any(
            item.kind == "about" for item in state.clause
        )
        context.topic = context.topic if matter else _TOPICS[kind] or kind
    elif kind in DOCUMENT_ACTS:
        context.act = kind
    elif kind == "among":
        context.among = True
    elif kind == "own":
        context.among &= not state.foreign
        state.foreign = False
    elif kind in _SWITCHES:
        for name, value in _SWITCHES[kind].items():
            setattr(state, name, value)


def _number(state: _State, token: Token, following: Sequence[Token]) -> None:
    context = state.context
    words = tuple(item for item in state.clause if item.start >= context.consumed)
    rest = tuple(_until_barrier(following))
    if token.kind == "number" and not state.silent and not is_narrower_still(state.said, words):
        context.inclusive = _inclusive(following)
        found = tuple(assigned(context, _narrowed(state, words), token, rest))
        found += state.addends.summed(context, state.said, words, token)
        state.said += found
        context.remember(found, numbered=True)
    # 属于三类内部事务信息不予公开 is still one ground: a number of other things ends no clause.
    kept = ("about",) if token.kind == "figure" else ()
    state.clause = [item for item in state.clause if item.kind in kept]


def _narrowed(state: _State, words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Drop what was said of cases of all kinds where only some are about disclosure, and name these."""
    rows = narrowed(state.said, words)
    if rows is None:
        return words
    state.said = [item for item in state.said if item.quantity.partition(".")[0] not in DISPUTES]
    state.context.recent.clear()
    if any(token.kind in DISPUTES for token in words):
        return words
    return (*words, *(replace(words[-1], kind=row) for row in rows))


def _barrier(state: _State, token: Token, following: Sequence[Token]) -> None:
    if token.kind == "colon" and following and following[0].kind in ("neg", "number"):
        return
    _close(state)
    state.bracket(token.kind)
    if token.kind == "semicolon":
        state.context.part_ends()
        state.addends.clear()


def _close(state: _State) -> None:
    """End a clause: what it says without a number, and what no longer holds after it."""
    words = tuple(state.clause)
    silent = state.foreign or state.future or (state.past and not nothing_left_over(words))
    if words and not silent:
        found = tuple(_without_number(state.context, words))
        state.said += found
        state.context.remember(found)
    if any(token.kind in DOCUMENT_ACTS for token in words):
        state.context.act = ""
    state.clause.clear()
    state.compared = False


def _without_number(context: Context, words: tuple[Token, ...]) -> Iterator[Said]:
    for part in _parts(words):
        yield from tuple(negated(context, part)) or ended(context, part)


def _parts(words: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """Split a clause with several negations or ends, each about its own: 无行政复议、无行政诉讼."""
    kinds = kinds_of(words)
    several = kinds.count("neg") > 1 or _tells_each_end(kinds)
    cuts = [place for place, kind in enumerate(kinds) if several and kind == "and"]
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        yield words[start:end]


def _tells_each_end(kinds: list[str]) -> bool:
    """Say whether a clause tells of several rows how each ended: 复议维持、诉讼纠正."""
    rows, ends = ([kind for kind in kinds if kind in group] for group in (DISPUTES, OUTCOMES))
    return len(rows) > 1 and len(ends) > 1 and "respectively" not in kinds


def _until_barrier(following: Sequence[Token]) -> Iterator[Token]:
    for place, token in enumerate(following):
        if token.kind == "comma" and _is_carried_on(following[place + 1 :]):
            continue
        if token.kind in ("number", "figure", "and", *_BARRIERS):
            return
        yield token


def _is_carried_on(following: Sequence[Token]) -> bool:
    """Say whether a clause is only of what goes to the next year: 2 件申请未到期，结转下年办理."""
    if not following or following[0].kind != "carried_forward":
        return False
    clause = takewhile(lambda token: token.kind not in _BARRIERS, following)
    return not any(token.kind in ("number", "figure") for token in clause)


def _inclusive(following: Sequence[Token]) -> bool:
    """Say whether a number is said to hold what last year left over: 39件（含上年结转5件）."""
    among = False
    for token in following:
        if token.kind == "semicolon":
            return False
        if token.kind == "among":
            among = True
        elif token.kind == "carried_over":
            return among
        elif token.kind in OUTCOMES or token.kind in ("answered", "granted"):
            return False
    return False


def _best(said: Sequence[Said]) -> tuple[Said, ...]:
    """Return the claims without those that a better word for the same quantity outweighs."""
    heaviest: dict[str, int] = {}
    for item in said:
        heaviest[item.quantity] = max(item.weight, heaviest.get(item.quantity, 0))
    kept = (item for item in said if item.weight == heaviest[item.quantity])
    return tuple({(item.quantity, item.value, item.bound): item for item in kept}.values())
