"""Signs and words that several outputs share: figures, blanks, what an unknown cell may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from form.language import _
from form.report import Cell, Value

UNKNOWN_SIGN: Final = "?"
DASH_SIGN: Final = "—"
# U+FE0E asks for the plain sign instead of a coloured picture.
SUSPECT_SIGN: Final = "⚠\ufe0e"
CORRECTED_SIGN: Final = "✎\ufe0e"


def figure(value: Value) -> str:
    """Return a number's digits without grouping, never in powers of ten; None gives ""."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def spoken(value: Value) -> str:
    """Return a figure as it stands in a sentence: a blank has its word."""
    return _("空") if value is None else figure(value)


def candidates_note(cell: Cell) -> str:
    """Return the sentence that says what an unknown cell may hold."""
    if not cell.candidates:
        return _("读不准：原文无法判断此格填了什么")
    options = _(" 或 ").join(spoken(value) for value in cell.candidates)
    return _("读不准：可能是 {options}").format(options=options)
