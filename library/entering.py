"""What a person types into a cell: a number or nothing, else a sentence that says why not."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from form.editions import all_columns
from form.language import _
from form.model import Column
from form.report import Cell, Value
from form.values import UNITS, parse
from library.errors import LibraryError
from library.rows import LARGEST_COUNT, is_plain

_EMPTY: Final = ("blank", "dash")


def entered(said: str | Cell, address: str, unit: str | None = None) -> Cell:
    """Return the cell that `said`, typed at `address`, makes: `typed`, or blank where emptied.

    `unit` is that of an amount that names none itself. Raises LibraryError where it is neither
    a number that fits the cell nor empty.
    """
    column = all_columns().get(address)
    if column is None:
        raise LibraryError(_("表样中没有这一格：{address}").format(address=address))
    if isinstance(said, str):
        return _parsed(said, column, unit)
    return _checked(said.value, column, said.unit or unit, said.raw)


def _parsed(text: str, column: Column, unit: str | None) -> Cell:
    reading = parse(text, column)
    if reading.mark in _EMPTY:
        return Cell(None, "blank", text)
    if reading.mark != "number" or reading.oddity not in (None, "raised"):
        raise LibraryError(
            _("“{text}”不是这一格能填的数字；没有数字就留空。").format(text=text.strip())
        )
    return _checked(reading.value, column, reading.unit or unit, text)


def _checked(value: Value, column: Column, unit: str | None, raw: str) -> Cell:
    """Return the typed cell with a number that the columns of a library can hold exactly."""
    if value is None:
        return Cell(None, "blank", raw)
    if column.kind == "amount":
        return _amount(Decimal(value), column.unit or unit, raw)
    if not isinstance(value, int) or abs(value) > LARGEST_COUNT:
        raise LibraryError(_("“{text}”不是合理的件数。").format(text=raw.strip() or value))
    return Cell(value, "typed", raw)


def _amount(value: Decimal, unit: str | None, raw: str) -> Cell:
    if not value.is_finite() or not is_plain(value):
        raise LibraryError(_("“{text}”不是合理的金额。").format(text=raw.strip() or value))
    if unit not in UNITS:
        raise LibraryError(_("请写明金额的单位（元或万元）。"))
    return Cell(value, "typed", raw, unit=unit)
