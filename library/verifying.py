"""Whether the log is whole, and what counts and where reports are filed is what it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import FILING_ACTIONS, Decision
from form.filing import Filed, replay_filing
from form.language import _
from form.report import Cell
from library import chain
from library.filing import filed_columns, filed_of
from library.replaying import held, reading_of
from library.schema import correction, decision, first_filing, report

Held = dict[str, tuple[Any, ...]]
"""By address: what a row of `correction` says besides."""


def problems(connection: Connection) -> Iterator[chain.Problem]:
    """Yield what is wrong with the log, else what is stored otherwise than it says."""
    found = list(chain.problems(connection))
    if found:
        yield from found
        return
    entries = chain.entries(connection)
    yield from _misfiled(connection, entries)
    yield from _departures(connection, entries)


def _misfiled(connection: Connection, entries: tuple[Decision, ...]) -> Iterator[chain.Problem]:
    """Yield the entries that cannot have been made so, then reports that are filed otherwise."""
    first = {row.report_id: filed_of(row) for row in connection.execute(sa.select(first_filing))}
    stored = {row.id: filed_of(row) for row in connection.execute(sa.select(*filed_columns()))}
    replayed = replay_filing(first, entries)
    told_of = {item.number: item.report_id or 0 for item in entries}
    last = {item.report_id: item.number for item in entries if item.action in FILING_ACTIONS}
    for number in replayed.misfits:
        what = _("归属、版本或回收状态")
        yield chain.problem(number, "misfiled", report=told_of[number], what=what)
    for report_id in sorted(replayed.filed.keys() | stored.keys()):
        wanted, found = replayed.filed.get(report_id), stored.get(report_id)
        if wanted != found:
            what = _("、").join(_differing(wanted, found))
            yield chain.problem(last.get(report_id, 0), "misfiled", report=report_id, what=what)


def _differing(wanted: Filed | None, found: Filed | None) -> list[str]:
    """Return what differs between where a report is to be filed and where it is."""
    if wanted is None or found is None:
        return [_("有无")]
    return [
        name for part, name in _parts().items() if getattr(wanted, part) != getattr(found, part)
    ]


def _parts() -> dict[str, str]:
    return {
        "agency": _("单位"),
        "year": _("年度"),
        "version": _("版本号"),
        "chosen": _("是否选定为准"),
        "recycled_at": _("移入回收站的时间"),
        "recycled_by": _("移入回收站的经办人"),
        "aside": _("是否让位于另一份"),
    }


def _departures(connection: Connection, entries: tuple[Decision, ...]) -> Iterator[chain.Problem]:
    log: dict[tuple[str | None, int | None], list[Decision]] = defaultdict(list)
    for item in entries:
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
