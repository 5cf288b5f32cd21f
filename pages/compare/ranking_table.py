"""A comparison as a table: on screen with links, and as lines of a file."""

from __future__ import annotations

from functools import partial

import pandas as pd

from form.figures import DASH_SIGN, RANK, SHARE, share_of, state_words
from form.language import _
from measures.compare import Comparison
from measures.sentences import few_cases_note
from measures.values import WITHOUT_REPORT
from pages.parts.chart_frame import Download
from pages.parts.grid import Column, Row, grid_html, is_absent
from pages.parts.markup import Markup, joined, link, tag
from pages.parts.report_choice import report_href
from pages.parts.words import cell, change_text, division


def comparison_grid(found: Comparison) -> Markup:
    """Return the ranking: each agency a link to its report."""
    measure = found.measure
    head = _("{label}（{unit}）").format(label=measure.label, unit=measure.unit)
    columns = [
        Column(_("名次"), "middle"),
        Column(_("机构")),
        Column(head, "number"),
        Column(_("占合计"), "number"),
        Column(_("上年"), "number"),
        Column(_("比上年"), "number"),
    ]
    rows = [_row(found, row) for row in found.table.to_dict("records")]
    if measure.kind == "share":  # a share of a sum of shares says nothing
        del columns[3]
        rows = [(*row[:3], *row[4:]) for row in rows]
    return grid_html(_("{label}排名").format(label=measure.label), columns, rows)


def _row(found: Comparison, row: Row) -> tuple[object, ...]:
    measure, year = found.measure, found.year
    name = str(row["agency"])
    return (
        "" if is_absent(row["rank"]) else RANK.text(row["rank"]),
        link(name, report_href(name, year)) if row["state"] not in WITHOUT_REPORT else name,
        _value(found, row),
        _share(found, row),
        cell(measure, row["previous"], str(row["previous_state"]), suspect=False),
        _change(found, row),
    )


def _value(found: Comparison, row: Row) -> Markup:
    value = cell(
        found.measure, row["value"], str(row["state"]), bool(row["suspect"]), division(row)
    )
    if not row["few_cases"]:
        return value
    return tag("span", joined((value, " ", few_cases_note())), classes="dd-nothing")


def _share(found: Comparison, row: Row) -> Markup | str:
    if is_absent(row["share_of_total"]):
        return ""
    return tag("span", SHARE.text(row["share_of_total"]), title=share_of(row["value"], found.total))


def _change(found: Comparison, row: Row) -> Markup:
    text = change_text(found.measure, row["change"], row["change_rate"])
    if not text:
        return tag("span", DASH_SIGN, classes="dd-nothing")
    if row["comparable"]:
        return tag("span", text)
    return tag("span", text, "*", classes="dd-nothing", title=found.measure.caveat)


def comparison_file(found: Comparison) -> Download:
    """Return the same lines for a file."""
    scope = _("机构比较_{label}").format(label=found.measure.label)
    return Download(scope, (found.year,), partial(_lines, found))


def _lines(found: Comparison) -> pd.DataFrame:
    table, measure = found.table, found.measure
    return pd.DataFrame(
        {
            _("名次"): table["rank"],
            _("机构"): table["agency"],
            _("年度"): table["year"],
            _("{label}（{unit}）").format(label=measure.label, unit=measure.unit): table["value"],
            _("说明"): [_remark(row) for row in table.to_dict("records")],
            _("上年"): table["previous"],
            _("比上年"): table["change"],
        }
    )


def _remark(row: Row) -> str:
    if row["suspect"]:
        return _("有未决勾稽错误")
    return state_words()[str(row["state"])]
