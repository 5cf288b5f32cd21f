"""What became of findings: asked about, answered, accepted, mended; or open, for the first or again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from checks.findings import Finding
from form.decisions import Action, Decision, active, said
from form.exchange import value_to_json
from form.language import _
from form.report import Cell, Json, Report

State = Literal["open", "asked", "answered", "accepted", "reopened", "corrected"]
"""open: nothing was said; asked: put to the agency (已发函); answered: the agency has answered it;
accepted: it stands as it is, for a reason; reopened: something was said, but what it rests on has
changed since; corrected: the print has this fault, and corrections mended it."""

_STATES: Final[Mapping[Action, State]] = {
    "accept": "accepted",
    "ask": "asked",
    "answer": "answered",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and what became of it.

    `decision` is the last word on it: the acceptance, letter or answer; for `corrected` the last
    correction of its cells; for `reopened` the word that no longer fits; None for `open`. `words`
    are all that hold, oldest first, each with its day (`on`) and moment (`at`).
    """

    finding: Finding
    state: State
    decision: Decision | None = None
    words: tuple[Decision, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Say whether nobody need do anything about it any more."""
        return self.state in ("accepted", "corrected")

    def to_json(self) -> Json:
        """Return the finding as `cli.py check --json` gives it: with its state, and who said so."""
        data = {**self.finding.to_json(), "state": self.state}
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
        "corrected": _("已更正"),
    }


def basis(report: Report, finding: Finding) -> str:
    """Return a digest of the figures and sentences that a finding rests on, 16 hexadecimal digits.

    Of its cells as they count, its quotes and the other year's values, never of its wording: a
    finding whose sentence is put better is the same finding.
    """
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
    before: Iterable[Finding] = (),
    earlier: Iterable[Decision] = (),
) -> tuple[Judged, ...]:
    """Return the state of each finding about a report, then those that corrections mended.

    `report` is the report as it counts, `decisions` what the log says of its agency and year,
    `before` the findings about its untouched reading, `earlier` what the log says of the year
    before it: a correction there may have mended what lies between the two.
    """
    words = active(decisions)
    corrections = tuple(item for item in active(earlier) if item.action == "correct")
    found = tuple(findings)
    there = {item.key for item in found}
    mended = (item for item in before if item.key not in there)
    return (
        *(_judged(report, item, words) for item in found),
        *(_mended(report, item, words, corrections) for item in mended),
    )


def closed(judged: Iterable[Judged], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last word on each finding that is no more: a new version has mended it."""
    there = {item.finding.key for item in judged}
    words = {item.finding: item for item in active(decisions) if item.action in _STATES}
    return tuple(item for key, item in words.items() if key not in there)


def _judged(report: Report, finding: Finding, decisions: Iterable[Decision]) -> Judged:
    words = tuple(
        item for item in decisions if item.action in _STATES and item.finding == finding.key
    )
    if not words:
        return Judged(finding, "open")
    last = words[-1]
    fits = last.basis == basis(report, finding)
    return Judged(finding, _STATES[last.action] if fits else "reopened", last, words)


def _mended(
    report: Report,
    finding: Finding,
    decisions: Iterable[Decision],
    earlier: Sequence[Decision],
) -> Judged:
    """Return a finding of the untouched reading that is gone, with the correction that mended it.

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
    return Judged(finding, "corrected", own[-1] if own else None, tuple(own))


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
