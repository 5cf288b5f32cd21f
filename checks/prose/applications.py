"""Numbers about section 三: applications received, answered, carried over, and their results."""

from __future__ import annotations

from typing import Final

from checks.prose.claims import DISPUTES, DOCUMENTS, OUTCOMES
from checks.prose.tokens import Token
from checks.prose.words import (
    CROSSING,
    DOCUMENT_ACTS,
    QUIET,
    RESULTS,
    VERBS,
    Context,
    Found,
    Words,
    kinds_of,
)

VERB_CLAIMS: Final = {
    "new_received": ("applications.received", 4),
    "received": ("applications.received", 3),
    "answered": ("applications.answered", 3),
    "handled": ("applications.answered", 1),
}
LOOSE: Final = VERB_CLAIMS["handled"]
"""What 办理 says can mean what was merely taken on."""
_OTHER_TOPICS: Final = frozenset({*DISPUTES, *DOCUMENTS, *DOCUMENT_ACTS})


def counted(context: Context, named: Words, words: Words) -> Found:
    """Return what a number counts of applications, [] where it counts something else."""
    kinds = kinds_of(words)
    if not _OTHER_TOPICS.isdisjoint(kinds_of(named)) or not _speaks_of_them(context, {*kinds}):
        return []
    special = [token for token in named if token.kind in (*CROSSING, *RESULTS)]
    if special:
        return _special(special, named, kinds)
    if named[-1].kind in OUTCOMES:
        return []
    if named[-1].kind == "turnover":
        answered = "applications.answered" in context.quantities and "among" not in kinds
        return [("applications.carried_forward", 0)] if answered else []
    if is_part(words) or _is_loose(kinds):
        return []
    verbs = [token for token in named if token.kind in VERBS]
    found = _of_verbs(verbs, words) if verbs else [("applications.received", 2)]
    return [
        item
        for item in found
        if _is_whole(context, item) or _is_what_was_done(context, item, kinds)
    ]


def of_word(token: Token) -> tuple[str, int]:
    """Return the quantity that a verb or a result names, and its weight."""
    if token.kind in (*RESULTS, *CROSSING):
        return f"applications.{token.kind}", 0
    quantity, weight = VERB_CLAIMS[token.kind]
    return quantity, weight - token.weak


def is_part(words: Words) -> bool:
    """Say whether a number counts applications of one kind only: by one channel, on one matter."""
    kinds = kinds_of(words)
    of_a_kind = kinds.count("applicant") + _channels(kinds) + _joins_people(kinds)
    if of_a_kind == 1 and "and_so_on" not in kinds:
        return True
    about = kinds.index("about") if "about" in kinds else len(kinds)
    return "gap" in kinds[about:] or "unlike" in kinds


def _channels(kinds: list[str]) -> int:
    """Return how many channels are named: 在线平台 is one, 网站及现场窗口 are two, whatever the first."""
    found = 0
    for place, kind in enumerate(kinds):
        before = kinds[place - 1] if place else ""
        if kind == "channel" and before != "channel":
            found += 2 if before == "and" and place > 1 and not found else 1
    return found


def _joins_people(kinds: list[str]) -> bool:
    """市民、企业提出的 are all who asked, 群众网上提出的 not."""
    together = list(zip(kinds, kinds[1:], kinds[2:], strict=False))
    return ("people", "and", "applicant") in together or ("applicant", "and", "people") in together


def _speaks_of_them(context: Context, kinds: set[str]) -> bool:
    """政府信息公开 alone is no application, but 政府信息公开答复书 66 份 are answers to some."""
    named = kinds & {"application", "new_received", *CROSSING}
    by_verb = "disclosure" in kinds and kinds & {"received", "answered"}
    return context.topic == "application" or bool(named or by_verb)


def _is_loose(kinds: list[str]) -> bool:
    """Say whether a bare verb stands behind words unknown: 政务服务大厅受理 12000 件 are not ours."""
    return "gap" in kinds and not {"application", "disclosure"} & {*kinds}


def _special(special: Words, named: Words, kinds: list[str]) -> Found:
    """新收与上年结转合计 39 件 is a sum, and 属于…不予公开 10 件 one ground of eight."""
    last, first = special[-1].kind, named[0].kind
    summed = last == "carried_over" and first in ("new_received", "received") and len(named) > 2
    one_ground = last == "denied" and "about" in kinds
    # 予以公开及部分公开 208 件 is one number for two outcomes.
    joint = len({token.kind for token in special if token.kind in RESULTS}) > 1
    return [] if summed or one_ground or joint else [of_word(special[-1])]


def _of_verbs(verbs: Words, words: Words) -> Found:
    """收到并办结 says both, 受理的申请已办结 the last, 答复群众提出的申请 the first."""
    kinds = kinds_of(words)
    close = [kind for kind in kinds if kind == "and" or kind not in QUIET]
    joined = any(
        kind == "and" and before in VERBS and after in VERBS
        for before, kind, after in zip(close, close[1:], close[2:], strict=False)
    )
    if joined or len(verbs) == 1:
        return [of_word(token) for token in verbs]
    # 收到依申请公开办理事项 1 件: what was to be dealt with, not what was.
    said = [token for token in verbs if token.kind != "handled"]
    done_first = [token.kind for token in said] == ["answered", "received"]
    asked_for = done_first and _is_asked_for(words, *said)
    return [of_word(said[0] if asked_for else said[-1])]


def _is_asked_for(words: Words, done: Token, received: Token) -> bool:
    """Say whether what was received is what was answered: 答复市民、企业提出的公开申请."""
    between = {token.kind for token in words if done.start < token.start < received.start}
    behind = {token.kind for token in words if token.start > received.start}
    return between <= {"applicant", "people", *QUIET} and "application" in behind


def _is_whole(context: Context, found: tuple[str, int]) -> bool:
    """Say whether a number can be the whole of its quantity, not a part of what came before."""
    quantity, _weight = found
    if found == VERB_CLAIMS["new_received"]:
        return True
    if quantity == "applications.received":
        # What was taken on of what came in, last year's rest inside: nobody knows how much is new.
        left_inside, context.left_inside = (
            context.left_inside,
            context.left_inside or context.inclusive,
        )
        if left_inside or context.inclusive:
            return False
    others = context.quantities - {quantity}
    return not context.among or (quantity not in context.quantities and bool(others))


def _is_what_was_done(context: Context, found: tuple[str, int], kinds: list[str]) -> bool:
    """共办理 31 件，其中已办结 30 件，结转 1 件: what was taken on, and of it what was answered."""
    answered = found == VERB_CLAIMS["answered"] and found[0] in context.loose
    return answered and context.crosses and "ontime" not in kinds
