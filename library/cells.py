"""Figures of many reports at once, as arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection, Row

from form.agencies.terms import Whose
from form.editions import TABLE_KEYS, all_columns
from form.matrix import CellMatrix, amount_addresses
from form.names import address_position
from form.values import screened_wan
from library.agency_log import load_registry
from library.overlay import load_corrections, overlay
from library.queries import among, counted, in_order
from library.schema import column_name, edition_name, report, unit_name

_ROWS_AT_ONCE: Final = 5_000
"""Rows held as Python numbers before they become an array."""
_EDITIONS: Final = len(TABLE_KEYS)
_AMOUNTS: Final = len(amount_addresses())
_HEAD: Final = 5 + _EDITIONS + 2 * _AMOUNTS
"""Values before the counts in a row, which `_select` lists."""

Amounts = Mapping[str, Mapping[int, tuple[Decimal | None, str | None]]]
"""By address and report id: an amount as printed (None where none is) and its unit."""


def load_matrix(connection: Connection, report_ids: Sequence[int] | None = None) -> CellMatrix:
    """Return the cells of the reports that count, in their order by agency and year.

    With the corrections that hold. With `report_ids`, those reports in that order, wherever they
    stand; unknown ids are left out.
    """
    matrix = overlay(
        load_readings(connection, report_ids), load_corrections(connection, report_ids)
    )
    matrix = replace(matrix, whose=_whose(connection, matrix))
    return matrix if report_ids is None else in_order_of(matrix, report_ids)


def _whose(connection: Connection, matrix: CellMatrix) -> dict[int, Whose]:
    """Return by report id what is known of its agency besides its name."""
    assert matrix.agencies is not None
    registry = load_registry(connection)
    query = sa.select(report.c.id, report.c.named).where(report.c.named.is_not(None))
    named = {row.id: row.named for row in connection.execute(query)}
    if not (named or registry.said or registry.terms):
        return {}
    told = lru_cache(None)(registry.whose)
    pairs = zip(matrix.report_ids.tolist(), matrix.agencies.tolist(), strict=True)
    found = ((number, told(agency, named.get(number))) for number, agency in pairs if agency)
    return {number: whose for number, whose in found if whose is not None}


def load_readings(
    connection: Connection,
    report_ids: Sequence[int] | None = None,
    addresses: Collection[str] | None = None,
) -> CellMatrix:
    """Return the cells as they were read; with `report_ids` in no order, and each once.

    With `addresses`, only they are loaded: counts and amounts elsewhere are 0 whatever is printed.
    """
    wanted = all_columns() if addresses is None else addresses
    counted_ones = tuple(address for address in _counted_addresses() if address in wanted)
    if report_ids is None:
        # Ids are put in order by themselves: sorting rows of 200 columns would take far longer.
        ordered = sa.select(report.c.id).where(report.c.id.in_(counted())).order_by(*in_order())
        queries = [_select(counted_ones).where(report.c.id.in_(counted()))]
        found = _matrix(connection, queries, counted_ones)
        return in_order_of(found, connection.scalars(ordered).all())
    query = _select(counted_ones).where(among(report.c.id, set(report_ids)))
    return _matrix(connection, [query], counted_ones)


def load_amounts(
    connection: Connection,
    report_ids: Sequence[int] | None = None,
    addresses: Collection[str] | None = None,
) -> Amounts:
    """Return the amounts of the reports that count, or of these, as they were read.

    With `addresses`, only those of them that are amounts.
    """
    which = report.c.id.in_(counted()) if report_ids is None else among(report.c.id, report_ids)
    wanted = [place for place in amount_addresses() if addresses is None or place in addresses]
    return {
        address: {
            row.id: (row.amount, row.unit)
            for row in connection.execute(
                sa.select(
                    report.c.id,
                    report.c[column_name(address)].label("amount"),
                    report.c[unit_name(address)].label("unit"),
                ).where(which)
            )
        }
        for address in wanted
    }


def _select(counted_ones: Sequence[str]) -> sa.Select[Any]:
    """Select id, marks, year, noted, agency, editions, amounts, their units, then these counts."""
    return sa.select(
        report.c.id,
        report.c.marks,
        report.c.year,
        report.c.noted,
        report.c.agency,
        *(report.c[edition_name(key)] for key in TABLE_KEYS),
        *(report.c[column_name(address)] for address in amount_addresses()),
        *(report.c[unit_name(address)] for address in amount_addresses()),
        *(report.c[column_name(address)] for address in counted_ones),
    )


@cache
def _counted_addresses() -> tuple[str, ...]:
    return tuple(address for address in all_columns() if address not in amount_addresses())


def _matrix(
    connection: Connection, queries: Sequence[sa.Select[Any]], counted_ones: Sequence[str]
) -> CellMatrix:
    places = [address_position()[address] for address in counted_ones]
    heads: list[Sequence[Any]] = []
    counts = [np.empty((0, len(all_columns())), dtype=np.int64)]
    for query in queries:
        for rows in connection.execute(query).partitions(_ROWS_AT_ONCE):
            heads += [row[:_HEAD] for row in rows]
            counts.append(_numbers(rows, places))
    ids, marks, years, noted, agencies, *rest = zip(*heads, strict=True) if heads else ((),) * _HEAD
    editions, amounts, units = rest[:_EDITIONS], rest[_EDITIONS:-_AMOUNTS], rest[-_AMOUNTS:]
    return CellMatrix(
        report_ids=np.array(ids, np.int64),
        addresses=tuple(all_columns()),
        counts=np.concatenate(counts),
        marks=_marks(marks),
        editions={
            key: np.array([edition or "" for edition in told], "U4")
            for key, told in zip(TABLE_KEYS, editions, strict=True)
        },
        years=np.array([year or 0 for year in years], np.int64),
        amounts=np.array(
            [list(map(screened_wan, *both)) for both in zip(amounts, units, strict=True)]
        ).T,
        noted=np.array(noted, np.bool_),
        agencies=np.array([agency or "" for agency in agencies], np.object_),
    )


def _numbers(rows: Sequence[Row[*tuple[Any, ...]]], places: Sequence[int]) -> NDArray[np.int64]:
    """Return counts for every address, 0 where there is none, from rows of those at `places`.

    By way of floats, where NumPy makes None a NaN at once; they are exact up to 2**53, well above
    what `rows` lets into a column.
    """
    floats = np.array([row[_HEAD:] for row in rows], dtype=np.float64)
    counts = np.zeros((len(rows), len(all_columns())), dtype=np.int64)
    counts[:, places] = np.nan_to_num(floats, copy=False)
    return counts


def _marks(marks: Sequence[str]) -> NDArray[np.bytes_]:
    letters = np.frombuffer("".join(marks).encode("ascii"), dtype="S1")
    return letters.reshape(len(marks), len(all_columns()))


def in_order_of(matrix: CellMatrix, report_ids: Sequence[int]) -> CellMatrix:
    """Return the lines of a matrix in this order; unknown ids are left out."""
    place = {number: row for row, number in enumerate(matrix.report_ids.tolist())}
    rows = [place[number] for number in report_ids if number in place]
    return matrix.lines(np.array(rows, dtype=np.intp))
