"""All findings as a list: boxes to narrow it, a line a finding, a line an agency."""

from __future__ import annotations

from functools import partial

import pandas as pd

from checks.standing import Standing, standing_of
from checks.states import SETTLED
from checks.wording import headline
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.figures import grouped, grouped_or_nothing
from form.language import _
from pages.checking.slip_counts import by_agency, by_rule, rules_in, slip_keys
from pages.parts.chart_frame import Download
from pages.parts.grid import Column, Row, grid_html
from pages.parts.heading import chip
from pages.parts.links import href
from pages.parts.markup import Markup, link, tag
from pages.parts.report_choice import report_href
from pages.report.finding_actions import STATE_TONES
from pages.report.finding_body import TONES, equation_html

# `found` is everywhere a frame of `checks.frame.findings_frame`, or some lines of it.


def findings_sentence(
    found: pd.DataFrame, counted: int, of_any_state: pd.DataFrame, everything: pd.DataFrame
) -> str:
    """Return how many slips there are, in how many of so many reports, and what is settled.

    `found` are the lines that are listed, `of_any_state` those that would be whatever was said of
    them, `everything` those of the whole library: of a part nothing is said to be faultless.
    """
    stands, settled = _standing(found), _standing(of_any_state)
    if stands.errors:
        text = _errors(found, counted, stands)
    elif _standing(everything).is_faultless:
        text = _("{all} 份报告里没有确定的勾稽错误").format(all=grouped(counted))
    else:
        text = _("列出的问题里没有待处理的勾稽错误")
    more = [
        (settled.mended, _("印出的另有 {n} 处错误，更正后相符")),
        (settled.accepted, _("另有 {n} 处勾稽错误已说明原因")),
        (stands.caused, _("更正引起 {n} 处不平")),
        (stands.others, _("另有 {n} 处提示")),
    ]
    said = (words.format(n=grouped(count)) for count, words in more if count)
    return _("；").join((text, *said))


def _errors(found: pd.DataFrame, counted: int, stands: Standing) -> str:
    wrong = (found["severity"] == "error") & found["is_printed"] & ~found["state"].isin(SETTLED)
    text = _("{all} 份报告里，{reports} 份有 {n} 处勾稽错误").format(
        all=grouped(counted),
        reports=grouped(found.loc[wrong, "report_id"].nunique()),
        n=grouped(stands.errors),
    )
    if stands.errors == stands.places:
        return text
    # A carry stands on the reports of two years, and one cell may break several sums.
    return _("{text}，牵连 {n} 条关系").format(text=text, n=grouped(stands.places))


def _standing(found: pd.DataFrame) -> Standing:
    """Return how the reports stand of which these lines are."""
    errors = found["severity"] == "error"
    return standing_of(slip_keys(found), errors, found["is_printed"], found["state"])


def findings_grid(found: pd.DataFrame) -> Markup:
    """Return a line a finding, each a link to its place in its report."""
    columns = (
        Column(_("机构")),
        Column(_("年度"), "middle"),
        Column(_("程度"), "middle"),
        Column(_("处理"), "middle"),
        Column(_("问题")),
        Column(_("位置")),
        Column(_("等式")),
        Column(_("说明")),
    )
    return grid_html(_("勾稽问题"), columns, (_row(row) for row in found.to_dict("records")))


def _row(row: Row) -> tuple[object, ...]:
    address = report_href(
        str(row["agency"]), int(str(row["year"])), finding=int(str(row["number"]))
    )
    severity = str(row["severity"])
    return (
        link(row["agency"], address),
        row["year"],
        chip(str(row["severity_name"]), TONES[severity]),
        _state(row),
        row["rule_name"],
        row["place"],
        equation_html(str(row["equation"])),
        tag("span", _sentence(row), classes="dd-quiet"),
    )


def _state(row: Row) -> Markup:
    state = str(row["state"])
    tone = STATE_TONES.get(state)
    return chip(str(row["state_name"]), tone) if tone else tag("span", row["state_name"])


def _sentence(row: Row) -> str:
    opening = headline(str(row["rule"]), str(row["place"]))
    return str(row["message"]).removeprefix(opening).lstrip("：")


def agencies_by_kind(found: pd.DataFrame) -> Markup:
    """Return agencies by slips of each kind, those with most first; each agency a link to its own."""
    names, counts = rules_in(found), by_rule(found)
    totals = by_agency(found).sort_values(ascending=False, kind="stable")
    columns = (
        Column(_("机构")),
        *(Column(name, "number") for name in names),
        Column(_("合计"), "number"),
    )
    rows = (
        (
            link(agency, href("findings", {"find": agency})),
            *(grouped_or_nothing(counts.loc[agency, name]) for name in names),
            grouped(totals[agency]),
        )
        for agency in map(str, totals.index)
    )
    return grid_html(_("各机构的问题"), columns, rows)


def findings_file(found: pd.DataFrame) -> Download:
    """Return the same lines for a file."""
    years = tuple(sorted(map(int, found["year"].unique())))
    return Download(_("勾稽问题"), years, partial(_lines, found))


def _lines(found: pd.DataFrame) -> pd.DataFrame:
    titles = {key: table(key, EDITION_KEYS[-1]).title for key in TABLE_KEYS}
    return pd.DataFrame(
        {
            _("机构"): found["agency"],
            _("年度"): found["year"],
            _("表"): found["table"].map(titles),
            _("程度"): found["severity_name"],
            _("问题"): found["rule_name"],
            _("位置"): found["place"],
            _("等式"): found["equation"],
            _("处理"): found["state_name"],
            _("说明"): found["message"],
        }
    )
