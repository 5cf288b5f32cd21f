"""From figures to what a cell prints, in the habits of one agency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from form.editions import all_columns
from form.model import Column, split_address
from form.report import Cell
from form.rules import outcome_rows
from form.values import Mark
from sample_reports.agencies import Agency, Changes, Zeros
from sample_reports.simulate import Figures

_CHANGE_SIGNS: Final[Mapping[Changes, tuple[str, str]]] = {
    "plain": ("", "-"),
    "signed": ("+", "-"),
    "words": ("增", "减"),
}
_ZERO_MARKS: Final[Mapping[str, Mark]] = {"0": "number", "": "blank", "—": "dash", "/": "dash"}
_MIXED_ZEROS: Final = {"disclosure": "—", "applications": "", "disputes": "/"}
_OUTCOME_ROWS: Final = {*outcome_rows("2019"), *outcome_rows("2021")}


def printed_cells(agency: Agency, figures: Figures, zeros: Zeros) -> dict[str, Cell]:
    """Return every cell as the agency prints it; `zeros` says how it prints 0."""
    return {place: _cell(agency, place, figure, zeros) for place, figure in figures.items()}


def _cell(agency: Agency, place: str, figure: int | Decimal, zeros: Zeros) -> Cell:
    column = all_columns()[place]
    if not figure:
        mark = _ZERO_MARKS[zero := _zero(place, zeros)]
        if mark != "number":
            return Cell(None, mark, zero)
    if isinstance(figure, Decimal):
        return _amount(agency, figure, column)
    if column.kind == "change" and figure:
        more, less = _CHANGE_SIGNS[agency.changes]
        return Cell(figure, "number", f"{more if figure > 0 else less}{abs(figure)}")
    return Cell(figure, "number", str(figure))


def _amount(agency: Agency, wan: Decimal, column: Column) -> Cell:
    """Return an amount: bare under a header with its unit, else with the unit in the cell."""
    if column.unit is not None:
        return Cell(wan, "number", _plain(wan), unit=column.unit)
    if agency.in_yuan:
        yuan = wan * 10_000
        return Cell(yuan, "number", f"{_plain(yuan)}元", unit="元")
    return Cell(wan, "number", f"{_plain(wan)}万元", unit="万元")


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _zero(place: str, zeros: Zeros) -> str:
    table, row, _column = split_address(place)
    if zeros == "mixed":
        return _MIXED_ZEROS[table]
    return "" if zeros == "sparse" and row in _OUTCOME_ROWS else "0"
