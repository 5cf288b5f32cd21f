"""What is printed in a sample, cell by cell: the truth that `expected.json` holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from form.model import EditionKey, TableKey
from form.report import Cell, Json, number_to_json


@dataclass(frozen=True, slots=True)
class Truth:
    """Agency, year, the editions its headers show, and every cell by address."""

    agency: str
    year: int
    editions: Mapping[TableKey, EditionKey]
    cells: Mapping[str, Cell]

    def to_json(self) -> Json:
        """Return the truth as `expected.json` holds it."""
        cells = {place: cell_to_json(cell) for place, cell in self.cells.items()}
        editions = dict(self.editions)
        return {"agency": self.agency, "year": self.year, "editions": editions, "cells": cells}


def cell_to_json(cell: Cell) -> Json:
    """Return mark and value; unit, candidates and the printed text only where they say more."""
    data: Json = {"mark": cell.mark, "value": number_to_json(cell.value)}
    if cell.unit is not None or isinstance(cell.value, Decimal):
        data["unit"] = cell.unit
    if cell.mark == "unknown":
        data["candidates"] = [number_to_json(value) for value in cell.candidates]
    if cell.mark == "text" or (cell.mark == "number" and not _plain(cell)):
        data["printed"] = cell.raw
    return data


def _plain(cell: Cell) -> bool:
    digits = str(number_to_json(cell.value))
    return cell.raw in (digits, f"{digits}{cell.unit}")


def expected_json(truths: Mapping[str, Truth]) -> str:
    """Return `expected.json`: file → truth, one cell a line, so that a change shows."""
    reports = ",\n".join(f" {_json(name)}: {_report(truths[name])}" for name in sorted(truths))
    return f"{{\n{reports}\n}}\n"


def _report(truth: Truth) -> str:
    data = truth.to_json()
    cells = ",\n".join(f"  {_json(place)}: {_json(cell)}" for place, cell in data["cells"].items())
    facts = ", ".join(f"{_json(key)}: {_json(data[key])}" for key in ("agency", "year", "editions"))
    return f'{{{facts}, "cells": {{\n{cells}\n }}}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
