"""The five real samples: official tables as their agencies laid them out, prose of our own.

In `sources/real/` lie, for each file, its frame (`.txt`: title, headings and tables as printed,
with slots for prose) and its figures (`.cells`: one row of the form a line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from form.editions import table
from form.model import Column, Row, TableKey, address
from form.report import Cell
from form.values import parse
from sample_reports.real_prose import PROSE
from sample_reports.truth import Truth

SOURCES: Final = Path(__file__).resolve().parent / "sources" / "real"
_FILE_NAME: Final = re.compile(r"(?P<agency>.+?)(?P<year>\d{4})年报")
_BLANK: Final = "_"
_UNKNOWN: Final = "?"


def real_files() -> Iterator[tuple[str, bytes, Truth]]:
    """Yield file name, bytes and truth of every real sample."""
    for stem, prose in PROSE.items():
        frame = (SOURCES / f"{stem}.txt").read_bytes().decode("utf-8")
        for slot, text in prose.items():
            frame = frame.replace(f"{{{{{slot}}}}}", text)
        yield f"{stem}.txt", frame.encode("utf-8"), _truth(stem)


def _truth(stem: str) -> Truth:
    name = _FILE_NAME.fullmatch(stem)
    if name is None:
        raise ValueError(stem)
    lines = (SOURCES / f"{stem}.cells").read_text(encoding="utf-8").splitlines()
    cells = {place: cell for line in lines for place, cell in _line(line)}
    return Truth(
        name["agency"],
        int(name["year"]),
        {"disclosure": "2019", "applications": "2019"},
        cells,
    )


def _line(line: str) -> Iterator[tuple[str, Cell]]:
    place, *tokens = line.split(" ")
    table_key, row = _row(place)
    for column, token in zip(row.columns, tokens, strict=True):
        yield address(table_key, row.key, column.key), _cell(token, column)


def _row(place: str) -> tuple[TableKey, Row]:
    keys: tuple[TableKey, ...] = ("disclosure", "applications", "disputes")
    table_key = next(key for key in keys if place.startswith(f"{key}."))
    return table_key, table(table_key, "2019").row(place.removeprefix(f"{table_key}."))


def _cell(token: str, column: Column) -> Cell:
    """Return the cell of a token: a number, `-`, `_` (blank) or `?` (blank or 0, it cannot be told)."""
    if token == _UNKNOWN:
        return Cell(None, "unknown", candidates=(0, None))
    raw = "" if token == _BLANK else token
    reading = parse(raw, column)
    value = reading.value
    if column.kind == "amount" and value is not None:
        value = Decimal(value)
    return Cell(value, reading.mark, raw, unit=reading.unit)
