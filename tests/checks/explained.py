"""Explanations made by hand, of a single part."""

from checks.explanations import (
    Change,
    Confirmation,
    Explanation,
    ExplanationKind,
    Group,
    Part,
)


def explained(
    *changes: Change,
    kind: ExplanationKind = "cells",
    lead: str = "",
    rank: int = 1,
    group: Group = "filled",
    confirmed_at: tuple[tuple[str, tuple[Confirmation, ...]], ...] = (),
) -> Explanation:
    return Explanation((Part(kind, changes, group, confirmed_at, lead),), "x", rank)
