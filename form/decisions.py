"""What a person decides about a report: a correction of a cell, a word on a finding, its place.

Decisions belong to an agency's year, not to one version of its report, and are kept as entries of
a log to which one can only add. A decision holds while what it was made about is unchanged. Where
a report is filed (`form.filing`) is decided about the report itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from form.report import Cell, Report
from form.values import folded

Action = Literal[
    "correct",
    "accept",
    "ask",
    "answer",
    "undo",
    "exclude",
    "submit",
    "type",
    "recycle",
    "restore",
    "identify",
    "choose",
    "undo_import",
    "reread",
    "merge",
    "split",
    "setting",
    "roster",
    "receive",
    "publish",
    "send",
    "return",
    "strike",
]
"""correct: a cell; accept: a finding, with a reason; ask: a finding was put to the agency (已发函);
answer: the agency has answered it (已更正); undo: an earlier decision no longer holds; type: a
report was typed in from its source; recycle, restore: a report went into the bin, came out of it;
identify: whose a report is and on which year; choose: which version of an agency's year counts
(`form.filing.BESIDE` says how); undo_import: the import that brought a report in was taken back, and
the report went into the bin with all others of it;
exclude, submit: an organ is no part of a year's roll-up, one was sent upwards (`form.submitted`);
reread: its file was read again and the new reading counts, or no longer does (`undoes`); merge,
split, setting: which agencies are one or follow each other, what they are
(`form.agencies.registry`); roster: who owes a report (`form.roster`); receive, publish: an agency's
report on a year came in, was published (`form.receipts`); send, return: a letter went out, was
answered (`form.letters`); strike: a point of the score sheet takes nothing off, or does
(`form.scoring`). `ask` and `answer` are what was noted before there were letters, and are
written no more."""
FILING_ACTIONS: Final[Sequence[Action]] = (
    "recycle",
    "restore",
    "identify",
    "choose",
    "undo_import",
)
"""Those that are about where a report is filed; `type`, too, gives one its version."""
AGENCY_ACTIONS: Final[Sequence[Action]] = ("merge", "split", "setting")
"""Those that are about agencies, and no report."""
SEASON_ACTIONS: Final[Sequence[Action]] = ("receive", "publish")
"""Those that are about an agency's year, whatever report of it is there."""
LETTER_ACTIONS: Final[Sequence[Action]] = ("send", "return")
"""Those that are about a letter to an agency; a reminder is about no report."""
NEVER_UNDONE: Final[Sequence[Action]] = (
    "type",
    "recycle",
    "restore",
    "identify",
    "undo_import",
    "reread",
)
"""Those that no `undo` takes back: something else ends them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    `old` is the cell as printed when the decision was made and `new` what it is to say (only for
    `correct`). `finding` is the key of the finding decided about, or that prompted a correction;
    `basis` a digest of the figures and sentences that this finding rested on: where it no longer
    fits, the question is asked again. `on` is the day of a letter or an answer. `undoes` is the
    number of the entry that an `undo` takes back, of the `recycle` that a `restore` ends, or of the
    `reread` that another one takes back; `run` is the run of rereading that such an entry belongs to,
    or the job whose import an `undo_import` takes back.
    `report_id` is the report that was looked at; `carries` the number of the entry, made while the
    report went by another name, that this one repeats. `previous` and `hash` chain the log.

    `agency` and `year` are those of the report, for an `identify` the new ones; `from_agency` and
    `from_year` what it was filed under before that. Only of a report in the queue that goes to the
    bin, comes back or is read again may they be None. `version` is the report's number among those of its year
    where the entry is about its filing. `part` and `value` are what an entry about agencies says; of
    a `choose` between several, how, and the ids of the other reports.

    Of a letter `part` is its kind and `value` its reference number, `due` the day by which an answer
    is asked for, `document` the hash of the letter itself, and `findings` those that it asks about,
    each with its basis. `letter` is the number of the `send` that a `return` answers.
    """

    number: int
    action: Action
    agency: str | None
    year: int | None
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
    report_id: int | None = None
    carries: int | None = None
    previous: str = ""
    hash: str = ""
    version: int | None = None
    from_agency: str | None = None
    from_year: int | None = None
    run: int | None = None
    part: str | None = None
    value: str | None = None
    findings: tuple[tuple[str, str], ...] = ()
    due: date | None = None
    document: str | None = None
    letter: int | None = None

    def basis_of(self, finding: str) -> str | None:
        """Return the digest that it was said on of a finding (key); None where it is not about it."""
        if self.finding == finding:
            return self.basis
        return next((basis for key, basis in self.findings if key == finding), None)

    def is_about(self, finding: str) -> bool:
        """Say whether it is about a finding (key)."""
        return self.finding == finding or any(key == finding for key, _basis in self.findings)

    @property
    def agency_year(self) -> tuple[str, int]:
        """Whose year it is about; raises ValueError where it is of a report in the queue."""
        if self.agency is None or self.year is None:
            raise ValueError(f"entry {self.number} is about no agency's year")
        return self.agency, self.year


