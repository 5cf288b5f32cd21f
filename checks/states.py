"""What became of findings: asked about, answered, accepted, mended; or open, for the first or again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final, Literal

from checks.findings import Finding
from form.decisions import Action, Decision, active, as_printed, said
from form.exchange import value_to_json
from form.language import _
from form.report import Cell, Json, Report

State = Literal["open", "asked", "answered", "accepted", "reopened", "corrected", "caused"]
"""open: nothing was said; asked: put to the agency (已发函); answered: the agency has answered it;
accepted: it stands as it is, for a reason; reopened: something was said, but what it rests on has
changed since; corrected: the print has this fault, and corrections mended it; caused: the print
does not have it, corrections brought it about."""

SETTLED: Final[tuple[State, ...]] = ("accepted", "corrected")
"""The states in which nobody need do anything any more."""
_STATES: Final[Mapping[Action, State]] = {
    "accept": "accepted",
    "ask": "asked",
    "answer": "answered",
    "send": "asked",
    "return": "answered",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and what became of it.

    `decision` is the last word on it: the acceptance, letter or answer; for `corrected` and
    `caused` the last correction of its cells; for `reopened` the word that no longer fits; None for `open`. `words`
    are all that hold, oldest first, each with its day (`on`) and moment (`at`). `by_correction`:
    corrections brought it about, whatever was said of it since.
    """

    finding: Finding
    state: State
    decision: Decision | None = None
    words: tuple[Decision, ...] = ()
    by_correction: bool = False

    @property
    def is_settled(self) -> bool:
        """Say whether nobody here need do anything about it any more."""
        return self.state in SETTLED

    @property
    def is_printed(self) -> bool:
        """Say whether the print has this fault: only then can anybody be written to about it."""
        return not self.by_correction and self.state != "caused"

    @property
    def state_name(self) -> str:
        """What people call its state, and that corrections brought it about where they did."""
        name = state_names()[self.state]
        if self.is_printed or self.state == "caused":
            return name
        return _("{caused}，{state}").format(caused=state_names()["caused"], state=name)

    def to_json(self) -> Json:
        """Return the finding as `cli.py check --json` gives it: with its state, and who said so."""
        data = {**self.finding.to_json(), "state": self.state}
        if not self.is_printed:
            data["printed"] = False
        if self.decision is not None:
            said = self.decision
            parts = {"who": said.who, "reason": said.reason, "on": said.on and said.on.isoformat()}
            data["decision"] = {
                "number": said.number,
                "action": said.action,
                "at": said.at.isoformat(),
                **{name: part for name, part in parts.items() if part},
            }
        return data


def state_names() -> dict[State, str]:
    """Return what people call each state."""
    return {
        "open": _("待处理"),
        "asked": _("已发函"),
        "answered": _("已答复"),
        "accepted": _("已认可"),
        "reopened": _("有变化，请重新确认"),
        "corrected": _("更正后相符"),
        "caused": _("由更正引起"),
    }


def basis(report: Report, finding: Finding) -> str:
    """Return a digest of the figures and sentences that a finding rests on, 16 hexadecimal digits.

    Of its cells as printed, its quotes and the other year's values, never of its wording: a finding
    whose sentence is put better is the same finding.
    """
    return _digest(as_printed(report), finding)


def _digest(report: Report, finding: Finding) -> str:
    told = {
        "figures": [finding.left, finding.right, finding.required],
        "cells": [[place, _told(report.cells.get(place))] for place in finding.cells],
        "quotes": [[quote.section, quote.text] for quote in finding.quotes],
        "other": finding.other
        and [
            finding.other.year,
            [[place, value_to_json(value)] for place, value in finding.other.values],
        ],
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]


def judge(
    report: Report,
    findings: Iterable[Finding],
    decisions: Iterable[Decision],
    printed: Iterable[Finding] | None = None,
    earlier: Iterable[Decision] = (),
) -> tuple[Judged, ...]:
    """Return the state of each finding about the print of a report, then what corrections caused.

    `report` is the report as it counts and `findings` what is said about it so; `printed` the
    findings about its print (None: the same, there are no corrections). `decisions` are what the
    log says of its agency and year, `earlier` what it says of the years beside it: a correction
    there may have mended, or caused, what lies between the two.
    """
    words = active(decisions)
    corrections = tuple(item for item in active(earlier) if item.action == "correct")
    now = {item.key: item for item in findings}
    own = tuple(now.values() if printed is None else printed)
    known = {item.key for item in own}
    return (
        *(
            _judged(report, item, now[item.key], words)
            if item.key in now
            else _by_correction(report, item, words, corrections, "corrected")
            for item in own
        ),
        *(
            _caused(report, item, words, corrections)
            for key, item in now.items()
            if key not in known
        ),
    )


def closed(judged: Iterable[Judged], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last word on each finding that is no more: a new version has mended it."""
    there = {item.finding.key for item in judged}
    words = {
        key: item
        for item in active(decisions)
        if item.action in _STATES
        for key in (item.finding, *(key for key, _basis in item.findings))
        if key is not None
    }
    return tuple(item for key, item in words.items() if key not in there)


def _words_on(finding: Finding, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(
        item for item in decisions if item.action in _STATES and item.is_about(finding.key)
    )


def _judged(
    report: Report, finding: Finding, now: Finding, decisions: Iterable[Decision]
) -> Judged:
    """Return the state of a finding of the print; `now` is the same with corrections laid over it.

    Words used to be said about figures as they counted: those hold as long as these stand.
    """
    words = _words_on(finding, decisions)
    if not words:
        return Judged(finding, "open")
    last = words[-1]
    fits = last.basis_of(finding.key) in (basis(report, finding), _digest(report, now))
    return Judged(finding, _STATES[last.action] if fits else "reopened", last, words)


def _caused(
    report: Report,
    finding: Finding,
    decisions: Sequence[Decision],
    earlier: Sequence[Decision],
) -> Judged:
    """Return a finding that only corrections brought about; what was said of it holds."""
    words = _words_on(finding, decisions)
    if words and words[-1].basis_of(finding.key) == _digest(report, finding):
        return Judged(finding, _STATES[words[-1].action], words[-1], words, by_correction=True)
    found = _by_correction(report, finding, decisions, earlier, "caused")
    return replace(found, by_correction=True)


def _by_correction(
    report: Report,
    finding: Finding,
    decisions: Iterable[Decision],
    earlier: Sequence[Decision],
    state: State,
) -> Judged:
    """Return a finding that corrections mended or caused, with the last of them.

    Of a finding that rests on other cells too (a total that is missing) the last correction of all;
    of one that rests on the year before too, and that nothing here has mended, the last one there.
    """
    in_force = [
        item
        for item in decisions
        if item.action == "correct" and item.address and _is_corrected(report, item.address)
    ]
    there = {place for place, _value in finding.other.values} if finding.other else set()
    own = (
        [item for item in in_force if item.address in finding.cells]
        or [item for item in earlier if item.address in there]
        or in_force
    )
    return Judged(finding, state, own[-1] if own else None, tuple(own))


def _is_corrected(report: Report, address: str) -> bool:
    cell = report.cells.get(address)
    return cell is not None and cell.printed is not None


def _told(cell: Cell | None) -> Any:
    if cell is None:
        return None
    mark, value, *rest = said(cell)
    return [mark, value_to_json(value), *(_plain(part) for part in rest)]


def _plain(part: Any) -> Any:
    return [value_to_json(value) for value in part] if isinstance(part, tuple) else part
