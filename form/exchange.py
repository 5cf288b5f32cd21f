"""Reports as JSON and back without loss, for a pipe or a store; `Report.to_json` is for people.

Counts are JSON numbers, amounts their digits as text, and what is empty is left out of a cell.
The way back takes nothing on trust: whoever wrote the JSON may have read a hostile file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar, cast, get_args

from form.decisions import Action, Decision
from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, row_labels
from form.report import (
    Cell,
    Json,
    Note,
    Oddity,
    Paragraph,
    Place,
    Report,
    Value,
    Witness,
    YearSaid,
)
from form.values import Mark

_T = TypeVar("_T")
_MARKS: Final[Sequence[str]] = get_args(Mark)
_ACTIONS: Final[Sequence[str]] = get_args(Action)
_ODDITIES: Final[Sequence[str]] = get_args(Oddity)
_WITNESSES: Final[Sequence[str]] = get_args(Witness)
_EMPTY: Final[Json] = {
    "value": None,
    "raw": "",
    "place": {},
    "unit": None,
    "candidates": [],
    "oddities": [],
}
_PLACE_PARTS: Final = {
    part: str if part in ("sheet", "cell") else int for part in Place._fields if part != "box"
}
_MALFORMED: Final = (AttributeError, KeyError, IndexError, TypeError, ValueError, InvalidOperation)


def report_to_json(report: Report) -> Json:
    """Return a report as plain JSON values."""
    return {
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "editions": dict(report.editions),
        "cells": {address: cell_to_json(cell) for address, cell in report.cells.items()},
        "paragraphs": paragraphs_to_json(report.paragraphs),
        "notes": notes_to_json(report.notes),
        "reader": report.reader,
        "years": years_to_json(report.years),
        "unprinted": list(report.unprinted),
    }


def report_from_json(data: Any) -> Report:
    """Return the report that `report_to_json` gave; raises ValueError for anything else.

    Also for text that UTF-8 cannot hold: readers leave none, and nothing could write it.
    """
    try:
        report = Report(
            agency=_maybe(str, data["agency"]),
            year=_maybe(int, data["year"]),
            editions={
                _one_of(TABLE_KEYS, key): None
                if edition is None
                else _one_of(EDITION_KEYS, edition)
                for key, edition in data["editions"].items()
            },
            cells={
                _one_of(all_columns(), address): cell_from_json(cell)
                for address, cell in data["cells"].items()
            },
            paragraphs=paragraphs_from_json(data["paragraphs"]),
            notes=notes_from_json(data["notes"]),
            title=_maybe(str, data["title"]),
            reader=_maybe(int, data.get("reader")),
            years=years_from_json(data.get("years", [])),
            unprinted=unprinted_from_json(data.get("unprinted", [])),
        )
        for text in _texts(report):
            text.isascii() or text.encode()
    except _MALFORMED as error:
        raise ValueError("not a report") from error
    return report


def _texts(report: Report) -> Iterator[str]:
    yield from filter(None, (report.agency, report.title))
    for cell in report.cells.values():
        yield from filter(None, (cell.raw, cell.unit, cell.place.sheet, cell.place.cell))
    for paragraph in report.paragraphs:
        yield from filter(None, (paragraph.text, paragraph.place.sheet, paragraph.place.cell))
    for note in report.notes:
        yield note.code
        yield note.message
        yield from note.cells


def cell_to_json(cell: Cell) -> Json:
    """Return a cell; of the parts other than its mark only those that are not empty."""
    said: Json = {
        "mark": cell.mark,
        "value": value_to_json(cell.value),
        "raw": cell.raw,
        "place": cell.place.to_json(),
        "unit": cell.unit,
        "candidates": [value_to_json(value) for value in cell.candidates],
        "oddities": list(cell.oddities),
    }
    told = {name: part for name, part in said.items() if name == "mark" or part != _EMPTY[name]}
    return told if cell.printed is None else {**told, "printed": cell_to_json(cell.printed)}


def cell_from_json(data: Json) -> Cell:
    """Return the cell that `cell_to_json` gave."""
    return Cell(
        value=value_from_json(data.get("value")),
        mark=cast(Mark, _one_of(_MARKS, data["mark"])),
        raw=_is(str, data.get("raw", "")),
        place=_place(data.get("place", {})),
        unit=_maybe(str, data.get("unit")),
        candidates=tuple(map(value_from_json, _is(list, data.get("candidates", [])))),
        printed=_printed(data["printed"]) if "printed" in data else None,
        oddities=tuple(map(_oddity, _is(list, data.get("oddities", [])))),
    )


def _oddity(code: object) -> Oddity:
    return cast(Oddity, _one_of(_ODDITIES, code))


def _printed(data: Json) -> Cell:
    if "printed" in data:
        raise ValueError("a print of a print")
    return cell_from_json(data)


def decision_to_json(decision: Decision) -> Json:
    """Return an entry of the log without its own hash; what is empty is left out."""
    parts = {part.name: getattr(decision, part.name) for part in fields(Decision)}
    told = {name: part for name, part in parts.items() if part not in (None, "", ())}
    told.pop("hash", None)
    for name in ("old", "new"):
        if name in told:
            told[name] = cell_to_json(told[name])
    for name in ("at", "on", "due"):
        if name in told:
            told[name] = told[name].isoformat()
    if "findings" in told:
        told["findings"] = [list(pair) for pair in told["findings"]]
    return told


def decision_from_json(data: Any) -> Decision:
    """Return the entry that `decision_to_json` gave; raises ValueError for anything else."""
    try:
        return Decision(
            **{
                **data,
                "action": _one_of(_ACTIONS, data["action"]),
                "number": _is(int, data["number"]),
                "agency": _maybe(str, data.get("agency")),
                "year": _maybe(int, data.get("year")),
                "from_agency": _maybe(str, data.get("from_agency")),
                "from_year": _maybe(int, data.get("from_year")),
                "report_id": _maybe(int, data.get("report_id")),
                "version": _maybe(int, data.get("version")),
                "run": _maybe(int, data.get("run")),
                "part": _maybe(str, data.get("part")),
                "value": _maybe(str, data.get("value")),
                "at": datetime.fromisoformat(data["at"]),
                "who": _maybe(str, data.get("who")),
                "old": cell_from_json(data["old"]) if "old" in data else None,
                "new": cell_from_json(data["new"]) if "new" in data else None,
                "on": date.fromisoformat(data["on"]) if "on" in data else None,
                "due": date.fromisoformat(data["due"]) if "due" in data else None,
                "document": _maybe(str, data.get("document")),
                "letter": _maybe(int, data.get("letter")),
                "findings": tuple(map(_pair, _is(list, data.get("findings", [])))),
            }
        )
    except _MALFORMED as error:
        raise ValueError("not a decision") from error


def _pair(data: Any) -> tuple[str, str]:
    pair: list[object] = _is(list, data)
    key, basis = pair
    return _is(str, key), _is(str, basis)


def value_to_json(value: Value) -> int | str | None:
    """Return a count as a number, an amount as its digits."""
    return str(value) if isinstance(value, Decimal) else value


def value_from_json(data: object) -> Value:
    """Return the value that `value_to_json` gave."""
    return Decimal(data) if isinstance(data, str) else _maybe(int, data)


def paragraphs_to_json(paragraphs: Sequence[Paragraph]) -> list[list[Any]]:
    """Return paragraphs as section, text and place."""
    return [[item.section, item.text, item.place.to_json()] for item in paragraphs]


def paragraphs_from_json(data: Sequence[Any]) -> tuple[Paragraph, ...]:
    """Return the paragraphs that `paragraphs_to_json` gave."""
    return tuple(
        Paragraph(_is(int, section), _is(str, text), _place(place)) for section, text, place in data
    )


def years_to_json(years: Sequence[YearSaid]) -> list[Json]:
    """Return the years that a report may be on as the interface gives them."""
    return [item.to_json() for item in years]


def years_from_json(data: Sequence[Json]) -> tuple[YearSaid, ...]:
    """Return the years that `years_to_json` gave."""
    return tuple(
        YearSaid(
            _is(int, item["value"]),
            tuple(cast(Witness, _one_of(_WITNESSES, witness)) for witness in item["says"]),
        )
        for item in data
    )


def unprinted_from_json(data: Sequence[Any]) -> tuple[str, ...]:
    """Return rows of the form by `table.row`; raises ValueError for any other."""
    rows = [f"{table}.{row}" for table, row in row_labels()]
    names: list[str] = _is(list, data)
    return tuple(_one_of(rows, name) for name in names)


def notes_to_json(notes: Sequence[Note]) -> list[Json]:
    """Return notes as the interface gives them, which loses nothing."""
    return [note.to_json() for note in notes]


def notes_from_json(data: Sequence[Json]) -> tuple[Note, ...]:
    """Return the notes that `notes_to_json` gave."""
    return tuple(
        Note(
            code=_is(str, note["code"]),
            message=_is(str, note["message"]),
            cells=tuple(_is(str, cell) for cell in note["cells"]),
        )
        for note in data
    )


def _place(data: Json) -> Place:
    box = data.get("box", (0.0,) * 4)
    if len(box) != 4 or not all(isinstance(edge, float | int) for edge in box):
        raise TypeError("box")
    for name, part in data.items():
        if name != "box":
            _is(_PLACE_PARTS[name], part)
    return Place.from_json(data)


def _is(kind: Callable[..., _T], value: object) -> _T:
    # By exact type: a JSON true would else be a count of one.
    if type(value) is not kind:
        raise TypeError(f"{type(value)} for {kind}")
    return cast(_T, value)


def _maybe(kind: Callable[..., _T], value: object) -> _T | None:
    return None if value is None else _is(kind, value)


def _one_of(known: Any, value: _T) -> _T:
    if value not in known:
        raise ValueError(f"unknown: {value!r}")
    return value
