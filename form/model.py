"""What a form is made of: columns, rows and tables, addressed as `table.row.column`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "change", "amount"]
"""`count`: whole number of at least 0; `change`: whole number of any sign; `amount`: exact decimal."""

TableKey = Literal["disclosure", "applications", "disputes"]
EditionKey = Literal["2019", "2021"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form, with its printed header."""

    key: str
    label: str
    kind: Kind = "count"
    unit: str | None = None
    """Unit that the printed header fixes (万元), or None where each cell prints its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of the form."""

    key: str
    label: str
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()
    """Labels printed to the left of (or, in sections 二 and 四, above) the line's own, outermost first."""
    optional: bool = False
    """True for a row that only some places add; it is absent unless printed."""


@dataclass(frozen=True, slots=True)
class Table:
    """One official table in one edition."""

    key: TableKey
    edition: EditionKey
    title: str
    rows: tuple[Row, ...]

    def row(self, key: str) -> Row:
        """Return the row with this key; raises KeyError where this edition has none."""
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)

    def addresses(self, *, optional: bool = False) -> Iterator[str]:
        """Yield the table's addresses in printed order, those of optional rows only if asked for."""
        for row in self.rows:
            if optional or not row.optional:
                for column in row.columns:
                    yield address(self.key, row.key, column.key)


def address(table: str, row: str, column: str) -> str:
    """Return the canonical address of a cell."""
    return f"{table}.{row}.{column}"


def split_address(text: str) -> tuple[str, str, str]:
    """Return (table, row, column) of an address; raises ValueError if it is none."""
    table, row, column = text.split(".")
    return table, row, column
