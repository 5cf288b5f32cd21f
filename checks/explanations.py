"""An Explanation: one way in which the slips that a report's findings show may have come about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from form.report import Json, Value, number_to_json

ExplanationKind = Literal[
    "shift",
    "swap",
    "missing_totals",
    "transposed",
    "sign",
    "factor_ten",
    "cells",
]
"""shift: the values of a row or of section 四 moved by k columns; swap: two cells or rows changed
places; missing_totals: a row or column of totals left blank; transposed: digits of one number;
sign; factor_ten: a zero too many or too few; cells: no single cause, a smallest set of cells."""
Confirmation = Literal["prose", "previous_year", "next_year"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would have to say something else; None stands for a blank or dash."""

    address: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Explanation:
    """A set of changes after which every rule holds, with the cause that would account for it.

    `because` is a sentence in Chinese. `confirmed` names what else speaks for it.
    """

    kind: ExplanationKind
    changes: tuple[Change, ...]
    because: str
    confirmed: tuple[Confirmation, ...] = ()

    def to_json(self) -> Json:
        """Return the explanation as `cli.py read --json` gives it."""
        data: Json = {
            "kind": self.kind,
            "changes": {
                change.address: {
                    "from": number_to_json(change.before),
                    "to": number_to_json(change.after),
                }
                for change in self.changes
            },
            "because": self.because,
        }
        if self.confirmed:
            data["confirmed"] = list(self.confirmed)
        return data


@dataclass(frozen=True, slots=True)
class Suspects:
    """All explanations of one report, best first.

    `complete` is False where the cap on ties or the time limit was reached; `limit` then says
    which, in a sentence.
    """

    explanations: tuple[Explanation, ...] = ()
    complete: bool = True
    limit: str = ""
