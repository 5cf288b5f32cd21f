"""By when a report has to be published, and what else is known of whoever reports.

《政府信息公开条例》第四十九条: departments by 31 January, governments by 31 March of the year after.
Of townships, 街道 and 管委会 it says nothing: they have a term only where a local rule gives one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from form.agencies.names import read_name
from form.agencies.words import Kind
from form.language import _


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term, in the year after that of the report.

    `source` is the local rule that sets it, "" for the regulation.
    """

    month: int
    day: int
    source: str = ""

    def last_day(self, year: int) -> date:
        """Return the last day for a report on `year`."""
        return date(year + 1, self.month, self.day)

    @property
    def month_day(self) -> str:
        """The last day as it is kept and typed: 02-20."""
        return f"{self.last_day(2022):%m-%d}"


@dataclass(frozen=True, slots=True)
class Whose:
    """What a library knows of whoever reports, besides the name that the report is filed under.

    `name` is what the agency was called in that report, where it is another name by now; `kind`
    what a person said that it is; `term` the local term for it.
    """

    name: str | None = None
    kind: Kind | None = None
    term: Term | None = None


TERMS: Final[Mapping[Kind, Term]] = {
    "department": Term(1, 31),
    # They are departments too, of a government further up.
    "vertical": Term(1, 31),
    "government": Term(3, 31),
}
"""The terms of the regulation."""


def kind_of(agency: str | None, whose: Whose | None = None) -> Kind | None:
    """Return what an agency is: what a person said, else what its name tells."""
    if whose is not None and whose.kind is not None:
        return whose.kind
    name = (whose.name if whose is not None else None) or agency
    return None if name is None else read_name(name).kind


def term_of(agency: str | None, whose: Whose | None = None) -> Term | None:
    """Return by when an agency has to publish; None where it has no term or its kind is unsure."""
    if whose is not None and whose.term is not None:
        return whose.term
    kind = kind_of(agency, whose)
    return None if kind is None else TERMS.get(kind)


def kind_names() -> dict[Kind, str]:
    """Return what people call each kind of agency."""
    return {
        "government": _("政府"),
        "department": _("部门"),
        "township": _("乡镇"),
        "subdistrict": _("街道"),
        "committee": _("管委会"),
        "vertical": _("垂直管理部门"),
    }
