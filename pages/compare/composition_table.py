"""What something is made of, agency by agency, as a table, a sentence and lines of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pandas as pd

from form.figures import SHARE, grouped, share_of, state_words
from form.language import _
from measures.shares import Foremost, together
from measures.values import WITHOUT_REPORT
from outputs.wording import SUSPECT_SIGN
from pages.parts.chart_frame import Download, left_to_table
from pages.parts.grid import Column, Row, grid_html, is_absent
from pages.parts.markup import Markup, joined, link, tag
from pages.parts.report_choice import report_href

MOST_PARTS = 3

# `found` is everywhere a frame of `measures.shares`: a line an agency and part.


def parts_grid(found: pd.DataFrame, caption: str) -> Markup:
    """Return a line an agency, a column a part: the number, and its share of the whole."""
    labels = list(dict.fromkeys(found["label"]))
    columns = [
        Column(_("机构")),
        *(Column(str(label), "number") for label in labels),
        Column(_("合计"), "number"),
    ]
    return grid_html(caption, columns, _rows(found))


def parts_grids(kinds: Mapping[str, pd.DataFrame]) -> Markup:
    """Return such a table for each of several compositions, by their captions."""
    return joined(parts_grid(found, caption) for caption, found in kinds.items())


def _rows(found: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for name, own in found.groupby("agency", sort=False):
        lines = own.to_dict("records")
        first = lines[0]
        missing = first["state"] in WITHOUT_REPORT
        head: object = name
        if not missing:
            head = link(name, report_href(str(name), int(first["year"])))
        whole = "" if is_absent(first["whole"]) else grouped(first["whole"])
        yield (head, *(_part(line) for line in lines), whole)


def _part(line: Row) -> Markup:
    if line["state"] != "number":
        return tag("span", state_words()[str(line["state"])], classes="dd-nothing")
    mark = joined((tag("span", SUSPECT_SIGN, classes="dd-red"), " ")) if line["suspect"] else ""
    share = ""
    if not is_absent(line["share"]) and line["value"]:
        exact = share_of(line["value"], line["whole"])
        share = tag("span", " ", SHARE.text(line["share"]), classes="dd-nothing", title=exact)
    return tag("span", mark, grouped(line["value"]), share)


def parts_file(found: pd.DataFrame, scope: str, year: int) -> Download:
    """Return a line an agency and part for a file."""
    return Download(scope, (year,), partial(_lines, found))


def _lines(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("机构"): found["agency"],
            _("年度"): found["year"],
            _("结果"): found["label"],
            _("件数"): found["value"],
            _("占比"): found["share"],
            _("说明"): [
                _("有未决勾稽错误") if suspect else state_words()[state]
                for state, suspect in zip(found["state"], found["suspect"], strict=True)
            ],
        }
    )


def parts_left_out(shown: Foremost, none: str) -> str:
    """Return which agencies a chart of compositions leaves out; `none` says what they have none of."""
    others = {_("件数排在其后"): shown.beyond, **without_cases(shown, none)}
    return left_to_table(_("按件数从多到少"), len(shown.agencies), others)


def without_cases(shown: Foremost, none: str) -> dict[str, int]:
    """Return why agencies have no bar, and how many they are."""
    names = {**state_words(), "no_cases": none}
    return {names[state]: n for state, n in shown.without.items()}


def outcome_sentence(found: pd.DataFrame, year: int) -> str:
    """Return how all applications together ended: the largest parts first."""
    sums = together(found)
    if not sums.agencies:
        return _("{year} 年，所选机构没有可用的办理结果").format(year=year)
    parts = [
        _("{label} {n} 件").format(label=label, n=grouped(cases))
        for _key, label, cases in sums.parts[:MOST_PARTS]
        if cases
    ]
    text = _("{year} 年，{n} 家机构共办结 {cases} 件，其中{parts}")
    return text.format(
        year=year,
        n=grouped(sums.agencies),
        cases=grouped(sums.cases),
        parts=_("、").join(parts),
    )


def dispute_sentence(review: pd.DataFrame, litigation: pd.DataFrame, year: int) -> str:
    """Return how many reviews and lawsuits there were, and how many ended in correction."""
    said_parts = [
        _said_disputes(_("行政复议"), review),
        _said_disputes(_("行政诉讼"), litigation),
    ]
    return _("{year} 年，{parts}").format(year=year, parts=_("；").join(said_parts))


def _said_disputes(name: str, found: pd.DataFrame) -> str:
    sums = together(found)
    if not sums.agencies:
        return _("所选机构没有{name}").format(name=name)
    return _("{n} 家机构有{name} {cases} 件，结果纠正 {corrected} 件").format(
        n=grouped(sums.agencies),
        name=name,
        cases=grouped(sums.cases),
        corrected=grouped(sums.cases_of("_corrected")),
    )
