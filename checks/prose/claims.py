"""What the sentences of a report claim: a quantity, its value, and where it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from checks.findings import Quote
from checks.prose.numerals import Bound

Outcome = Literal["total", "upheld", "corrected", "other", "pending"]
OUTCOMES: Final = ("upheld", "corrected", "other", "pending")
DISPUTES: Final = ("review", "litigation", "litigation_direct", "litigation_after_review")
DOCUMENTS: Final = ("regulations", "normative_documents")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim within one folded sentence, from `start` to `end`.

    `weight` tells which of several words for a quantity says it best: what was 新收 is what was
    received, what was 登记 may be less; of claims of one quantity in one sentence the heaviest
    stay. `loose` is said with a word that can also mean what was merely taken on (办理).
    """

    quantity: str
    value: int
    bound: Bound
    start: int
    end: int
    weight: int = 0
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose: `quantity` as in `quantities.py`, and the sentence that says it."""

    quantity: str
    value: int
    bound: Bound
    quote: Quote
    loose: bool = False
