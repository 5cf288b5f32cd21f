"""The last letter to an organ as the season shows it; `desk.letters` says what came of it.

Also what old libraries noted as asked and answered, before letters were kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from form.decisions import Decision, active
from form.letters import letters_of


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
    """Return the last letter among entries about one agency's year, None where there is none.

    Of libraries from before letters were kept, also what was noted as asked and answered.
    """
    known = list(entries)
    sent = [item for item in letters_of(known) if item.kind == "check"]
    if not sent:
        return _noted(active(known) if known else ())
    last = sent[-1]
    return Letter(
        sent=last.on,
        at=next(item.at for item in known if item.number == last.number),
        number=last.reference,
        due=last.due,
        answered=None if last.returned is None else _day(last.returned),
    )


def _noted(held: Sequence[Decision]) -> Letter | None:
    asked = [item for item in held if item.action == "ask"]
    if not asked:
        return None
    last = asked[-1]
    answers = [item for item in held if item.action == "answer" and item.number > last.number]
    return Letter(_day(last), last.at, answered=_day(answers[-1]) if answers else None)


def _day(item: Decision) -> date:
    return item.on or item.at.date()
