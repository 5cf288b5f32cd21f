"""What a library keeps of roll-ups (汇总表): who is left out, and what was sent upwards.

All of it are entries of the log (`form.submitted`); the workbook that was sent is a file of the
library without reports.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from form.agencies.registry import Registry
from form.decisions import Action, Decision
from form.language import _
from form.submitted import (
    EXCLUDE,
    SUBMIT,
    Excluded,
    Submission,
    excluded_of,
    submissions_of,
)
from library import chain
from library.agency_log import load_registry
from library.errors import LibraryError
from library.queries import inline_hashes, insert_new
from library.rows import signed, storable
from library.saving import bump
from library.schema import decision, file

if TYPE_CHECKING:
    from library.store import Library


class Rollups:
    """The roll-ups of a library (`Library.rollups`). What is said is taken back by `Log.undo`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def excluded(self, year: int) -> tuple[Excluded, ...]:
        """Return who is left out of a year's roll-up, by the names that they go by now."""
        with self._library.reading() as connection:
            registry = load_registry(connection)
            found = excluded_of(_entries(connection, EXCLUDE), year)
        return tuple(replace(item, agency=registry.agency(item.agency)) for item in found)

    def exclude(self, agency: str, year: int, reason: str, who: str | None) -> Decision:
        """Leave an organ out of a year's roll-up, for a reason, which must be given.

        Raises LibraryError without one, and where the organ is left out already.
        """
        if not reason.strip():
            raise LibraryError(_("请写明排除的理由。"))
        with self._library.writing() as connection:
            own = load_registry(connection).agency(_given(agency))
            left = excluded_of(_entries(connection, EXCLUDE), year)
            if any(load_registry(connection).agency(item.agency) == own for item in left):
                raise LibraryError(_("{agency}已经排除在外。").format(agency=own))
            written = chain.append(connection, _entry("exclude", own, year, who, reason))
            bump(connection, [own])
            return written

    def submissions(self, year: int | None = None) -> tuple[Submission, ...]:
        """Return what was sent upwards and not taken back, oldest first, by the names of now."""
        with self._library.reading() as connection:
            registry = load_registry(connection)
            found = submissions_of(_entries(connection, SUBMIT))
        return tuple(_as_called_now(item, registry) for item in found if year in (None, item.year))

    def submit(
        self, sent: Submission, workbook: bytes, on: date, who: str | None, reason: str = ""
    ) -> Decision:
        """Keep a roll-up that was sent upwards on a day, with its workbook.

        The hash is taken from the workbook. Raises LibraryError without a government to name.
        """
        parent = _given(sent.parent)
        with self._library.keeping() as (connection, held):
            sha, name = held.add(workbook), storable(sent.name)
            # A file of the library like any other, so that whatever keeps these keeps it too.
            told = {"sha256": sha, "name": name, "kind": SUBMIT, "size": len(workbook)}
            insert_new(connection, file, **told, stored_at=datetime.now(UTC))
            value = replace(sent, sha256=sha, name=name).value
            entry = _entry("submit", parent, sent.year, who, reason)
            written = chain.append(connection, replace(entry, value=storable(value), on=on))
            bump(connection, [parent])
            return written

    def workbook(self, sent: Submission) -> bytes:
        """Return the workbook as it was sent; raises LibraryError if it is lost or altered."""
        return self._library.originals.get(sent.sha256)


def _as_called_now(sent: Submission, registry: Registry) -> Submission:
    """Return a roll-up with its government and its organs by the names that they go by now."""
    editions = {
        key: replace(
            sums, versions={registry.agency(name): at for name, at in sums.versions.items()}
        )
        for key, sums in sent.editions.items()
    }
    return replace(sent, parent=registry.agency(sent.parent), editions=editions)


def _entries(connection: Connection, action: str) -> tuple[Decision, ...]:
    """Return the entries of one kind and every undo: what took them back is among these."""
    asked = decision.c.action.in_(inline_hashes([action, "undo"]))
    return chain.selected(connection, asked)


def _given(name: str) -> str:
    text = storable(name.strip())
    if not text:
        raise LibraryError(_("请填写单位名称。"))
    return text


def _entry(action: Action, agency: str, year: int, who: str | None, reason: str) -> Decision:
    return Decision(
        number=0,
        action=action,
        agency=agency,
        year=year,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(reason.strip()),
    )
