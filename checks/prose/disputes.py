"""Numbers about section 四: reviews and lawsuits, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.prose.claims import DISPUTES, OUTCOMES, Said
from checks.prose.tokens import Token
from checks.prose.words import Context, Found, Words, each, kinds_of

_KINDS: Final = {"litigation_direct", "litigation_after_review"}
_HAPPENING: Final = ("involved", "received", "handled")


def counted(context: Context, named: Words, words: Words, number: Token) -> Found:
    """Return what a number counts of reviews and lawsuits, [] where it counts something else."""
    rows = [token.kind for token in named if token.kind in DISPUTES]
    if not rows and (context.topic not in DISPUTES or named[-1].kind == "application"):
        return []
    outcomes = [token.kind for token in named if token.kind in OUTCOMES]
    row = rows[-1] if rows else context.topic
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
    weight = sum(kind in ("disclosure", *DISPUTES) for kind in kinds_of(words))
    return [(f"{item}.total", weight) for item in totals(rows or [row], words, number.value)]


def totals(rows: list[str], words: Words, value: int) -> list[str]:
    """Return the rows that one number is for; the kind of a lawsuit names lawsuits and reviews too."""
    told = [row for row in rows if row in _KINDS]
    return each(told or rows, words, value)


def ended(context: Context, words: Words) -> Iterator[Said]:
    """Yield what a clause without a number says of the cases just counted: 均维持, 尚未审结."""
    kinds = kinds_of(words)
    kind = next((item for item in kinds if item in _KINDS), None)
    outcome = next((token for token in words if token.kind in OUTCOMES), None)
    for row, case in _concerned(context, kinds):
        if kind and row == "litigation":
            row = kind
            yield Said(f"{row}.total", case.value, case.bound, case.start, words[-1].end)
        if outcome is not None:
            yield Said(f"{row}.{outcome.kind}", case.value, case.bound, case.start, outcome.end)


def _concerned(context: Context, kinds: list[str]) -> list[tuple[str, Said]]:
    named = [item for item in context.recent if item[0] in kinds]
    if named:
        return named
    return context.recent if "each" in kinds else context.recent[-1:]
