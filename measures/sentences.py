"""What a comparison or a trend says, as sentences made from the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from form.figures import grouped, state_words, written, written_change
from form.language import _
from measures.compare import FEWEST_CASES, Comparison, Figure
from measures.measure import Measure
from measures.trends import Trend, total_change
from measures.values import WITHOUT_REPORT

MOST_NAMES: Final = 3
"""Of agencies that share the first place no more than these are named."""


def said(measure: Measure, value: Figure) -> str:
    """Return a value with its unit: 105 件, 12.50 万元, 61.9%."""
    return written(value, measure.unit)


def said_change(measure: Measure, gap: Figure) -> str:
    """Return a difference with its sign and unit: +27 件, −3 件, +8.1 个百分点."""
    return written_change(gap, measure.unit)


def few_cases_note() -> str:
    """Return why a share is not ranked."""
    return _("少于 {n} 件，不排名").format(n=grouped(FEWEST_CASES))


def comparison_sentence(found: Comparison) -> str:
    """Return what a comparison says: how much all have together, and who has most.

    2020 年，5 家机构共新收申请 151 件；聊城市自然资源和规划局最多，105 件
    """
    told = found.table[found.table["state"] == "number"]
    if found.total is None:
        return _("{year} 年，所选 {n} 家机构没有可比较的数值").format(
            year=found.year, n=grouped(len(found.table))
        )
    if len(told) == 1:
        return _("{year} 年，{agency}{phrase} {value}").format(
            year=found.year,
            agency=told["agency"].iloc[0],
            phrase=found.measure.phrase,
            value=said(found.measure, found.total),
        )
    return _("；").join(filter(None, [_together(found, len(told)), _first(found)]))


def _together(found: Comparison, agencies: int) -> str:
    is_share = found.measure.kind == "share"
    text = (
        _("{year} 年，{n} 家机构合计{phrase} {total}")
        if is_share
        else _("{year} 年，{n} 家机构共{phrase} {total}")
    )
    total = said(found.measure, found.total or 0)
    return text.format(
        year=found.year, n=grouped(agencies), phrase=found.measure.phrase, total=total
    )


def _first(found: Comparison) -> str:
    """Return who comes first; nothing where all have 0 or no share is ranked."""
    first = found.table[found.table["rank"] == 1]
    if first.empty or not first["value"].iloc[0]:
        return ""
    value = said(found.measure, first["value"].iloc[0])
    names = first["agency"].tolist()
    is_share = found.measure.kind == "share"
    if len(names) == 1:
        text = _("{agency}最高，{value}") if is_share else _("{agency}最多，{value}")
        return text.format(agency=names[0], value=value)
    text = _("{agencies}并列最高，各 {value}") if is_share else _("{agencies}并列最多，各 {value}")
    return text.format(agencies=_some(names), value=value)


def _some(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return _("、").join(names)
    return _("{first}等 {n} 家").format(first=names[0], n=grouped(len(names)))


def trend_sentence(found: Trend) -> str:
    """Return what a trend says: from how much to how much, and who changed most that way.

    2019—2025 年，6 家机构新收申请由 274 件增至 413 件；戊市公安局增加最多（+51 件）
    """
    if len(found.years) == 1:
        return _("只有 {year} 一年：至少选两年，才看得出{label}的变化").format(
            year=found.years[0], label=found.measure.label
        )
    span = _span(found.years)
    ends = total_change(found)
    if ends is None:
        return _("{span}，所选机构没有首末两年都有的数值").format(span=span)
    first, last, agencies = ends
    text = _("{span}，{who}{phrase}由 {first}增至 {last}")
    if last == first:
        text = _("{span}，{who}{phrase}首末两年均为 {last}")
    elif last < first:
        text = _("{span}，{who}{phrase}由 {first}降至 {last}")
    whole = text.format(
        span=span,
        who=_who(found, agencies),
        phrase=found.measure.phrase,
        first=said(found.measure, first),
        last=said(found.measure, last),
    )
    return _("；").join(
        filter(None, [whole, _furthest(found, last > first) if last != first else ""])
    )


def _span(years: Sequence[int]) -> str:
    if len(years) > 1:
        return _("{first}—{last} 年").format(first=years[0], last=years[-1])
    return _("{year} 年").format(year=years[0]) if years else _("未选年度")


def _who(found: Trend, told: int) -> str:
    if len(found.agencies) == 1:
        return found.agencies[0]
    if told == len(found.agencies):
        return _("{n} 家机构").format(n=grouped(told))
    return _("首末两年齐全的 {n} 家机构").format(n=grouped(told))


def _furthest(found: Trend, rising: bool) -> str:
    """Return which agency moved most in the direction of the whole; none where it stands alone."""
    ends = (found.changes["first_year"] == found.years[0]) & (
        found.changes["last_year"] == found.years[-1]
    )
    lines = found.changes[ends.fillna(False)]
    if len(lines) < 2:
        return ""
    gaps = lines["change"].tolist()
    gap = max(gaps) if rising else min(gaps)
    names = [name for name, own in zip(lines["agency"], gaps, strict=True) if own == gap]
    text = _("{agencies}增加最多（{change}）") if rising else _("{agencies}减少最多（{change}）")
    return text.format(agencies=_some(names), change=said_change(found.measure, gap))


def quality_sentence(table: pd.DataFrame, left_out: int = 0) -> str:
    """Return how good the data of a comparison or a trend is, "" where there is nothing to say.

    4 份报告，另外缺报 1 份：2 份的表里有未决勾稽错误，其中 1 份涉及所示数值（虚线或空心）。

    `table` has a line a report that is asked for; `left_out` is how many more were excluded. Only
    what the roster says was due is 缺报; an agency's years without a report are 处.
    """
    states = table["state"].value_counts().to_dict()
    missing, none = (int(states.pop(state, 0)) for state in WITHOUT_REPORT)
    gaps = [
        _("{n} 份{gap}").format(n=grouped(states[state]), gap=name)
        for state, name in state_words().items()
        if name and state in states
    ]
    doubts = (
        (int((table["open_errors"] > 0).sum()), _("{n} 份的表里有未决勾稽错误")),
        (int(table["suspect"].sum()), _("其中 {n} 份涉及所示数值（虚线或空心）")),
        (left_out, _("已排除 {n} 份")),
    )
    told = [*gaps, *(text.format(n=grouped(n)) for n, text in doubts if n)]
    if not (told or missing or none):
        return ""
    absent = (
        (missing, _("缺报 {n} 份")),
        (none, _("{n} 处没有报告")),
    )
    parts = [text.format(n=grouped(n)) for n, text in absent if n]
    there = _("{n} 份报告").format(n=grouped(len(table) - missing - none + left_out))
    if parts:
        there = _("{there}，另外{absent}").format(there=there, absent=_("、").join(parts))
    if not told:
        return _("{there}。").format(there=there)
    return _("{there}：{facts}。").format(there=there, facts=_("，").join(told))


def edition_note(measure: Measure, table: pd.DataFrame) -> str:
    """Return whether numbers from different editions can be compared, "" where all are of one."""
    editions = sorted(set(table.loc[table["state"] == "number", "edition"].dropna()))
    if len(editions) < 2:
        return ""
    used = _("、").join(editions)
    caveat = measure.caveat or _("本指标口径一致。")
    return _("所用报告分属 {editions} 年版表样：{caveat}").format(editions=used, caveat=caveat)
