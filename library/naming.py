"""Whose report it is: what a new name changes besides the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.decisions import LETTER_ACTIONS, Action, Decision, active
from form.language import _
from library import chain
from library.derived import forget_derived
from library.replaying import hold_what_was_decided, refresh
from library.rows import signed, storable
from library.saving import bump, identity
from library.schema import report

_CARRIED: Final[Sequence[Action]] = ("correct", "accept", "ask", "answer", *LETTER_ACTIONS)
"""What is said of a report's content, and so goes where the report goes."""


def rename(
    connection: Connection,
    report_id: int,
    agency: str,
    year: int,
    who: str | None,
    reason: str = "",
) -> bool:
    """Give a report its agency and year, as their newest version; False if there is no such report.

    `agency` may be any name of it: the report is filed under the one that it goes by now.

    What was decided about this very report goes with it: it is taken back under the old name and
    said again under the new one. A report that is still typed in stays without a version.
    """
    columns = (report.c.agency, report.c.year, report.c.version, report.c.typing_since)
    query = sa.select(*columns).where(report.c.id == report_id)
    was = connection.execute(query).first()
    if was is None:
        return False
    values = identity(connection, agency, year)
    if was.typing_since is not None:
        values["version"] = None
    change = sa.update(report).where(report.c.id == report_id)
    connection.execute(change.values(**values, chosen=False, aside=None))
    _say(connection, report_id, was, values, who, reason)
    if was.version is not None and (was.agency, was.year) != (values["agency"], year):
        about = chain.entries(connection, was.agency, was.year)
        for item in active(about):
            if item.report_id == report_id and item.action in _CARRIED:
                _carry(connection, item, values["agency"], year, who)
    hold_what_was_decided(connection, report_id)
    forget_derived(connection, report_id)
    bump(connection, [was.agency, values["agency"]])
    return True


def _say(
    connection: Connection,
    report_id: int,
    was: Row[*tuple[Any, ...]],
    new: Mapping[str, Any],
    who: str | None,
    reason: str,
) -> None:
    """Write down that a report was filed under another name, or came out of the queue."""
    chain.append(
        connection,
        Decision(
            number=0,
            action="identify",
            agency=new["agency"],
            year=new["year"],
            at=datetime.now(UTC),
            who=signed(who),
            reason=storable(reason),
            report_id=report_id,
            version=new["version"],
            from_agency=was.agency,
            from_year=was.year,
        ),
    )


def _carry(connection: Connection, item: Decision, agency: str, year: int, who: str | None) -> None:
    reason = _("年报改归{agency} {year} 年").format(agency=agency, year=year)
    chain.append(connection, chain.undoing(item, who, reason))
    now = datetime.now(UTC)
    again = replace(item, agency=agency, year=year, who=signed(who), at=now, carries=item.number)
    chain.append(connection, again)
    if item.address is not None:
        for name, of_year in (item.agency_year, (agency, year)):
            refresh(connection, name, of_year, item.address)
