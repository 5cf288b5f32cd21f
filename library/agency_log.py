"""What the log says of agencies, as a registry: computed anew wherever it is asked for.

There are few such entries, and an index finds them; nothing is kept that could differ from the log.
"""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.agencies.registry import Registry, registry_of
from form.decisions import AGENCY_ACTIONS, Decision
from form.report import Report
from library import chain
from library.queries import inline_hashes
from library.schema import decision


def agency_entries(connection: Connection) -> tuple[Decision, ...]:
    """Return the entries about agencies and what took them back, oldest first."""
    own = decision.c.action.in_(inline_hashes(AGENCY_ACTIONS))
    # Every other undo is of an entry about a report.
    undo = decision.c.action.in_(inline_hashes(["undo"]))
    return chain.selected(connection, own | sa.and_(undo, decision.c.report_id.is_(None)))


def load_registry(connection: Connection) -> Registry:
    """Return what people said of agencies."""
    return registry_of(agency_entries(connection))


def with_whose(connection: Connection, reading: Report) -> Report:
    """Return a report with all that is known of its agency besides its name."""
    if reading.agency is None:
        return reading
    named = None if reading.whose is None else reading.whose.name
    return replace(reading, whose=load_registry(connection).whose(reading.agency, named))
