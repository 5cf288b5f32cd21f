"""What a library keeps of score sheets (考评): the weights, and what was said of single points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from form.decisions import Decision
from form.language import _
from form.scoring import (
    ITEMS,
    PREFIX,
    WORDS,
    ItemKey,
    Ruling,
    Weight,
    Word,
    rulings_of,
    weight_from,
    weights_of,
)
from library import chain
from library.agency_log import load_registry
from library.errors import LibraryError
from library.queries import inline_hashes
from library.rows import signed, storable
from library.saving import bump
from library.schema import decision

if TYPE_CHECKING:
    from library.store import Library


class Scores:
    """The score sheets of a library (`Library.scores`). What is said is taken back by `Log.undo`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def weights(self) -> dict[ItemKey, Weight]:
        """Return what each item takes off."""
        with self._library.reading() as connection:
            return weights_of(_entries(connection, "setting"))

    def set_weight(self, item: ItemKey, value: str, source: str, who: str | None) -> Decision:
        """Set what an item takes off (`1/5`: one each, five in all), with the rule that says so.

        Raises LibraryError for what is no weight, and without a source.
        """
        if item not in ITEMS or weight_from(value, source) is None:
            raise LibraryError(_("分值写成“每处/最多”，如 1/5，都在 0 到 100 之间。"))
        if not source.strip():
            raise LibraryError(_("请写明分值的依据。"))
        entry = replace(_entry("setting", who, source), part=PREFIX + item, value=value)
        with self._library.writing() as connection:
            written = chain.append(connection, entry)
            bump(connection, [])
            return written

    def rulings(self, year: int) -> Mapping[tuple[str, str, str], Ruling]:
        """Return what was said of points of a year, by agency as it is called now, item, evidence."""
        with self._library.reading() as connection:
            registry = load_registry(connection)
            found = rulings_of(_entries(connection, "strike"), year)
        return {
            (registry.agency(told.agency), told.item, told.evidence): told
            for told in found.values()
        }

    def rule(
        self,
        agency: str,
        year: int,
        item: ItemKey,
        evidence: str,
        word: Word,
        reason: str,
        who: str | None,
    ) -> Decision:
        """Strike or uphold a point, for a reason, which must be given (LibraryError without one)."""
        if not reason.strip():
            raise LibraryError(_("请写明理由。"))
        if item not in ITEMS or word not in WORDS:
            raise LibraryError(_("没有这一项考评。"))
        with self._library.writing() as connection:
            own = load_registry(connection).agency(storable(agency.strip()))
            entry = replace(
                _entry("strike", who, reason),
                agency=own,
                year=year,
                part=item,
                finding=evidence or None,
                value=word,
            )
            written = chain.append(connection, entry)
            bump(connection, [own])
            return written


def _entries(connection: Connection, action: str) -> tuple[Decision, ...]:
    """Return the entries of one kind and every undo: what took them back is among these."""
    return chain.selected(connection, decision.c.action.in_(inline_hashes([action, "undo"])))


def _entry(action: str, who: str | None, reason: str) -> Decision:
    return Decision(
        number=0,
        action="strike" if action == "strike" else "setting",
        agency=None,
        year=None,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(reason.strip()),
    )
