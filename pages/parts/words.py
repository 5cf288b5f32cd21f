"""Figures in words: values with their units, changes with their signs, sentences over charts."""

from __future__ import annotations

import pandas as pd

from form.language import _
from measures.compare import Comparison
from measures.measure import Measure
from measures.trends import Trend, total_change
from measures.words import state_names
from outputs.charts.values import PERCENT, said
from outputs.wording import SUSPECT_SIGN
from pages.parts.markup import Markup, joined, tag


def figure_text(measure: Measure, value: object) -> str:
    """Return a value with its unit."""
    return said(float(str(value)), measure.unit)


def cell(measure: Measure, value: object, state: str, suspect: bool) -> Markup:
    """Return a value as it stands in a table: doubtful ones marked, absent ones in words."""
    if state != "number":
        return tag("span", state_names()[state], classes="dd-nothing")
    text = said(float(str(value)), measure.unit if measure.unit == PERCENT else "")
    if not suspect:
        return tag("span", text)
    return joined(
        (tag("span", SUSPECT_SIGN, classes="dd-red", title=_("有未决勾稽错误")), " ", text)
    )


def change_text(measure: Measure, change: object, rate: object) -> str:
    """Return a change with its sign and, where it has one, its rate: +27 件，+87%."""
    if pd.isna(change):
        return ""
    number = float(str(change))
    sign = "+" if number > 0 else "−" if number < 0 else ""
    if measure.kind == "share":
        return _("{sign}{n:.1f} 个百分点").format(sign=sign, n=abs(number) * 100)
    text = f"{sign}{said(abs(number), measure.unit)}"
    return text if pd.isna(rate) else f"{text}，{signed_percent(float(str(rate)))}"


def signed_percent(rate: float) -> str:
    """Return a rate of change: +87%."""
    sign = "+" if rate > 0 else "−" if rate < 0 else ""
    return f"{sign}{abs(rate) * 100:.0f}%"


def comparison_sentence(found: Comparison) -> str:
    """Return what a comparison says: the sum, and who has most."""
    measure, told = found.measure, found.table[found.table["state"] == "number"]
    if told.empty or found.total is None:
        return _("{year} 年，所选机构都没有可用的{label}数字").format(
            year=found.year, label=measure.label
        )
    top = told.iloc[0]
    most = figure_text(measure, top["value"])
    if len(told) == 1:
        return _("{year} 年，{agency}{phrase} {value}").format(
            year=found.year, agency=top["agency"], phrase=measure.phrase, value=most
        )
    if measure.kind == "share":
        text = _("{year} 年，{n} 家机构总体{phrase} {total}；{agency}最高，{most}")
    else:
        text = _("{year} 年，{n} 家机构共{phrase} {total}；{agency}最多，{most}")
    return text.format(
        year=found.year,
        n=len(told),
        phrase=measure.phrase,
        total=figure_text(measure, found.total),
        agency=top["agency"],
        most=most,
    )


def trend_sentence(found: Trend) -> str:
    """Return what a trend says: how the sum of those told in both years went, who changed most."""
    measure = found.measure
    first, last = found.years[0], found.years[-1]
    if first == last:
        return _("只有 {year} 一年：至少选两年，才看得出{label}的变化").format(
            year=first, label=measure.label
        )
    both = total_change(found)
    if both is None:
        return _("{first}—{last} 年，没有一家机构首尾两年都有{label}的数字").format(
            first=first, last=last, label=measure.label
        )
    before, after, count = both
    verb = _("增至") if after > before else _("减至") if after < before else _("持平于")
    text = _(
        "{first}—{last} 年，首尾两年齐全的 {n} 家机构{phrase}由 {before}{verb} {after}"
    ).format(
        first=first,
        last=last,
        n=count,
        phrase=measure.phrase,
        before=figure_text(measure, before),
        verb=verb,
        after=figure_text(measure, after),
    )
    most = _largest_change(found)
    return f"{text}；{most}" if most else text


def _largest_change(found: Trend) -> str:
    told = found.changes[found.changes["change"].notna()]
    if len(told) < 2:
        return ""
    sizes = [abs(float(str(change))) for change in told["change"]]
    if not max(sizes):
        return ""
    row = told.iloc[sizes.index(max(sizes))]
    words = _("{agency}变化最大（{change}）")
    return words.format(
        agency=row["agency"], change=change_text(found.measure, row["change"], None)
    )


def source_text(measure: Measure, years: str) -> str:
    """Return unit and source of a figure."""
    return _("单位：{unit}　来源：各机构 {years} 年度报告，{formula}").format(
        unit=measure.unit, years=years, formula=measure.formula
    )
