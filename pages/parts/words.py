"""Figures in words: values with their units, changes with their signs, their source."""

from __future__ import annotations

import pandas as pd

from form.language import _
from measures.measure import Measure
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


def source_text(measure: Measure, years: str) -> str:
    """Return unit and source of a figure."""
    return _("单位：{unit}　来源：各机构 {years} 年度报告，{formula}").format(
        unit=measure.unit, years=years, formula=measure.formula
    )
