"""An Explanation: one way in which the slips that a report's findings show may have come about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from form.names import address_position
from form.report import Json, Value, number_to_json

ExplanationKind = Literal[
    "shift",
    "swap",
    "missing_totals",
    "transposed",
    "sign",
    "factor_ten",
    "included",
    "copied",
    "left_out",
    "moved",
    "cells",
]
"""shift: the values of a row or of section 四 moved by k columns; swap: two cells or rows changed
places; missing_totals: a row or column of totals left blank; transposed: digits of one number;
sign; factor_ten: a zero too many or too few; included: a row counts another one with it; copied:
the totals repeat one column; left_out: the totals leave 尚未审结 out; moved: all rows but
本年新收 were filled in under another column; cells: no single cause, a smallest set of cells."""
Confirmation = Literal["prose", "previous_year", "next_year"]
Group = Literal["cause", "empty", "empty_rarely", "filled"]
"""Why a way stands where it does: a single cause accounts for it; it fills in what is 0 or blank
(may have been left out), first in rows that often hold something; it changes what is filled in."""
_GROUPS: Final[tuple[Group, ...]] = get_args(Group)
On = Literal["print", "corrected"]
"""What was explained: the figures as printed, or with corrections laid over them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would have to say something else; None stands for a blank or dash.

    Where the rules say that the cell is wrong but not what it must be, `after` is None and
    `between` gives the least and the greatest figure that it can have (None: there is no
    greatest): nothing may then be written into it without asking.
    """

    address: str
    before: Value
    after: Value
    between: tuple[int, int | None] | None = None

    @property
    def is_forced(self) -> bool:
        """Say whether the rules leave one figure only."""
        return self.between is None

    def to_json(self) -> Json:
        """Return what the cell says and what it would have to say."""
        said: Json = {"from": number_to_json(self.before), "to": number_to_json(self.after)}
        return said if self.between is None else said | {"between": list(self.between)}


@dataclass(frozen=True, slots=True)
class Part:
    """Changes of an explanation that can be made without its others, all of them or none.

    What a single slip accounts for, said by `lead` in Chinese; or cells that stand in one sum, then
    `kind` is `cells` and `lead` empty. `group` says why such a part has its rank. `confirmed_at`
    names the changed cells of which something else says the same, each with what says it.
    """

    kind: ExplanationKind
    changes: tuple[Change, ...]
    group: Group = "filled"
    confirmed_at: tuple[tuple[str, tuple[Confirmation, ...]], ...] = ()
    lead: str = ""

    @property
    def confirmed(self) -> tuple[Confirmation, ...]:
        """What else speaks for this part."""
        return tuple(dict.fromkeys(source for _at, said in self.confirmed_at for source in said))

    def to_json(self) -> Json:
        """Return the part, its changes by their addresses."""
        cells = [change.address for change in self.changes]
        data: Json = {"kind": self.kind, "cells": cells, "group": self.group}
        return data | {"lead": self.lead} if self.lead else data


@dataclass(frozen=True, slots=True)
class Explanation:
    """A set of changes after which every rule holds, in parts that have nothing to do with each other.

    `because` says all of it, in Chinese sentences. Explanations of one `rank` (1 is best) are
    tied: only the printed order tells them apart.
    """

    parts: tuple[Part, ...]
    because: str
    rank: int = 1

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in printed order."""
        return in_print(change for part in self.parts for change in part.changes)

    @property
    def kind(self) -> ExplanationKind:
        """The cause of the part that has one and the most cells; `cells` where none has."""
        named = [part for part in self.parts if part.kind != "cells"]
        return max(named, key=lambda part: len(part.changes)).kind if named else "cells"

    @property
    def group(self) -> Group:
        """Why the least likely of its parts stands where it does."""
        return least_likely(part.group for part in self.parts)

    @property
    def confirmed(self) -> tuple[Confirmation, ...]:
        """What else speaks for any of it."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.confirmed))

    @property
    def confirmed_at(self) -> tuple[tuple[str, tuple[Confirmation, ...]], ...]:
        """The changed cells of which something else says the same, each with what says it."""
        return tuple(said for part in self.parts for said in part.confirmed_at)

    def to_json(self) -> Json:
        """Return the explanation as `cli.py read --json` gives it."""
        data: Json = {
            "kind": self.kind,
            "changes": {change.address: change.to_json() for change in self.changes},
            "because": self.because,
            "rank": self.rank,
            "group": self.group,
            "parts": [part.to_json() for part in self.parts],
        }
        if self.confirmed:
            data["confirmed"] = list(self.confirmed)
            data["confirmed_at"] = {place: list(said) for place, said in self.confirmed_at}
        return data


def in_print(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in the printed order of their cells."""
    return tuple(sorted(changes, key=lambda change: address_position()[change.address]))


