"""What is noted of a season: when a report came in and how, when and where it was published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import LETTER_ACTIONS, SEASON_ACTIONS, Action, Decision
from form.language import _
from form.receipts import HOWS, How
from form.today import today
from library import chain
from library.agency_log import load_registry
from library.errors import LibraryError
from library.queries import inline_hashes
from library.rows import signed, storable
from library.saving import bump
from library.schema import decision

if TYPE_CHECKING:
    from library.store import Library

_ABOUT_LETTERS: Final[tuple[Action, ...]] = ("ask", "answer", *LETTER_ACTIONS)
"""Letters, and what was noted of them before they were kept."""


class Season:
    """What a library notes of its seasons (`Library.season`); each call is one transaction.

    Nothing needs a file: paper that came in is noted too. `Log.undo` takes any of it back.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def receive(
        self,
        agencies: Collection[str],
        year: int,
        on: date,
        how: How,
        who: str | None,
        note: str = "",
    ) -> tuple[Decision, ...]:
        """Note that reports of agencies on a year came in on a day, in some way."""
        if how not in HOWS:
            raise LibraryError(_("没有这种收到方式：{how}").format(how=how))
        return self._note("receive", agencies, year, on, who, note, part=how)

    def publish(
        self, agency: str, year: int, on: date, address: str, who: str | None, note: str = ""
    ) -> Decision:
        """Note that an agency's report on a year was published on a day, and at which address.

        The address is kept and shown; nobody looks there.
        """
        text = storable(address.strip())
        if not text:
            raise LibraryError(_("请写明公布的网址。"))
        return self._note("publish", [agency], year, on, who, note, value=text)[0]

    def entries(self, year: int | None = None) -> tuple[Decision, ...]:
        """Return receipts, publications and letters of a year, or all, with every undo of one."""
        wanted = inline_hashes([*SEASON_ACTIONS, *_ABOUT_LETTERS, "undo"])
        with self._library.reading() as connection:
            # An undo has the year of what it takes back.
            of_year = decision.c.year.is_not(None) if year is None else decision.c.year == year
            return chain.selected(connection, sa.and_(of_year, decision.c.action.in_(wanted)))

    def _note(
        self,
        action: Action,
        agencies: Collection[str],
        year: int,
        on: date,
        who: str | None,
        note: str,
        *,
        part: str | None = None,
        value: str | None = None,
    ) -> tuple[Decision, ...]:
        if on > today():
            raise LibraryError(_("日期不能晚于今天。"))
        if on.year <= year - 1:
            sentence = _("{year} 年度的年报不会在 {day} 收到或公布。")
            raise LibraryError(sentence.format(year=year, day=on.isoformat()))
        now = datetime.now(UTC)
        with self._library.writing() as connection:
            names = _own_names(connection, agencies)
            entries = (
                Decision(
                    number=0,
                    action=action,
                    agency=name,
                    year=year,
                    at=now,
                    who=signed(who),
                    reason=storable(note.strip()),
                    on=on,
                    part=part,
                    value=value,
                )
                for name in names
            )
            written = chain.append_all(connection, entries)
            bump(connection, names)
            return written


def _own_names(connection: Connection, agencies: Collection[str]) -> list[str]:
    registry = load_registry(connection)
    names = [registry.agency(storable(name.strip())) for name in agencies if name.strip()]
    if not names:
        raise LibraryError(_("请选择机关。"))
    return list(dict.fromkeys(names))
