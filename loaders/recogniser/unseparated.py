"""A second report in a part of a file that nothing parts from the first: what may be either's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from form.language import _
from form.model import TableKey, split_address
from form.report import Cell, Note
from loaders.recogniser.tables import PrintedTables

_LEAST_RIVALS: Final = 2
"""Rows printed again with other figures: one may be a slip in a table printed twice."""


def tables_of_two(tables: PrintedTables) -> frozenset[TableKey]:
    """Return the tables of which nobody can say whose they are; none where there is one report.

    Those that are printed again with other figures, and those that begin behind them.
    """
    if len(tables.rivals) < _LEAST_RIVALS:
        return frozenset()
    return tables.behind_rivals | {key for key, _row in tables.rivals}


def given_up(cells: Mapping[str, Cell], keys: Collection[TableKey]) -> dict[str, Cell]:
    """Return cells with those of some tables unknown, without candidates."""
    return {
        name: Cell(None, "unknown", cell.raw, cell.place, oddities=cell.oddities)
        if split_address(name)[0] in keys
        else cell
        for name, cell in cells.items()
    }


def note(cells: Mapping[str, Cell], keys: Collection[TableKey]) -> Iterator[Note]:
    """Yield the note that two reports are printed here and cannot be told apart."""
    if keys:
        message = _(
            "这里像是印了两份年报，分不清哪张表属于哪一份：同一张表出现两次而数字不同。"
            "这些表的数都读不准；请把两份年报分成两个文件再导入。"
        )
        places = tuple(name for name in cells if split_address(name)[0] in keys)
        yield Note("two_reports_unseparated", message, places)
