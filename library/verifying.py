"""Whether the log is whole, and what counts is what it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import Decision
from form.report import Cell
from library import chain
from library.replaying import held, reading_of
from library.schema import correction, decision, report

Held = dict[str, tuple[Any, ...]]
"""By address: what a row of `correction` says besides."""


def problems(connection: Connection) -> Iterator[chain.Problem]:
    """Yield what is wrong with the log, else corrections that are not what it gives."""
    found = list(chain.problems(connection))
    yield from found or _departures(connection)


def _departures(connection: Connection) -> Iterator[chain.Problem]:
    log: dict[tuple[str, int], list[Decision]] = defaultdict(list)
    for item in chain.entries(connection):
        log[item.agency, item.year].append(item)
    written: dict[int, Held] = defaultdict(dict)
    for row in connection.execute(sa.select(correction).order_by(correction.c.report_id)):
        number, address, *told = row
        written[number][address] = tuple(told)
    for number, agency, year in _concerned(connection):
        reading = reading_of(connection, number)
        given = _given(reading.cells, tuple(log[agency, year])) if reading else {}
        for address in sorted(given.keys() | written[number].keys()):
            if given.get(address) != written[number].get(address):
                told_by = given.get(address) or written[number][address]
                yield chain.problem(told_by[0], "replay")


def _given(cells: Mapping[str, Cell], log: tuple[Decision, ...]) -> Held:
    rows = list(held(cells, log))
    return {row.pop("address"): tuple(row.values()) for row in rows}


def _concerned(connection: Connection) -> list[Any]:
    """Return id, agency and year of the reports about which there are decisions or corrections."""
    columns = report.c
    decided = sa.select(decision.c.number).where(
        decision.c.agency == columns.agency, decision.c.year == columns.year
    )
    query = sa.select(columns.id, columns.agency, columns.year).where(
        sa.or_(
            sa.and_(columns.version.is_not(None), sa.exists(decided)),
            columns.id.in_(sa.select(correction.c.report_id)),
        )
    )
    return list(connection.execute(query.order_by(columns.id)))
