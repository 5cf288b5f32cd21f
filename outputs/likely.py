"""How repairs are said: what cells would have to say, what speaks for it, which are tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from checks.explanations import Change, Confirmation, Group, Suspects
from checks.findings import Finding
from checks.repairs import NONE, Way, certain, is_only, ways
from form.figures import grouped, quoted
from form.language import _
from form.names import SEPARATOR, cell_name_in
from form.report import Report

MOST_WAYS: Final = 3
"""Ways that are told one by one; of more than these none is likelier than the rest."""
MOST_CELLS: Final = 4
"""Cells of a way that a sentence names."""

__all__ = ["MOST_WAYS", "NONE", "Way", "certain", "is_only", "ways"]


def told_ways(finding: Finding, suspects: Suspects) -> tuple[Way, ...]:
    """Return the ways whose cells are worth marking: the best, none where there are too many."""
    found = [way for way in ways(finding, suspects) if way.rank == 1]
    return tuple(found) if len(found) <= MOST_WAYS else ()


def repair_of(finding: Finding | None, suspects: Suspects, address: str) -> Change | None:
    """Return the change of one cell that the only likely way asks for."""
    if finding is None:
        return None
    way = certain(finding, ways(finding, suspects), suspects)
    changes = () if way is None else way.changes
    return next((change for change in changes if change.address == address), None)


def way_sentence(report: Report, way: Way) -> str:
    """Return what the cells would have to say: 一、本年新收… · 自然人 应为 75，科研机构 应为 2."""
    parts, row = [], ""
    for change in way.changes[:MOST_CELLS]:
        name = cell_name_in(report, change.address)
        here = change.address.rpartition(".")[0]
        parts.append(
            _("{cell} 应为 {value}").format(
                cell=name.rpartition(SEPARATOR)[2] if here == row else name,
                value=_figure(change),
            )
        )
        row = here
    left_out = len(way.changes) - len(parts)
    if left_out:
        parts.append(_("另改 {n} 格").format(n=grouped(left_out)))
    return _("，").join(parts)


def way_reasons(way: Way, *, only: bool) -> tuple[str, ...]:
    """Return what speaks for a way in few words: what confirms it, that no other is as small."""
    reasons = [_confirmations()[item] for item in way.confirmed]
    if only:
        reasons.append(_("照印出的数，改格最少的只有这一种"))
    return tuple(reasons)


def repair_text(changes: Sequence[Change]) -> str:
    """Return changes as figures: 77 → 75，3 → 2."""
    return _("，").join(change_text(change) for change in changes[:MOST_CELLS])


def change_text(change: Change) -> str:
    """Return one change as figures: 77 → 75."""
    return f"{quoted(change.before)} → {_figure(change)}"


def _figure(change: Change) -> str:
    if change.between is None:
        return quoted(change.after)
    low, high = change.between
    if high is None:
        return _("不少于 {low}").format(low=quoted(low))
    return _("{low} 至 {high}").format(low=quoted(low), high=quoted(high))


def by_group(found: Sequence[Way]) -> tuple[tuple[str, tuple[Way, ...]], ...]:
    """Return ways in the order of their ranks, those of one rank and reason under one heading.

    No heading stands twice: where the same reason comes again at a later rank, it says so.
    """
    names = group_names()
    reasons = list(names)
    order = sorted(found, key=lambda way: (way.rank, not way.confirmed, reasons.index(way.group)))
    groups: list[tuple[str, tuple[Way, ...]]] = []
    for (_rank, heading), members in groupby(
        order,
        key=lambda way: (
            way.rank,
            _("有正文或相邻年度印证") if way.confirmed else names[way.group],
        ),
    ):
        while heading in {said for said, _members in groups}:
            heading = _("其次：{heading}").format(heading=heading)
        groups.append((heading, tuple(members)))
    return tuple(groups)


def group_names() -> Mapping[Group, str]:
    """Return why ways stand where they do, the likeliest reason first."""
    return {
        "cause": _("一个原因就能说明"),
        "empty": _("现填 0 或未填，可能漏填"),
        "empty_rarely": _("现填 0 或未填，但这些行平时少有数"),
        "filled": _("已填数，可能填错；不分先后，按表中次序"),
    }


def _confirmations() -> dict[Confirmation, str]:
    return {
        "prose": _("正文所述与此一致"),
        "previous_year": _("与上一年度报告一致"),
        "next_year": _("与下一年度报告一致"),
    }
