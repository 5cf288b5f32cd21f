"""That a report came in, and that it was published, as somebody noted it: entries of the log.

`receive`: a report of `agency` on `year` came in on a day (`on`), in some way (`part`), be there a
file of it or not; `publish`: it was published on a day (`on`) at an address (`value`). The reason is
whatever else there is to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from form.decisions import Decision, active
from form.language import _

How = Literal["mail", "paper", "system", "message", "other"]
"""How a report comes in."""
HOWS: Final[tuple[How, ...]] = get_args(How)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report that came in on a day; `number` is the entry of the log."""

    on: date
    how: How
    note: str
    number: int


@dataclass(frozen=True, slots=True)
class Publication:
    """A report that was published on a day, and where; `number` is the entry of the log."""

    on: date
    address: str
    note: str
    number: int


def receipts_of(entries: Iterable[Decision]) -> tuple[Receipt, ...]:
    """Return the receipts that hold among entries about one agency's year, by day."""
    known = [item for item in entries if item.action in ("receive", "undo")]
    found = (
        Receipt(item.on, item.part, item.reason, item.number)
        for item in (active(known) if known else ())
        if item.action == "receive" and item.on is not None and item.part in HOWS
    )
    return tuple(sorted(found, key=lambda item: (item.on, item.number)))


def publication_of(entries: Iterable[Decision]) -> Publication | None:
    """Return the last word on where a report was published, None where nobody said."""
    known = [item for item in entries if item.action in ("publish", "undo")]
    found = [
        Publication(item.on, item.value or "", item.reason, item.number)
        for item in (active(known) if known else ())
        if item.action == "publish" and item.on is not None
    ]
    return found[-1] if found else None


def how_names() -> dict[How, str]:
    """Return what people call each way in which a report comes in."""
    return {
        "mail": _("邮件"),
        "paper": _("纸质"),
        "system": _("系统报送"),
        "message": _("即时通信"),
        "other": _("其他"),
    }
