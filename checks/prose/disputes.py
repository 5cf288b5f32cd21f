"""Numbers about section 四: reviews and lawsuits, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checks.prose.claims import DISPUTES, OUTCOMES, Said
from checks.prose.tokens import Token
from checks.prose.words import QUIET, Context, Found, Words, each, kinds_of

_TOTALS: Final = tuple(f"{row}.total" for row in DISPUTES)
_KINDS: Final = {"litigation_direct", "litigation_after_review"}
_HAPPENING: Final = ("involved", "received", "handled")
OUTCOMES_AT_ALL: Final = frozenset(OUTCOMES)
_OF_ANY_KIND: Final = 1
_ABOUT_DISCLOSURE: Final = 2


def counted(context: Context, named: Words, words: Words, number: Token) -> Found:
    """Return what a number counts of reviews and lawsuits, [] where it counts something else."""
    rows = [token.kind for token in named if token.kind in DISPUTES]
    if not rows and (context.topic not in DISPUTES or named[-1].kind == "application"):
        return []
    outcomes = [token.kind for token in named if token.kind in OUTCOMES]
    row = rows[-1] if rows else context.topic
    if outcomes and not each(outcomes, words, number.value):
        return []
    if outcomes:
        told_after = bool(rows) and named[0].kind not in DISPUTES
        total = [(f"{row}.total", 0)] if told_after else []
        return [*total, (f"{row}.{outcomes[-1]}", 0)]
    if named[-1].kind == "closed":
        context.recent = [(row, Said(row, number.value, "=", number.start, number.end))]
        return []
    happened = any(token.kind in _HAPPENING for token in named)
    if not rows and (not happened or "gap" in kinds_of(words)):
        return []
    # Cases about disclosure outweigh all that a review organ has dealt with.
    weight = _ABOUT_DISCLOSURE if _speaks_of_disclosure(words) else _OF_ANY_KIND
    return [(f"{item}.total", weight) for item in totals(rows or [row], words, number.value)]


def narrowed(said: Sequence[Said], words: Words) -> list[str] | None:
    """Return the rows of the cases of all kinds that a clause narrows to those about disclosure.

    复议 12 件，其中涉及政府信息公开的 2 件: only the 2 are asked for. None where nothing is narrowed.
    """
    before = [item for item in said if item.quantity in _TOTALS]
    if not before or not _is_about_disclosure(words) or _told_of_disclosure(said):
        return None
    return list(dict.fromkeys(item.quantity.partition(".")[0] for item in before))


def is_narrower_still(said: Sequence[Said], words: Words) -> bool:
    """Say whether a clause counts some of the cases that are all about disclosure."""
    among = "among" in kinds_of(words)
    return among and _is_about_disclosure(words) and _told_of_disclosure(said)


def _told_of_disclosure(said: Sequence[Said]) -> bool:
    return any(item.quantity in _TOTALS and item.weight == _ABOUT_DISCLOSURE for item in said)


def _is_about_disclosure(words: Words) -> bool:
    kinds = {*kinds_of(words)}
    named = "disclosure" in kinds or {"application", "about"} <= kinds
    return named and kinds <= {*QUIET, *DISPUTES, "about", "application"}


def _speaks_of_disclosure(words: Words) -> bool:
    return not {"disclosure", "application"}.isdisjoint(kinds_of(words))


def totals(rows: list[str], words: Words, value: int) -> list[str]:
    """Return the rows that one number is for; the kind of a lawsuit names lawsuits and reviews too."""
    told = [row for row in rows if row in _KINDS]
    return each(told or rows, words, value)


def ended(context: Context, words: Words) -> Iterator[Said]:
    """Yield what a clause without a number says of the cases just counted: 均维持, 尚未审结."""
    kinds = kinds_of(words)
    if _is_denied(kinds):
        return
    kind = next((item for item in kinds if item in _KINDS), None)
    for (row, case), outcome in _with_outcomes(_concerned(context, kinds), words):
        if kind and row == "litigation":
            row = kind
            yield Said(f"{row}.total", case.value, case.bound, case.start, words[-1].end)
        if outcome is not None:
            yield Said(f"{row}.{outcome.kind}", case.value, case.bound, case.start, outcome.end)


def _is_denied(kinds: list[str]) -> bool:
    """Say whether an end is denied, not told: 均未被纠正."""
    return "neg" in kinds and not OUTCOMES_AT_ALL.isdisjoint(kinds[kinds.index("neg") :])


def _with_outcomes(
    concerned: list[tuple[str, Said]], words: Words
) -> list[tuple[tuple[str, Said], Token | None]]:
    """Return cases with how they ended; several ends belong to them in order, or to nobody knows which."""
    outcomes = [token for token in words if token.kind in OUTCOMES]
    if len(outcomes) < 2:
        return [(case, outcomes[0] if outcomes else None) for case in concerned]
    in_order = "respectively" in kinds_of(words) and len(outcomes) == len(concerned)
    return list(zip(concerned, outcomes, strict=True)) if in_order else []


def _concerned(context: Context, kinds: list[str]) -> list[tuple[str, Said]]:
    named = [item for item in context.recent if item[0] in kinds]
    if named or context.partly:
        return sorted(named, key=lambda item: kinds.index(item[0]))
    several = not {"each", "respectively"}.isdisjoint(kinds)
    return context.recent if several else context.recent[-1:]
