"""Sentences that say all applications were dealt with: asked about where some went to next year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checks.prose.claims import DISPUTES, DOCUMENTS, Said
from checks.prose.remarks import Remark, quoted
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded, Token
from checks.prose.words import CROSSING, QUIET, RESULTS, SPOILING, kinds_of

RULE: Final = "prose_settled"
RECEIVED, ANSWERED, FORWARD = (
    f"applications.{name}" for name in ("received", "answered", "carried_forward")
)
_NOT_ALL: Final = frozenset(
    {
        *("neg", "past", "future", "among", "turnover", "number", "figure", "organ", "about"),
        *(*CROSSING, *RESULTS, *SPOILING, *DISPUTES, *DOCUMENTS),
    }
)
_OF_APPLICATIONS: Final = QUIET | {"application", "channel", "applicant", "received", "and_so_on"}
_BARRIERS: Final = ("comma", "colon", "semicolon", "bracket", "bracket_end")
_WHOLE_RATE = re.compile(r"(?:办结|答复|回复|办复)率(?:均)?(?:为|达到?|达到了|保持)?100%")
# 均在期限内答复 says when, not that nothing is left: what came in late in the year is not yet due.
_IN_TIME = re.compile(r"(?:按时|按期|如期|及时|期限|时限)[^办]{0,4}(?:答复|回复)")
_BEFORE_RATE: Final = 6
"""Letters in front of a rate that may say what it is a rate of."""
_DUE_ONLY = re.compile(r"到期|届满|应(?:办|答复)|其余|除|剩余")


def all_settled(
    sentence: Sentence, fold: Folded, words: Sequence[Token], said: Sequence[Said]
) -> Iterator[Remark]:
    """Yield a remark where a sentence that counts applications says that all of them were answered."""
    received = [item for item in said if item.quantity == RECEIVED and item.value]
    if not received or _DUE_ONLY.search(fold.text):
        return
    after = received[0].end
    rate = _WHOLE_RATE.search(fold.text, after)
    places = [*_clauses(words), *([(rate.start(), rate.end())] if rate else [])]
    for start, end in places:
        if _IN_TIME.search(fold.text[max(0, start - _BEFORE_RATE) : end]):
            continue
        told = (item for item in said if item.quantity in (ANSWERED, FORWARD) and item.end <= start)
        apart = _counts_others(token for token in words if after <= token.start < start)
        if start >= after and not apart and not any(item.value for item in told):
            yield Remark(RULE, (), (quoted(sentence, fold, start, end),))
            return


def _counts_others(words: Iterable[Token]) -> bool:
    """Say whether anything but applications is counted: 收到申请 20 件，办理提案 5 件，均已办结."""
    clause: set[str] = set()
    for token in words:
        if token.kind == "number" and clause - _OF_APPLICATIONS:
            return True
        if token.kind == "figure":
            return True
        clause = set() if token.kind in (*_BARRIERS, "number") else {*clause, token.kind}
    return False


def _clauses(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where a clause says 均已答复, 全部办结 and nothing that makes it less."""
    clause: list[Token] = []
    for token in (*words, Token("semicolon", -1, -1)):
        if token.kind not in _BARRIERS:
            clause.append(token)
            continue
        kinds = kinds_of(clause)
        if "each" in kinds and "answered" in kinds and _NOT_ALL.isdisjoint(kinds):
            yield clause[0].start, clause[-1].end
        clause = []
