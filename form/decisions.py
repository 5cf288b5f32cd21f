"""What a person decides about a report: a correction of a cell, a word on a finding.

Decisions belong to an agency's year, not to one version of its report, and are kept as entries of
a log to which one can only add. A decision holds while what it was made about is unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from form.report import Cell

Action = Literal["correct", "accept", "ask", "answer", "undo"]
"""correct: a cell; accept: a finding, with a reason; ask: a finding was put to the agency (已发函);
answer: the agency has answered it (已更正); undo: an earlier decision no longer holds."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    `old` is the cell as printed when the decision was made and `new` what it is to say (only for
    `correct`). `finding` is the key of the finding decided about, or that prompted a correction;
    `basis` a digest of the figures and sentences that this finding rested on: where it no longer
    fits, the question is asked again. `on` is the day of a letter or an answer. `undoes` is the
    number of the entry that an `undo` takes back. `previous` and `hash` chain the log.
    """

    number: int
    action: Action
    agency: str
    year: int
    at: datetime
    who: str | None
    address: str | None = None
    old: Cell | None = None
    new: Cell | None = None
    rule: str | None = None
    finding: str | None = None
    basis: str | None = None
    reason: str = ""
    on: date | None = None
    undoes: int | None = None
    previous: str = ""
    hash: str = ""
