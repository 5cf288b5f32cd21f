"""A trend as a table: agencies by years, gaps in words, and as lines of a file."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import pandas as pd

from form.figures import DASH_SIGN, grouped, state_words, written
from form.language import _
from measures.trends import Trend
from measures.values import WITHOUT_REPORT
from pages.parts.chart_frame import Download
from pages.parts.grid import Column, Row, grid_html, is_absent
from pages.parts.markup import Markup, link, tag
from pages.parts.report_choice import report_href
from pages.parts.words import cell, change_text, division


def change_texts(found: Trend, agencies: Collection[str]) -> dict[str, str]:
    """Return what to say after the names of these agencies: how they changed."""
    changes = found.changes
    if len(agencies) < len(changes):
        changes = changes[changes["agency"].isin(list(agencies))]
    return {
        str(row["agency"]): change_text(found.measure, row["change"], row["change_rate"])
        for row in changes.to_dict("records")
    }


def most_telling(found: Trend, most: int) -> tuple[pd.DataFrame, int]:
    """Return the lines of at most so many agencies and how many more there are.

    Those that changed most come first, those without a change to show last; if there is room for
    all, they stay in their order.
    """
    ordered: list[str] = list(found.agencies)
    if len(ordered) > most:
        told = found.changes[found.changes["change"].notna()]
        changed = dict(zip(told["agency"].tolist(), map(abs, told["change"].tolist()), strict=True))
        ordered.sort(key=lambda name: (name not in changed, -changed.get(name, 0)))
    number, span = {name: at for at, name in enumerate(found.agencies)}, len(found.years)
    drawn = [number[name] * span + year for name in ordered[:most] for year in range(span)]
    return found.table.take(drawn), max(len(ordered) - most, 0)


def trend_grid(found: Trend) -> Markup:
    """Return a line an agency, a column a year, each value a link to its report."""
    columns = [
        Column(_("机构")),
        *(Column(str(year), "number") for year in found.years),
        Column(_("变化"), "number"),
    ]
    changes = change_texts(found, found.agencies)
    at = {(row["agency"], row["year"]): row for row in found.table.to_dict("records")}
    rows = [
        (
            name,
            *(_value(found, at[(name, year)]) for year in found.years),
            tag("span", changes[name] or DASH_SIGN, classes="" if changes[name] else "dd-nothing"),
        )
        for name in found.agencies
    ]
    return grid_html(
        _("{label}各年度").format(label=found.measure.label), columns, [*rows, _totals(found)]
    )


def _value(found: Trend, row: Row) -> Markup:
    shown = cell(
        found.measure, row["value"], str(row["state"]), bool(row["suspect"]), division(row)
    )
    if row["state"] in WITHOUT_REPORT:
        return shown
    return link(shown, report_href(str(row["agency"]), int(str(row["year"]))))


def _totals(found: Trend) -> tuple[object, ...]:
    share = found.measure.kind == "share"
    values = [
        tag(
            "span",
            DASH_SIGN if is_absent(row["value"]) else written(row["value"], found.measure.unit),
        )
        if row["complete"]
        else tag("span", _("{n} 家有数").format(n=grouped(row["agencies"])), classes="dd-nothing")
        for row in found.totals.to_dict("records")
    ]
    return (_("总体") if share else _("合计（各家齐全时）"), *values, "")


def trend_file(found: Trend) -> Download:
    """Return a line an agency and year for a file."""
    scope = _("年度趋势_{label}").format(label=found.measure.label)
    return Download(scope, found.years, partial(_lines, found))


def _lines(found: Trend) -> pd.DataFrame:
    table, measure = found.table, found.measure
    return pd.DataFrame(
        {
            _("机构"): table["agency"],
            _("年度"): table["year"],
            _("{label}（{unit}）").format(label=measure.label, unit=measure.unit): table["value"],
            _("说明"): [
                _("有未决勾稽错误") if suspect else state_words()[state]
                for state, suspect in zip(table["state"], table["suspect"], strict=True)
            ],
        }
    )
