"""Roll-ups (汇总表) that were sent upwards, and organs left out of them, as entries of the log say.

`exclude`: `agency` is no part of the roll-up of `year`, for a reason. `submit`: the roll-up of
`agency`, a government, was sent upwards; `value` is JSON: which scope, the hash and the name of the
workbook, and by edition whose which versions were added up and what the cells came to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, cast

from form.decisions import Action, Decision, active

Scope = Literal["own", "all"]
"""own: 本级, the government and its departments; all: everything in its region."""
EXCLUDE: Final[Action] = "exclude"
SUBMIT: Final[Action] = "submit"
ROLLUP_ACTIONS: Final[Sequence[Action]] = (EXCLUDE, SUBMIT)
"""Those that are about a year's roll-up, and no report."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """An organ that a person left out of a year's roll-up, why, and the entry that says so."""

    agency: str
    year: int
    reason: str
    number: int
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What was sent of one edition: versions by organ, figures by address.

    A figure is its digits, None where it could not be told.
    """

    versions: Mapping[str, int]
    figures: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Submission:
    """A roll-up as it was sent upwards; `number` is its entry in the log, `sha256` its workbook's."""

    parent: str
    year: int
    scope: Scope
    sha256: str
    name: str
    editions: Mapping[str, Sums] = field(default_factory=dict)
    number: int = 0
    at: datetime | None = None
    on: date | None = None
    who: str | None = None
    reason: str = ""

    @property
    def value(self) -> str:
        """What an entry of the log holds of it."""
        told = {
            "scope": self.scope,
            "workbook": self.sha256,
            "name": self.name,
            "editions": {
                key: {"versions": dict(item.versions), "figures": dict(item.figures)}
                for key, item in self.editions.items()
            },
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def excluded_of(entries: Iterable[Decision], year: int | None = None) -> tuple[Excluded, ...]:
    """Return who is left out, by entries that hold; they must hold every undo of what they hold."""
    found = dict[tuple[str, int], Excluded]()
    for item in active(entries):
        if item.action == EXCLUDE and item.agency is not None and item.year is not None:
            told = Excluded(item.agency, item.year, item.reason, item.number, item.who)
            found[item.agency, item.year] = told
    return tuple(item for item in found.values() if year in (None, item.year))


def submissions_of(entries: Iterable[Decision]) -> tuple[Submission, ...]:
    """Return what was sent upwards, oldest first; what was taken back is left out."""
    found = (_submission(item) for item in active(entries) if item.action == SUBMIT)
    return tuple(item for item in found if item is not None)


def _submission(item: Decision) -> Submission | None:
    """Return what an entry says; None for one that says nothing of the kind."""
    try:
        told: Any = json.loads(item.value or "")
        scope = told["scope"]
        if scope not in ("own", "all") or item.agency is None or item.year is None:
            return None
        return Submission(
            item.agency,
            item.year,
            cast(Scope, scope),
            str(told["workbook"]),
            str(told["name"]),
            {str(key): _sums(sums) for key, sums in told["editions"].items()},
            item.number,
            item.at,
            item.on,
            item.who,
            item.reason,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _sums(told: Any) -> Sums:
    return Sums(
        {str(name): int(number) for name, number in told["versions"].items()},
        {
            str(place): None if text is None else str(text)
            for place, text in told["figures"].items()
        },
    )
