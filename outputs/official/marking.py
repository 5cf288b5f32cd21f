"""Conditional formats: what turns red or amber while somebody fills the form."""

from __future__ import annotations

from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from outputs.theme import LIGHT


def _colour(token: str) -> str:
    return "FF" + token.removeprefix("#").upper()


def _tinted(tint: str, ink: str, *, bold: bool) -> DifferentialStyle:
    # A conditional format takes its colour from the end of the pattern.
    fill = PatternFill("solid", start_color=_colour(tint), end_color=_colour(tint))
    return DifferentialStyle(font=Font(bold=bold, color=_colour(ink)), fill=fill)


RED: Final = _tinted(LIGHT.error_tint, LIGHT.error, bold=True)
AMBER: Final = _tinted(LIGHT.note_tint, LIGHT.note, bold=False)


def mark(sheet: Worksheet, places: str, formula: str, look: DifferentialStyle) -> None:
    """Give cells a look wherever a formula is true; `places` are apart by blanks."""
    rule = Rule(type="expression", dxf=look, formula=[formula])
    sheet.conditional_formatting.add(places, rule)
