"""What came in: agencies by years, each report a link, each gap a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from checks.standing import standing
from desk.desk import State
from desk.owing import Owing
from form.figures import grouped
from form.language import _
from form.roster import Roster
from outputs.wording import CORRECTED_SIGN, SUSPECT_SIGN
from pages.parts.markup import Markup, link, scrolling, tag
from pages.parts.report_choice import report_href

Standing = Literal["well", "bad", "settled", "doubt"]
WELL_SIGN = "✓"


@dataclass(frozen=True, slots=True)
class Received:
    """One report that counts: how many definite errors (slips) and other findings it has.

    `settled` are errors that the print still has, which corrections mended or a reason accounts for,
    `caused` what corrections broke.
    """

    report_id: int
    agency: str
    year: int
    errors: int
    others: int
    unknown: int
    settled: int = 0
    caused: int = 0

    @property
    def standing(self) -> Standing:
        """How it stands: errors outweigh doubts."""
        if self.errors or self.caused:
            return "bad"
        if self.settled:
            return "settled"
        return "doubt" if self.others or self.unknown else "well"


def received(state: State) -> list[Received]:
    """Return every report that counts, in the library's order."""
    return state.once(_received)


def _received(state: State) -> list[Received]:
    reports = state.counted
    columns = (reports[name].tolist() for name in ("agency", "year", "cells_unknown"))
    found = []
    for report_id, agency, year, unknown in zip(reports.index.tolist(), *columns, strict=True):
        own = standing(state.judged.get(report_id, ()))
        settled = own.mended + own.accepted
        found.append(
            Received(report_id, agency, year, own.errors, own.others, unknown, settled, own.caused)
        )
    return found


def worst_first(items: Sequence[Received]) -> list[Received]:
    """Return the reports about which something is left to do, the most errors first, newest before older."""
    left = [item for item in items if item.errors or item.caused or item.unknown or item.others]
    return sorted(
        left,
        key=lambda item: (-item.errors, -item.caused, -item.unknown, -item.others, -item.year),
    )


def agencies_of(items: Sequence[Received], roster: Roster, *, by_errors: bool) -> list[str]:
    """Return the agencies, or those with most errors first.

    Those on the roster stand in its order, whether they have a report or not, the others by name.
    """
    names = list(dict.fromkeys((*roster.members(), *(item.agency for item in items))))
    if not by_errors:
        return names
    errors = dict.fromkeys(names, 0)
    for item in items:
        errors[item.agency] += item.errors
    return sorted(names, key=lambda name: -errors[name])


def matrix_html(items: Sequence[Received], agencies: Sequence[str], owed: Owing) -> Markup:
    """Return the table of these agencies over all years between the first and the last report.

    A gap is 缺 where the roster says that a report was due and nothing came, 收 where something
    came of which there are no figures yet, else it is empty.
    """
    years = range(min(item.year for item in items), max(item.year for item in items) + 1)
    shown = set(agencies)
    at = {(item.agency, item.year): item for item in items if item.agency in shown}
    head = (tag("th", year, scope="col", classes="dd-middle") for year in years)
    rows = (
        tag(
            "tr",
            tag("th", name, scope="row", title=name),
            *(_cell(at.get((name, year)), name, year, owed) for year in years),
        )
        for name in agencies
    )
    table = tag(
        "table",
        tag("caption", _("各机构各年度报送情况")),
        tag("thead", tag("tr", tag("th", _("机构"), scope="col"), *head)),
        tag("tbody", *rows),
        classes="dd-matrix",
    )
    return scrolling(_("报送情况"), table)


def _cell(item: Received | None, agency: str, year: int, owed: Owing) -> Markup:
    if item is None and (agency, year) in owed.received:
        said = _("{agency} {year} 年度已收到，还没有数字").format(agency=agency, year=year)
        return tag("td", tag("span", _("收"), title=said), classes="dd-doubt")
    if item is None and not owed.is_due(agency, year):
        said = _("{agency} {year} 年度没有报告").format(agency=agency, year=year)
        return tag("td", tag("span", "", title=said), classes="dd-nothing")
    if item is None:
        said = _("{agency} {year} 年度未收到").format(agency=agency, year=year)
        return tag("td", tag("span", _("缺"), title=said), classes="dd-gap")
    sign, said = _sign(item)
    name = _("{agency} {year} 年度：{said}").format(agency=agency, year=year, said=said)
    return tag(
        "td",
        link(sign, report_href(agency, year), title=name, aria_label=name),
        classes=f"dd-{item.standing}",
    )


def _sign(item: Received) -> tuple[str, str]:
    """Return the sign of a report's standing and what it means."""
    if item.standing == "bad" and not item.errors:
        said = _("更正引起 {n} 处不平").format(n=grouped(item.caused))
        return f"{CORRECTED_SIGN} {grouped(item.caused)}", said
    if item.standing == "bad":
        return f"{SUSPECT_SIGN} {grouped(item.errors)}", _("{n} 处勾稽错误").format(
            n=grouped(item.errors)
        )
    if item.standing == "settled":
        text = _("更正后相符或已说明，印出的仍有 {n} 处错误")
        return f"{CORRECTED_SIGN} {grouped(item.settled)}", text.format(n=grouped(item.settled))
    if item.standing == "doubt":
        doubts = []
        if item.others:
            doubts.append(_("{n} 处提示").format(n=grouped(item.others)))
        if item.unknown:
            doubts.append(_("{n} 格读不准").format(n=grouped(item.unknown)))
        return _("疑"), _("，").join(doubts)
    return WELL_SIGN, _("没有发现问题")


def legend_html(owed: Owing) -> Markup:
    """Return the signs of the table and what they mean."""
    items = [
        (WELL_SIGN, _("没有发现问题")),
        (f"{SUSPECT_SIGN} 2", _("2 处勾稽错误")),
        (f"{CORRECTED_SIGN} 1", _("更正后相符或已说明，印出的仍有错误")),
        (_("疑"), _("有提示或读不准的格")),
        *([(_("收"), _("已收到，还没有数字"))] if owed.received else []),
        *([(_("缺"), _("名册应报，未收到"))] if owed else []),
    ]
    return tag(
        "div",
        *(tag("span", tag("span", sign, classes="dd-key"), said) for sign, said in items),
        classes="dd-legend",
    )
