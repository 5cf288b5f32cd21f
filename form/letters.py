"""Letters to agencies: what was asked of whom by when, and what came back, as the log tells it.

A letter is an entry `send` of the log, which holds its reference number, its day, the day by which
an answer is asked for, the keys of the findings that it asks about, and the hash of the letter
itself. An entry `return` notes an answer. What state a letter is in follows from these, from the
versions of the report that have come since, and from what is wrong in the one that counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from form.decisions import LETTER_ACTIONS, Decision, active
from form.language import _

LetterKind = Literal["check", "remind"]
"""check: 核验意见, what is wrong in a report; remind: 催报, a report is due and has not come."""
LETTER_KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)
LetterState = Literal[
    "sent",
    "overdue",
    "answered",
    "arrived",
    "judging",
    "mended",
    "unmended",
    "unmended_overdue",
    "received",
    "withdrawn",
]
"""sent: an answer is still awaited; overdue: it has not come by its day; answered: an answer was
noted, no new version has come; arrived: something has come that has no figures yet (paper, what is typed in, what
nobody has chosen yet); judging: a new version has come and is being judged; mended: a new version has, without errors; unmended: with errors,
and there is still time; unmended_overdue: with errors, and the day has passed; received: the report
that a reminder asked for has come; withdrawn: the report that the letter is about is gone, and no
other has come in its place."""
WAITING: Final[frozenset[LetterState]] = frozenset({"sent", "overdue"})
"""The states in which the agency has the next step."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that went out.

    `number` is that of its entry in the log, `known` all numbers that it has had there (a report
    that is given another name takes its letters along). `findings` are the keys of the findings that it
    asks about, each with its basis; `document` is the SHA-256 of the DOCX file. `returned` is the
    last answer that was noted. `round` counts the letters of one kind on one agency's year, from 1.
    """

    number: int
    known: frozenset[int]
    kind: LetterKind
    agency: str
    year: int
    on: date
    due: date | None
    reference: str
    document: str | None
    report_id: int | None
    version: int | None
    findings: tuple[tuple[str, str], ...]
    who: str | None
    note: str
    round: int = 1
    returned: Decision | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the findings that it asks about."""
        return frozenset(key for key, _basis in self.findings)


@dataclass(frozen=True, slots=True)
class Came:
    """The version of a report that counts, if it came after a letter: which, when, its errors.

    `left` are the errors of its print (slips) that nobody let stand, None while that is not known.
    """

    report_id: int
    version: int
    on: date
    left: int | None


def _itself(name: str) -> str:
    return name


def letters_of(
    entries: Iterable[Decision], present: Callable[[str], str] = _itself
) -> tuple[Letter, ...]:
    """Return the letters that hold in the log, oldest first.

    `entries` must hold every undo of what they hold. `present` gives the name that an agency goes
    by now (`form.agencies.registry.Registry.agency`).
    """
    told = [item for item in entries if item.action in (*LETTER_ACTIONS, "undo")]
    held = [item for item in active(told) if item.action in LETTER_ACTIONS]
    carried = {item.number: item.carries for item in told}
    rounds: dict[tuple[str, int, str], int] = defaultdict(int)
    letters = []
    for item in held:
        if item.action != "send" or item.on is None:
            continue
        kind: LetterKind = "remind" if item.part == "remind" else "check"
        agency, year = item.agency_year
        agency = present(agency)
        rounds[agency, year, kind] += 1
        known = _known(item.number, carried)
        letters.append(
            Letter(
                item.number, known, kind, agency, year, item.on, item.due, item.value or "",
                item.document, item.report_id, item.version, item.findings, item.who, item.reason,
                rounds[agency, year, kind], _answer(held, known),
            )
        )  # fmt: skip
    return tuple(letters)


def _known(number: int, carried: Mapping[int, int | None]) -> frozenset[int]:
    """Return all numbers that an entry has had, while its report went by other names."""
    found: set[int] = set()
    at: int | None = number
    while at is not None and at not in found:
        found.add(at)
        at = carried.get(at)
    return frozenset(found)


def _answer(held: Iterable[Decision], known: frozenset[int]) -> Decision | None:
    answers = [item for item in held if item.action == "return" and item.letter in known]
    return answers[-1] if answers else None


def by_agency_year(letters: Iterable[Letter]) -> Mapping[tuple[str, int], tuple[Letter, ...]]:
    """Return letters by agency and year, oldest first."""
    found: dict[tuple[str, int], tuple[Letter, ...]] = {}
    for item in letters:
        found[item.agency, item.year] = (*found.get((item.agency, item.year), ()), item)
    return found


def letter_state(
    letter: Letter, came: Came | None, today: date, *, there: bool, arrived: bool = False
) -> LetterState:
    """Return the state of a letter.

    `came` is the version that has come since (of a reminder: any), `there` says whether the report
    that it is about still stands where it stood. A letter without a day is never overdue.
    """
    late = letter.due is not None and today > letter.due
    if letter.kind == "remind":
        return "received" if came or arrived else "overdue" if late else "sent"
    if came is not None:
        if came.left is None:
            return "judging"
        if came.left == 0:
            return "mended"
        return "unmended_overdue" if late else "unmended"
    if not there:
        return "withdrawn"
    if arrived:
        return "arrived"
    if letter.returned is not None:
        return "answered"
    return "overdue" if late else "sent"


def kind_names() -> dict[LetterKind, str]:
    """Return what people call each kind of letter."""
    return {"check": _("核验意见"), "remind": _("催报函")}


def state_names() -> dict[LetterState, str]:
    """Return what people call each state of a letter."""
    return {
        "sent": _("已函，待回"),
        "overdue": _("逾期未回"),
        "answered": _("已答复，未重报"),
        "arrived": _("已重报，还没有可计入的数字"),
        "judging": _("已重报，正在核对"),
        "mended": _("已改好"),
        "unmended": _("已重报，没有全改好"),
        "unmended_overdue": _("逾期未改好"),
        "received": _("已报"),
        "withdrawn": _("所依报告已撤回"),
    }
