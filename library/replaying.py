"""Which corrections hold in which report, written down so that a million cells need no replay.

The log alone says what people decided; the rows of `correction` are what follows from it for each
report, and are written in the same transaction as whatever changes that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import Decision, corrected, in_force, same_figure
from form.matrix import ABSENT, MARK_LETTERS, amount_addresses
from form.names import address_position
from form.report import Cell, Report, Value
from library import chain
from library.queries import among, chunks, inline
from library.rows import decode, decode_cell, mark_of
from library.schema import column_name, correction, decision, evidence, report, unit_name

_AT_ONCE: Final = 500
"""Reports a question: their evidence is long."""
_TOLD_BY_EVIDENCE: Final = (MARK_LETTERS["text"], MARK_LETTERS["unknown"])


def reading_of(connection: Connection, report_id: int) -> Report | None:
    """Return a report as it was read, or None if there is none with this id."""
    query = sa.select(report, evidence.c.content).join(evidence)
    row = connection.execute(query.where(report.c.id == inline(report_id))).mappings().first()
    return None if row is None else decode(dict(row), row["content"])


def readings_of(connection: Connection, report_ids: Sequence[int]) -> dict[int, Report]:
    """Return reports as they were read, by id; those that there are not are left out."""
    query = sa.select(report, evidence.c.content).join(evidence)
    return {
        row["id"]: decode(dict(row), row["content"])
        for part in chunks(report_ids, _AT_ONCE)
        for row in connection.execute(query.where(among(report.c.id, part))).mappings()
    }


def as_they_count(connection: Connection, readings: Mapping[int, Report]) -> dict[int, Report]:
    """Return reports' readings with the corrections that hold in them, by id."""
    new: dict[int, dict[str, Cell]] = {}
    query = sa.select(correction).where(among(correction.c.report_id, [*readings]))
    for row in connection.execute(query):
        new.setdefault(row.report_id, {})[row.address] = new_cell(row)
    return {
        number: _with(reading, new[number]) if number in new else reading
        for number, reading in readings.items()
    }


def as_it_counts(connection: Connection, report_id: int, reading: Report) -> Report:
    """Return a report's reading with the corrections that hold in it."""
    query = sa.select(correction).where(correction.c.report_id == inline(report_id))
    new = {row.address: new_cell(row) for row in connection.execute(query)}
    return _with(reading, new) if new else reading


def _with(reading: Report, new: Mapping[str, Cell]) -> Report:
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
    cells = _cells_at(connection, address, same)
    own = correction.c.report_id.in_(cells)
    connection.execute(sa.delete(correction).where(own, correction.c.address == address))
    for report_id, cell in cells.items():
        _insert(connection, report_id, held({address: cell}, decisions))


def hold_what_was_decided(connection: Connection, report_id: int) -> None:
    """Write down anew which corrections hold in a report that is new, or has a new name."""
    connection.execute(sa.delete(correction).where(correction.c.report_id == report_id))
    query = sa.select(report.c.agency, report.c.year, report.c.version)
    agency, year, version = connection.execute(query.where(report.c.id == inline(report_id))).one()
    decisions = chain.entries(connection, agency, year) if version is not None else ()
    corrected = any(item.action == "correct" for item in decisions)
    reading = reading_of(connection, report_id) if corrected else None
    if reading is not None:
        _insert(connection, report_id, held(reading.cells, decisions))


def hold_in_new(
    connection: Connection, reports: Sequence[tuple[int, str, int, Mapping[str, Cell]]]
) -> None:
    """Write down which corrections hold in reports that were not there before.

    Each is its id, agency, year and cells as they were read. One question tells of most imports
    that nothing was ever decided about their agencies' years.
    """
    if not reports:
        return
    columns = (decision.c.agency, decision.c.year)
    whose = sorted({(agency, year) for _id, agency, year, _cells in reports})
    decided = sa.select(*columns).where(sa.tuple_(*columns).in_(whose)).distinct()
    logs = {
        (agency, year): chain.entries(connection, agency, year)
        for agency, year in connection.execute(decided).all()
    }
    for report_id, agency, year, cells in reports:
        if (agency, year) in logs:
            _insert(connection, report_id, held(cells, logs[agency, year]))


def _cells_at(
    connection: Connection, address: str, which: sa.ColumnElement[bool]
) -> dict[int, Cell]:
    """Return by report the cell at one address, as far as it matters for what holds.

    Evidence is long; only of a text and of an unknown does it say what the columns do not.
    """
    units = [report.c[unit_name(address)]] if address in amount_addresses() else []
    columns = (report.c.id, report.c.marks, report.c[column_name(address)], *units)
    found = {}
    for report_id, marks, figure, *unit in connection.execute(sa.select(*columns).where(which)):
        letter = marks[address_position()[address]]
        if letter in _TOLD_BY_EVIDENCE:
            found[report_id] = _told_by_evidence(connection, report_id, letter, figure, address)
        elif letter != ABSENT:
            found[report_id] = Cell(figure, mark_of(letter), unit=unit[0] if unit else None)
    return found


def cell_at(connection: Connection, report_id: int, address: str) -> Cell | None:
    """Return a cell of a report as it was read, or None where the report has none there."""
    if address not in address_position():
        return None
    columns = (report.c.marks, report.c[column_name(address)])
    row = connection.execute(sa.select(*columns).where(report.c.id == inline(report_id))).first()
    letter = row.marks[address_position()[address]] if row else ABSENT
    if row is None or letter == ABSENT:
        return None
    return _told_by_evidence(connection, report_id, letter, row[1], address)


def _told_by_evidence(
    connection: Connection, report_id: int, letter: str, figure: Value, address: str
) -> Cell:
    query = sa.select(evidence.c.content).where(evidence.c.report_id == inline(report_id))
    return decode_cell(letter, figure, connection.execute(query).scalar_one(), address)


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


def _insert(connection: Connection, report_id: int, rows: Iterable[dict[str, Any]]) -> None:
    found = [{"report_id": report_id, **row} for row in rows]
    if found:
        connection.execute(sa.insert(correction), found)
