"""An Explanation: one way in which the slips that a report's findings show may have come about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

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
class Explanation:
    """A set of changes after which every rule holds, with the cause that would account for it.

    `because` is a sentence in Chinese. `confirmed` names what else speaks for it, `confirmed_at`
    the changed cells that this speaks of. Explanations of one `rank` (1 is best) are tied: only
    the printed order tells them apart. `group` says why it has this rank.
    """

    kind: ExplanationKind
    changes: tuple[Change, ...]
    because: str
    confirmed: tuple[Confirmation, ...] = ()
    rank: int = 1
    group: Group = "filled"
    confirmed_at: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """Return the explanation as `cli.py read --json` gives it."""
        data: Json = {
            "kind": self.kind,
            "changes": {change.address: change.to_json() for change in self.changes},
            "because": self.because,
            "rank": self.rank,
            "group": self.group,
        }
        if self.confirmed:
            data["confirmed"] = list(self.confirmed)
            data["confirmed_at"] = list(self.confirmed_at)
        return data


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
    return Explanation(
        _one_of(get_args(ExplanationKind), data["kind"]),
        tuple(_change(address, said) for address, said in data["changes"].items()),
        _is(str, data["because"]),
        tuple(_one_of(get_args(Confirmation), item) for item in data.get("confirmed", ())),
        _is(int, data["rank"]),
        _one_of(get_args(Group), data["group"]),
        tuple(_is(str, item) for item in data.get("confirmed_at", ())),
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