def taken_back(decisions: Iterable[Decision]) -> frozenset[int]:
    """Return the numbers of the entries that an `undo` took back which holds itself, or a `restore`.

    `decisions` must hold every undo of what it holds.
    """
    numbers: set[int] = set()
    for item in sorted(decisions, key=lambda item: item.number, reverse=True):
        if item.undoes is not None and item.number not in numbers:
            numbers.add(item.undoes)
    return frozenset(numbers)


def active(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, oldest first: neither an `undo` nor taken back by one."""
    known = sorted(decisions, key=lambda item: item.number)
    gone = taken_back(known)
    return tuple(item for item in known if item.undoes is None and item.number not in gone)


def said(cell: Cell) -> tuple[Any, ...]:
    """Return what a cell says: its mark, value and unit, and its text where that is all there is.

    Not where it stood, nor how a number was spelled, nor whether a program or a person read it:
    the same report as another kind of file says the same.
    """
    if cell.mark in ("text", "unknown"):
        return cell.mark, None, None, folded(cell.raw), cell.candidates
    return "number" if cell.mark == "typed" else cell.mark, cell.value, cell.unit


def same_print(one: Cell | None, other: Cell | None) -> bool:
    """Say whether two readings of a cell say the same; never where there is no such cell."""
    return one is not None and other is not None and said(one) == said(other)


def same_figure(one: Cell, other: Cell) -> bool:
    """Say whether two cells count the same, printed or typed; an unknown or a text never does."""
    if "unknown" in (one.mark, other.mark) or "text" in (one.mark, other.mark):
        return False
    return one.value == other.value and (one.value is None or one.unit == other.unit)


def in_force(cells: Mapping[str, Cell], decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return, by address, the correction that holds for each of these cells as they were read.

    The last one that was made about this very print. One that says what is printed anyway
    ("keep it") is among them.
    """
    return {
        item.address: item
        for item in active(decisions)
        if item.action == "correct"
        and item.address is not None
        and same_print(item.old, cells.get(item.address))
    }


def corrected(read: Cell, new: Cell) -> Cell:
    """Return a cell that was read so, corrected: what it is to say, with the print beside it.

    The print itself where the correction says that it is right.
    """
    if same_figure(read, new):
        return read
    return replace(read, value=new.value, mark=new.mark, unit=new.unit, candidates=(), printed=read)


def as_printed(report: Report) -> Report:
    """Return a report that counts as it is printed: without the corrections of printed figures.

    What a person read where the program could not (`unknown`) is what is printed, and stays.
    """
    cells = {
        address: cell.printed
        for address, cell in report.cells.items()
        if cell.printed is not None and cell.printed.mark != "unknown"
    }
    return replace(report, cells={**report.cells, **cells}) if cells else report


def made_together(decisions: Iterable[Decision], number: int) -> tuple[int, ...]:
    """Return the numbers of the corrections that were made in one go with an entry, itself included.

    They were written in one transaction, hence at one moment about one report.
    """
    known = tuple(decisions)
    entry = next((item for item in known if item.number == number), None)
    if entry is None or entry.action != "correct":
        return (number,)
    return tuple(
        item.number
        for item in known
        if item.action == "correct" and (item.at, item.report_id) == (entry.at, entry.report_id)
    )


def replay(reading: Report, decisions: Iterable[Decision]) -> Report:
    """Return a report as it counts: its reading with every correction that holds for it."""
    found = in_force(reading.cells, decisions)
    if not found:
        return reading
    new = {address: item.new for address, item in found.items() if item.new is not None}
    cells = {
        address: corrected(cell, new[address]) if address in new else cell
        for address, cell in reading.cells.items()
    }
    return replace(reading, cells=cells)


@dataclass(frozen=True, slots=True)
class Question:
    """A correction that was made about something else than what is read in this cell now.

    About what another version prints there, or about an earlier reading of this very report.
    `read` is the cell as it is read now, None where no such table is.
    """

    decision: Decision
    read: Cell | None


def asked_again(cells: Mapping[str, Cell], decisions: Iterable[Decision]) -> tuple[Question, ...]:
    """Return the corrections that may or may not hold for these cells: only a person can say.

    Of each cell about whose print nothing was decided the last correction, unless the print now
    says what the correction wanted.
    """
    decided = in_force(cells, decisions)
    last = {
        item.address: item
        for item in active(decisions)
        if item.action == "correct" and item.address is not None and item.address not in decided
    }
    return tuple(
        Question(item, cells.get(address))
        for address, item in sorted(last.items())
        if not _mended(cells.get(address), item.new)
    )


def _mended(read: Cell | None, new: Cell | None) -> bool:
    return read is not None and new is not None and same_figure(read, new)
