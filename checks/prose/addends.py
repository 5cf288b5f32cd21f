"""Parts of what was received that a sentence adds up itself: 网上申请 12 件、信函申请 9 件，合计 21 件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from checks.prose.claims import Said
from checks.prose.tokens import Token
from checks.prose.words import QUIET, Context, Words, kinds_of, loud

_RECEIVED: Final = "applications.received"
_SUMMED: Final = 5
"""Weight of a sum: it says best what was received, since its parts are not it."""
_OF_PARTS: Final = QUIET | {
    *("application", "received", "new_received", "channel", "applicant", "gap", "about"),
    "and_so_on",
}


@dataclass
class Addends:
    """The numbers of a sentence that may be parts of what was received, since anything else."""

    parts: list[Token] = field(default_factory=list)

    def clear(self) -> None:
        """Forget the parts: something else is counted now."""
        self.parts.clear()

    def summed(
        self, context: Context, said: Sequence[Said], words: Words, number: Token
    ) -> tuple[Said, ...]:
        """Take a number in, and return what it claims as the sum of those before it.

        A sum is told only where the parts come to it: one that does not add up claims nothing here.
        """
        kinds = {*kinds_of(words)}
        if "sum" in kinds and not loud(words):
            found = self._total(context, said, number)
            self.clear()
            return found
        if kinds <= _OF_PARTS:
            self.parts.append(number)
        else:
            self.clear()
        return ()

    def _total(self, context: Context, said: Sequence[Said], number: Token) -> tuple[Said, ...]:
        values = [part.value for part in self.parts]
        told = [item.value for item in said if item.quantity == _RECEIVED]
        if (
            context.topic != "application"
            or len(values) < 2
            or sum(values) != number.value
            or any(value not in values for value in told)
        ):
            return ()
        return (Said(_RECEIVED, number.value, "=", self.parts[0].start, number.end, _SUMMED),)
