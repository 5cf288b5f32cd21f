"""What was written to an organ about its report, as the log has it: the one place that reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from form.decisions import Decision, active


@dataclass(frozen=True, slots=True)
class Letter:
    """The last letter about an agency's year.

    `sent` is its day, `at` the moment it was noted; `number` its reference number, "" where it has
    none; `due` the day by which an answer is asked for, `answered` that of the answer.
    """

    sent: date
    at: datetime
    number: str = ""
    due: date | None = None
    answered: date | None = None

    def overdue(self, today: date) -> int:
        """Return by how many days an answer is overdue; 0 where it is not, or has come."""
        if self.due is None or self.answered is not None:
            return 0
        return max((today - self.due).days, 0)


def letter_of(entries: Iterable[Decision]) -> Letter | None:
    """Return the last letter among entries about one agency's year, None where there is none."""
    known = list(entries)
    held = active(known) if known else ()
    asked = [item for item in held if item.action == "ask"]
    if not asked:
        return None
    last = asked[-1]
    answers = [item for item in held if item.action == "answer" and item.number > last.number]
    return Letter(
        sent=last.on or last.at.date(),
        at=last.at,
        answered=(answers[-1].on or answers[-1].at.date()) if answers else None,
    )