def least_likely(groups: Iterable[Group]) -> Group:
    """Return the group of some that comes last among ways; there is at least one."""
    return max(groups, key=_GROUPS.index)


@dataclass(frozen=True, slots=True)
class Suspects:
    """All explanations of one report, best first.

    `complete` is False where the cap on ties or the limit of work was reached; `limit` then says
    which, in a sentence. `every_way` is True where all the same each way to mend each part stands in
    some explanation: only combinations of them are left out.
    """

    explanations: tuple[Explanation, ...] = ()
    complete: bool = True
    limit: str = ""
    on: On = "print"
    every_way: bool = True

    def to_json(self) -> Json:
        """Return everything as plain JSON values."""
        return {
            "explanations": [item.to_json() for item in self.explanations],
            "complete": self.complete,
            "limit": self.limit,
            "on": self.on,
            "every_way": self.every_way,
        }

    @classmethod
    def from_json(cls, data: Any) -> Suspects:
        """Return the suspects that `to_json` gave; raises ValueError for anything else."""
        try:
            found = tuple(_explanation(item) for item in data["explanations"])
            return cls(
                found,
                _is(bool, data["complete"]),
                _is(str, data["limit"]),
                _one_of(get_args(On), data["on"]),
                _is(bool, data["every_way"]),
            )
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise ValueError("not suspects") from error


def _explanation(data: Any) -> Explanation:
    changes = {address: _change(address, said) for address, said in data["changes"].items()}
    confirmed = {
        _is(str, address): tuple(_one_of(get_args(Confirmation), item) for item in said)
        for address, said in data.get("confirmed_at", {}).items()
    }
    parts = tuple(_part(item, changes, confirmed) for item in data["parts"])
    if sorted(change.address for part in parts for change in part.changes) != sorted(changes):
        raise ValueError("not suspects: parts of other changes")
    return Explanation(parts, _is(str, data["because"]), _is(int, data["rank"]))


def _part(
    data: Any, changes: Mapping[str, Change], confirmed: Mapping[str, tuple[Confirmation, ...]]
) -> Part:
    own = tuple(changes[address] for address in data["cells"])
    return Part(
        _one_of(get_args(ExplanationKind), data["kind"]),
        own,
        _one_of(_GROUPS, data["group"]),
        tuple(
            (change.address, confirmed[change.address])
            for change in own
            if change.address in confirmed
        ),
        _is(str, data.get("lead", "")),
    )


def _change(address: str, data: Any) -> Change:
    between = data.get("between")
    return Change(
        _is(str, address),
        _count(data["from"]),
        _count(data["to"]),
        None if between is None else (_is(int, between[0]), _count(between[1])),
    )


def _count(value: object) -> int | None:
    return None if value is None else _is(int, value)


def _is(kind: type, value: Any) -> Any:
    # By exact type: a JSON true would else be a count of one.
    if type(value) is not kind:
        raise TypeError(f"{type(value)} for {kind}")
    return value


def _one_of(known: tuple[str, ...], value: Any) -> Any:
    if value not in known:
        raise ValueError(f"unknown: {value!r}")
    return value
