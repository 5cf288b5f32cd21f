"""Findings and their states as JSON and back without loss, for a store of what can be computed anew.

`Finding.to_json` and `Judged.to_json` are for people and leave things out. The way back takes
nothing on trust: what was kept may have been written by another version, or by another hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Final, get_args

from checks.catalogue import SEVERITIES
from checks.findings import Decided, Finding, OtherYear, Quote
from checks.states import Judged, State
from form.decisions import Decision
from form.editions import TABLE_KEYS
from form.exchange import (
    paragraphs_from_json,
    paragraphs_to_json,
    value_from_json,
    value_to_json,
)
from form.report import Json, Paragraph, Value
from form.rules import Severity

_Way = Callable[[Any], Any]
"""Turns a part of a finding into JSON, or JSON into the part; the latter raises where it is none."""
# Decimal raises ArithmeticError for digits that are none.
_MALFORMED: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError, ArithmeticError)


def finding_to_kept(finding: Finding) -> Json:
    """Return a finding with every part of it as plain JSON values."""
    return {name: write(getattr(finding, name)) for name, (write, _read) in _parts().items()}


def finding_from_kept(data: Any) -> Finding:
    """Return the finding that `finding_to_kept` gave; raises ValueError for anything else."""
    try:
        if data.keys() != _parts().keys():
            raise ValueError("other parts")
        return Finding(**{name: read(data[name]) for name, (_write, read) in _parts().items()})
    except _MALFORMED as error:
        raise ValueError("not a finding") from error


@cache
def _parts() -> Mapping[str, tuple[_Way, _Way]]:
    """Return how each part of a finding is written and read."""
    text, count = (_as_is, _exactly(str)), (_as_is, _exactly(int))
    maybe_text = (_as_is, _or_none(_exactly(str)))
    figure, addresses = (value_to_json, value_from_json), (list, _tuple_of(_exactly(str)))
    return {
        "rule": (_as_is, _one_of(SEVERITIES)),
        "severity": (_as_is, _one_of(get_args(Severity))),
        "table": (_as_is, _or_none(_one_of(TABLE_KEYS))),
        "message": text,
        "cells": addresses,
        "left_cells": count,
        "left": figure,
        "right": figure,
        "column": maybe_text,
        "row": maybe_text,
        "place": text,
        "equation": text,
        "undecided": (_as_is, _exactly(bool)),
        "open_cells": addresses,
        "required": figure,
        "quotes": (_quotes_to_kept, _tuple_of(_quote_from_kept)),
        "other": (_or_none(_other_to_kept), _or_none(_other_from_kept)),
        "id": text,
        "slip": text,
        "decided": (_as_is, _or_none(_one_of(get_args(Decided)))),
    }


def judged_to_kept(judged: Judged) -> Json:
    """Return a finding and its state; the words about it by their numbers in the log."""
    return {
        "finding": finding_to_kept(judged.finding),
        "state": judged.state,
        "decision": judged.decision and judged.decision.number,
        "words": [word.number for word in judged.words],
        "by_correction": judged.by_correction,
    }


def judged_from_kept(data: Any, decisions: Mapping[int, Decision]) -> Judged:
    """Return what `judged_to_kept` gave, its words taken from the log's entries by number.

    Raises ValueError for anything else, and for a number that `decisions` does not hold.
    """
    number = _exactly(int)

    def word(data: Any) -> Decision:
        return decisions[number(data)]

    try:
        return Judged(
            finding_from_kept(data["finding"]),
            _one_of(get_args(State))(data["state"]),
            _or_none(word)(data["decision"]),
            _tuple_of(word)(data["words"]),
            _exactly(bool)(data["by_correction"]),
        )
    except _MALFORMED as error:
        raise ValueError("not a judged finding") from error


def _quotes_to_kept(quotes: tuple[Quote, ...]) -> list[list[Any]]:
    said = paragraphs_to_json([Paragraph(item.section, item.text, item.place) for item in quotes])
    return [
        [*paragraph, quote.start, quote.end] for paragraph, quote in zip(said, quotes, strict=True)
    ]


def _quote_from_kept(data: Any) -> Quote:
    *paragraph, start, end = _exactly(list)(data)
    (said,) = paragraphs_from_json([paragraph])
    count = _exactly(int)
    return Quote(said.section, said.text, count(start), count(end), said.place)


def _other_to_kept(other: OtherYear) -> list[Any]:
    return [other.year, [[place, value_to_json(value)] for place, value in other.values]]


def _other_from_kept(data: Any) -> OtherYear:
    year, values = _exactly(list)(data)
    return OtherYear(_exactly(int)(year), _tuple_of(_value_from_kept)(values))


def _value_from_kept(data: Any) -> tuple[str, Value]:
    place, value = _exactly(list)(data)
    return _exactly(str)(place), value_from_json(value)


def _as_is(value: Any) -> Any:
    return value


def _exactly(kind: type) -> _Way:
    def read(value: Any) -> Any:
        # By exact type: a JSON true would else be a count of one.
        if type(value) is not kind:
            raise TypeError(f"{type(value)} for {kind}")
        return value

    return read


def _or_none(way: _Way) -> _Way:
    return lambda value: None if value is None else way(value)


def _tuple_of(read: _Way) -> _Way:
    return lambda value: tuple(map(read, _exactly(list)(value)))


def _one_of(known: Collection[str]) -> _Way:
    def read(value: Any) -> Any:
        if value not in known:
            raise ValueError(f"unknown: {value!r}")
        return value

    return read
