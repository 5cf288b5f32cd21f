"""Stamped scans: files that no program could read, and whose they are by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.desk import State
from desk.files import scan_messages
from form.today import local
from form.values import folded
from library import jobs
from library.store import Library

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?=年)")


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that no program could read: `item` names it (`library.jobs.bytes_of`), `on` its day.

    `agency` and `year` are whose it is by its name; None where that does not tell.
    """

    item: int
    name: str
    on: date
    agency: str | None = None
    year: int | None = None


def scans_of(library: Library, state: State) -> tuple[Scan, ...]:
    """Return the scans of imports that nobody has begun to type in, newest first."""
    names = _names(state)
    return tuple(
        Scan(item.id, item.name, local(at).date(), owner(item.name, names), year_in(item.name))
        for item, at in jobs.failed_with(library, scan_messages())
    )


def owner(file_name: str, names: Mapping[str, str]) -> str | None:
    """Return whose file it is by its name: the longest of these names that stands in it.

    `names` are all names of organs, each with what its organ is called now. None where none does,
    or where two organs' stand apart from each other.
    """
    text = folded(file_name)
    found = [name for name in names if folded(name) in text]
    # 甲市教育局 stands within 甲市教育局考试中心.
    longest = [
        name for name in found if not any(name != other and name in other for other in found)
    ]
    owners = {names[name] for name in longest}
    return owners.pop() if len(owners) == 1 else None


def year_in(file_name: str) -> int | None:
    """Return the year that a file's name says, None where it says none or several."""
    years = {int(year) for year in _YEAR.findall(folded(file_name))}
    return years.pop() if len(years) == 1 else None


def _names(state: State) -> dict[str, str]:
    names = {row.agency: row.agency for row in state.roster.rows}
    for name in state.registry.links:
        agency = state.registry.agency(name)
        if state.roster.row(agency) is not None:
            names[name] = agency
    return names
