"""How wide the columns of an official table have to be: a number that is cut off is another number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from checks.wording import FAILS
from form.figures import quoted
from form.model import TableKey
from outputs.charts.text import width
from outputs.official_table import OfficialTable, TableCell

# Widths in per cent of the grid's columns, first to last, as long as the numbers fit.
_USUAL: Final[Mapping[TableKey, tuple[float, ...]]] = {
    "disclosure": (34, 22, 22, 22),
    "applications": (5, 8.4, 37.2, 8.4, 6.1, 6.1, 8.2, 8.2, 5.4, 7),
    "disputes": (100 / 15,) * 15,
}
# The column that gives way, and how far: its labels break into more lines.
_LABELS: Final[Mapping[TableKey, tuple[int, float]]] = {
    "disclosure": (0, 20),
    "applications": (2, 19),
}
# In em, so that they grow with the text: the page's column at 1280 px, blanks and lines around a
# number, the sign beside it, and what bold digits take more than `width` says.
_PAGE: Final = 52.0
_AROUND: Final = 1.15
_SIGN: Final = 1.35
_BOLD: Final = 1.08


@dataclass(frozen=True, slots=True)
class Widths:
    """Per cent of the table by column, and the width in em below which it must scroll instead."""

    shares: tuple[float, ...]
    least: float


def column_widths(table: OfficialTable) -> Widths:
    """Return the usual widths, or wider ones where a number would not fit."""
    usual = _USUAL[table.key]
    needed = _needed(table)
    shares = [max(share, 100 * need / _PAGE) for share, need in zip(usual, needed, strict=True)]
    if table.key in _LABELS:
        place, least = _LABELS[table.key]
        shares[place] = max(usual[place] - sum(shares) + sum(usual), least)
    whole = sum(shares)
    shown = tuple(share * 100 / whole for share in shares)
    room = (100 * need / share for need, share in zip(needed, shown, strict=True))
    return Widths(shown, max(room))


def _needed(table: OfficialTable) -> list[float]:
    """Return by column the width in em of its widest number."""
    needed = [0.0] * table.width
    for cell in table.values:
        for column in range(cell.column, cell.column + cell.column_span):
            needed[column] = max(needed[column], cell_width(cell) / cell.column_span)
    return needed


def cell_width(cell: TableCell) -> float:
    """Return the width in em that a cell cannot do without; words may break anywhere."""
    if not cell.text or cell.mark == "text":
        return 0.0
    text = width(cell.text) * (_BOLD if cell.suspect or cell.mark == "unknown" else 1)
    if cell.before is not None:
        text += width(f"{cell.before}→")
    signs = _SIGN * (cell.suspect + cell.corrected + (cell.fate is not None))
    if cell.beside is not None:
        text = max(width(cell.text) * _BOLD, width(f"{FAILS} {cell.beside}"))
    repair = 0.0 if cell.repair is None else width(f"→{quoted(cell.repair.after)}") * _BOLD
    return max(text + signs, repair) + _AROUND
