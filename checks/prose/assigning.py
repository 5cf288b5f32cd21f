"""Which quantity a number of the prose counts, by the words around it; and what 未 and 无 deny."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.prose import applications, disputes, documents
from checks.prose.claims import DISPUTES, DOCUMENTS, OUTCOMES, Said
from checks.prose.tokens import LOOSE_UNITS, Token
from checks.prose.words import (
    CLAIMABLE,
    CROSSING,
    NOUNS,
    QUIET,
    RESULTS,
    SAYS_WHAT_HAPPENED,
    SPOILING,
    VERBS,
    Context,
    Found,
    Words,
    kinds_of,
    loud,
)

OUTCOMES_AT_ALL: Final = frozenset(OUTCOMES)
_FATES: Final = (*CROSSING, *RESULTS, "answered")
"""What can be said of applications after their number: 3 件申请结转至下年办理."""


def assigned(context: Context, words: Words, number: Token, rest: Words) -> Iterator[Said]:
    """Yield what a number claims: `words` stand before it in its clause, `rest` after it."""
    if number.value == 0:
        words = _without_other_troubles(words)
    kinds = kinds_of(words)
    if number.bound is None or not SPOILING.isdisjoint(kinds) or ("neg" in kinds and number.value):
        return
    if "organ" in kinds and OUTCOMES_AT_ALL.isdisjoint(kinds):
        return
    first = next((token for token in words if token.kind in CLAIMABLE), number)
    for quantity, weight in _queued(context, words) or _quantities(context, words, number, rest):
        loose = (quantity, weight) == applications.LOOSE
        yield Said(
            quantity, number.value, number.bound, first.start, number.end, weight, loose=loose
        )


def _queued(context: Context, words: Words) -> Found:
    """Return the next of several quantities whose numbers follow one by one (分别为 2 件、3 件)."""
    if _mixes_outcomes(context, words):
        context.topic = ""
    elif "respectively" in kinds_of(words):
        context.queue = _all_named(context, words)
    elif loud(words):
        context.queue.clear()
    return [(context.queue.pop(0), 0)] if context.queue else []


def _mixes_outcomes(context: Context, words: Words) -> bool:
    """Say whether outcomes of reviews and lawsuits follow together: 分别为维持 1 件、纠正 1 件."""
    kinds = {*kinds_of(words)}
    several = len({row for row, _case in context.recent}) > 1
    ends = not kinds.isdisjoint(OUTCOMES) and kinds.isdisjoint(DISPUTES)
    return several and ends and "respectively" in kinds


def _all_named(context: Context, words: Words) -> list[str]:
    kinds = kinds_of(words)
    ends = [f"{context.topic}.{kind}" for kind in kinds if kind in OUTCOMES]
    cases = [f"{kind}.total" for kind in kinds if kind in DISPUTES]
    verbs = [token for token in words if token.kind in (*VERBS, *RESULTS, *CROSSING)]
    return (
        (ends if context.topic in DISPUTES else [])
        or cases
        or documents.named(context, words)
        or [applications.of_word(token)[0] for token in verbs]
    )


def _quantities(context: Context, words: Words, number: Token, rest: Words) -> Found:
    if number.unit == "" and rest:
        return []
    completed = _completed(words, rest)
    if completed is None:
        return []
    words, end = completed
    context.consumed = end
    if number.unit in LOOSE_UNITS and not _has_noun_near(words, number.unit):
        return []
    named = [token for token in words if token.kind in CLAIMABLE]
    return (
        disputes.counted(context, named, words, number)
        or [(quantity, 0) for quantity in documents.counted(context, words, number.value)]
        or applications.counted(context, named, words)
    )


def _completed(words: Words, rest: Words) -> tuple[Words, int] | None:
    """Return the words that a number belongs to and where those behind it end (0 for none).

    None where it belongs to nothing: 收到 15 件政府信息公开申请 needs its noun, 受理申请 15 件 does
    not, and in 规范性文件解读 3 件 something else stands before the number.
    """
    after = _right_after(rest)
    named = [token for token in words if token.kind in CLAIMABLE]
    if _reaches(words):
        completes = after is not None and after.kind in NOUNS
        return ((*words, after), after.end) if after and completes else (words, 0)
    if after is None or (named and after.kind not in NOUNS and named[-1].kind not in DISPUTES):
        return None
    between = [token for token in rest if token.start < after.start]
    if named or after.kind != "application":
        return (*named, *between, after), after.end
    return _by_fate((*between, after), loud([item for item in rest if item.start > after.start]))


def _by_fate(words: Words, behind: Words) -> tuple[Words, int] | None:
    """3 件申请 are received ones, unless it goes on to say what became of them."""
    if not behind:
        return words, words[-1].end
    fate = next((token for token in behind if token.kind in _FATES), None)
    return None if fate is None else ((*words, fate), fate.end)


def _reaches(words: Words) -> bool:
    """Say whether nothing but quiet words stands between the last word that counts and the number."""
    last = next((token for token in reversed(words) if token.kind not in QUIET), None)
    return last is not None and last.kind in CLAIMABLE


def _right_after(rest: Words) -> Token | None:
    """Return the word that names what a number counts when it stands behind it: 1起…行政诉讼."""
    for token in rest:
        if token.kind in CLAIMABLE:
            return token
        if token.kind not in QUIET and token.kind != "about":
            return None
    return None


def _has_noun_near(words: Words, unit: str) -> bool:
    """项, 个, 次 count things right beside them; 条 counts news, but for applications received."""
    last = next((token for token in reversed(words) if token.kind not in QUIET), None)
    near = last is not None and last.kind in NOUNS
    received = any(token.kind in VERBS for token in words) or kinds_of(loud(words)) == [
        "application"
    ]
    return near and (unit != "条" or received)


def negated(context: Context, words: Words) -> Iterator[Said]:
    """Yield what a clause says never happened: 未收到申请, 无行政复议、行政诉讼, 诉讼均未发生."""
    kinds = kinds_of(words)
    if "neg" not in kinds:
        return
    place = kinds.index("neg")
    words = (*words[: place + 1], *_without_other_troubles(words[place + 1 :]))
    kinds = kinds_of(words)
    if nothing_left_over(words):
        if "application" in (context.topic, *kinds):
            yield Said("applications.carried_over", 0, "=", words[0].start, words[-1].end)
        return
    denied = loud(words[place + 1 :])
    if kinds_of(denied) == ["denied"] and context.topic == "application":
        yield Said("applications.denied", 0, "=", words[0].start, words[-1].end)
        return
    if not any(token.kind in (*NOUNS, *OUTCOMES, *CROSSING) for token in denied):
        denied = [*loud(words[:place]), *denied]
    happened = not SAYS_WHAT_HAPPENED.isdisjoint(kinds)
    if SPOILING.isdisjoint(kinds) and _is_plain(denied, happened):
        for quantity in _nothing(context, (*words[:place], *denied)):
            yield Said(quantity, 0, "=", words[0].start, words[-1].end)


def nothing_left_over(words: Words) -> bool:
    """Say whether a clause says that last year left nothing over: 上年度无结转."""
    kinds = {*kinds_of(words)}
    return {"past", "neg", "turnover"} <= kinds and "gap" not in kinds


def _without_other_troubles(words: Words) -> Words:
    """Drop from a list of what never happened what the tables do not count, and its last words.

    行政复议、行政诉讼、投诉、举报等事件 denies the first two no less. What stands in no list stays:
    处理投诉不当引起的行政复议 is a review of something else.
    """
    kinds = kinds_of(words)
    if not any(kind in NOUNS for kind in kinds):
        return words
    if kinds[-2:-1] == ["and_so_on"] and kinds[-1] in ("gap", "unlike"):
        words, kinds = words[:-1], kinds[:-1]
    kept = [
        token
        for place, token in enumerate(words)
        if token.kind != "and_so_on"
        and not (token.kind == "complaint" and _is_listed(kinds, place))
        and not (token.kind == "result" and kinds[place + 1 : place + 2] == ["and"])
    ]
    return tuple(kept)


def _is_listed(kinds: list[str], place: int) -> bool:
    """Say whether a word is one of a list: 、 or 和 on one side of it and nothing of its own."""
    before, after = (
        next((kind for kind in part if kind not in ("complaint", "happen", "filler")), "")
        for part in (reversed(kinds[:place]), kinds[place + 1 :])
    )
    return "and" in (before, after) and after != "gap" and before != "unlike"


def _is_plain(denied: Words, happened: bool) -> bool:
    """Say whether what is denied is the thing itself: 未建立依申请公开窗口 denies none received."""
    kinds = kinds_of(denied)
    first = next((place for place, kind in enumerate(kinds) if kind in CLAIMABLE), None)
    if first is None or kinds[-1] not in CLAIMABLE or "gap" in kinds[first:]:
        return False
    return happened or "gap" not in kinds


def _nothing(context: Context, words: Words) -> list[str]:
    kinds = kinds_of(words)
    rows = [kind for kind in kinds if kind in DISPUTES]
    ends = [kind for kind in kinds if kind in OUTCOMES]
    if ends:
        row = rows[-1] if rows else context.topic
        return [f"{row}.{kind}" for kind in ends] if row in DISPUTES else []
    if rows:
        return [f"{row}.total" for row in disputes.totals(rows, words, 0)]
    if any(kind in DOCUMENTS for kind in kinds):
        return documents.denied(context, words)
    crossing = [f"applications.{kind}" for kind in kinds if kind in CROSSING]
    unsaid = "application" not in kinds or "turnover" in kinds
    if crossing or unsaid or applications.is_part(words):
        return crossing
    verbs = [token for token in words if token.kind in VERBS]
    return [applications.of_word(verbs[0])[0] if verbs else "applications.received"]
