"""Agencies by rules over the whole library: how many slips, and what became of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache

import pandas as pd

from checks.catalogue import kinds
from checks.states import State, state_names
from form.figures import grouped
from form.language import _
from pages.checking.slip_counts import by_agency
from pages.parts.chart_frame import Download
from pages.parts.links import href
from pages.parts.markup import Markup, link, scrolling, tag

STATE_ORDER: tuple[State, ...] = (
    "open",
    "reopened",
    "asked",
    "answered",
    "accepted",
    "corrected",
    "caused",
)
_TONES: Mapping[State, str] = {
    "asked": "dd-amber",
    "answered": "dd-amber",
    "accepted": "dd-green",
    "corrected": "dd-amber",
    "caused": "dd-amber",
}

# `found` is everywhere a frame of `pages.parts.cases.cases_table`, or some lines of it.


@cache
def signs() -> Mapping[State, str]:
    """Return the one letter that stands for each state in the matrix."""
    return {
        "open": _("待"),
        "reopened": _("复"),
        "asked": _("函"),
        "answered": _("答"),
        "accepted": _("认"),
        "corrected": _("正"),
        "caused": _("引"),
    }


def ordered(found: pd.DataFrame, table: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """Return the agencies with most slips of one rule first, or of all where `by` is None."""
    numbers = by_agency(found) if by is None else table[by]
    return table.loc[numbers.sort_values(ascending=False, kind="stable").index]


def matrix_html(found: pd.DataFrame, table: pd.DataFrame, year: int | None) -> Markup:
    """Return the lines of `table`, each cell a link to its findings."""
    states = found.groupby(["agency", "rule_name", "state"])["slip"].nunique().to_dict()
    totals = by_agency(found)
    head = (tag("th", name, scope="col", classes="dd-middle") for name in table.columns)
    rows = (
        tag(
            "tr",
            tag("th", link(agency, _to(str(agency), None, year)), scope="row", title=agency),
            *(_cell(states, str(agency), str(name), year) for name in table.columns),
            tag("td", grouped(totals[agency]), classes="dd-number dd-sum"),
        )
        for agency in table.index
    )
    caption = _("各机构各规则的问题")
    whole = tag(
        "table",
        tag("caption", caption),
        tag(
            "thead",
            tag(
                "tr",
                tag("th", _("机构"), scope="col"),
                *head,
                tag("th", _("合计"), scope="col", classes="dd-middle"),
            ),
        ),
        tag("tbody", *rows),
        classes="dd-matrix dd-rules",
    )
    return scrolling(caption, whole)


def _to(agency: str, rule: str | None, year: int | None) -> str:
    return href("findings", {"find": agency, "kind": rule, "year": year, "state": _("全部")})


def _cell(states: Mapping[Hashable, int], agency: str, rule: str, year: int | None) -> Markup:
    counts: dict[State, int] = {
        state: states.get((agency, rule, state), 0) for state in STATE_ORDER
    }
    there = {state: count for state, count in counts.items() if count}
    if not there:
        return tag("td", classes="dd-gap")
    names = state_names()
    said = _("，").join(f"{names[state]} {grouped(count)}" for state, count in there.items())
    label = _("{agency}，{rule}：{said}").format(agency=agency, rule=rule, said=said)
    parts = (
        tag("span", signs()[state], " ", grouped(count), classes=f"dd-state {_tone(state, rule)}")
        for state, count in there.items()
    )
    return tag(
        "td", link(tag("span", *parts), _to(agency, rule, year), title=label, aria_label=label)
    )


def _tone(state: State, rule: str) -> str:
    """Return the colour of a number: red for definite errors about which nothing was done."""
    severity = next(kind.severity for kind in kinds().values() if kind.name == rule)
    return _TONES.get(state, "dd-red" if severity == "error" else "")


def legend_html() -> Markup:
    """Return the letters of the matrix and what they mean, and what its numbers count."""
    names = state_names()
    return tag(
        "div",
        *(
            tag("span", tag("span", signs()[state], classes="dd-key"), names[state])
            for state in STATE_ORDER
        ),
        tag("span", _("数字是处数：一处错不论牵连几条关系，合计里只算一处")),
        classes="dd-legend",
    )


def matrix_file(found: pd.DataFrame) -> Download:
    """Return the same for a file: a line an agency, rule and state."""
    years = tuple(sorted(map(int, found["year"].unique())))
    return Download(_("机构与规则"), years, lambda: _lines(found))


def _lines(found: pd.DataFrame) -> pd.DataFrame:
    keys = {"agency": _("机构"), "year": _("年度"), "rule_name": _("规则"), "state_name": _("处理")}
    counts = found.groupby(list(keys), sort=False)["slip"].nunique().reset_index(name=_("处数"))
    return counts.rename(columns=keys)
