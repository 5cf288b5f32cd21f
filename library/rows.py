"""A Report as rows, and back without loss: figures in columns, what was printed as evidence.

What a column cannot hold exactly (a count beyond every real one, a decimal where a whole number
belongs) stands in the evidence, and the cell's stored mark says `text`: it takes part in no sum.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from form.agencies.terms import Whose
from form.editions import TABLE_KEYS, all_columns
from form.exchange import (
    cell_from_json,
    cell_to_json,
    notes_from_json,
    notes_to_json,
    paragraphs_from_json,
    paragraphs_to_json,
    unprinted_from_json,
    value_to_json,
    years_from_json,
    years_to_json,
)
from form.matrix import ABSENT, MARK_LETTERS, amount_addresses
from form.report import Cell, Json, Report, Value
from form.values import Mark, joined_halves
from library.schema import column_name, edition_name, unit_name

LARGEST_COUNT: Final = 10**12
"""No agency has a count beyond it; sums of millions of such counts still fit in 64 bits."""
_LARGEST_EXPONENT: Final = 100
_MARKS: Final[Mapping[str, Mark]] = {letter: mark for mark, letter in MARK_LETTERS.items()}
_ESCAPED_HALF: Final = "\\ud"
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rows:
    """What is stored of one report: columns of `report` by name, and the text of its evidence."""

    columns: Mapping[str, Any]
    evidence: str


def encode(report: Report) -> Rows:
    """Return the rows of a report; raises ValueError for a cell that no edition has.

    Every column of figures is named, so that the database meets one and the same statement.
    """
    strangers = report.cells.keys() - all_columns().keys()
    if strangers:
        raise ValueError(f"not addresses of the form: {sorted(strangers)}")
    unknown = sum(cell.mark == "unknown" for cell in report.cells.values())
    columns = {
        "title": None if report.title is None else storable(report.title),
        **{edition_name(key): report.editions.get(key) for key in TABLE_KEYS},
        "marks": _marks(report),
        "cells_read": len(report.cells) - unknown,
        "cells_unknown": unknown,
        "noted": bool(report.notes),
        "reader": report.reader,
        **_figures(report.cells),
        **_units(report.cells),
    }
    return Rows(columns, _evidence(report))


def decode(row: Mapping[str, Any], evidence: str) -> Report:
    """Return the report of a row of `report` and the text of its evidence.

    Agency and year are the row's: a person may have said what the document did not; `whose` has
    what the agency was called then, where it goes by another name now.
    """
    said = _told(evidence)
    cells = {
        address: _cell(_MARKS[letter], row[column_name(address)], said["cells"].get(address, {}))
        for address, letter in zip(all_columns(), row["marks"], strict=True)
        if letter != ABSENT
    }
    return Report(
        agency=row["agency"],
        year=row["year"],
        editions=said["editions"],
        cells=cells,
        paragraphs=paragraphs_from_json(said["paragraphs"]),
        notes=notes_from_json(said["notes"]),
        title=said["title"],
        reader=said.get("reader"),
        years=years_from_json(said.get("years", [])),
        unprinted=unprinted_from_json(said.get("unprinted", [])),
        whose=Whose(name=row["named"]) if row.get("named") is not None else None,
    )


def identity_read(evidence: str) -> tuple[str | None, int | None]:
    """Return the agency and the year that the document itself named, whatever a person said."""
    said = _told(evidence)
    return said["agency"], said["year"]


def decode_cell(letter: str, figure: Value, evidence: str, address: str) -> Cell:
    """Return one cell of a report: of its letter in `marks`, its column, and its evidence."""
    return _cell(_MARKS[letter], figure, _told(evidence)["cells"].get(address, {}))


def mark_of(letter: str) -> Mark:
    """Return the mark that a stored letter stands for."""
    return _MARKS[letter]


def encodable(text: str) -> str:
    """Return JSON with halves of a surrogate pair escaped, which UTF-8 cannot hold."""
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def storable(text: str) -> str:
    """Return `text` without what a database's text cannot hold (NUL, halves of a surrogate pair)."""
    return _UNSTORABLE.sub("\ufffd", text)


def _told(evidence: str) -> Json:
    """Return what evidence says, in whole signs: of reports that older readers read, too."""
    said: Json = json.loads(evidence)
    return _whole(said) if _ESCAPED_HALF in evidence else said


def _whole(said: Any) -> Any:
    if isinstance(said, str):
        return joined_halves(said)
    if isinstance(said, list):
        return list(map(_whole, said))
    return {name: _whole(part) for name, part in said.items()} if isinstance(said, dict) else said


def signed(who: str | None) -> str | None:
    """Return the name of whoever decides something as a database can hold it."""
    return None if who is None else storable(who)


def _figures(cells: Mapping[str, Cell]) -> dict[str, Value]:
    return {
        column_name(address): _figure(address, cells[address]) if address in cells else None
        for address in all_columns()
    }


def _units(cells: Mapping[str, Cell]) -> dict[str, str | None]:
    units = {
        address: cells[address].unit if address in cells else None for address in amount_addresses()
    }
    return {unit_name(address): unit and storable(unit) for address, unit in units.items()}


def _marks(report: Report) -> str:
    return "".join(
        MARK_LETTERS[_stored_mark(address, report.cells[address])]
        if address in report.cells
        else ABSENT
        for address in all_columns()
    )


def _stored_mark(address: str, cell: Cell) -> Mark:
    return cell.mark if _fits(address, cell) else "text"


def _figure(address: str, cell: Cell) -> Value:
    return cell.value if _fits(address, cell) else None


def _fits(address: str, cell: Cell) -> bool:
    """Say whether the columns tell this cell's value and mark by themselves."""
    if cell.mark not in ("number", "typed"):
        return cell.value is None
    if isinstance(cell.value, Decimal):
        return _is_amount(address) and is_plain(cell.value)
    return not _is_amount(address) and cell.value is not None and abs(cell.value) <= LARGEST_COUNT


def is_plain(value: Decimal) -> bool:
    """Say whether an amount has no more digits than a database is sure to keep."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and max(abs(exponent), abs(value.adjusted())) <= (
        _LARGEST_EXPONENT
    )


def _is_amount(address: str) -> bool:
    return address in amount_addresses()


def _evidence(report: Report) -> str:
    cells = {address: _said(address, cell) for address, cell in report.cells.items()}
    text = json.dumps(
        {
            "agency": report.agency,
            "year": report.year,
            "title": report.title,
            "editions": dict(report.editions),
            "cells": {address: said for address, said in cells.items() if said},
            "paragraphs": paragraphs_to_json(report.paragraphs),
            "notes": notes_to_json(report.notes),
            "reader": report.reader,
            "years": years_to_json(report.years),
            "unprinted": list(report.unprinted),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return encodable(text)


def _said(address: str, cell: Cell) -> Json:
    """Return what the columns do not tell of a cell; nothing for a plain blank.

    Never a print beside it: what a file told is the print, whatever its reader says.
    """
    said = cell_to_json(cell)
    said.pop("printed", None)
    if _fits(address, cell):
        return {name: part for name, part in said.items() if name not in ("mark", "value")}
    return said


def _cell(mark: Mark, figure: Value, said: Json) -> Cell:
    return cell_from_json({"mark": mark, "value": value_to_json(figure), **said})
