"""What experience says of a way to mend a table: an order among ways, never a proof.

None of this rests on a document. It is how officials were seen to slip: figures are left out (a 0
or a blank stands where a number is due) far oftener than they are made up, and in rows that often
hold something oftener than in rows that hardly ever do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checks.explanations import Change, ExplanationKind, Group
from checks.slips import parts_of
from form.model import split_address

OFTEN_FILLED: Final = frozenset(
    {
        "granted",
        "partial",
        "unable_not_held",
        "unable_needs_creation",
        "unprocessed_complaint",
        "other",
        "other_other",
    }
)
"""The outcome rows in which reports mostly have a number."""
FEW: Final = 5
"""So many ways to fill in something are shown without asking which row is likelier."""
TELLING: Final[frozenset[ExplanationKind]] = frozenset({"copied", "left_out"})
"""Causes that many cells of a table show at once: nobody meets them by chance."""
_UNLIKELY: Final[dict[Group, int]] = {"cause": 0, "empty": 1, "empty_rarely": 2, "filled": 3}


def group_of(kind: ExplanationKind, changes: Sequence[Change]) -> Group:
    """Return which group of ways some changes belong to."""
    if kind != "cells":
        return "cause"
    own = parts_of(changes)
    if any(change.before or not change.is_forced for change in own):
        return "filled"
    rows = {split_address(change.address)[1] for change in own}
    known = {"new_received", "carried_over", "carried_forward", "total_processed"}
    often = rows <= OFTEN_FILLED | known or split_address(own[0].address)[0] != "applications"
    return "empty" if often else "empty_rarely"


def unlikely(kind: ExplanationKind, group: Group) -> int:
    """Return how unlikely a way is beside others of as many cells; 0: the likeliest.

    That one row counts another with it is seen from one figure: no likelier than a 0 left standing.
    """
    return _UNLIKELY["empty" if kind == "included" else group]


def cost(kind: ExplanationKind, changes: Sequence[Change]) -> int:
    """Return how many cells a way counts for."""
    return 1 if kind in TELLING else len(changes)
