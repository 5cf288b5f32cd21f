"""Which corrections hold in which report, written down so that a million cells need no replay.

The log alone says what people decided; the rows of `correction` are what follows from it for each
report, and are written in the same transaction as whatever changes that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import Decision, corrected, in_force, same_figure
from form.matrix import MARK_LETTERS
from form.report import Cell, Report
from library import chain
from library.rows import decode, mark_of
from library.schema import correction, evidence, report


def reading_of(connection: Connection, report_id: int) -> Report | None:
    """Return a report as it was read, or None if there is none with this id."""
    query = sa.select(report, evidence.c.content).join(evidence)
    row = connection.execute(query.where(report.c.id == report_id)).mappings().first()
    return None if row is None else decode(dict(row), row["content"])


def as_it_counts(connection: Connection, report_id: int, reading: Report) -> Report:
    """Return a report's reading with the corrections that hold in it."""
    query = sa.select(correction).where(correction.c.report_id == report_id)
    new = {row.address: new_cell(row) for row in connection.execute(query)}
    if not new:
        return reading
    cells = {
        address: corrected(cell, new[address]) if address in new else cell
        for address, cell in reading.cells.items()
    }
    return replace(reading, cells=cells)


def new_cell(row: Row[*tuple[Any, ...]]) -> Cell:
    """Return what a row of `correction` wants a cell to say."""
    value = row.figure if row.amount is None else row.amount
    return Cell(value, mark_of(row.mark), unit=row.unit)


def refresh(connection: Connection, agency: str, year: int, address: str) -> None:
    """Write down anew which correction of a cell holds in each report on an agency's year."""
    decisions = chain.entries(connection, agency, year, address)
    same = sa.and_(report.c.agency == agency, report.c.year == year, report.c.version.is_not(None))
    for report_id in connection.scalars(sa.select(report.c.id).where(same)).all():
        _write_down(connection, report_id, decisions, correction.c.address == address)


def hold_what_was_decided(connection: Connection, report_id: int) -> None:
    """Write down anew which corrections hold in a report that is new, or has a new name."""
    query = sa.select(report.c.agency, report.c.year, report.c.version)
    agency, year, version = connection.execute(query.where(report.c.id == report_id)).one()
    decisions = chain.entries(connection, agency, year) if version is not None else ()
    _write_down(connection, report_id, decisions, sa.true())


def _write_down(
    connection: Connection,
    report_id: int,
    decisions: tuple[Decision, ...],
    which: sa.ColumnElement[bool],
) -> None:
    connection.execute(sa.delete(correction).where(correction.c.report_id == report_id, which))
    reading = reading_of(connection, report_id) if decisions else None
    found = list(held(reading.cells, decisions)) if reading else []
    if found:
        rows = [{"report_id": report_id, **row} for row in found]
        connection.execute(sa.insert(correction), rows)


def held(cells: Mapping[str, Cell], decisions: tuple[Decision, ...]) -> Iterator[dict[str, Any]]:
    """Yield the rows of `correction`, without their report, that the log gives for a reading."""
    for address, item in in_force(cells, decisions).items():
        read, new = cells[address], item.new
        if new is None or same_figure(read, new):
            continue
        yield {
            "address": address,
            "number": item.number,
            "printed": MARK_LETTERS[read.mark],
            "mark": MARK_LETTERS[new.mark],
            "figure": new.value if isinstance(new.value, int) else None,
            "amount": new.value if isinstance(new.value, Decimal) else None,
            "unit": new.unit,
        }
