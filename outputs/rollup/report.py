"""The sum as a form that can be drawn like any report's."""

from __future__ import annotations

from form.editions import TABLE_KEYS
from form.report import Report
from measures.rollup.model import Rollup


def sum_report(rollup: Rollup) -> Report:
    """Return the sum as a report: a cell that cannot be told is unknown."""
    cells = {address: item.cell for address, item in rollup.cells.items()}
    editions = dict.fromkeys(TABLE_KEYS, rollup.edition)
    return Report(rollup.parent, rollup.year, editions, cells)
