"""An agency as JSON and in a line, for the command line and lists."""

from __future__ import annotations

from collections.abc import Iterable

from form.agencies.divisions import Level
from form.agencies.proposals import Proposal, of_agency
from form.agencies.registry import Agency, Named
from form.agencies.terms import kind_names
from form.language import _
from form.names import SEPARATOR
from form.report import Json


def agency_to_json(agency: Agency, proposals: Iterable[Proposal] = ()) -> Json:
    """Return an agency as `cli.py agencies --json` gives it.

    A name goes from the first year that it reports on to the last, None where it has no report; the
    present one has no end. `region` is a full name, `statistical_code` its code in the
    统计用区划代码; both None where it is unsure or the table has no such place. `unsure` names what
    a person has yet to say.
    """
    region = agency.region
    return {
        "agency": agency.agency,
        "names": [
            {
                "name": item.name,
                "from": min(item.years, default=None),
                "to": None if item.name == agency.agency else max(item.years, default=None),
            }
            for item in agency.names
        ],
        "aliases": [item.name for item in agency.aliases],
        "kind": agency.kind,
        "level": agency.level,
        "region": region and region.full_name,
        "statistical_code": region and region.statistical_code,
        "parent": agency.parent,
        "predecessors": list(agency.predecessors),
        "successors": list(agency.successors),
        "unsure": list(agency.unsure),
        "proposals": [
            {"agency": other_of(item, agency.agency), "why": item.why}
            for item in of_agency(proposals, agency.agency)
        ],
    }


def other_of(proposal: Proposal, agency: str) -> str:
    """Return whom a proposal says that an agency may be."""
    return proposal.other if proposal.agency == agency else proposal.agency


def agency_line(agency: Agency) -> str:
    """Return an agency in one line: its name, what it is, where, and what it was called."""
    kind = kind_names()[agency.kind] if agency.kind else _("类别不明")
    level = level_names()[agency.level] if agency.level else ""
    where = agency.region.full_name if agency.region else region_words(agency)
    before = [span_words(item) for item in agency.names[:-1]]
    former = _("曾用名 {names}").format(names=_("、").join(before)) if before else ""
    others = [item.name for item in agency.aliases]
    also = _("又作 {names}").format(names=_("、").join(others)) if others else ""
    return SEPARATOR.join(filter(None, (agency.agency, kind, level, where, former, also)))


def region_words(agency: Agency) -> str:
    """Return where an agency is, or between which places a person has to choose; "" for nowhere."""
    if agency.level == "national":
        return ""
    if not agency.regions:
        return _("地区不明")
    return _("或").join(item.full_name for item in agency.regions)


def span_words(name: Named) -> str:
    """Return a name with the years of its reports."""
    if not name.years:
        return name.name
    first, last = name.years[0], name.years[-1]
    years = f"{first}" if first == last else f"{first}–{last}"
    return _("{name}（{years} 年度）").format(name=name.name, years=years)


def level_names() -> dict[Level, str]:
    """Return what people call each level."""
    return {
        "national": _("国家级"),
        "province": _("省级"),
        "prefecture": _("地级"),
        "county": _("县级"),
        "township": _("乡级"),
    }
