"""What a report certainly prints: for checks that ask about a number and never about a doubt or a blank."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from form.report import Report
from form.values import in_wan

_NUMBERS: Final = ("number", "typed")


def count(report: Report, place: str) -> int | None:
    """Return the whole number in a cell; None where there is none: blank, dash, text, unknown, no cell."""
    cell = report.cells.get(place)
    if cell is None or cell.mark not in _NUMBERS or not isinstance(cell.value, int):
        return None
    return cell.value


def amount_in_wan(report: Report, place: str) -> Decimal | None:
    """Return the amount in a cell in 万元, exactly; None where there is none or its unit is not known."""
    cell = report.cells.get(place)
    if cell is None or cell.mark not in _NUMBERS or not isinstance(cell.value, Decimal):
        return None
    return in_wan(cell.value, cell.unit)


def is_empty(report: Report, place: str) -> bool:
    """Say whether a cell is printed as a blank or a dash."""
    cell = report.cells.get(place)
    return cell is not None and cell.mark in ("blank", "dash")
